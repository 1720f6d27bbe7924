"""Figures and names told in two lists of the same order, and the status of what starts on a day."""

import pytest

from rigwire.extract.notices import status_by_day
from rigwire.extract.pipeline import scan
from rigwire.extract.respective import respective
from rigwire.model import Notice

FIRMS = "Cipher Mining and Bitdeer produced 155 and 164 BTC respectively."
PAIR = "Cipher Mining sold more than Bitdeer, and the pair now hold 155 BTC and 164 BTC respectively."


@pytest.mark.parametrize(
    ("text", "figure", "role", "chosen", "wanted"),
    [
        (FIRMS, "155", "company", "Bitdeer", "Cipher Mining"),
        (FIRMS, "164", "company", "Bitdeer", "Bitdeer"),
        (FIRMS, "155", "counterparty", None, None),
        (FIRMS.replace(" respectively", ""), "155", "company", "Bitdeer", None),
        (FIRMS.replace("Cipher Mining and Bitdeer", "Bitdeer"), "155", "company", "Bitdeer", None),
        (PAIR, "155", "company", "Bitdeer", "Cipher Mining"),
        (PAIR.replace("the pair now hold", "now holds"), "155", "company", "Bitdeer", None),
        (
            "CleanSpark ordered 12,000 and 8,000 machines from Bitmain and MicroBT, respectively.",
            "8,000", "counterparty", "Bitmain", "MicroBT",
        ),
        (
            "CleanSpark ordered 12,000 and 8,000 machines from Bitmain and MicroBT, respectively.",
            "8,000", "company", "CleanSpark", None,
        ),
        (
            "The miner's farms in Texas, Ohio and Georgia draw 70, 60 and 5 MW, respectively.",
            "60", "jurisdiction", "US-TX", "US-OH",
        ),
        (
            "The miner mined 350 and 410 bitcoin in August and September 2024, respectively.",
            "410", "date", "2024-08", "2024-09",
        ),
    ],
)  # fmt: skip
def test_who_stands_in_the_place_of_the_figure(
    text: str, figure: str, role: str, chosen: str | None, wanted: str | None
) -> None:
    assert respective(scan(text, None, "2024-10-05"), text.index(figure), role, chosen) == wanted


@pytest.mark.parametrize(
    ("action", "effective", "status", "wanted"),
    [
        ("cut", "2024-05-08", "actual", "planned"),
        ("tariff", "2024-07", "actual", "planned"),
        ("curtail", "2024-05-01T09:00", "planned", "actual"),
        ("cut", "2024-05-06", "planned", "planned"),
        ("restore", None, "actual", "actual"),
        ("cut", "--05-08", "actual", "actual"),
        ("refuse", "2024-07-01", "actual", "actual"),
        ("tariff", "2024-07-01", "proposed", "proposed"),
    ],
)
def test_what_starts_on_a_day_is_planned_before_it_and_actual_after(
    action: str, effective: str | None, status: str, wanted: str
) -> None:
    notice = Notice(action, None, None, None, effective, None)
    assert status_by_day(notice, status, "2024-05-06") == wanted
    assert status_by_day(notice, status, None) == status
