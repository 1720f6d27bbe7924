"""Which pages a run fetches: the items of the queue and, when forced, the recent articles once more."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from rigwire.documents import Document
from rigwire.fetch import Source
from rigwire.model import Hints, Page
from rigwire.run.context import Context
from rigwire.store import QueueItem, pending_items
from rigwire.urls import site_host

RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be fetched for an item of the queue.

    `is_stored`: its article is stored already; `is_recheck`: and the item is done.
    """

    item_id: int
    source_id: str
    url: str
    hints: Hints
    is_stored: bool = False
    is_recheck: bool = False

    def document(self, page: Page) -> Document:
        """Return the fetched page with what the feed said of it."""
        return Document(self.url, page, is_html=True, hints=self.hints)


def due_tasks(context: Context) -> list[Task]:
    """Return the pages whose turn has come, the oldest item first."""
    return [_task(context, item) for item in pending_items(context.store, context.clock(), force=context.force)]


def backfill_tasks(context: Context, source_id: str) -> list[Task]:
    """Return the pages of a source's backfill whose turn has come."""
    items = pending_items(context.store, context.clock(), force=context.force, backfill=source_id)
    return [_task(context, item) for item in items]


def _task(context: Context, item: QueueItem) -> Task:
    source = context.sources.get(item.source_id)
    hints = hints_of(source, item.url, item.title, item.published, item.authors)
    return Task(item.id, item.source_id, item.url, hints, is_stored=item.article_id is not None)


def recent_tasks(context: Context) -> list[Task]:
    """Return the pages of stored articles that were fetched in the last days: sites edit what is new."""
    since: datetime = context.clock() - RECENT
    rows = context.store.rows(
        "select min(id) as id, source_id, url, title, published, authors from items"
        " where state = 'done' and article_id is not null and is_backfill = 0"
        " and url in (select url from pages where fetched_at >= ? and"
        " coalesce(json_extract(headers, '$.etag'), json_extract(headers, '$.last-modified')) is not null)"
        " group by url order by id",
        [since.strftime("%Y-%m-%dT%H:%M:%SZ")],
    )
    return [
        Task(
            row["id"],
            row["source_id"],
            row["url"],
            hints_of(
                context.sources.get(row["source_id"]),
                row["url"],
                row["title"],
                row["published"],
                tuple(json.loads(row["authors"])),
            ),
            is_stored=True,
            is_recheck=True,
        )
        for row in rows
    ]


def hints_of(
    source: Source | None, url: str, title: str | None, published: str | None, authors: tuple[str, ...]
) -> Hints:
    """Return what the feed says of a page and, where the page is the source's own, what the source says."""
    hints = Hints(url=url, title=title, published=published, authors=authors)
    return with_source(hints, source) if source and is_own(source, url) else hints


def with_source(hints: Hints, source: Source) -> Hints:
    """Return hints with what a source says of all its pages; what they say themselves stays."""
    return replace(
        hints,
        site=hints.site or source.name,
        language=hints.language or source.language,
        timezone=hints.timezone or source.timezone,
        selectors=dict(hints.selectors or source.selectors),
    )


def is_own(source: Source, url: str) -> bool:
    """Tell whether a page lies on the host of the source's site, or above or below it."""
    site, page = (site_host(address) for address in (source.site, url))
    return site == page or site.endswith(f".{page}") or page.endswith(f".{site}")


def owner_of(url: str, sources: Iterable[Source]) -> Source | None:
    """Return the source whose page a URL is: of several on its host the one whose folder is nearest above it."""
    path = urlsplit(url).path
    owners = [source for source in sources if is_own(source, url)]
    folders = (urlsplit(source.site).path.rpartition("/")[0] for source in owners)
    above = [len(folder) if path.startswith(f"{folder}/") else -1 for folder in folders]
    return owners[above.index(max(above))] if owners else None
