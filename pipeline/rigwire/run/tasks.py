"""Which pages a run fetches: the items of the queue and, when forced, the recent articles once more."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from rigwire.documents import Document
from rigwire.fetch import Source
from rigwire.model import Hints, Page
from rigwire.run.context import Context
from rigwire.store import pending_items

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
    items = pending_items(context.store, context.clock(), force=context.force)
    return [
        Task(
            item.id,
            item.source_id,
            item.url,
            _hints(context.sources.get(item.source_id), item.url, item.title, item.published, item.authors),
            is_stored=item.article_id is not None,
        )
        for item in items
    ]


def recent_tasks(context: Context) -> list[Task]:
    """Return the pages of stored articles that were fetched in the last days: sites edit what is new."""
    since: datetime = context.clock() - RECENT
    rows = context.store.rows(
        "select min(id) as id, source_id, url, title, published, authors from items"
        " where state = 'done' and article_id is not null"
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
            _hints(
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


def _hints(
    source: Source | None, url: str, title: str | None, published: str | None, authors: tuple[str, ...]
) -> Hints:
    """Return what the feed says of a page and, where the page is the source's own, what the source says."""
    if source is None or not _is_own(source, url):
        return Hints(url=url, title=title, published=published, authors=authors)
    return Hints(
        url=url,
        title=title,
        published=published,
        authors=authors,
        site=source.name,
        language=source.language,
        timezone=source.timezone,
        selectors=dict(source.selectors),
    )


def _is_own(source: Source, url: str) -> bool:
    """Tell whether a page lies on the host of the source's site, or above or below it."""
    site, page = (_host(address) for address in (source.site, url))
    return site == page or site.endswith(f".{page}") or page.endswith(f".{site}")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
