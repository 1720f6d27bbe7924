"""Keeping the stories in step with the events: reports that are new or have changed join, open or leave stories."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rigwire.store.companies import settle_companies
from rigwire.store.database import Store
from rigwire.store.reports import StoredReport, load_reports
from rigwire.store.story_rows import replace_stories, write_blocks
from rigwire.stories import (
    Report,
    days_within_reach,
    is_dated,
    is_linked,
    neighbourhoods,
    partition,
    sought_blocks,
    tell,
)

# Reports of one step, so that a step of a large queue is one short transaction.
_STEP = 200


def catch_up(store: Store) -> None:
    """Bring companies up to the present lexicon, and stories up to the stored events. Raises `DatabaseError`."""
    settle_companies(store)
    update_stories(store)


def update_stories(store: Store, most: int | None = None) -> int:
    """Find the stories of all reports that wait for it, or of about `most`; return how many were looked at.

    Inside a transaction this is part of it; outside, each step is one, and an interrupted update is finished by the
    next. What comes out depends on the stored events and decisions alone. Raises `DatabaseError`.
    """
    done = 0
    while most is None or done < most:
        with store.transaction():
            waiting = [row["event_id"] for row in store.rows(_WAITING, [_STEP])]
            if not waiting:
                break
            _settle(store, waiting)
            done += len(waiting)
    return done


# The newest first: an article that is being stored does not wait for a backlog.
_WAITING = "select event_id from story_queue order by event_id desc limit ?"


def _settle(store: Store, waiting: Sequence[int]) -> None:
    """Find the stories of the neighbourhoods that waiting reports are in, were in, and link to."""
    fresh = load_reports(store, waiting)
    linked = _linked(store, fresh)
    touched = _neighbourhoods_of(store, {*waiting, *linked})
    members = {*waiting, *_members(store, touched)}
    others = load_reports(store, members - set(waiting))
    stored = {one.report.key: one for one in (*fresh, *others)}
    reports = [one.report for one in stored.values()]
    decisions = _decisions(store, [report.anchor for report in reports])
    stories = (
        [tell(story) for story in partition(neighbours, decisions)] for neighbours in neighbourhoods(reports, decisions)
    )
    replace_stories(store, stories, stored)
    write_blocks(store, fresh)
    store.db.execute("delete from story_queue where event_id in (select value from json_each(?))", [_json(members)])


def _linked(store: Store, fresh: Sequence[StoredReport]) -> set[int]:
    """Return the reports with a story that the fresh ones are alike or were joined with by hand."""
    decisions = _decisions(store, [one.report.anchor for one in fresh])
    found = {one.event_id: _candidates(store, one.report) for one in fresh}
    known = {one.event_id: one.report for one in load_reports(store, set().union(*found.values()))}
    linked = {
        other for one in fresh for other in found[one.event_id]
        if other in known and is_linked(one.report, known[other], decisions)
    }  # fmt: skip
    anchors = {anchor for pair, together in decisions.items() if together for anchor in pair}
    joined = store.rows(
        "select event_id from story_members where anchor in (select value from json_each(?))", [_json(anchors)]
    )
    return linked | {row["event_id"] for row in joined}


def _candidates(store: Store, report: Report) -> set[int]:
    """Return the reports that one meets in a block, as far as they are near enough in time to be alike."""
    found: set[int] = set()
    for dated, blocks in groupby(sorted(sought_blocks(report), key=is_dated), key=is_dated):
        # Without a day of publication a report is compared with all that state the same day, and they with it.
        days = days_within_reach(report.published, dated=dated) if report.published else ("", "9999")
        rows = store.rows(
            "select event_id from story_blocks join json_each(:blocks) on block = value"
            " where day between :first and :last"
            " union select event_id from story_blocks join json_each(:blocks) on block = value where day = ''",
            {"blocks": _json(blocks), "first": days[0], "last": days[1]},
        )
        found |= {row["event_id"] for row in rows}
    return found


def _neighbourhoods_of(store: Store, event_ids: Iterable[int]) -> set[int]:
    rows = store.rows(
        "select distinct neighbourhood from story_members where event_id in (select value from json_each(?))",
        [_json(event_ids)],
    )
    return {row["neighbourhood"] for row in rows}


def _members(store: Store, touched: Iterable[int]) -> set[int]:
    rows = store.rows(
        "select event_id from story_members where neighbourhood in (select value from json_each(?))", [_json(touched)]
    )
    return {row["event_id"] for row in rows}


def _decisions(store: Store, anchors: Iterable[str]) -> Mapping[tuple[str, str], bool]:
    """Return what was decided by hand of reports."""
    rows = store.rows(
        "select anchor, other, together from story_decisions where anchor in (select value from json_each(:anchors))"
        " union select anchor, other, together from story_decisions where other in"
        " (select value from json_each(:anchors))",
        {"anchors": _json(anchors)},
    )
    return {(row["anchor"], row["other"]): bool(row["together"]) for row in rows}


def _json(values: Iterable[int | str]) -> str:
    return json.dumps(sorted(values))
