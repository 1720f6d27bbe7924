"""Feeds: RSS, Atom and RDF by feedparser, JSON Feed by json, sitemaps, as items with usable links and dates."""

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import feedparser

from rigwire.errors import ParseError
from rigwire.fetch.markup import check_markup, cut_items, decode_text, plain_text
from rigwire.fetch.moments import read_moment
from rigwire.fetch.sitemaps import RECENT, SitemapEntry, is_sitemap, read_sitemap, unpacked
from rigwire.urls import canonical_url, is_web_url, resolve_link, shown_url

TITLE, SUMMARY, NAME, ID = 500, 2_000, 120, 500
MOST_AUTHORS = 20
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.I)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry. `id` is unique in its feed; `url` is where to fetch the article; dates are ISO 8601."""

    id: str
    url: str
    title: str | None
    published: str | None
    modified: str | None
    authors: tuple[str, ...]
    summary: str | None

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits that change when the feed says that the article changed.

        The summary is left out: sites put view counters and adverts there.
        """
        parts = json.dumps([self.title, self.published, self.modified])
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's items in its order. `dropped` counts entries over the limit or without a usable link.

    `parts` are the sitemaps that an index lists; such a feed has no items of its own.
    """

    title: str | None
    items: tuple[FeedItem, ...]
    dropped: int
    parts: tuple[SitemapEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Context:
    url: str
    now: datetime
    timezone: str | None


def parse_feed(
    body: bytes,
    content_type: str | None,
    url: str,
    *,
    now: datetime,
    timezone: str | None = None,
    max_items: int = 500,
    max_bytes: int = 20_000_000,
) -> Feed:
    """Return the feed in `body`, the answer from `url` (after redirects).

    Of a sitemap the pages of the last weeks count (`RECENT`), the newest first. Dates without a zone are taken
    to be in `timezone` (an IANA name). `max_bytes` holds for a body that is packed by gzip. Raises ParseError
    when the document is no feed, or one that is made to keep a parser busy.
    """
    context = _Context(url, now, timezone)
    try:
        text = decode_text(unpacked(body, max_bytes), content_type)
        if is_sitemap(text):
            return _read_sitemap(text, context, max_items)
        read = _read_json if text.startswith("{") else _read_xml
        title, found, cut = read(text, context, max_items)
    except ParseError as error:
        raise ParseError(f"{shown_url(url)} can't be read as a feed: {error}") from None
    usable = [item for item in found if item is not None]
    items = _distinct(usable[:max_items])
    return Feed(title, items, cut + len(found) - len(items))


def _read_xml(text: str, context: _Context, max_items: int) -> tuple[str | None, list[FeedItem | None], int]:
    root = _ROOT.search(text[:50_000])
    if root is None:
        page = "an HTML page" if re.search(r"<(?:!doctype )?html\b", text[:2_000], re.I) else "no feed"
        raise ParseError(f"it is {page if text else 'empty'}; `rigwire sources add` finds the feed of a site")
    check_markup(text)
    text, cut = cut_items(text, max_items)
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode()),  # a stream: given bytes, feedparser would first try them as a file name
            # without a location: given one, feedparser would take GUIDs for relative links
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, AttributeError, TypeError) as error:  # what feedparser makes of damaged markup
        raise ParseError(f"its XML is broken: {error}") from None
    if not parsed.version and not parsed.entries:
        raise ParseError("it is no RSS, Atom or RDF document")
    items = [_entry(raw, parsed.version, context) for raw in parsed.entries]
    return plain_text(parsed.feed.get("title"), TITLE), items, cut


def _entry(raw: dict[str, Any], version: str, context: _Context) -> FeedItem | None:
    # feedparser's own look-up gives the publication date for a missing "updated"; that of dict doesn't
    published, modified = dict.get(raw, "published"), dict.get(raw, "updated")
    if published is None and not version.startswith("atom"):
        published, modified = modified, None  # the one dc:date of RSS
    return _item(
        context,
        id=raw.get("id"),
        links=[raw.get("feedburner_origlink"), raw.get("link")],
        title=raw.get("title"),
        published=published,
        modified=modified,
        authors=_authors(raw),
        summary=raw.get("summary"),
    )


def _authors(raw: dict[str, Any]) -> list[object]:
    """Return an entry's authors; `mail (name)` is split here, as feedparser knows few domains."""
    line = raw.get("author", "")
    if "@" in line:
        parts = [part.strip() for part in re.split(r"[()<>]", line)]
        return [part for part in parts if part and "@" not in part][:1]
    return _names(raw.get("authors", []))  # text where the feed has an element of that name


