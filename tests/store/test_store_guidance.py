"""What a company said that it would reach, and what it reached: one query."""

from typing import Any

import pytest
from query_builders import ask
from store_builders import event, quantity
from story_builders import tell

from rigwire.model import Event
from rigwire.store import Store


def rate(value: float, date: str, status: str = "planned", **changes: Any) -> Event:
    """A level or target of the hashrate of Cask Digital, in EH/s."""
    figure = quantity("hashrate", value * 1000, "PH/s", f"{value:g} EH/s")
    return event("fleet", figure, **{"company": "Cask Digital", "status": status, "date": date} | changes)


@pytest.fixture
def told(store: Store) -> Store:
    """Ten were promised, then seven, twice; six point two were reached."""
    tell(store, "wire", 1, "2024-01-17", rate(10, "2024"))
    tell(store, "lane", 1, "2024-01-18", rate(10, "2024"))
    tell(store, "wire", 2, "2024-05-14", rate(7, "2024"))
    tell(store, "wire", 3, "2024-08-13", rate(7, "2024"))
    tell(store, "wire", 4, "2025-01-06", rate(6.2, "2024-12-31", "actual"))
    return store


def test_said_ten_then_seven_reached_six_point_two(told: Store) -> None:
    rows = ask(told, "company-guidance", company="Cask")
    assert [(row["said"], row["what"], row["value"], row["for_day"], row["sources"]) for row in rows] == [
        ("2024-01-17", "target", 10000, "2024-12-31", 2),
        ("2024-05-14", "target", 7000, "2024-12-31", 1),
        ("2024-08-13", "target", 7000, "2024-12-31", 1),
        ("2025-01-06", "level", 6200, "2024-12-31", 1),
    ]


def test_only_levels_and_targets_of_the_kind_and_the_company(told: Store) -> None:
    tell(told, "post", 1, "2024-05-14", rate(3, "2024", company="Casket"))
    tell(told, "post", 2, "2024-05-14", event("deployment", *rate(1, "2024").quantities, company="Cask Digital"))
    tell(told, "post", 3, "2024-05-14", event("fleet", quantity("power", 70, "MW", "70 MW"), company="Cask Digital"))
    tell(told, "post", 4, "2024-05-14", rate(99, "2024", company="the company"))
    assert {row["value"] for row in ask(told, "company-guidance", company="Cask Digital")} == {10000, 7000, 6200}
    assert [row["value"] for row in ask(told, "company-guidance", company="cask", kind="power")] == [70]
    assert {row["value"] for row in ask(told, "company-guidance", company="Cask D", since="2024-12-01")} == {6200}


def test_what_was_called_off_is_no_target(told: Store) -> None:
    tell(told, "wire", 5, "2025-02-01", rate(12, "2025", "cancelled"))
    assert [row["what"] for row in ask(told, "company-guidance", company="Cask", since="2025-02-01")] == ["withdrawn"]


def test_the_firms_of_a_company_are_included(store: Store) -> None:
    tell(store, "wire", 1, "2024-01-17", rate(1, "2024", company="AEP Texas"))
    rows = ask(store, "company-guidance", company="American Electric Power")
    assert [(row["company"], row["value"]) for row in rows] == [("AEP Texas", 1000)]
