"""Ad-hoc sources (URL, file, folder, archive, standard input) as documents; what can't be read is a value too."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from rigwire.errors import RigwireError, SourceError
from rigwire.model import Hints, Page
from rigwire.urls import is_web_url

STDIN = "-"
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
JSON_SUFFIXES = frozenset({".json"})
WARC_SUFFIXES = frozenset({".warc", ".warc.gz"})
SUFFIXES = HTML_SUFFIXES | TEXT_SUFFIXES | LINES_SUFFIXES | JSON_SUFFIXES | WARC_SUFFIXES
_TOP = 3_000
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(\S{1,2000}) -->")
_TEXT_KEYS = ("id", "url", "title", "published", "site", "language")


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was found: a fetched page, bytes of a file, or the text of a JSON object.

    `record` tells it from the others of its source: "line 7".
    """

    source: str
    content: Page | bytes | str
    is_html: bool = False
    hints: Hints = field(default_factory=Hints)
    record: str | None = None

    @property
    def name(self) -> str:
        """What a person finds it by."""
        return f"{self.source}: {self.record}" if self.record else self.source

    @property
    def is_page(self) -> bool:
        """Whether it takes the libraries for pages; flat text does not."""
        return self.is_html or isinstance(self.content, Page)


@dataclass(frozen=True, slots=True)
class Unread:
    """A source, or a line of one, that gave no document, and why."""

    source: str
    error: RigwireError


@dataclass(frozen=True, slots=True)
class Reader:
    """How documents are come by: `fetch` gives the page of a URL, `stdin` is read for `-`.

    `max_bytes` is the most that one document may have.
    """

    fetch: Callable[[str], Page]
    stdin: BinaryIO
    max_bytes: int

    def read(self, source: str) -> Iterator[Document | Unread]:
        """Yield the documents of one source, or what went wrong with it."""
        try:
            yield from self._open(source)
        except RigwireError as error:
            yield Unread(source, error)
        except OSError as error:
            problem = SourceError(f"cannot read {source}: {error.strerror}; check path and permissions")
            yield Unread(source, problem)

    def _open(self, source: str) -> Iterator[Document | Unread]:
        if source == STDIN:
            yield from self._sniff(STDIN, self.stdin)
        elif "://" in source:
            yield Document(source, self.fetch(source), is_html=True)
        elif Path(source).is_dir():
            yield from self._folder(Path(source))
        else:
            yield from self._file(Path(source))

    def _folder(self, folder: Path) -> Iterator[Document | Unread]:
        files = sorted(path for path in folder.rglob("*") if suffix_of(path) in SUFFIXES)
        files = [path for path in files if path.is_file() and not _is_left_out(path, folder)]
        if not files:
            raise SourceError(f"{folder}: no {', '.join(sorted(SUFFIXES))} file in this folder")
        for path in files:
            yield from self.read(str(path))

    def _file(self, path: Path) -> Iterator[Document | Unread]:
        suffix = suffix_of(path)
        with path.open("rb") as stream:
            if suffix in WARC_SUFFIXES:
                yield from _warc_documents(str(path), stream, self.max_bytes)
            elif suffix in LINES_SUFFIXES:
                yield from self._lines(str(path), stream)
            elif suffix in JSON_SUFFIXES:
                yield from _json_documents(str(path), self._all(str(path), stream))
            elif suffix in HTML_SUFFIXES | TEXT_SUFFIXES:
                content = self._all(str(path), stream)
                yield Document(str(path), content, suffix in HTML_SUFFIXES, Hints(url=_saved_from(content)))
            else:
                yield from self._sniff(str(path), stream)

    def _all(self, source: str, stream: BinaryIO) -> bytes:
        return self._checked(source, stream.read(self.max_bytes + 1))

    def _checked(self, source: str, content: bytes) -> bytes:
        if len(content) > self.max_bytes:
            limit = f"{self.max_bytes:,} bytes"
            raise SourceError(f"{source}: larger than {limit}; raise max_page_bytes to read it")
        if not content.removeprefix(BOM_UTF8).strip():
            raise SourceError(f"{source}: is empty; nothing to read")
        return content

    def _sniff(self, source: str, stream: BinaryIO) -> Iterator[Document | Unread]:
        """Tell JSONL by its first line, JSON and HTML by how they begin; all else is text."""
        first = stream.readline(self.max_bytes + 1)
        if _is_object(first):
            yield from self._lines(source, stream, first)
            return
        rest = stream.read(max(0, self.max_bytes + 1 - len(first)))
        content = self._checked(source, first + rest)
        start = content.removeprefix(BOM_UTF8).lstrip()[:1]
        if start == b"{":
            yield from _json_documents(source, content)
        else:
            yield Document(source, content, is_html=start == b"<")

    def _lines(self, source: str, stream: BinaryIO, first: bytes = b"") -> Iterator[Document | Unread]:
        """Yield the document of each line; a line that holds none is `Unread` and the next one is read."""
        number, found = 0, False
        line = first or stream.readline(self.max_bytes + 1)
        while line:
            number += 1
            if len(line) > self.max_bytes:
                found = True
                limit = f"{self.max_bytes:,} bytes"
                yield Unread(source, SourceError(f"{source}: line {number} is larger than {limit}; skipped"))
                while line and not line.endswith(b"\n"):
                    line = stream.readline(self.max_bytes + 1)
            elif line.strip():
                found = True
                yield _line_document(source, number, line)
            line = stream.readline(self.max_bytes + 1)
        if not found:
            raise SourceError(f"{source}: is empty; nothing to read")