def _names(authors: Iterable[object]) -> list[object]:
    return [author.get("name") for author in authors if isinstance(author, dict)]


def _read_json(text: str, context: _Context, max_items: int) -> tuple[str | None, list[FeedItem | None], int]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError("it is no valid JSON") from None
    entries = document.get("items")
    if not str(document.get("version", "")).startswith("https://jsonfeed.org/") or not isinstance(
        entries, list
    ):
        raise ParseError("it is JSON, but no JSON Feed")
    items = [_json_entry(raw, context) if isinstance(raw, dict) else None for raw in entries[:max_items]]
    return plain_text(document.get("title"), TITLE), items, max(len(entries) - max_items, 0)


def _json_entry(raw: dict[str, Any], context: _Context) -> FeedItem | None:
    authors = raw.get("authors")
    authors = authors if isinstance(authors, list) else [raw.get("author")]
    return _item(
        context,
        id=raw.get("id"),
        links=[raw.get("url"), raw.get("external_url")],
        title=raw.get("title"),
        published=raw.get("date_published"),
        modified=raw.get("date_modified"),
        authors=_names(authors),
        summary=raw.get("summary") or raw.get("content_text"),
    )


def _read_sitemap(text: str, context: _Context, max_items: int) -> Feed:
    """Return the recent pages of a sitemap, or the parts of an index."""
    sitemap = read_sitemap(text, context.url, context.now, context.timezone)
    if sitemap.is_index:
        return Feed(None, (), sitemap.dropped, sitemap.entries)
    since = (context.now - RECENT).date().isoformat()
    recent = [entry for entry in sitemap.entries if (entry.day or "") >= since]
    recent.sort(key=lambda entry: entry.day or "", reverse=True)
    if sitemap.entries and not any(entry.day for entry in sitemap.entries):
        raise ParseError("it states no dates, so what is new can't be told; `rigwire backfill` reads all of it")
    items = tuple(
        FeedItem(canonical_url(entry.url), entry.url, entry.title, entry.published, entry.modified, (), None)
        for entry in recent[:max_items]
    )
    return Feed(None, items, sitemap.dropped + len(recent) - len(items))


def _item(
    context: _Context,
    *,
    id: object,
    links: Iterable[object],
    title: object,
    published: object,
    modified: object,
    authors: Iterable[object],
    summary: object,
) -> FeedItem | None:
    """Return an item of values as they stand in the feed, or None if no link of it can be used."""
    guid = plain_text(str(id), ID + 1) if isinstance(id, str | int) else None
    # A GUID that is a URL stands in for a missing link; any other must not be taken for a relative one.
    candidates = [link for link in links if isinstance(link, str) and link.strip() not in {"", guid}]
    candidates += [guid] if guid and is_web_url(guid) else []
    urls = (resolve_link(context.url, link) for link in candidates)
    url = next((url for url in urls if url is not None and url != context.url), None)
    if url is None:
        return None
    return FeedItem(
        id=guid if guid and len(guid) <= ID else canonical_url(url),
        url=url,
        title=plain_text(title, TITLE),
        published=_moment(published, context),
        modified=_moment(modified, context),
        authors=tuple(name for author in authors if (name := plain_text(author, NAME)))[:MOST_AUTHORS],
        summary=plain_text(summary, SUMMARY),
    )


def _moment(value: object, context: _Context) -> str | None:
    return read_moment(value, context.now, context.timezone) if isinstance(value, str) else None


def _distinct(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """Return the items with ids that tell them apart: one that several articles share counts for nothing."""
    items = list(items)
    links: dict[str, set[str]] = defaultdict(set)
    for item in items:
        links[item.id].add(canonical_url(item.url))
    distinct: dict[str, FeedItem] = {}
    for item in items:
        id = item.id if len(links[item.id]) == 1 else canonical_url(item.url)
        distinct.setdefault(id, replace(item, id=id))
    return tuple(distinct.values())
