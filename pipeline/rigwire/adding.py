"""From the address of a site to a source with a feed that works."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from rigwire.errors import ParseError, SourceError
from rigwire.fetch import Feed, Fetcher, RequestError, Source, find_feeds, guess_feeds, parse_feed
from rigwire.model import Page
from rigwire.urls import host_root

_MOST_DECLARED = 5


def find_source(url: str, fetcher: Fetcher, now: datetime, taken: Collection[str]) -> tuple[Source, Feed]:
    """Return a source for a site, or for the feed that `url` is, with an id that is not in `taken`.

    Tried are the feeds that the page declares, then the usual paths; the first that has items counts.
    Raises `RequestError` when the page can't be fetched, `SourceError` when no feed is found.
    """
    page = fetcher.get(url)
    feed = _read(page, now)
    if feed is not None:
        return _source(url, host_root(page.final_url), feed, taken), feed
    empty: tuple[str, Feed] | None = None
    for candidate, found in _feeds(page, fetcher, now):
        if found.items:
            return _source(candidate, page.final_url, found, taken), found
        empty = empty or (candidate, found)
    if empty is None:
        raise SourceError(f"{url}: no feed found there; give the URL of the feed itself")
    return _source(empty[0], page.final_url, empty[1], taken), empty[1]


def _feeds(page: Page, fetcher: Fetcher, now: datetime) -> Iterator[tuple[str, Feed]]:
    """Yield the URLs that turn out to be feeds."""
    for url in dict.fromkeys([*find_feeds(page)[:_MOST_DECLARED], *guess_feeds(page.final_url)]):
        try:
            feed = _read(fetcher.get(url, kind="feed"), now)
        except RequestError:
            continue
        if feed is not None:
            yield url, feed


def _read(page: Page, now: datetime) -> Feed | None:
    try:
        return parse_feed(page.body, page.headers.get("content-type"), page.final_url, now=now)
    except ParseError:
        return None


def _source(feed_url: str, site: str, feed: Feed, taken: Collection[str]) -> Source:
    host = (urlsplit(site).hostname or "").removeprefix("www.")
    return Source(id=_free_id(host, taken), name=feed.title or host, feeds=(feed_url,), site=site)


def _free_id(host: str, taken: Collection[str]) -> str:
    """Return the host's name without its last part as an id, numbered where that is taken."""
    labels = host.split(".")
    name = "-".join(labels[:-1]) if len(labels) > 1 and not labels[-1].isdecimal() else host
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "source"
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)
