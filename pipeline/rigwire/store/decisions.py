"""Merges and splits of stories made by hand. They are about reports, so they outlast every change of the stories."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations, product
from typing import Any

from rigwire.errors import UsageError
from rigwire.store.database import Store
from rigwire.store.stories import update_stories
from rigwire.store.times import to_text


def merge_stories(store: Store, story_ids: Sequence[int], now: datetime) -> int:
    """Make one story of several, for good; return its id. A later decision about the same reports wins.

    Raises `UsageError` for an unknown story or fewer than two, `DatabaseError`.
    """
    if len(set(story_ids)) < 2:
        raise UsageError("a merge takes two stories or more")
    with store.transaction():
        members = [row for story_id in dict.fromkeys(story_ids) for row in _members(store, story_id)]
        _decide(store, combinations(members, 2), together=True, now=now)
        return _told_again(store, members)[0]


def split_story(store: Store, story_id: int, event_ids: Sequence[int], now: datetime) -> list[int]:
    """Make a story of their own of some reports of a story, for good; return the ids of both, the new one last.

    Raises `UsageError` for an unknown story, for events that are no reports of it or all of them; `DatabaseError`.
    """
    with store.transaction():
        members = _members(store, story_id)
        parted = [row for row in members if row["event_id"] in event_ids]
        rest = [row for row in members if row["event_id"] not in event_ids]
        strangers = sorted(set(event_ids) - {row["event_id"] for row in members})
        if strangers:
            advice = f"`rigwire stories show {story_id}` lists them"
            raise UsageError(f"event {strangers[0]} is no report of story {story_id}; {advice}")
        if not parted or not rest:
            raise UsageError("a split takes some reports of a story and leaves some")
        _decide(store, product(rest, parted), together=False, now=now)
        _decide(store, combinations(parted, 2), together=True, now=now)
        told = _told_again(store, members)
        return [told[members.index(rest[0])], told[members.index(parted[0])]]


def undo_decisions(store: Store, story_id: int) -> int:
    """Forget what was decided by hand about the reports of a story; return how many decisions that were."""
    with store.transaction():
        members = _members(store, story_id)
        anchors = [row["anchor"] for row in members]
        marks = ", ".join("?" * len(anchors))
        others = store.rows(
            "select event_id, anchor, article_id from story_members join events on events.id = event_id where anchor in"
            f" (select anchor from story_decisions where other in ({marks})"
            f" union select other from story_decisions where anchor in ({marks}))",
            anchors * 2,
        )
        gone = store.db.execute(
            f"delete from story_decisions where anchor in ({marks}) or other in ({marks})", anchors * 2
        ).rowcount
        _told_again(store, [*members, *others])
    return int(gone)


def _members(store: Store, story_id: int) -> list[dict[str, Any]]:
    rows = store.rows(
        "select event_id, anchor, article_id from story_members join events on events.id = event_id"
        " where story_id = ? order by event_id",
        [story_id],
    )
    if not rows:
        raise UsageError(f"there is no story {story_id}; the view stories has them all")
    return rows


def _decide(store: Store, pairs: Iterable[Sequence[dict[str, Any]]], *, together: bool, now: datetime) -> None:
    for pair in pairs:
        one, other = sorted(pair, key=lambda row: row["anchor"])
        if one["anchor"] != other["anchor"]:
            store.db.execute(
                "insert or replace into story_decisions"
                " (anchor, other, article_id, other_article_id, together, decided_at) values (?, ?, ?, ?, ?, ?)",
                [one["anchor"], other["anchor"], one["article_id"], other["article_id"], together, to_text(now)],
            )


def _told_again(store: Store, members: Sequence[dict[str, Any]]) -> list[int]:
    """Find the stories of reports again; return the story of each."""
    ids = [row["event_id"] for row in members]
    store.db.conn.executemany("insert or ignore into story_queue (event_id) values (?)", [(id_,) for id_ in ids])
    update_stories(store)
    marks = ", ".join("?" * len(ids))
    rows = store.rows(f"select event_id, story_id from story_members where event_id in ({marks})", ids)
    story_of = {row["event_id"]: row["story_id"] for row in rows}
    return [story_of[id_] for id_ in ids]
