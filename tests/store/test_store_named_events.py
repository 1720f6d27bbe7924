"""The named queries for events and stories: each returns the rows that it should and not those that it should not."""

from dataclasses import replace

from query_builders import ask, column, notice, power
from store_builders import NOW, article, event, extraction, machines, save, save_events

from rigwire.store import Author, Store, change_event


def test_notices_in_force_on_a_day(store: Store) -> None:
    save_events(
        store, 1,
        notice("cut", "2023-05-01T00:00", "2023-05-10", company="ended"),
        notice("cut", "2023-05-01", "2023-05", company="lasts"),
        notice("curtail", "2023-05-12", company="not yet"),
        notice("tariff", "2023-05-11", jurisdiction="US-WA", company="new price"),
        notice("cut", None, company="since the article"),
        notice("cut", None, status="planned", company="some day"),
        notice("cut", "2023-05-01", status="cancelled", company="called off"),
        notice("cut", "2023-05-01", status="proposed", company="only asked for"),
        notice("cut", "--05-01", company="no year", status="planned"),
    )  # fmt: skip
    assert column(store, "notices-in-force", "company") == ["lasts", "since the article", "new price"]
    assert column(store, "notices-in-force", "company", jurisdiction="US") == ["new price"]
    assert "ended" in column(store, "notices-in-force", "company", day="2023-05-10")
    assert column(store, "notices-in-force", "company", day="2023-05-12", jurisdiction="KZ") == [
        "lasts", "since the article", "not yet",
    ]  # fmt: skip


def test_notice_ends_when_its_issuer_restores_the_place(store: Store) -> None:
    save_events(store, 1, notice("cut", "2023-05-01"), notice("cut", "2023-05-01", jurisdiction="UZ"))
    save_events(store, 2, notice("restore", "2023-05-08"))
    assert column(store, "notices-in-force", "jurisdiction", day="2023-05-07") == ["KZ", "UZ"]
    assert column(store, "notices-in-force", "jurisdiction") == ["UZ"]
    save_events(store, 3, notice("cut", "2023-05-09"))
    assert column(store, "notices-in-force", "since") == ["2023-05-09", "2023-05-01"]


def test_notices_by_place_count_stories(store: Store) -> None:
    cut = notice("cut", "2023-05-10", company=None)
    save_events(store, 1, cut, notice("tariff", "2023-05-10", jurisdiction="US-NY"), published="2023-05-09")
    save_events(store, 2, replace(cut, quote="Told again."), published="2023-05-09")
    save_events(store, 3, notice("cut", "2023-05-10", status="cancelled", jurisdiction="IR"))
    rows = ask(store, "notices-by-place")
    assert [(row["jurisdiction"], row["notices"], row["cuts"], row["tariffs"]) for row in rows] == [
        ("KZ", 1, 1, 0), ("US-NY", 1, 0, 1),
    ]  # fmt: skip
    assert ask(store, "notices-by-place", since="2023-05-10") == []


def test_latest_events_are_of_the_last_days_and_of_the_type(store: Store) -> None:
    save_events(store, 1, event("order", machines(5), machines(6)), published="2023-05-10")
    save_events(store, 2, event("fleet", machines(7)), published="2023-05-11")
    save_events(store, 3, event("fleet", machines(8)), published="2023-01-01")
    assert column(store, "latest-events", "figures") == ["7 machines", "5 machines; 6 machines"]
    assert column(store, "latest-events", "type", type="order") == ["order"]
    assert len(ask(store, "latest-events", since="2023-01-01")) == 3


def test_company_events_have_both_its_parts_and_no_others(store: Store) -> None:
    save_events(
        store, 1,
        event("order", machines(5), company="Alpha", counterparty="Makers", date="2023-01"),
        event("site", company="Beta", date="2023-04"),
        event("sale", company="Beta", counterparty="Alpha", date="2023-02"),
    )  # fmt: skip
    rows = ask(store, "company-events", company="Alpha")
    assert [(row["type"], row["figures"]) for row in rows] == [("sale", None), ("order", "5 machines")]


def test_rules_by_place(store: Store) -> None:
    save_events(
        store, 1,
        event("regulation", jurisdiction="US-NY", counterparty="the senate", date="2022-06-03"),
        event("enforcement", jurisdiction="MY", counterparty="police", date="2023-02"),
        event("power_notice", jurisdiction="MY"),
    )  # fmt: skip
    rows = ask(store, "rules-by-place")
    assert [(row["jurisdiction"], row["type"], row["authority"]) for row in rows] == [
        ("MY", "enforcement", "police"), ("US-NY", "regulation", "the senate"),
    ]  # fmt: skip
    assert column(store, "rules-by-place", "jurisdiction", jurisdiction="US") == ["US-NY"]
    assert column(store, "rules-by-place", "jurisdiction", since="2023-01-01") == ["MY"]


def test_stories_of_this_week_are_one_row_an_event(store: Store) -> None:
    told = event("delivery", machines(2600), company="Alpha", jurisdiction="KZ", date="2023-05-08")
    save_events(store, 1, told, published="2023-05-08")
    save_events(store, 2, replace(told, quote="Another outlet tells it."), published="2023-05-09")
    save_events(store, 3, event("order", machines(9), company="Beta"), published="2023-04-01")
    rows = ask(store, "changed-stories")
    assert [(row["event_type"], row["machines"], row["last_reported"]) for row in rows] == [
        ("delivery", 2600.0, "2023-05-09")
    ]
    assert column(store, "changed-stories", "company", since="2023-01-01") == ["Alpha", "Beta"]
    assert column(store, "changed-stories", "company", since="2023-01-01", type="order") == ["Beta"]
    story = str(rows[0]["story_id"])
    assert column(store, "story-reports", "published", story=story) == ["2023-05-08", "2023-05-09"]
    assert ask(store, "story-reports", story="99") == []


def test_largest_conflicts_come_first(store: Store) -> None:
    def told(number: int, load: float, place: str) -> None:
        cut = notice("cut", "2023-05-10", jurisdiction=place, company=None)
        save_events(store, number, replace(cut, quantities=(power(load),)), published="2023-05-09")

    for number, (load, place) in enumerate([(100, "KZ"), (150, "KZ"), (10, "UZ"), (90, "UZ"), (7, "IR")]):
        told(number, load, place)
    rows = ask(store, "largest-conflicts", slot="power")
    assert [(row["jurisdiction"], {row["value"], row["other"]}) for row in rows] == [
        ("UZ", {"10 MW", "90 MW"}), ("KZ", {"100 MW", "150 MW"}),
    ]  # fmt: skip
    assert ask(store, "largest-conflicts", slot="machines") == []
    assert ask(store, "largest-conflicts", since="2023-06-01") == []


def test_corrected_events_say_who_changed_what(store: Store) -> None:
    save(store, article(), extraction())
    (row,) = ask(store, "latest-events", type="fleet", since="2023-01-01")
    change_event(store, row["event"], {"company": "Borealis"}, Author(NOW, "Ada", "read again"))
    (made,) = ask(store, "corrected-events")
    assert (made["author"], made["extracted_company"], made["changes"], made["state"]) == (
        "Ada", "Halcyon Rigs", '{"company": "Borealis"}', "in effect",
    )  # fmt: skip
    assert ask(store, "corrected-events", author="Bo") == []
