"""The lists of a backfill, sitemaps and archive pages: which are read, which are still to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rigwire.store.database import Store
from rigwire.store.times import to_text

ListKind = Literal["sitemap", "archive"]


@dataclass(frozen=True, slots=True)
class BackfillList:
    """A sitemap or archive page whose pages are to be read."""

    url: str
    kind: ListKind


def begin_backfill(
    store: Store, source_id: str, since: date, lists: Iterable[BackfillList], now: datetime
) -> bool:
    """Take up the backfill of a source that was interrupted, or begin one with these lists; tell if it is taken up.

    Lists that failed are read again. A backfill that was for another day, or that was completed, begins anew: its
    lists are read again, the pages that are known are not.
    """
    with store.transaction():
        key = {"source": source_id, "since": since.isoformat(), "now": to_text(now)}
        store.db.execute(
            "update backfill_lists set state = 'pending' where source_id = :source and state = 'failed'", key
        )
        if store.rows(
            "select 1 from backfill_lists where source_id = :source and since = :since and state = 'pending'", key
        ):
            return True
        store.db.execute("delete from backfill_lists where source_id = :source", key)
        add_lists(store, source_id, since, lists, now)
        return False


def add_lists(store: Store, source_id: str, since: date, lists: Iterable[BackfillList], now: datetime) -> None:
    """Add lists to be read, in this order; those that are known are left as they are."""
    with store.transaction():
        store.db.conn.executemany(
            "insert into backfill_lists (source_id, url, kind, since, updated_at) values (?, ?, ?, ?, ?)"
            " on conflict do nothing",
            [(source_id, entry.url, entry.kind, since.isoformat(), to_text(now)) for entry in lists],
        )


def next_list(store: Store, source_id: str) -> BackfillList | None:
    """Return the next list to be read, None when all are."""
    rows = store.rows(
        "select url, kind from backfill_lists where source_id = ? and state = 'pending' order by rowid limit 1",
        [source_id],
    )
    return BackfillList(**rows[0]) if rows else None


def finish_list(
    store: Store, source_id: str, url: str, now: datetime, *, pages: int = 0, error: str | None = None
) -> None:
    """Note that a list was read and how many pages it named, or why it could not be."""
    with store.transaction():
        store.db.execute(
            "update backfill_lists set state = ?, error = ?, pages = ?, updated_at = ? where source_id = ? and url = ?",
            ["failed" if error else "done", error, pages, to_text(now), source_id, url],
        )
