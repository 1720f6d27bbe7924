"""What is hardly likely is not told, unless it is a notice or has a figure of the trade."""

import pytest

from projects import ROOT
from rigwire.documents import Document
from rigwire.evaluation import read_gold
from rigwire.extract import events
from rigwire.model import CORE_KINDS, Event
from rigwire.stages import extract_article, read_article

DOCUMENTS = list(read_gold(ROOT / "fixtures/gold/dev"))


def found_events() -> list[Event]:
    pages = [Document(d.id, d.text, hints=d.hints) for d in DOCUMENTS if d.text]
    return [event for page in pages for event in extract_article(read_article(page)).events]


def is_core(event: Event) -> bool:
    return event.notice is not None or any(quantity.kind in CORE_KINDS for quantity in event.quantities)


def test_an_unlikely_event_is_told_for_its_core_figure_or_notice_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = found_events()
    monkeypatch.setattr(events, "_LEAST_CONFIDENCE", 0.0)
    everything = found_events()

    unlikely = [event for event in everything if event.confidence < 0.3]
    left_out = [event for event in unlikely if not is_core(event)]
    assert left_out
    assert len(told) == len(everything) - len(left_out)
    assert [e for e in told if e.confidence < 0.3 and is_core(e)]
    assert not [e for e in told if e.confidence < 0.2995 and not is_core(e)]
