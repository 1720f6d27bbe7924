"""A sitemap or archive page of a backfill: the pages in it that are wanted, and the further lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rigwire.fetch import Sitemap, SitemapEntry, Source, article_links, parse_sitemap, stated_day
from rigwire.model import Page
from rigwire.run.tasks import is_own
from rigwire.settings import Settings
from rigwire.store import BackfillList, NewItem
from rigwire.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list names: pages that are wanted, further lists, and all links in their canonical form."""

    items: tuple[NewItem, ...] = ()
    lists: tuple[BackfillList, ...] = ()
    links: frozenset[str] = frozenset()


def read_list(
    page: Page, entry: BackfillList, source: Source, since: date, *, now: datetime, settings: Settings
) -> Listed:
    """Return what a list of a backfill names; pages that are older than `since`, by all that is known, are left out.

    Raises `ParseError` for a sitemap that is none.
    """
    if entry.kind == "archive":
        links = article_links(page)
        return _listed(entry, source, [SitemapEntry(link) for link in links], since)
    sitemap = parse_sitemap(
        page.body,
        page.headers.get("content-type"),
        page.final_url,
        now=now,
        timezone=source.timezone,
        max_bytes=settings.max_feed_bytes,
    )
    if sitemap.is_index:
        return Listed(lists=_parts(sitemap, since))
    return _listed(entry, source, sitemap.entries, since)


def _listed(entry: BackfillList, source: Source, pages: Iterable[SitemapEntry], since: date) -> Listed:
    own = [page for page in pages if is_own(source, page.url)]
    wanted = tuple(_item(entry, source, page) for page in own if _day(page) >= since.isoformat())
    return Listed(items=wanted, links=frozenset(canonical_url(page.url) for page in own))


def _day(page: SitemapEntry) -> str:
    """Return the latest day on which a page may have come out; one that is not known is late."""
    stated = stated_day(page.url) or page.published or page.modified or "9999"
    return stated[:10]


def _item(entry: BackfillList, source: Source, page: SitemapEntry) -> NewItem:
    url = canonical_url(page.url)
    return NewItem(source.id, entry.url, url, url, page.title, page.published, is_backfill=True)


def _parts(index: Sitemap, since: date) -> tuple[BackfillList, ...]:
    """Return the sitemaps of an index that changed since a day, the newest first, those without a day last."""
    parts = [part for part in index.entries if (part.day or "9999") >= since.isoformat()]
    parts.sort(key=lambda part: part.day or "", reverse=True)
    return tuple(BackfillList(part.url, "sitemap") for part in parts)
