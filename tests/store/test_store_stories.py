"""Stories in the database: one event of several outlets, what they disagree on, what happens when articles change."""

import pytest
from store_builders import event, machines, one, quantity
from story_builders import shared, stories, tell

from rigwire.model import Notice
from rigwire.store import RejectedError, Store, catch_up, open_database

OSTER = {"company": "Oster Mining", "jurisdiction": "US-TX"}


def test_two_outlets_tell_one_story(store: Store) -> None:
    tell(store, "wire", 1, "2024-05-21", event("delivery", machines(1250), date="2024-05-20", **OSTER))
    tell(store, "lane", 1, "2024-05-22", event("delivery", machines(1250), **OSTER))
    assert shared(store) == [["lane/1/e1", "wire/1/e1"]]
    [story] = store.rows("select company, jurisdiction, date, machines, sources, articles, disagreements from stories")
    assert list(story.values()) == ["Oster Mining", "US-TX", "2024-05-20", 1250, 2, 2, 0]


@pytest.mark.parametrize(
    ("day", "changes"),
    [
        ("2024-06-21", {}),
        ("2024-05-22", {"company": "Wolfden Mining"}),
        ("2024-05-22", {"type": "production"}),
        ("2024-05-22", {"status": "cancelled"}),
        ("2024-05-22", {"date": "2024-07-30"}),
    ],
    ids=["a month later", "another firm", "another kind of event", "called off", "another day"],
)
def test_look_alikes_stay_apart(store: Store, day: str, changes: dict[str, str]) -> None:
    values = {"type": "delivery", "date": "2024-05-20"} | OSTER
    first, second = dict(values), values | changes
    if day > "2024-06":
        second["date"] = "2024-06-20"
    tell(store, "wire", 1, "2024-05-21", event(first.pop("type"), machines(1250), **first))
    tell(store, "lane", 1, day, event(second.pop("type"), machines(1250), **second))
    assert shared(store) == []


def test_one_article_tells_an_event_twice(store: Store) -> None:
    arrival = event("delivery", machines(1250), **OSTER)
    tell(store, "wire", 1, "2024-05-21", arrival, arrival, event("delivery", machines(1400), **OSTER))
    assert stories(store) == [["wire/1/e1", "wire/1/e2"], ["wire/1/e3"]]
    assert one(store, "select max(sources) from story_rows") == 1


def test_two_acts_of_one_article_stay_apart(store: Store) -> None:
    """An order of 1,250 machines and their delivery, in one article and as another one has it."""
    both = (event("order", machines(1250), **OSTER), event("delivery", machines(1250), status="planned", **OSTER))
    tell(store, "wire", 1, "2024-05-21", *both)
    tell(store, "lane", 1, "2024-05-21", both[1])
    assert stories(store) == [["lane/1/e1", "wire/1/e2"], ["wire/1/e1"]]


def notice(place: str, effective: str, status: str = "planned") -> dict[str, object]:
    """The attributes of a notice of one grid to miners."""
    words = Notice("cut", "Angara Grid", "mining farms", None, effective, None)
    return {"status": status, "counterparty": "Angara Grid", "jurisdiction": place, "date": effective, "notice": words}


def test_one_notice_to_two_provinces_is_two_stories(store: Store) -> None:
    for outlet in ("wire", "lane"):
        for number, place in enumerate(("RU-IRK", "RU-BU")):
            tell(store, outlet, number, "2024-11-06", event("power_notice", **notice(place, "2024-11-15T08:00")))
    assert shared(store) == [["lane/0/e1", "wire/0/e1"], ["lane/1/e1", "wire/1/e1"]]


def test_a_target_restated_is_a_story_of_its_own(store: Store) -> None:
    goal = event("fleet", quantity("hashrate", 7000, "PH/s", "7 EH/s"), status="planned", company="Cask", date="2024")
    for number, day in enumerate(("2024-05-14", "2024-05-15", "2024-08-13")):
        tell(store, f"outlet{number}", number, day, goal)
    assert shared(store) == [["outlet0/0/e1", "outlet1/1/e1"]]


def test_disagreements_are_kept(store: Store) -> None:
    tell(store, "wire", 1, "2024-11-06", event("power_notice", **notice("RU-IRK", "2024-11-15T08:00")))
    tell(store, "lane", 1, "2024-11-06", event("power_notice", **notice("RU-IRK", "2024-11-15T20:00")))
    tell(store, "post", 1, "2024-11-07", event("power_notice", **notice("RU-IRK", "2024-11-15T08:00")))
    assert store.rows("select slot, value, other, sources, other_sources from conflicts") == [
        {
            "slot": "effective", "value": "2024-11-15T08:00", "other": "2024-11-15T20:00",
            "sources": 2, "other_sources": 1,
        }
    ]  # fmt: skip
    assert one(store, "select effective from stories") == "2024-11-15T08:00"
    assert store.rows("select source, disagrees from story_reports order by source") == [
        {"source": "lane", "disagrees": "effective"},
        {"source": "post", "disagrees": None},
        {"source": "wire", "disagrees": None},
    ]


