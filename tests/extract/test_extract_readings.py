"""What the words beside a figure say of its event (`models/lexicon/readings.csv`)."""

import pytest

from rigwire.documents import Document
from rigwire.extract import events
from rigwire.extract.pipeline import scan
from rigwire.extract.readings import Row, row_beside, rows
from rigwire.model import EVENT_TYPES, STATUSES, Hints
from rigwire.stages import extract_article, read_article

RISE = "Once the rigs run, the hashrate of Larkfield Mining is expected to rise from 2.1 EH/s to 3.6 EH/s by July."


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.example)
def test_a_row_reads_its_example(row: Row) -> None:
    assert row.types
    assert {*row.types, row.new_type or row.types[0]} <= set(EVENT_TYPES)
    assert {*row.statuses, row.new_status or "actual"} <= set(STATUSES)
    start = row.example.index("[")
    text = row.example.replace("[", "").replace("]", "")
    [measure] = [m for m in scan(text, "", None).measures if m.start <= start < m.end]
    for type_ in row.types:
        for status in row.statuses or STATUSES:
            assert row_beside(text, measure, type_, status) == row
    assert row_beside(text, measure, "results", "actual") is None


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Larkfield Mining raised its hashrate by 0.4 EH/s to 6.1 EH/s in May.", 400, ("deployment", "actual")),
        ("Larkfield Mining raised its hashrate by 0.4 EH/s to 6.1 EH/s in May.", 6100, ("fleet", "actual")),
        (RISE, 2100, ("fleet", "actual")),
        (RISE, 3600, ("fleet", "planned")),
        ("Larkfield Mining is building a 90 MW bitcoin mine in Ohio.", 90, ("site", "actual")),
        ("Larkfield Mining plans to build a 90 MW bitcoin mine in Ohio.", 90, ("site", "planned")),
        ("Larkfield Mining has cancelled its order of 6,000 rigs from Canaan.", 6000, ("order", "cancelled")),
        ("Larkfield Mining denied a report that 2,500 rigs had been sold.", 2500, ("sale", "cancelled")),
        ("Larkfield Mining denied a report that it was closing. It sold 2,500 rigs.", 2500, ("sale", "actual")),
    ],
)
def test_an_event_is_read_by_the_words_beside_its_figure(text: str, figure: float, expected: tuple[str, str]) -> None:
    hints = Hints(title="Larkfield Mining", published="2024-06-03")
    found = extract_article(read_article(Document("one", text, hints=hints))).events
    assert [(e.type, e.status) for e in found for q in e.quantities if q.value == figure] == [expected]


def test_what_a_terahash_costs_is_no_sum_of_a_deal() -> None:
    text = "Larkfield Mining purchased 45,000 S19 XPs for $23/TH, approximately $144 million, in April."
    hints = Hints(title="Larkfield Mining", published="2024-06-03")
    [event] = extract_article(read_article(Document("one", text, hints=hints))).events
    assert [(q.kind, q.value) for q in event.quantities] == [("machines", 45000), ("money", 144e6)]


def test_the_row_that_told_is_named_by_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the models make of the figure."""
    building = next(row for row in rows() if row.name == "building")
    monkeypatch.setattr(events, "row_beside", lambda text, measure, type_, status: building)
    hints = Hints(title="Larkfield Mining", published="2024-06-03")
    text = "Larkfield Mining is building a 90 MW bitcoin mine in Ohio."
    [event] = extract_article(read_article(Document("one", text, hints=hints))).events
    assert (event.status, event.trace["status"]) == ("actual", "words beside the figure: building")
    assert event.trace["type"].startswith("encoder and features")
