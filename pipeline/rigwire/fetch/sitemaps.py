"""Sitemaps, news sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), read without an XML parser.

They are flat lists of a few known fields. Read as text, they can neither declare entities nor nest, and one that
is cut off or not well-formed still gives what it holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from itertools import islice

from rigwire.errors import ParseError
from rigwire.fetch.decode import BodyError, read_body
from rigwire.fetch.markup import decode_text, plain_text
from rigwire.fetch.moments import read_moment
from rigwire.urls import resolve_link, shown_url

# A sitemap lists all that a site ever published. As a feed it has what is no older; the rest is for a backfill.
RECENT = timedelta(days=30)
# The protocol's own limit for one file.
MOST_ENTRIES = 50_000
# So many entries of one moment, and no other moment: when the file was made, not when a page changed.
MEANINGLESS = 10
TITLE = 500
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(r"<(?:[\w-]+:)?(urlset|sitemapindex)\b", re.I)
_ENTRY = re.compile(r"<(?:([\w-]+):)?(?:url|sitemap)(?:\s[^<>]{0,500})?>", re.I)
_FIELD = re.compile(
    r"<((?:[\w-]+:)?(?:loc|lastmod|publication_date|title))\s*>\s*(?:<!\[CDATA\[([^\]<>]{0,4000})\]\]>|([^<>]{0,4000}))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, or in an index a further sitemap. `modified` and `published` are ISO 8601, None where not stated."""

    url: str
    modified: str | None = None
    published: str | None = None
    title: str | None = None

    @property
    def day(self) -> str | None:
        """Return the latest day that the entry states."""
        return max((moment[:10] for moment in (self.modified, self.published) if moment), default=None)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The entries of a sitemap in its order. `dropped` counts those without a usable link, repeated or left over."""

    is_index: bool
    entries: tuple[SitemapEntry, ...]
    dropped: int


def is_sitemap(text: str) -> bool:
    """Tell whether a document is a sitemap or an index of sitemaps, by its root."""
    return _ROOT.search(text[:5_000]) is not None


def unpacked(body: bytes, limit: int) -> bytes:
    """Return the body of a file that may be packed by gzip, as many sitemaps are; at most `limit` bytes.

    Raises `ParseError` for one that is larger or broken.
    """
    if not body.startswith(_GZIP):
        return body
    try:
        return read_body([body], "gzip", limit)
    except BodyError as error:
        raise ParseError(f"the file in it is {error}" if "larger" in str(error) else str(error)) from None


def parse_sitemap(
    body: bytes, content_type: str | None, url: str, *, now: datetime, timezone: str | None, max_bytes: int
) -> Sitemap:
    """Return the sitemap in `body`, the answer from `url`. Raises `ParseError` when it is none."""
    try:
        text = decode_text(unpacked(body, max_bytes), content_type)
        if not is_sitemap(text):
            raise ParseError("it is no sitemap")
    except ParseError as error:
        raise ParseError(f"{shown_url(url)} can't be read as a sitemap: {error}") from None
    return read_sitemap(text, url, now, timezone)


def read_sitemap(text: str, url: str, now: datetime, timezone: str | None) -> Sitemap:
    """Return the sitemap of a text that `is_sitemap`. Dates without a zone are in `timezone` (an IANA name)."""
    root = _ROOT.search(text)
    found = [_entry(fields, url, now, timezone) for fields in _entries(text)]
    entries: dict[str, SitemapEntry] = {}
    for entry in found[:MOST_ENTRIES]:
        if entry is not None and entry.url != url:
            entries.setdefault(entry.url, entry)
    kept = _without_time_of_making(tuple(entries.values()))
    is_index = root is not None and root[1].lower() == "sitemapindex"
    return Sitemap(is_index, kept, len(found) - len(kept))


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each entry by name; what belongs to pictures and videos has other prefixes."""
    starts = list(islice(_ENTRY.finditer(text), MOST_ENTRIES + 1))
    ends = [*(found.start() for found in starts), len(text)][1:]
    for found, end in zip(starts, ends, strict=True):
        prefix = (found[1] or "").lower()
        fields: dict[str, str] = {}
        for name, marked, plain in _FIELD.findall(text, found.end(), end):
            space, _, local = name.lower().rpartition(":")
            if space == (prefix if local in {"loc", "lastmod"} else "news"):
                fields.setdefault(local, unescape((marked or plain).strip()))
        yield fields


def _entry(fields: dict[str, str], base: str, now: datetime, timezone: str | None) -> SitemapEntry | None:
    link = fields.get("loc", "")
    url = resolve_link(base, link) if link else None
    if url is None:
        return None
    return SitemapEntry(
        url,
        read_moment(fields.get("lastmod"), now, timezone),
        read_moment(fields.get("publication_date"), now, timezone),
        plain_text(fields.get("title"), TITLE),
    )


def _without_time_of_making(entries: tuple[SitemapEntry, ...]) -> tuple[SitemapEntry, ...]:
    """Return the entries, without a change date that is the same on all of them."""
    if len(entries) < MEANINGLESS or len({entry.modified for entry in entries}) > 1:
        return entries
    return tuple(SitemapEntry(entry.url, None, entry.published, entry.title) for entry in entries)