def test_in_all_is_not_more_and_before_july_is_not_the_end_of_july(store: Store) -> None:
    rest = {"status": "planned", "company": "Pangolin", "jurisdiction": "KZ"}
    text = "Pangolin will move 2,600 machines {} to Kazakhstan {} {}."
    told = (("wire", "more", "before", "2021-07-01"), ("lane", "in all", "by the end of", "2021-07"))
    for outlet, scope, when, date in told:
        words = text.format(scope, when, date)
        start = words.index("2,600")
        count = machines(2600, text="2,600 machines", start=start, end=start + len("2,600 machines"))
        moved = event("delivery", count, date=date, quote=words, start=0, end=len(words), **rest)
        tell(store, outlet, 1, "2021-06-21", moved, text=words)
    assert store.rows("select slot, value, other from conflicts order by slot") == [
        {"slot": "date", "value": "by 2021-07-01", "other": "by end of 2021-07"},
        {"slot": "machines", "value": "2,600 machines in all", "other": "2,600 machines more"},
    ]


def test_copies_of_one_text_and_articles_of_one_outlet_are_one_source(store: Store) -> None:
    wire = " ".join(f"Oster word{n} told reporters{n} on Monday{n}." for n in range(40))
    arrival = event("delivery", machines(1250), **OSTER)
    tell(store, "wire", 1, "2024-05-21", arrival, text=wire)
    tell(store, "copy", 1, "2024-05-21", arrival, text=wire)
    tell(store, "lane", 1, "2024-05-21", arrival)
    tell(store, "lane", 2, "2024-05-22", arrival)
    assert store.rows("select sources, articles from stories") == [{"sources": 2, "articles": 4}]
    assert one(store, "select sources from story_figures") == 2


def test_a_deleted_article_leaves_its_story(store: Store) -> None:
    for outlet, count in (("wire", 1250), ("lane", 1250), ("post", 1340)):
        tell(store, outlet, 1, "2024-05-21", event("delivery", machines(count), date="2024-05-20", **OSTER))
    before = one(store, "select story_id from stories")
    store.db.execute("delete from articles where site = 'post'")
    store.db.execute("delete from articles where site = 'lane'")
    catch_up(store)
    assert stories(store) == [["wire/1/e1"]]
    assert store.rows("select story_id, sources, disagreements from stories") == [
        {"story_id": before, "sources": 1, "disagreements": 0}
    ]
    store.db.execute("delete from articles")
    assert one(store, "select count(*) from story_rows") == 0


def test_a_revised_article_moves_to_another_story(store: Store) -> None:
    tell(store, "wire", 1, "2024-05-21", event("delivery", machines(1250), **OSTER))
    tell(store, "lane", 1, "2024-05-21", event("delivery", machines(1250), **OSTER))
    tell(store, "lane", 2, "2024-05-21", event("delivery", machines(3300), company="Wolfden", jurisdiction="US-OH"))
    edited = event("delivery", machines(3300), company="Wolfden", jurisdiction="US-OH")
    tell(store, "wire", 1, "2024-05-21", edited, text="Another text.")
    assert stories(store) == [["lane/1/e1"], ["lane/2/e1", "wire/1/e1"]]


def test_other_stories_are_left_alone(store: Store) -> None:
    """A new article writes the rows of the story that it joins, and no other."""
    for number in range(5):
        firm = f"Firm{number} Mining"
        tell(store, "wire", number, "2024-05-21", event("delivery", machines(100 + number), company=firm))
    store.db.execute("create temp table written (id integer)")
    store.db.execute("create temp trigger t after insert on story_rows begin insert into written values (new.id); end")
    tell(store, "lane", 0, "2024-05-21", event("delivery", machines(103), company="Firm3 Mining"))
    assert shared(store) == [["lane/0/e1", "wire/3/e1"]]
    assert one(store, "select count(*) from temp.written") == 1


def test_what_an_interrupted_update_left_is_done_by_the_next(store: Store) -> None:
    tell(store, "wire", 1, "2024-05-21", event("delivery", machines(1250), **OSTER))
    tell(store, "lane", 1, "2024-05-22", event("delivery", machines(1250), **OSTER))
    for table in ("story_rows", "story_blocks"):
        store.db.execute(f"delete from {table}")
    store.db.execute("insert or ignore into story_queue select id from events")
    with open_database(store.path) as again:
        catch_up(again)
        assert shared(again) == [["lane/1/e1", "wire/1/e1"]]
        assert one(again, "select count(*) from story_queue") == 0


def test_the_story_is_stored_with_its_article_or_not_at_all(store: Store) -> None:
    tell(store, "wire", 1, "2024-05-21", event("delivery", machines(1250), **OSTER))
    broken = event("delivery", machines(1250), confidence=2.0, **OSTER)
    with pytest.raises(RejectedError):
        tell(store, "lane", 1, "2024-05-22", event("delivery", machines(1250), **OSTER), broken)
    assert stories(store) == [["wire/1/e1"]]
    assert one(store, "select count(*) from story_queue") == 0
