"""WARC files (ISO 28500): the pages in them, and what is damaged.

A reader of our own, because the usual ones end quietly where a file breaks off, and nobody would know how much of it
was read.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast

from rigwire.errors import SourceError
from rigwire.fetch.decode import BodyError, read_body
from rigwire.model import Page
from rigwire.urls import is_web_url

LONGEST_LINE = 65_536
MOST_FIELDS = 500
# What an HTTP answer may have above its body.
HEAD_BYTES = 200_000
_GZIP = b"\x1f\x8b"
_MARK = b"WARC/"
_CHUNK = 65_536
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r\n")
_GAP = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that gave no page though it should have: its URL, or else its number, and why."""

    record: str
    error: SourceError


class _BrokenError(Exception):
    """A record that can't be used; the message is the reason."""


def read_warc(stream: BinaryIO, max_bytes: int) -> Iterator[Page | Damage]:
    """Yield the pages (HTTP answers of status 200) of a WARC file, packed by gzip or not, and its damages.

    A page of more than `max_bytes`, as stored or unpacked, is a damage. Where a record should begin and does not,
    the next one is looked for; where the file breaks off, that is the last damage.
    """
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    with gzip.open(stream) if packed else nullcontext(stream) as lines:
        yield from _Records(cast(BinaryIO, lines), max_bytes).pages()


class _Records:
    """The records of an unpacked file, read one after the other."""

    def __init__(self, lines: BinaryIO, max_bytes: int) -> None:
        self._lines = lines
        self._max_bytes = max_bytes
        self._number = 0

    def pages(self) -> Iterator[Page | Damage]:
        """Yield what `read_warc` yields."""
        record = "record 1"
        try:
            while line := self._line_with_words():
                self._number += 1
                record = f"record {self._number}"
                if not line.startswith(_MARK):
                    yield Damage(record, SourceError("no WARC record begins where one should"))
                    if not self._skip_to_record():
                        return
                    self._number += 1
                try:
                    head = self._fields()
                    record = head.get("warc-target-uri", record).strip("<>")
                    if page := self._page(head):
                        yield page
                except (_BrokenError, BodyError) as error:
                    yield Damage(record, SourceError(str(error)))
        except (EOFError, OSError, zlib.error):
            where = f"the file breaks off or is damaged at record {max(self._number, 1)}; the rest was not read"
            yield Damage(record, SourceError(where))

    def _line_with_words(self) -> bytes:
        """Return the next line that is not blank; nothing at the end of the file."""
        line = self._lines.readline(LONGEST_LINE)
        while line and not line.strip():
            line = self._lines.readline(LONGEST_LINE)
        return line

    def _skip_to_record(self) -> bool:
        """Read on to the first line of a record; tell whether there is one."""
        while line := self._lines.readline(LONGEST_LINE):
            if line.startswith(_MARK):
                return True
        return False

    def _fields(self) -> dict[str, str]:
        """Return the fields of a record by lower-case name, its first line being read."""
        fields: dict[str, str] = {}
        for _ in range(MOST_FIELDS):
            line = self._lines.readline(LONGEST_LINE)
            if not line:
                raise EOFError
            if not line.strip():
                return fields
            name, _, value = line.decode("utf-8", errors="replace").partition(":")
            fields.setdefault(name.strip().lower(), value.strip())
        raise _BrokenError(f"more than {MOST_FIELDS} fields in its head")

    def _page(self, head: dict[str, str]) -> Page | None:
        """Return the page of a record; None for one that is no answer with a page."""
        length = head.get("content-length", "")
        if not length.isdecimal():
            raise _BrokenError("no length is stated for it")
        is_answer = head.get("warc-type") == "response" and "application/http" in head.get("content-type", "").lower()
        if not is_answer or int(length) > self._max_bytes + HEAD_BYTES:
            self._skip(int(length))
            if is_answer:
                raise _BrokenError(f"larger than {self._max_bytes:,} bytes")
            return None
        block = self._lines.read(int(length))
        if len(block) < int(length):
            raise EOFError
        return _answer(head, block, self._max_bytes)

    def _skip(self, length: int) -> None:
        while length > 0:
            chunk = self._lines.read(min(length, _CHUNK))
            if not chunk:
                raise EOFError
            length -= len(chunk)


def _answer(head: dict[str, str], block: bytes, max_bytes: int) -> Page | None:
    """Return the page of an HTTP answer as it was sent; None where its status is not 200."""
    gap = _GAP.search(block)
    start, body = (block[: gap.start()], block[gap.end() :]) if gap else (block, b"")
    first, *lines = start.decode("latin-1").splitlines() or [""]
    if not first.startswith("HTTP/"):
        raise _BrokenError("it holds no HTTP answer")
    if first.split()[1:2] != ["200"]:
        return None
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = _whole(body) if "chunked" in headers.get("transfer-encoding", "").lower() else body
    url = head.get("warc-target-uri", "").strip("<>")
    if not is_web_url(url):
        raise _BrokenError("no http or https URL is stated for it")
    body = _unpacked(body, headers.get("content-encoding", ""), max_bytes)
    return Page(url, url, 200, headers, body, _moment(head.get("warc-date", "")))


def _whole(body: bytes) -> bytes:
    """Return a body that was sent in chunks; one that an archiver has put together already comes back as it is."""
    whole, at = bytearray(), 0
    while at < len(body):
        size = _CHUNK_SIZE.match(body, at)
        if size is None:
            if at == 0:
                return body
            break
        at, length = size.end(), int(size[1], 16)
        if length == 0:
            return bytes(whole)
        whole += body[at : at + length]
        at += length + 2
    raise _BrokenError("its body ends too early")


def _unpacked(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Return a body without its compression; many archivers have taken that off and left the header."""
    if encoding and not body.lstrip().startswith(b"<"):
        return read_body([body], encoding, max_bytes)
    if len(body) > max_bytes:
        raise _BrokenError(f"larger than {max_bytes:,} bytes")
    return body


def _moment(text: str) -> datetime:
    """Return the time of a record in UTC; that of the first WARC files where it states none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime(1996, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
