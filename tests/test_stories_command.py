"""`rigwire stories` as a user has it, on the database of a first run."""

import json

import pytest

from projects import Project

SHARED = "select story_id from stories where event_type = 'delivery' and articles > 1 order by story_id"
MEMBERS = "select event_id from story_members where story_id = ? order by event_id"


def test_the_run_leaves_stories_with_what_outlets_disagree_on(stored: Project) -> None:
    conflicts = stored.rows("select slot, value, other from conflicts where event_type in ('delivery', 'power_notice')")
    hours = [{value, other} for slot, value, other in conflicts if slot == "effective"]
    assert {"2025-04-14T21:00", "2025-04-14T09:00"} in hours
    counts = {(value.split(" + ")[-1], other) for slot, value, other in conflicts if slot == "machines"}
    assert ("2,600 machines more", "2,600 machines in all") in counts
    assert stored.rows("select count(*) from events") == stored.rows("select count(*) from story_members")
    assert stored.rows("select count(*) from story_queue") == [(0,)]


def test_show_prints_reports_side_by_side_and_conflicts(stored: Project) -> None:
    [story] = stored.rows("select story_id from conflicts where value like '%2,600 machines more'")
    shown = stored.rigwire("stories", "show", str(story[0]))
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0].split()[:3] == ["event_id", "published", "source"]
    assert "The Gridpost" in shown.stdout
    assert any(line.startswith("machines") and "2,600 machines in all" in line for line in lines)


def stories(stored: Project) -> set[frozenset[int]]:
    """The reports of each story."""
    members: dict[int, set[int]] = {}
    for story_id, event_id in stored.rows("select story_id, event_id from story_members"):
        members.setdefault(story_id, set()).add(event_id)
    return {frozenset(events) for events in members.values()}


def test_merge_split_and_undo_hold_over_a_run(stored: Project) -> None:
    before = stories(stored)
    [one], [other], *_ = stored.rows(SHARED)
    first, second = set(stored.rows(MEMBERS, one)), set(stored.rows(MEMBERS, other))
    [word, merged] = stored.rigwire("stories", "merge", str(one), str(other)).stdout.split()
    assert word == "story"
    together = stored.rows(MEMBERS, merged)
    assert first | second <= set(together)  # and reports that are like the merged ones
    assert stored.rigwire("run", "--force").returncode == 0
    assert stored.rows(MEMBERS, merged) == together
    told = stored.rigwire("stories", "split", merged, *(str(event_id) for (event_id,) in second)).stdout.split()
    parted = set(stored.rows(MEMBERS, told[-1]))
    assert second <= parted
    assert not first & parted
    listed = json.loads(stored.rigwire("stories", "decisions", "--format", "json").stdout)
    assert {row["decision"] for row in listed} == {"together", "apart"}
    assert all(row["report"] and row["other"] for row in listed)
    assert stored.rigwire("stories", "undo", merged).returncode == 0
    [(left,)] = stored.rows("select story_id from story_members where event_id = ?", *min(second))
    assert stored.rigwire("stories", "undo", str(left)).returncode == 0
    assert stored.rows("select count(*) from story_decisions") == [(0,)]
    assert stories(stored) == before


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("show", "99999"), 2, "there is no story 99999"),
        (("merge", "1"), 2, "a merge takes two stories or more"),
        (("merge", "1", "99999"), 2, "there is no story 99999"),
        (("split", "1", "99999"), 2, "event 99999 is no report of story 1"),
        (("merge", "1", "2", "--db", "nowhere.db"), 3, "nowhere.db"),
        (("show", "1", "--db", "nowhere.db"), 3, "nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_explained(stored: Project, arguments: tuple[str, ...], code: int, reason: str) -> None:
    done = stored.rigwire("stories", *arguments)
    assert done.returncode == code
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not (stored.folder / "nowhere.db").exists()
