"""The named queries for figures: each returns the rows that it should and not those that it should not."""

import re
from dataclasses import replace
from typing import Any

from query_builders import ask, column, hashrate, money, power
from store_builders import article, company, event, machines, quantity, save, save_events

from rigwire.model import Extraction, Jurisdiction, Mention
from rigwire.store import Store


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


def test_company_hashrate_tells_levels_from_targets(store: Store) -> None:
    save_events(
        store, 1,
        event("fleet", hashrate(6200), company="Alpha Mining", date="2023-04"),
        event("fleet", hashrate(10000), company="Alpha Mining", date="2023-12", status="planned"),
        event("deployment", hashrate(300), company="Alpha Mining", date="2023-04-15"),
        event("deployment", hashrate(700), company="Alpha Mining", date="2023-06", status="planned"),
        event("fleet", hashrate(12000), company="Alpha Mining", date="2024-03", status="cancelled"),
        event("deployment", hashrate(900), company="Alpha Mining", date="2024-06", status="cancelled"),
        event("fleet", hashrate(1), company="Beta"),
        event("order", hashrate(2), company="Alpha Mining"),
    )  # fmt: skip
    rows = ask(store, "company-hashrate", company="alpha")
    assert [(row["day"], row["what"], row["value"]) for row in rows] == [
        ("2023-04-01", "level", 6200.0), ("2023-04-15", "added", 300.0),
        ("2023-06-01", "to be added", 700.0), ("2023-12-01", "target", 10000.0),
        ("2024-03-01", "withdrawn", 12000.0), ("2024-06-01", "withdrawn", 900.0),
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
