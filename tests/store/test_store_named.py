"""The named queries: each returns the rows that it should and not those that it should not."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_builders import (
    NOW,
    article,
    company,
    event,
    extraction,
    machines,
    page,
    quantity,
    save,
    save_events,
)

from rigwire.errors import UsageError
from rigwire.model import Extraction, Jurisdiction, Mention, Notice
from rigwire.store import (
    Author,
    NewItem,
    Store,
    change_event,
    declare_sources,
    enqueue_items,
    fail_item,
    named_queries,
    open_database,
    pending_items,
    run_named,
    save_feed_state,
)
from rigwire.store.named import read_query

TODAY = date(2023, 5, 11)


def ask(store: Store, name: str, **given: str) -> list[dict[str, Any]]:
    """Return the rows of a named query as dicts."""
    result = run_named(store, name, given, today=TODAY)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def column(store: Store, name: str, key: str, **given: str) -> list[Any]:
    """Return one column of a named query."""
    return [row[key] for row in ask(store, name, **given)]


def hashrate(value: float, **changes: Any) -> Any:
    """A hashrate in PH/s."""
    return quantity("hashrate", value, "PH/s", f"{value:g} PH/s", **changes)


def power(value: float, **changes: Any) -> Any:
    """A load or capacity in MW."""
    return quantity("power", value, "MW", f"{value:g} MW", **changes)


def money(value: float, currency: str = "USD") -> Any:
    """A sum."""
    return quantity("money", value, currency, f"{value:g}", currency=currency)


def test_machines_moved_adds_each_delivery_once(store: Store) -> None:
    move = event("delivery", machines(4000), company="Alpha", jurisdiction="US-TX", date="2023-04-20")
    save_events(store, 1, move, event("delivery", machines(1000), jurisdiction="US-TX", date="2023-04"))
    save_events(store, 2, move)
    save_events(store, 3, replace(move, date="2023-05-02"), replace(move, jurisdiction="KZ"))
    save_events(store, 4, replace(move, status="planned"), event("order", machines(7), jurisdiction="US-TX"))
    save_events(store, 5, replace(move, date="2019-01-01"), published="2019-01-02")
    rows = ask(store, "machines-moved", since="2023-01-01")
    assert [(row["jurisdiction"], row["machines"], row["deliveries"]) for row in rows] == [
        ("US-TX", 9000.0, 3), ("KZ", 4000.0, 1),
    ]  # fmt: skip
    assert column(store, "machines-moved", "machines", status="planned") == [4000.0]


def notice(action: str, effective: str | None, until: str | None = None, **changes: Any) -> Any:
    """A power notice of the grid operator for all miners of Kazakhstan."""
    slots = Notice(action, "KEGOC", "miners", None, effective, until)
    return event("power_notice", power(196), notice=slots, **{"jurisdiction": "KZ"} | changes)


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


def test_company_hashrate_tells_levels_from_targets(store: Store) -> None:
    save_events(
        store, 1,
        event("fleet", hashrate(6200), company="Alpha Mining", date="2023-04"),
        event("fleet", hashrate(10000), company="Alpha Mining", date="2023-12", status="planned"),
        event("deployment", hashrate(300), company="Alpha Mining", date="2023-04-15"),
        event("deployment", hashrate(700), company="Alpha Mining", date="2023-06", status="planned"),
        event("fleet", hashrate(1), company="Beta"),
        event("order", hashrate(2), company="Alpha Mining"),
    )  # fmt: skip
    rows = ask(store, "company-hashrate", company="alpha")
    assert [(row["day"], row["what"], row["value"]) for row in rows] == [
        ("2023-04-01", "level", 6200.0), ("2023-04-15", "added", 300.0),
        ("2023-06-01", "to be added", 700.0), ("2023-12-01", "target", 10000.0),
    ]  # fmt: skip


def test_company_is_found_by_its_ticker(store: Store) -> None:
    firm = company("Alpha Mining", ticker="ALPH", exchange="NYSE")
    level = event("fleet", hashrate(5), company="Alpha Mining")
    save(store, article(), Extraction(article(), (firm,), (), (), (level,)))
    assert column(store, "company-hashrate", "value", company="alph") == [5.0]
    assert column(store, "company-articles", "named_as", company="ALPH") == ["Alpha Mining"]
    assert column(store, "company-articles", "named_as", company="ALPHX") == []


def test_power_announced_against_energised_takes_the_largest(store: Store) -> None:
    save_events(
        store, 1,
        event("site", power(200), company="Alpha", status="planned"),
        event("power_deal", power(150), company="Alpha"),
        event("fleet", power(60), company="Alpha"),
        event("fleet", power(90), company="Alpha"),
        event("fleet", power(900), company="Alpha", status="cancelled"),
        event("power_notice", power(999), company="Alpha"),
        event("fleet", power(5), company="some farms"),
    )  # fmt: skip
    rows = ask(store, "power-announced-energised", company="Alpha")
    assert [(row["company"], row["announced_mw"], row["energised_mw"]) for row in rows] == [
        ("Alpha", 200.0, 90.0)
    ]


def test_orders_by_maker_and_model(store: Store) -> None:
    order = event("order", machines(500, model="M60"), company="Alpha", counterparty="Makers", date="2023-03")
    save_events(store, 1, order, replace(order, company="Beta"), event("order", machines(20), company="Beta"))
    save_events(store, 2, order, replace(order, status="planned"), event("sale", machines(9), company="Beta"))
    rows = ask(store, "orders-by-maker")
    assert [(row["maker"], row["model"], row["machines"], row["buyers"]) for row in rows] == [
        ("Makers", "M60", 1000.0, 2), ("not stated", "not stated", 20.0, 1),
    ]  # fmt: skip
    assert ask(store, "orders-by-maker", since="2023-06-01") == []


def test_latest_events_are_of_the_last_days_and_of_the_type(store: Store) -> None:
    save_events(store, 1, event("order", machines(5), machines(6)), published="2023-05-10")
    save_events(store, 2, event("fleet", machines(7)), published="2023-05-11")
    save_events(store, 3, event("fleet", machines(8)), published="2023-01-01")
    assert column(store, "latest-events", "figures") == ["7 machines", "5 machines; 6 machines"]
    assert column(store, "latest-events", "type", type="order") == ["order"]
    assert len(ask(store, "latest-events", since="2023-01-01")) == 3


def test_recent_changes_tell_new_from_edited(store: Store) -> None:
    save(store, article(), extraction(), now=NOW - timedelta(days=20))
    save(store, article(text="Other words.", title="New title"), None, now=NOW)
    save(store, article(url="u:2", canonical_url="u:2", text="Second."), None, now=NOW)
    save(store, article(url="u:3", canonical_url="u:3", text="Third."), None, now=NOW - timedelta(days=9))
    rows = ask(store, "recent-changes", since="2023-05-01")
    assert [(row["change"], row["title"], row["title_before"]) for row in rows] == [
        ("new", "Halcyon Rigs moves north", None), ("edited", "New title", "Halcyon Rigs moves north"),
    ]  # fmt: skip


def test_company_articles_count_what_they_say_of_it(store: Store) -> None:
    save(store, article(), extraction())
    save_events(store, 2, event("order", company="Beta"), published="2023-05-09")
    (row,) = ask(store, "company-articles", company="Halcyon")
    assert (row["mentions"], row["events"], row["title"]) == (1, 3, "Halcyon Rigs moves north")
    assert column(store, "company-articles", "events", company="landsnet") == [1]
    assert ask(store, "company-articles", company="nobody") == []


def test_figure_leads_back_to_its_words(store: Store) -> None:
    save(store, article(), extraction())
    (row,) = ask(store, "figure-source", company="Halcyon", value="4190")
    assert (row["words"], row["quote"][:12], row["url"]) == (
        "4,200 miners", "Halcyon Rigs", "https://halcyon.example/news/1",
    )  # fmt: skip
    assert article().text[row["span_start"] : row["span_end"]] == "4,200 miners"
    assert ask(store, "figure-source", company="Halcyon", value="4200", kind="hashrate") == []
    assert ask(store, "figure-source", company="Halcyon", value="4300") == []
    assert ask(store, "figure-source", company="Landsnet", value="4200") == []


def test_sites_closed(store: Store) -> None:
    sites = quantity("sites", 26, "sites", "26 farms")
    save_events(
        store, 1,
        event("shutdown", sites, machines(90), jurisdiction="CN-SC", date="2021-06-20"),
        event("shutdown", machines(3), jurisdiction="US-NY", date="2023-01"),
        event("shutdown", machines(4), jurisdiction="CN-SC", status="cancelled"),
        event("power_notice", sites, jurisdiction="CN-SC"),
    )  # fmt: skip
    rows = ask(store, "sites-closed")
    assert [(row["jurisdiction"], row["sites"], row["machines"]) for row in rows] == [
        ("US-NY", None, 3.0), ("CN-SC", 26.0, 90.0),
    ]  # fmt: skip
    assert column(store, "sites-closed", "jurisdiction", jurisdiction="CN") == ["CN-SC"]
    assert column(store, "sites-closed", "jurisdiction", since="2022-01-01") == ["US-NY"]


def test_coins_produced_by_period(store: Store) -> None:
    def mined(value: float, period: str, unit: str = "BTC", **changes: Any) -> Any:
        return event(
            "production", quantity("coins", value, unit, str(value)), company="Alpha", date=period, **changes
        )

    save_events(store, 1, mined(600, "2023-04"), mined(590, "2023-03"), mined(50, "2023-04", "ETH"))
    save_events(store, 2, mined(600, "2023-04"), mined(700, "2023-05", status="planned"))
    save_events(store, 3, event("treasury", quantity("coins", 9000, "BTC", "9,000"), company="Alpha"))
    rows = ask(store, "coins-produced")
    assert [(row["period"], row["coins"], row["articles"]) for row in rows] == [
        ("2023-03", 590.0, 1), ("2023-04", 600.0, 2),
    ]  # fmt: skip
    assert column(store, "coins-produced", "coins", unit="ETH") == [50.0]
    assert ask(store, "coins-produced", company="Beta") == []


def test_largest_fleets_take_the_latest_level(store: Store) -> None:
    save_events(
        store, 1,
        event("fleet", machines(90000), company="Alpha", date="2022-12"),
        event("fleet", machines(70000), company="Alpha", date="2023-04"),
        event("fleet", machines(99999), company="Alpha", date="2023-12", status="planned"),
        event("fleet", machines(80000), company="Beta", date="2023-01"),
        event("deployment", machines(95000), company="Gamma"),
    )  # fmt: skip
    rows = ask(store, "largest-fleets")
    assert [(row["company"], row["value"]) for row in rows] == [("Beta", 80000.0), ("Alpha", 70000.0)]
    assert ask(store, "largest-fleets", kind="power") == []


def test_failing_sources(store: Store) -> None:
    names = ("good", "down", "broken", "gone")
    feeds = {name: f"https://{name}.example/rss" for name in names}
    declare_sources(store, [{"id": name, "name": name, "feeds": (feeds[name],)} for name in names], NOW)
    for name in names:
        failures = 3 if name in ("down", "gone") else 0
        save_feed_state(store, {"url": feeds[name], "source_id": name, "failures": failures})
    save(store, article(), None)
    enqueue_items(store, [NewItem("broken", feeds["broken"], "g", "https://broken.example/1")], 1, NOW)
    fail_item(store, pending_items(store, NOW)[0].id, "HTTP 410", NOW, permanent=True, page=page())
    declare_sources(store, [{"id": name, "name": name, "feeds": ()} for name in names[:3]], NOW)
    rows = ask(store, "failing-sources")
    assert [(row["source"], row["failures"], row["failed_articles"]) for row in rows] == [
        ("down", 3, 0), ("broken", 0, 1),
    ]  # fmt: skip
    assert column(store, "failing-sources", "source", failures="4") == ["broken"]


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


def test_deals_are_sorted_by_amount_in_one_currency(store: Store) -> None:
    save_events(
        store, 1,
        event("financing", money(5e6), company="Alpha"),
        event("acquisition", money(9e6), company="Beta"),
        event("financing", money(8e6, "CAD"), company="Gamma"),
        event("results", money(7e6), company="Delta"),
    )  # fmt: skip
    save_events(store, 2, event("financing", money(6e6), company="Old"), published="2020-01-01")
    assert column(store, "deals", "company") == ["Beta", "Alpha"]
    assert column(store, "deals", "company", currency="CAD") == ["Gamma"]
    assert column(store, "deals", "company", since="2019-01-01") == ["Beta", "Old", "Alpha"]


def test_network_figures(store: Store) -> None:
    share = quantity("share", 18.1, "%", "18.1%")
    save_events(
        store, 1,
        event("network", share, jurisdiction="KZ", date="2021-08"),
        event("network", hashrate(180000), date="2021-04"),
        event("results", share, jurisdiction="KZ"),
    )  # fmt: skip
    assert column(store, "network-figures", "value") == [180000.0, 18.1]
    assert column(store, "network-figures", "value", jurisdiction="KZ") == [18.1]
    assert column(store, "network-figures", "value", kind="hashrate") == [180000.0]


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


def test_company_events_have_both_its_parts_and_no_others(store: Store) -> None:
    save_events(
        store, 1,
        event("order", machines(5), company="Alpha", counterparty="Makers", date="2023-01"),
        event("site", company="Beta", date="2023-04"),
        event("sale", company="Beta", counterparty="Alpha", date="2023-02"),
    )  # fmt: skip
    rows = ask(store, "company-events", company="Alpha")
    assert [(row["type"], row["figures"]) for row in rows] == [("sale", None), ("order", "5 machines")]


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


def test_energy_prices_of_a_currency_and_place(store: Store) -> None:
    def price(value: float, currency: str) -> Any:
        return quantity("energy_price", value, f"{currency}/kWh", str(value), currency=currency)

    save_events(store, 1, event("results", price(0.05, "USD"), jurisdiction="US-TX"))
    save_events(store, 2, event("power_deal", price(0.04, "USD"), price(0.06, "EUR"), jurisdiction="NO"))
    save_events(store, 3, event("results", money(0.07)))
    assert column(store, "energy-prices", "value") == [0.05, 0.04]
    assert column(store, "energy-prices", "value", jurisdiction="US") == [0.05]
    assert column(store, "energy-prices", "value", currency="EUR") == [0.06]


def test_coins_held_take_the_latest_level(store: Store) -> None:
    def held(value: float, company: str, day: str, unit: str = "BTC", **changes: Any) -> Any:
        return event("treasury", quantity("coins", value, unit, str(value)), company=company, date=day, **changes)

    save_events(
        store, 1,
        held(900, "Alpha", "2023-03-31"), held(700, "Alpha", "2023-04-30"), held(800, "Beta", "2023-01-31"),
        held(5000, "Alpha", "2023-12-31", status="planned"), held(3, "Beta", "2023-04-30", "ETH"),
        event("production", quantity("coins", 9999, "BTC", "9999"), company="Alpha"),
    )  # fmt: skip
    assert [(row["company"], row["coins"]) for row in ask(store, "coins-held")] == [("Beta", 800.0), ("Alpha", 700.0)]
    assert column(store, "coins-held", "company", unit="ETH") == ["Beta"]


def test_corrected_events_say_who_changed_what(store: Store) -> None:
    save(store, article(), extraction())
    (row,) = ask(store, "latest-events", type="fleet", since="2023-01-01")
    change_event(store, row["event"], {"company": "Borealis"}, Author(NOW, "Ada", "read again"))
    (made,) = ask(store, "corrected-events")
    assert (made["author"], made["extracted_company"], made["changes"], made["state"]) == (
        "Ada", "Halcyon Rigs", '{"company": "Borealis"}', "in effect",
    )  # fmt: skip
    assert ask(store, "corrected-events", author="Bo") == []


def test_machines_moved_have_the_origin_that_their_sentence_states(store: Store) -> None:
    text = "Alpha moved 500 miners from a site in Sichuan to Kazakhstan. It sent 90 machines from Kazakhstan to Texas."
    places = [("CN-SC", "Sichuan"), ("KZ", "Kazakhstan"), ("US-TX", "Texas")]
    found = tuple(
        Jurisdiction(
            code, name, tuple(Mention(name, m.start(), m.end()) for m in re.finditer(name, text))
        )
        for code, name in places
    )
    first, second = (
        event("delivery", machines(500), jurisdiction="KZ", start=0, end=60),
        event("delivery", machines(90), id="e2", jurisdiction="US-TX", start=61, end=len(text)),
    )
    document = article(text=text)
    save(store, document, Extraction(document, (), found, (), (first, second)))
    rows = ask(store, "machines-moved")
    assert [(row["origin"], row["jurisdiction"], row["machines"]) for row in rows] == [
        ("CN-SC", "KZ", 500.0), ("KZ", "US-TX", 90.0),
    ]  # fmt: skip


def test_every_query_has_a_test_and_answers_on_a_read_only_file(store: Store) -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    given = {"company": "Halcyon", "value": "1", "story": "1"}
    with open_database(store.path, readonly=True) as reader:
        assert len(named_queries()) >= 20
        for name, query in named_queries().items():
            assert f'"{name}"' in tests
            wanted = {p.name: given[p.name] for p in query.parameters if p.default is None}
            assert ask(reader, name, **wanted) == []
            assert query.title
            assert query.description.endswith(".")
            assert all(parameter.description.endswith(".") for parameter in query.parameters)


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("notices-in-farce", {}, "did you mean notices-in-force"),
        ("zzz", {}, "rigwire query --list"),
        ("company-hashrate", {}, "needs the parameter company"),
        ("company-hashrate", {"company": "A", "colour": "red"}, "no parameter colour; it takes company"),
        ("notices-in-force", {"day": "yesterday"}, "must be a day such as"),
        ("notices-in-force", {"day": "2023-02-30"}, "must be a day such as"),
        ("notices-in-force", {"day": "today-99999999999"}, "must be a day such as"),
        ("figure-source", {"company": "A", "value": "many"}, "must be a number"),
        ("failing-sources", {"failures": "1.5"}, "must be a whole number"),
    ],
)
def test_wrong_parameter_is_explained(store: Store, name: str, given: dict[str, str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        run_named(store, name, given, today=TODAY)
    assert caught.value.exit_code == 2


def test_days_are_counted_from_today() -> None:
    query = named_queries()["notices-in-force"]
    values = {text: query.bind({"day": text}, TODAY)["day"] for text in ("today", "today-11", "today + 1")}
    assert values == {"today": "2023-05-11", "today-11": "2023-04-30", "today + 1": "2023-05-12"}


HEADER = "-- title: T.\n-- description: One\n--   two.\n"


def test_header_is_read_with_its_continued_lines(tmp_path: Path) -> None:
    file = tmp_path / "some-query.sql"
    file.write_text(HEADER + "-- param: a text = : Any: thing.\n-- param: b day: A day.\n\nselect :a, :b\n")
    query = read_query(file)
    assert (query.name, query.description, query.sql) == ("some-query", "One two.", "select :a, :b")
    assert [(p.name, p.type, p.default) for p in query.parameters] == [("a", "text", ""), ("b", "day", None)]
    assert query.parameters[0].description == "Any: thing."


@pytest.mark.parametrize(
    "text",
    [
        "select 1",
        "-- title: T.\nselect 1",
        HEADER + "-- param: a colour: Red.\nselect :a",
        HEADER + "-- param: a text\nselect :a",
        HEADER + "-- a remark\nselect 1",
    ],
)
def test_wrong_header_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "q.sql"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"q\.sql"):
        read_query(file)
