"""Dates and places of figures in tables."""

import pytest

from rigwire.extract.events import find_drafts
from rigwire.extract.pipeline import scan

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
