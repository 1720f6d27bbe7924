"""Merges and splits by hand survive new articles, revisions and another extraction."""

from dataclasses import replace

import pytest
from store_builders import NOW, event, machines, one
from story_builders import shared, stories, tell

from rigwire.errors import UsageError
from rigwire.store import Store, catch_up, merge_stories, split_story, undo_decisions

OSTER = {"company": "Oster Mining", "jurisdiction": "US-TX"}
ARRIVAL = event("delivery", machines(1250), quote="1,250 machines have come in.", **OSTER)
# The same act in words that nothing compares: no figure, another firm.
HIDDEN = event("delivery", company="Lone Star Logistics", quote="The trucks have been unloaded.")


def story_of(store: Store, outlet: str) -> int:
    """Return the story of the only article of an outlet."""
    return int(one(store, f"select story_id from story_reports where url like 'https://{outlet}.%'"))


@pytest.fixture
def told(store: Store) -> Store:
    """Two outlets with one story, and one with another."""
    tell(store, "wire", 1, "2024-05-21", ARRIVAL)
    tell(store, "lane", 1, "2024-05-21", ARRIVAL)
    tell(store, "post", 1, "2024-06-30", HIDDEN)
    assert shared(store) == [["lane/1/e1", "wire/1/e1"]]
    return store


def test_a_merge_outlasts_new_articles_and_another_run(told: Store) -> None:
    merged = merge_stories(told, [story_of(told, "wire"), story_of(told, "post")], NOW)
    whole = ["lane/1/e1", "post/1/e1", "wire/1/e1"]
    assert shared(told) == [whole]
    assert story_of(told, "post") == merged
    tell(told, "grid", 1, "2024-05-22", ARRIVAL)
    told.db.execute("insert or ignore into story_queue select id from events")
    catch_up(told)
    assert shared(told) == [["grid/1/e1", *whole]]
    assert one(told, "select sources from story_rows") == 4


def test_a_split_outlasts_new_articles_and_another_run(told: Store) -> None:
    event_id = one(told, "select event_id from story_reports where url like 'https://lane.%'")
    kept, new = split_story(told, story_of(told, "wire"), [event_id], NOW)
    assert (story_of(told, "wire"), story_of(told, "lane")) == (kept, new)
    tell(told, "grid", 1, "2024-05-22", ARRIVAL)
    told.db.execute("insert or ignore into story_queue select id from events")
    catch_up(told)
    assert story_of(told, "wire") != story_of(told, "lane")
    assert len(shared(told)) == 1


def test_a_merge_outlasts_a_revision_that_keeps_the_sentence(told: Store) -> None:
    merge_stories(told, [story_of(told, "wire"), story_of(told, "post")], NOW)
    again = replace(HIDDEN, type="deployment", status="planned")
    other = event("fleet", machines(9), company="Lone Star Logistics", quote="It has nine trucks.")
    tell(told, "post", 1, "2024-06-30", other, HIDDEN, text="A revised article.")
    assert ["lane/1/e1", "post/1/e2", "wire/1/e1"] in stories(told)
    tell(told, "post", 1, "2024-06-30", replace(again, quote="Other words."), text="Revised again.")
    assert shared(told) == [["lane/1/e1", "wire/1/e1"]]


def test_the_later_decision_wins(told: Store) -> None:
    merged = merge_stories(told, [story_of(told, "wire"), story_of(told, "post")], NOW)
    event_id = one(told, "select event_id from story_reports where url like 'https://post.%'")
    split_story(told, merged, [event_id], NOW)
    assert shared(told) == [["lane/1/e1", "wire/1/e1"]]
    merge_stories(told, [story_of(told, "wire"), story_of(told, "post")], NOW)
    assert shared(told) == [["lane/1/e1", "post/1/e1", "wire/1/e1"]]


def test_undone_decisions_leave_what_the_reports_say(told: Store) -> None:
    event_id = one(told, "select event_id from story_reports where url like 'https://lane.%'")
    split_story(told, story_of(told, "wire"), [event_id], NOW)
    assert undo_decisions(told, story_of(told, "wire")) == 1
    assert shared(told) == [["lane/1/e1", "wire/1/e1"]]
    assert one(told, "select count(*) from story_decisions") == 0


def test_decisions_go_with_their_article(told: Store) -> None:
    merge_stories(told, [story_of(told, "wire"), story_of(told, "post")], NOW)
    told.db.execute("delete from articles where site = 'post'")
    assert one(told, "select count(*) from story_decisions") == 1


def test_what_makes_no_sense_is_refused(told: Store) -> None:
    wire, event_id = story_of(told, "wire"), one(told, "select event_id from story_reports where url like '%post.%'")
    for refused in (
        lambda: merge_stories(told, [wire, wire], NOW),
        lambda: merge_stories(told, [wire, 999], NOW),
        lambda: split_story(told, wire, [event_id], NOW),
        lambda: split_story(told, story_of(told, "post"), [event_id], NOW),
        lambda: undo_decisions(told, 999),
    ):
        with pytest.raises(UsageError):
            refused()
    assert one(told, "select count(*) from story_decisions") == 0
