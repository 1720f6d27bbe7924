"""Dates and places of figures in tables."""

import pytest

from rigwire.extract.events import find_drafts, find_events
from rigwire.extract.pipeline import scan
from rigwire.extract.tables import find_cells, table_measures

QUARTERS = "\tQ2 2024\tQ1 2024\tQ2 2023\nDeployed hashrate (EH/s)\t10.4\t6.5\t5.3"
SHORT = QUARTERS.removeprefix("\t")
DAYS = "\tJune 30, 2025\tJune 30, 2024\nDeployed hashrate (EH/s)\t10.4\t6.5"
MONTHS = "Month\tDeployed hashrate (EH/s)\nApril 2024\t6.5\nMay 2024\t10.4"
SITES = "Site\tPower (MW)\nRockdale, Texas\t400\nPaso Pe, Paraguay\t70"
OPENING = "ASUNCION, Aug. 13, 2025 - The bitcoin miner Bitfarms published its figures today.\n\n"


@pytest.mark.parametrize(
    ("table", "role", "told"),
    [
        (QUARTERS, "date", {"10.4": "2024-Q2", "6.5": "2024-Q1", "5.3": "2023-Q2"}),
        (SHORT, "date", {"10.4": "2024-Q2", "6.5": "2024-Q1", "5.3": "2023-Q2"}),
        (DAYS, "date", {"10.4": "2025-06-30", "6.5": "2024-06-30"}),
        (MONTHS, "date", {"10.4": "2024-05", "6.5": "2024-04"}),
        (SITES, "jurisdiction", {"400": "US-TX", "70": "PY-4"}),
    ],
)
def test_heads_and_labels_tell_when_and_where(table: str, role: str, told: dict[str, str]) -> None:
    view = scan(OPENING + table, "Bitfarms figures", "2025-08-13")
    found = {m.text: getattr(draft, role) for draft in find_drafts(view) for m in draft.measures}
    assert {figure: found.get(figure) for figure in told} == told


@pytest.mark.parametrize(
    ("table", "figures"),
    [
        ("Operator\tSite\tMegawatts\nMineOne\tCampstool\t30\nMineOne\tArcher\t20", [30.0, 20.0]),
        ("Capacity, MW\tEnergized\tOptioned\nSalt Creek, Texas\t63\t40", [63.0, 40.0]),
        ("Miners\tRank\tYear\nMineOne\t3\t2019\nBitmine\t4\t2020", []),
    ],
)
def test_the_unit_may_head_a_column_or_the_labels(table: str, figures: list[float]) -> None:
    assert [m.value for m in table_measures(table, find_cells(table))] == figures


def test_a_figure_that_two_periods_share_is_stated_for_both() -> None:
    view = scan(OPENING + "\tQ2 2024\tQ1 2024\nDeployed hashrate (EH/s)\t6.5\t6.5", "Bitfarms figures", "2024-08-13")
    assert [event.date for event in find_events(view) if event.type == "fleet"] == ["2024-Q2", "2024-Q1"]


def test_a_figure_of_a_table_is_not_told_again_by_the_text() -> None:
    text = OPENING + "Deployed hashrate was 6.5 EH/s.\n\n\tQ2 2024\tQ1 2024\nDeployed hashrate (EH/s)\t6.5\t5.3"
    fleets = [event for event in find_events(scan(text, "Bitfarms figures", "2024-08-13")) if event.type == "fleet"]
    assert sorted(q.value for event in fleets for q in event.quantities) == [5300.0, 6500.0]
