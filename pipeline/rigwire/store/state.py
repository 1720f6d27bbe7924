"""What runs leave for the next run: declared sources, the state of each feed, robots.txt, the runs."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rigwire.store.database import Store
from rigwire.store.times import from_text, to_text

FEED_COLUMNS = (
    "url", "source_id", "etag", "last_modified", "last_fetch", "last_success", "last_error_at", "error",
    "failures", "next_due", "last_new_item_at", "items_seen",
)  # fmt: skip
_FEED_TIMES = ("last_fetch", "last_success", "last_error_at", "next_due", "last_new_item_at")
_SOURCE_COLUMNS = (
    "id", "name", "site", "language", "timezone", "interval_minutes", "feeds", "selectors", "sitemap", "archive",
)  # fmt: skip


def declare_sources(store: Store, sources: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Store the whole list of declared sources, each with the keys of `Source` in `fetch/sources.py`.

    One that is no longer declared stays, with its articles, as inactive.
    """
    with store.transaction():
        store.db.execute("update sources set active = 0 where active = 1")
        for source in sources:
            row = {name: source.get(name) or None for name in _SOURCE_COLUMNS}
            row |= {
                "feeds": json.dumps(list(source["feeds"])),
                "selectors": json.dumps(dict(source.get("selectors") or {})),
            }
            store.db.execute(
                _upsert("sources", [*row, "active", "declared_at"], "id"), [*row.values(), 1, to_text(now)]
            )


def stored_sources(store: Store) -> list[dict[str, Any]]:
    """Return every source: its declaration, whether it is active, how many items and articles it gave."""
    rows = store.rows(
        "select *, (select count(*) from items where source_id = sources.id) as items,"
        " (select count(*) from articles where source_id = sources.id) as articles from sources order by id"
    )
    for row in rows:
        row |= {"feeds": json.loads(row["feeds"]), "selectors": json.loads(row["selectors"])}
        row |= {"active": bool(row["active"]), "declared_at": from_text(row["declared_at"])}
    return rows


def item_moments(store: Store, source_id: str, since: datetime) -> list[datetime]:
    """Return when the items came out that the feeds of a source brought since a moment, the oldest first.

    That is when they say so, and no later than they were seen; of a source that never does, when they were seen.
    """
    rows = store.rows(
        "select distinct min(strftime('%Y-%m-%dT%H:%M:%SZ', published), first_seen) as published, first_seen from items"
        " where source_id = ? and is_backfill = 0 and first_seen >= ?",
        [source_id, to_text(since)],
    )
    stated = {row["published"] for row in rows if row["published"]}
    return [from_text(moment) for moment in sorted(stated or {row["first_seen"] for row in rows})]


def load_feed_states(store: Store) -> dict[str, dict[str, Any]]:
    """Return the state of every feed, by its URL; the keys are `FEED_COLUMNS`, times are aware datetimes."""
    rows = store.rows(f"select {', '.join(FEED_COLUMNS)} from feed_state order by url")
    return {row["url"]: row | {name: _moment(row[name]) for name in _FEED_TIMES} for row in rows}


def save_feed_state(store: Store, state: Mapping[str, Any]) -> None:
    """Store the state of one feed; raises `TypeError` for a key that is not in `FEED_COLUMNS`."""
    if unknown := set(state) - set(FEED_COLUMNS):
        raise TypeError(f"no column of feed_state: {', '.join(sorted(unknown))}")
    values = [to_text(value) if isinstance(value, datetime) else value for value in state.values()]
    with store.transaction():
        store.db.execute(_upsert("feed_state", list(state), "url"), values)


def load_robots(store: Store) -> dict[str, dict[str, Any]]:
    """Return the stored robots.txt files by host: `host`, `body`, `fetched_at`, `expires_at`."""
    rows = store.rows("select * from robots order by host")
    return {
        row["host"]: row | {name: _moment(row[name]) for name in ("fetched_at", "expires_at")} for row in rows
    }


def save_robots(store: Store, host: str, body: str, fetched_at: datetime, expires_at: datetime) -> None:
    """Store the robots.txt of a host, instead of an older one."""
    columns = ["host", "body", "fetched_at", "expires_at"]
    with store.transaction():
        store.db.execute(
            _upsert("robots", columns, "host"), [host, body, to_text(fetched_at), to_text(expires_at)]
        )


def begin_run(store: Store, command: str, version: str, now: datetime) -> int:
    """Record that a command of this version starts to write; return the id of the run."""
    with store.transaction():
        return int(
            store.rows(
                "insert into runs (command, version, started) values (?, ?, ?) returning id",
                [command, version, to_text(now)],
            )[0]["id"]
        )


def finish_run(store: Store, run_id: int, outcome: str, counts: Mapping[str, int], now: datetime) -> None:
    """Record how a run ended, `done` or `failed`, and what it counted."""
    with store.transaction():
        store.db.execute(
            "update runs set outcome = ?, counts = ?, finished = ? where id = ?",
            [outcome, json.dumps(counts), to_text(now), run_id],
        )


def close_unfinished_runs(store: Store, command: str, now: datetime) -> int:
    """Mark the runs of a command that never ended as interrupted; return how many.

    The caller holds the lock that keeps a second run out.
    """
    with store.transaction():
        return len(
            store.rows(
                "update runs set outcome = 'interrupted', finished = ?"
                " where command = ? and outcome = 'running' returning id",
                [to_text(now), command],
            )
        )


def _upsert(table: str, columns: list[str], key: str) -> str:
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return (
        f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
        f" on conflict ({key}) do update set {changes}"
    )


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None