def suffix_of(path: Path) -> str:
    """Return the ending that tells the kind of a file, lower case: `.warc.gz` is one."""
    suffix = path.suffix.lower()
    return "".join(path.suffixes[-2:]).lower() if suffix == ".gz" else suffix


def _is_left_out(path: Path, folder: Path) -> bool:
    """Tell what is hidden, and the frames that a browser saved beside a page, in `PAGE_files/`."""
    inside = path.relative_to(folder)
    if any(part.startswith(".") for part in inside.parts):
        return True
    parents = [folder / parent for parent in inside.parents if parent.name.endswith("_files")]
    pages = (parent.with_name(parent.name.removesuffix("_files")) for parent in parents)
    return any(page.with_suffix(suffix).exists() for page in pages for suffix in HTML_SUFFIXES)


def _saved_from(content: bytes) -> str | None:
    """Return the URL that a browser notes at the top of a page that it saves."""
    found = _SAVED_FROM.search(content[:_TOP])
    url = found[1].decode("utf-8", errors="replace") if found else ""
    return url if is_web_url(url) else None


def _warc_documents(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[Document | Unread]:
    """Yield the pages of a WARC file, and what is damaged in it."""
    from rigwire.warc import Damage, read_warc  # with the HTTP libraries, which other files do without

    found = False
    for entry in read_warc(stream, max_bytes):
        found = True
        if isinstance(entry, Damage):
            yield Unread(source, SourceError(f"{source}: {entry.record}: {entry.error}"))
        else:
            yield Document(entry.url, entry, is_html=True, hints=Hints(url=entry.url))
    if not found:
        raise SourceError(f"{source}: holds no page")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _line_document(source: str, number: int, line: bytes) -> Document | Unread:
    record = f"line {number}"
    try:
        return replace(_object_document(source, _loads(line)), record=record)
    except SourceError as error:
        return Unread(source, SourceError(f"{source}: {record}: {error}"))


def _json_documents(source: str, content: bytes) -> Iterator[Document | Unread]:
    """Yield the document of a JSON object, or those of an array of objects."""
    try:
        data = _loads(content)
        if isinstance(data, list):
            each = enumerate(data, 1)
            documents = [replace(_object_document(source, entry), record=f"document {n}") for n, entry in each]
        else:
            documents = [_object_document(source, data)]
    except SourceError as error:
        raise SourceError(f"{source}: {error}") from None
    if not documents:
        raise SourceError(f"{source}: holds an empty array; nothing to read")
    yield from documents


def _loads(content: bytes) -> Any:
    try:
        return json.loads(content)
    except UnicodeDecodeError:
        raise SourceError("is not UTF-8; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"is not valid JSON: {error}") from None


def _object_document(source: str, entry: Any) -> Document:
    """Return the document of a JSON object with `text` or `html`, and perhaps what `Hints` names."""
    if not isinstance(entry, dict):
        raise SourceError('a document is a JSON object with "text" or "html"')
    content = entry.get("text") or entry.get("html")
    if not isinstance(content, str) or not content.strip():
        raise SourceError('the document has neither "text" nor "html"')
    named: dict[str, Any] = {key: _short_text(key, entry.get(key)) for key in _TEXT_KEYS}
    authors = entry.get("authors") or ()
    if not isinstance(authors, list | tuple) or not all(isinstance(name, str) for name in authors):
        raise SourceError('"authors" must be a list of texts')
    hints = Hints(**named, authors=tuple(authors))
    return Document(source, content, is_html=not entry.get("text"), hints=hints)


def _short_text(key: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if key == "id" and isinstance(value, int):
        return str(value)
    raise SourceError(f'"{key}" must be a text, not {json.dumps(value)[:40]}')
