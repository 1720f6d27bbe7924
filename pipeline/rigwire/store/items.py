"""The work queue: the items of the feeds, from the moment they are seen until their page is stored.

It lives in the database, so a run that is killed loses nothing: the next one takes what is still pending.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from rigwire.model import Page
from rigwire.store.database import Store
from rigwire.store.forgetting import is_forgotten
from rigwire.store.pages import drop_stale_pages, save_page
from rigwire.store.times import from_text, to_text

# Of a page that only a backfill wants; one that a feed names is tried as long as the feed is read.
MAX_ATTEMPTS = 8
# Of looking again at a page that came, but perhaps not as it is meant to be.
MAX_DOUBTS = 6
_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=7)
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewItem:
    """What a feed names. `fingerprint` differs when the feed says that the article changed.

    `is_backfill`: an old page, which a backfill reads and a run leaves alone.
    """

    source_id: str
    feed_url: str
    guid: str
    url: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    fingerprint: str = ""
    is_backfill: bool = False


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An item that waits. `attempts` counts the failed ones, `error` is the last of them."""

    id: int
    source_id: str
    feed_url: str
    guid: str
    url: str
    title: str | None
    published: str | None
    modified: str | None
    summary: str | None
    authors: tuple[str, ...]
    attempts: int
    error: str | None
    next_attempt: datetime
    article_id: int | None


@dataclass(frozen=True, slots=True)
class EnqueueResult:
    """How many items of a feed were new, changed and already known."""

    new: int
    changed: int
    known: int


def enqueue_items(store: Store, items: Sequence[NewItem], run_id: int, now: datetime) -> EnqueueResult:
    """Add the items of a feed to the queue, in one transaction; a known one only if its fingerprint differs.

    A new item whose URL is already stored through another feed is done at once, and one of a backfill whose URL is
    known at all is not added: nothing is fetched twice.
    """
    counts = {"new": 0, "changed": 0, "known": 0}
    with store.transaction():
        for item in items:
            row = asdict(item) | {"authors": json.dumps(item.authors), "run_id": run_id, "now": to_text(now)}
            counts[_enqueue(store, row)] += 1
    return EnqueueResult(**counts)


_INSERT = """
    insert into items (source_id, feed_url, guid, url, title, published, modified, summary, authors,
                       fingerprint, is_backfill, state, article_id, next_attempt, first_seen, updated_at, run_id)
    values (:source_id, :feed_url, :guid, :url, :title, :published, :modified, :summary, :authors,
            :fingerprint, :is_backfill, :state, :article_id, :now, :now, :now, :run_id)
    on conflict (feed_url, guid) do nothing returning id
"""
_UPDATE = """
    update items set url = :url, title = :title, published = :published, modified = :modified,
        summary = :summary, authors = :authors, fingerprint = :fingerprint, state = 'pending', attempts = 0,
        error = null, failed_version = null, next_attempt = :now, updated_at = :now, run_id = :run_id
    where feed_url = :feed_url and guid = :guid and (fingerprint <> :fingerprint or url <> :url) returning id
"""
_IS_KNOWN = """
    select 1 from items where url = :url union all select 1 from article_urls where url = :url limit 1
"""


def _enqueue(store: Store, row: dict[str, Any]) -> str:
    if is_forgotten(store, row["url"]) or (row["is_backfill"] and store.rows(_IS_KNOWN, row)):
        return "known"
    elsewhere = store.rows(
        "select article_id from items where url = ? and state = 'done' and article_id is not null limit 1",
        [row["url"]],
    )
    article_id = elsewhere[0]["article_id"] if elsewhere else None
    new = row | {"state": "done" if elsewhere else "pending", "article_id": article_id}
    if store.rows(_INSERT, new):
        return "known" if elsewhere else "new"
    return "changed" if store.rows(_UPDATE, row) else "known"


def pending_items(
    store: Store, now: datetime, *, force: bool = False, limit: int | None = None, backfill: str | None = None
) -> list[QueueItem]:
    """Return the items whose turn has come, the oldest first, one a URL; `force` ignores the pauses.

    They are those of the feeds, or of the `backfill` of a source (its id).
    """
    columns = ", ".join(QueueItem.__slots__)
    rows = store.rows(
        f"select {columns} from items where id in ("
        " select min(id) from items"
        " where state = 'pending' and (:force or next_attempt <= :now)"
        " and is_backfill = (:backfill is not null) and source_id = coalesce(:backfill, source_id) group by url)"
        " order by id limit :limit",
        {"force": force, "now": to_text(now), "limit": -1 if limit is None else limit, "backfill": backfill},
    )
    return [_item(row) for row in rows]


