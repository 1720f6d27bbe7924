"""What the models learn from: which sentences of an annotated document state an event without a figure."""

import importlib
from typing import Any

import pytest

from rigwire.knowledge import models_dir

TEXT = (
    "KEGOC will cut power to miners in Turkistan on Monday. The farms were told by letter. Together they draw 40 MW. "
    "Halcyon Digital ordered 2,600 machines. A rival ordered as many. Both expect delivery in May."
)


def stated(monkeypatch: pytest.MonkeyPatch, events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The beginning of each sentence that states an act, and the type of the act."""
    monkeypatch.syspath_prepend(str(models_dir()))
    alignment = importlib.import_module("alignment")
    gold = {"companies": ["Halcyon Digital"], "jurisdictions": [], "dates": [], "events": events}
    aligned = alignment.align(alignment.Document("d", "", "2022-01-20", TEXT, gold))
    return [(TEXT[slice(*act.span)].split(maxsplit=1)[0], act.type) for act in aligned.acts if act.event]


def event(type_: str, quote: str, *quantities: dict[str, Any], **slots: Any) -> dict[str, Any]:
    return {"type": type_, "status": "actual", "quote": quote, "quantities": list(quantities), **slots}


def test_a_notice_is_stated_by_its_sentence_though_its_figure_stands_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    power = {"kind": "power", "value": 40.0}
    cut = event("power_notice", "KEGOC will cut", power, notice={"action": "cut"})
    assert stated(monkeypatch, [cut]) == [("KEGOC", "power_notice")]
    assert stated(monkeypatch, [{**cut, "quote": "Together they draw"}]) == []


def test_another_act_is_stated_by_its_figure_if_the_text_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, unseen = ({"kind": "machines", "value": value} for value in (2600.0, 900.0))
    assert stated(monkeypatch, [event("order", "Halcyon Digital ordered", seen)]) == []
    assert stated(monkeypatch, [event("order", "A rival ordered", seen)]) == []
    assert stated(monkeypatch, [event("order", "A rival ordered", unseen)]) == [("A", "order")]
    assert stated(monkeypatch, [event("delivery", "Both expect")]) == [("Both", "delivery")]
