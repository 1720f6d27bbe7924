"""Stories as rows. A story keeps its id as long as its reports stay together; the larger part of a split keeps it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rigwire.store.database import Store
from rigwire.store.reports import StoredReport
from rigwire.store.rows import insert_row
from rigwire.store.times import covered_days
from rigwire.stories import Key, Story, blocks_of

# The column for the largest figure of a kind.
_COLUMNS = {"machines": "machines", "sites": "sites", "hashrate": "hashrate_phs", "power": "power_mw"}
_NAMES = ("type", "status", "jurisdiction", "site", "action", "issuer", "recipient")
_DATES = ("date", "notified", "effective", "until")


def replace_stories(
    store: Store, neighbourhoods: Iterable[Sequence[Story]], stored: Mapping[Key, StoredReport]
) -> None:
    """Write the stories of whole neighbourhoods in place of the ones that their reports were in."""
    groups = [list(stories) for stories in neighbourhoods]
    before = _drop_reports(store, [one.event_id for one in stored.values()])
    ids = _ids([story for stories in groups for story in stories], stored, before)
    for stories in groups:
        neighbourhood = min(stored[report.key].event_id for story in stories for report in story.reports)
        for story in stories:
            story_id = insert_row(store, "story_rows", {"id": ids.get(story.reports[0].key)} | _row(story, stored))
            _write_members(store, story, stored, story_id, neighbourhood)
            _write_figures(store, story, story_id)
            if len(story.reports) > 1:
                _write_values(store, story, stored, story_id)


def write_blocks(store: Store, reports: Sequence[StoredReport]) -> None:
    """Note where reports are to be looked for."""
    rows = [
        (block, one.report.published.isoformat() if one.report.published else "", one.event_id)
        for one in reports
        for block in sorted(blocks_of(one.report))
    ]
    connection = store.db.conn
    connection.executemany("delete from story_blocks where event_id = ?", [(one.event_id,) for one in reports])
    connection.executemany("insert into story_blocks (block, day, event_id) values (?, ?, ?)", rows)


def _drop_reports(store: Store, event_ids: Iterable[int]) -> dict[int, int]:
    """Take reports out of their stories, of which nothing is left; return which story each was in."""
    ids = [json.dumps(sorted(event_ids))]
    before = store.rows(
        "select event_id, story_id from story_members where event_id in (select value from json_each(?))", ids
    )
    store.db.execute("delete from story_members where event_id in (select value from json_each(?))", ids)
    return {row["event_id"]: row["story_id"] for row in before}


def _ids(stories: Iterable[Story], stored: Mapping[Key, StoredReport], before: Mapping[int, int]) -> dict[Key, int]:
    """Return the ids of stories, by the key of their first report, that they keep: the most reports decide."""
    claims: Counter[tuple[int, Key]] = Counter()
    for story in stories:
        for report in story.reports:
            if (event_id := stored[report.key].event_id) in before:
                claims[before[event_id], story.reports[0].key] += 1
    ids: dict[Key, int] = {}
    for (story_id, key), _ in sorted(claims.items(), key=lambda claim: (-claim[1], claim[0])):
        if key not in ids and story_id not in ids.values():
            ids[key] = story_id
    return ids


def _row(story: Story, stored: Mapping[Key, StoredReport]) -> dict[str, Any]:
    """Return the columns of a story but for its id."""
    best = {slot: choice.best for slot, choice in story.choices.items()}
    row: dict[str, Any] = {name: best[name].value if name in best else None for name in _NAMES}
    row |= {name: best[name].content.value if name in best else None for name in _DATES}
    for name in ("company", "counterparty"):
        row[name] = best[name].value if name in best else None
        row[f"{name}_id"] = getattr(stored[best[name].report.key], f"{name}_id") if name in best else None
    row["date"] = row["date"] or row["effective"]
    row["date_start"], row["date_end"] = covered_days(row["date"])
    row["effective_day"], row["until_day"] = covered_days(row["effective"])[0], covered_days(row["until"])[1]
    return row | dict(_largest(story)) | {
        "lead_event_id": stored[story.lead.key].event_id,
        "first_reported": story.first.isoformat() if story.first else None,
        "last_reported": story.last.isoformat() if story.last else None,
        "reports": len(story.reports),
        "articles": len({report.article for report in story.reports}),
        "sources": story.sources,
        "disagreements": len(story.conflicts),
    }  # fmt: skip


def _largest(story: Story) -> Iterator[tuple[str, Any]]:
    """Yield the columns of the largest figure of each kind that has one."""
    for figure, _ in sorted(story.figures, key=lambda pair: (pair[0].value, pair[0].unit)):
        if figure.kind in _COLUMNS:
            yield _COLUMNS[figure.kind], figure.value
        elif figure.kind == "money":
            yield from (("money", figure.value), ("currency", figure.currency))
        elif figure.kind == "coins":
            yield from (("coins", figure.value), ("coin", figure.unit))


def _write_members(
    store: Store, story: Story, stored: Mapping[Key, StoredReport], story_id: int, neighbourhood: int
) -> None:
    store.db.conn.executemany(
        "insert into story_members (event_id, story_id, neighbourhood, anchor) values (?, ?, ?, ?)",
        [(stored[report.key].event_id, story_id, neighbourhood, report.anchor) for report in story.reports],
    )


def _write_figures(store: Store, story: Story, story_id: int) -> None:
    store.db.conn.executemany(
        "insert into story_figures (quantity_id, story_id, sources) values (?, ?, ?)",
        [(figure.id, story_id, sources) for figure, sources in story.figures],
    )


def _write_values(store: Store, story: Story, stored: Mapping[Key, StoredReport], story_id: int) -> None:
    """Write what each report says, and what contradicts what."""
    for statement, agrees in story.statements:
        row = {
            "story_id": story_id,
            "event_id": stored[statement.report.key].event_id,
            "slot": statement.slot,
            "value": statement.value,
            "number": statement.number,
            "words": statement.words,
            "is_best": int(statement.value == story.choices[statement.slot].best.value),
            "agrees": int(agrees),
        }
        insert_row(store, "story_values", row)
    for conflict in story.conflicts:
        names = ("slot", "value", "other", "number", "other_number", "difference", "sources", "other_sources")
        insert_row(store, "story_conflicts", {"story_id": story_id} | {name: getattr(conflict, name) for name in names})