def _item(row: dict[str, Any]) -> QueueItem:
    decoded = {"authors": tuple(json.loads(row["authors"])), "next_attempt": from_text(row["next_attempt"])}
    return QueueItem(**row | decoded)


def complete_item(store: Store, item_id: int, article_id: int | None, now: datetime) -> None:
    """Mark an item, and every other pending one of its URL, as done; None keeps the article it had."""
    with store.transaction():
        store.db.execute(
            "update items set state = 'done', error = null, failed_version = null,"
            " article_id = coalesce(:article_id, article_id), updated_at = :now where id = :id or"
            " (state = 'pending' and url = (select url from items where id = :id))",
            {"id": item_id, "article_id": article_id, "now": to_text(now)},
        )


def fail_item(
    store: Store,
    item_id: int,
    error: str,
    now: datetime,
    *,
    permanent: bool = False,
    version: str | None = None,
    page: Page | None = None,
    retry_after: float | None = None,
) -> None:
    """Record a failed attempt and when to try again: after 15 minutes, then twice as long, at most a week.

    `retry_after` (seconds) makes it later, by a day at most. When `permanent`, and for a backfill after
    `MAX_ATTEMPTS`, the item has failed until its feed says that it changed; with `version`, the extractor that can't
    read the page, also until another version comes (`retry_failed_items`). `page` is what came, where something did.
    """
    with store.transaction():
        if page:
            drop_stale_pages(store, page.url, save_page(store, page))
        rows = store.rows("select url, is_backfill, attempts + 1 as attempts from items where id = ?", [item_id])
        for row in rows:
            is_last = row["is_backfill"] and row["attempts"] >= MAX_ATTEMPTS
            has_failed = permanent or version is not None or is_last
            pause = max(_pause(row["attempts"]), _asked(retry_after))
            values = {
                "state": "failed" if has_failed else "pending",
                "attempts": row["attempts"],
                "error": error,
                "version": version,
                "next": to_text(now + pause),
                "now": to_text(now),
                "id": item_id,
                "url": row["url"],
            }
            store.db.execute(_FAIL, values)


def _pause(attempts: int) -> timedelta:
    return min(_FIRST_PAUSE * (1 << min(attempts - 1, 20)), _LONGEST_PAUSE)


def _asked(retry_after: float | None) -> timedelta:
    return min(timedelta(seconds=retry_after or 0), _LONGEST_WAIT)


def delay_item(store: Store, item_id: int, retry_after: float, now: datetime) -> None:
    """Let an item wait as long as its host asked for (seconds, a day at most), without an attempt."""
    with store.transaction():
        store.db.execute(
            "update items set next_attempt = max(next_attempt, ?), updated_at = ? where id = ?",
            [to_text(now + _asked(retry_after)), to_text(now), item_id],
        )


def doubt_item(store: Store, item_id: int, now: datetime) -> None:
    """Have the page of a feed's item that is done looked at again, with growing pauses, `MAX_DOUBTS` times at most."""
    with store.transaction():
        for row in store.rows(
            "select attempts + 1 as attempts from items where id = ? and is_backfill = 0 and attempts < ?",
            [item_id, MAX_DOUBTS],
        ):
            store.db.execute(
                "update items set state = 'pending', attempts = ?, next_attempt = ?, updated_at = ? where id = ?",
                [row["attempts"], to_text(now + _pause(row["attempts"])), to_text(now), item_id],
            )


_FAIL = """
    update items set state = :state, attempts = :attempts, error = :error, failed_version = :version,
        next_attempt = :next, updated_at = :now
    where id = :id or (state = 'pending' and url = :url)
"""


def retry_failed_items(store: Store, version: str, now: datetime) -> int:
    """Put the items that another version of the extractor could not read back into the queue; return how many."""
    with store.transaction():
        return len(
            store.rows(
                "update items set state = 'pending', attempts = 0, failed_version = null, next_attempt = :now"
                " where state = 'failed' and failed_version <> :version returning id",
                {"version": version, "now": to_text(now)},
            )
        )
