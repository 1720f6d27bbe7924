"""The outbox of the alerts: what they matched, what is still to be sent, what was."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from rigwire.errors import UsageError
from rigwire.serialize import records
from rigwire.store.database import Store
from rigwire.store.queries import run_named
from rigwire.store.times import to_text

EVENT_COLUMN = "event"
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that is to be sent. `key` is the event's own, the same for every attempt."""

    id: int
    alert: str
    key: str
    payload: dict[str, Any]
    attempts: int


def begin_alert(store: Store, name: str, query: str, params: Mapping[str, str], now: datetime) -> None:
    """Make an alert known: what its query returns now is not news. Nothing happens where it is known as it is.

    Raises `UsageError` for an unknown query, a wrong parameter, and a query without a column of event keys.
    """
    definition = json.dumps([query, dict(sorted(params.items()))])
    if store.rows("select 1 from alerts where name = ? and definition = ?", [name, definition]):
        return
    with store.transaction():
        store.db.execute(
            "insert into alerts (name, definition, begun_at) values (?, ?, ?) on conflict (name) do update"
            " set definition = excluded.definition, begun_at = excluded.begun_at",
            [name, definition, to_text(now)],
        )
        _note(store, name, _matches(store, name, query, params, now.date()), "known", now)


def note_matches(store: Store, name: str, query: str, params: Mapping[str, str], now: datetime) -> int:
    """Put the events that the query returns and that the alert has not met into the outbox; return how many."""
    with store.transaction():
        return _note(store, name, _matches(store, name, query, params, now.date()), "pending", now)


def due_alerts(store: Store, names: Iterable[str], now: datetime) -> list[Waiting]:
    """Return what is to be sent now for the alerts with these names, the oldest first."""
    rows = store.rows(
        "select id, alert, event_key as key, payload, attempts from alert_outbox where state = 'pending'"
        " and next_attempt <= :now and alert in (select value from json_each(:names)) order by id",
        {"now": to_text(now), "names": json.dumps(list(names))},
    )
    return [Waiting(**row | {"payload": json.loads(row["payload"])}) for row in rows]


def note_sent(store: Store, waiting: Waiting, now: datetime) -> None:
    """Note that an event was sent: it is not sent again."""
    with store.transaction():
        store.db.execute(
            "update alert_outbox set state = 'sent', sent_at = :now, error = null, attempts = attempts + 1"
            " where id = :id",
            {"now": to_text(now), "id": waiting.id},
        )


def note_unsent(store: Store, waiting: Waiting, error: str, now: datetime) -> None:
    """Note why an event could not be sent; it is tried again after a pause that doubles, at most a day."""
    pause = min(_FIRST_PAUSE * 2 ** min(waiting.attempts, 20), _LONGEST_PAUSE)
    with store.transaction():
        store.db.execute(
            "update alert_outbox set attempts = attempts + 1, error = ?, next_attempt = ? where id = ?",
            [error, to_text(now + pause), waiting.id],
        )


def _matches(
    store: Store, name: str, query: str, params: Mapping[str, str], today: date
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a query by the keys of their events."""
    result = run_named(store, query, params, today=today)
    if EVENT_COLUMN not in result.columns:
        raise UsageError(
            f"alert {name}: the query {query} has no column {EVENT_COLUMN}, so it does not name events;"
            " latest-events, notices-in-force and deals do"
        )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(result.columns, result.rows):
        if key := row.pop(EVENT_COLUMN):
            found[key].append(row)
    return found


def _note(
    store: Store, name: str, found: Mapping[str, list[dict[str, Any]]], state: str, now: datetime
) -> int:
    before = store.db.conn.total_changes
    store.db.conn.executemany(
        "insert into alert_outbox (alert, event_key, article_id, payload, state, next_attempt, noted_at)"
        " select :alert, key, article_id, :payload, :state, :now, :now from events where key = :key"
        " on conflict do nothing",
        (
            {
                "alert": name, "key": key, "state": state, "now": to_text(now),
                "payload": json.dumps({"event": key, "alert": name, "rows": rows}, ensure_ascii=False),
            }
            for key, rows in found.items()
        ),
    )  # fmt: skip
    return int(store.db.conn.total_changes - before)
