"""WARC files: what is in them comes out, and what is damaged is said."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rigwire.model import Page
from rigwire.warc import Damage, read_warc
from warc_records import record

LIMIT = 100_000


def read(content: bytes) -> tuple[list[Page], list[str]]:
    """The pages, and the damages as `record: reason`."""
    found = list(read_warc(io.BytesIO(content), LIMIT))
    damages = [f"{entry.record}: {entry.error}" for entry in found if isinstance(entry, Damage)]
    return [entry for entry in found if isinstance(entry, Page)], damages


THREE = [record(n) for n in range(3)]
PACKED = [gzip.compress(part, mtime=0) for part in THREE]


@pytest.mark.parametrize(
    "content",
    [b"".join(THREE), b"".join(PACKED), gzip.compress(b"".join(THREE))],
    ids=["plain", "packed one by one", "packed in one"],
)
def test_the_pages_of_a_file(content: bytes) -> None:
    pages, damages = read(content)
    assert damages == []
    assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(3)]
    assert pages[1].body == b"<p>Page 1</p>"
    assert pages[1].headers["content-type"] == "text/html"
    assert (pages[1].status, pages[1].fetched_at) == (200, datetime(2024, 5, 10, 12, tzinfo=UTC))


@given(st.integers(1, sum(map(len, THREE)) - 1))
@settings(max_examples=200)
def test_a_plain_file_that_breaks_off_is_never_read_quietly(cut: int) -> None:
    pages, damages = read(b"".join(THREE)[:cut])
    ends = [sum(map(len, THREE[: n + 1])) for n in range(3)]
    whole = sum(cut >= end - 4 for end in ends)  # the empty lines after a record may be missing
    assert len(pages) == whole
    is_at_an_end = any(end - 4 <= cut <= end for end in ends)
    assert len(damages) == (0 if is_at_an_end else 1)


@given(st.integers(1, sum(map(len, PACKED)) - 1))
@settings(max_examples=200)
def test_a_packed_file_that_breaks_off_is_never_read_quietly(cut: int) -> None:
    pages, damages = read(b"".join(PACKED)[:cut])
    ends = [sum(map(len, PACKED[: n + 1])) for n in range(3)]
    assert len(pages) >= sum(cut >= end for end in ends)
    assert len(damages) == (0 if cut in ends else 1)


@given(st.binary(max_size=300), st.integers(0, 2))
def test_rubbish_is_said_and_what_comes_after_is_read(rubbish: bytes, place: int) -> None:
    assume(b"WARC/" not in rubbish and not (place == 0 and rubbish.startswith(b"\x1f\x8b")))
    pages, damages = read(b"".join([*THREE[:place], rubbish + b"\r\n", *THREE[place:]]))
    assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(3)]
    assert bool(damages) == bool(rubbish.strip())


def test_other_records_are_no_pages_and_no_damage() -> None:
    content = record(0, kind="request") + record(1, kind="metadata") + record(2, status="404 Not Found") + record(3)
    pages, damages = read(content)
    assert ([page.url for page in pages], damages) == (["https://a.example/3"], [])


def test_what_was_sent_in_chunks_or_compressed_comes_back_whole() -> None:
    story = b"<p>" + b"rigs " * 500 + b"</p>"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (story[:900], story[900:])) + b"0\r\n\r\n"
    variants = [
        record(0, chunks, "Transfer-Encoding: chunked\r\n"),
        record(1, story, "Transfer-Encoding: chunked\r\n"),
        record(2, gzip.compress(story), "Content-Encoding: gzip\r\n"),
        record(3, zlib.compress(story), "Content-Encoding: deflate\r\n"),
        record(4, story, "Content-Encoding: gzip\r\n"),
    ]
    pages, damages = read(b"".join(variants))
    assert damages == []
    assert [page.body for page in pages] == [story] * 5


HARMFUL = {
    "a bomb": (record(0, gzip.compress(bytes(10_000_000)), "Content-Encoding: gzip\r\n"), "larger than 100,000 bytes"),
    "a large page": (record(0, bytes(150_000)), "larger than 100,000 bytes"),
    "a very large page": (record(0, bytes(900_000)), "larger than 100,000 bytes"),
    "cut gzip": (record(0, gzip.compress(b"news" * 99)[:20], "Content-Encoding: gzip\r\n"), "ends too early"),
    "a cut chunk": (record(0, b"ff\r\nshort", "Transfer-Encoding: chunked\r\n"), "ends too early"),
    "brotli": (record(0, b"\x0b\x02", "Content-Encoding: br\r\n"), "not asked for"),
    "no HTTP": (record(0).replace(b"HTTP/1.1 200 OK", b"SSH-2.0-OpenSSH"), "no HTTP answer"),
    "no length": (record(0).replace(b"Content-Length", b"Content-Lengte"), "no length"),
    "no URL": (record(0).replace(b"WARC-Target-URI", b"WARC-Target-UFO"), "no http or https URL"),
    "another scheme": (record(0).replace(b"https://a.example/0", b"file:///etc/passwd!"), "no http or https URL"),
    "endless fields": (b"WARC/1.1\r\n" + b"A: b\r\n" * 600 + b"\r\n", "more than 500 fields"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_record_is_a_damage_and_the_next_one_is_read(name: str) -> None:
    content, words = HARMFUL[name]
    pages, damages = read(content + record(7))
    assert words in damages[0]
    assert [page.url for page in pages] == ["https://a.example/7"]
