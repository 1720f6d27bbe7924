"""The views: plain names, the values and words that belong together, nothing that does not."""

from dataclasses import replace

import pytest
from store_builders import NOW, article, event, extraction, machines, quantity, save, save_events

from rigwire.model import Extraction, Notice
from rigwire.store import Store, declare_sources

COMMON = {"company", "counterparty", "jurisdiction", "date", "status", "value", "unit", "qualifier", "quote",
          "confidence", "title", "url", "published"}  # fmt: skip


@pytest.mark.parametrize(
    ("view", "kind", "value"),
    [
        ("machine_counts", "machines", 4200.0),
        ("hashrates", "hashrate", 610.0),
        ("power_capacities", "power", 35.0),
    ],
)
def test_view_has_the_values_of_its_kind_alone(store: Store, view: str, kind: str, value: float) -> None:
    save(store, article(), extraction())
    (row,) = store.rows(f"select * from {view}")
    assert set(row) >= COMMON
    assert (row["value"], row["company"], row["place"]) == (value, "Halcyon Rigs", "Iceland")
    assert (row["title"], row["url"]) == ("Halcyon Rigs moves north", "https://halcyon.example/news/1")


def test_machine_counts_carry_the_model_and_the_range(store: Store) -> None:
    count = machines(2500, model="S21", qualifier="range", low=2000.0, high=3000.0)
    save_events(store, 1, event("order", count, company="Alpha", date="2023-Q2"))
    (row,) = store.rows("select model, qualifier, low, high, date, date_start, date_end from machine_counts")
    assert list(row.values()) == ["S21", "range", 2000.0, 3000.0, "2023-Q2", "2023-04-01", "2023-06-30"]


def test_company_facts_leave_unnamed_bodies_out(store: Store) -> None:
    unnamed = event("fleet", machines(8), company="two farms")
    save(store, article(), Extraction(article(), events=(unnamed,)))
    save_events(store, 2, event("fleet", machines(9), company="Alpha"))
    assert store.rows("select company, value from company_facts") == [{"company": "Alpha", "value": 9.0}]
    assert store.rows("select company from machine_counts where value = 8") == [{"company": "two farms"}]


def test_event_without_figure_is_no_row_of_the_value_views(store: Store) -> None:
    save_events(store, 1, event("shutdown", company="Alpha"))
    assert store.rows("select * from facts") == []


def test_power_notices_have_their_figures_in_columns(store: Store) -> None:
    notice = Notice("cut", "KEGOC", "miners", "2022-01-20", "2022-01-24T00:00", "2022-01-31")
    loads = [quantity("power", value, "MW", str(value)) for value in (196, 40)]
    hit = event("power_notice", *loads, machines(500), notice=notice, jurisdiction="KZ", status="planned")
    save_events(store, 1, hit, replace(hit, notice=None))
    (row,) = store.rows("select * from power_notices")
    assert (row["power_mw"], row["machines"], row["sites"]) == (196.0, 500.0, None)
    assert (row["effective"], row["effective_day"], row["until_day"]) == (
        "2022-01-24T00:00", "2022-01-24", "2022-01-31",
    )  # fmt: skip
    assert (row["issuer"], row["status"], row["jurisdiction"]) == ("KEGOC", "planned", "KZ")


def test_latest_articles_come_newest_first_without_walls(store: Store) -> None:
    declare_sources(store, [{"id": "h", "name": "Halcyon Daily", "feeds": ()}], NOW)
    save(store, article(), extraction(), source_id="h")
    save_events(store, 2, event("order"), published="2023-05-09")
    save(store, article(url="u:3", canonical_url="u:3", kind="paywall"), None)
    save(store, article(url="u:4", canonical_url="u:4", published=None, language="de", text="Neu."), None)
    rows = store.rows("select title, source, events, extracted from latest_articles")
    assert [(row["source"], row["events"], row["extracted"]) for row in rows] == [
        ("Halcyon News", 1, "done"), ("Halcyon News", 0, "skipped: language"), ("Halcyon Daily", 3, "done"),
    ]  # fmt: skip


def test_views_show_the_current_version_of_an_article(store: Store) -> None:
    save(store, article(), extraction())
    edited = article(text="Now it is another story.")
    save(store, edited, Extraction(edited, events=(event("fleet", machines(1)),)))
    assert [row["value"] for row in store.rows("select value from facts")] == [1.0]
    assert [row["revision"] for row in store.rows("select revision from latest_articles")] == [2]
