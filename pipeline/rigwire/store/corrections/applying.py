"""Corrections laid over what the extractor said: pure, and the same for every extraction of the same words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rigwire.model import NOTICE_ATTRIBUTES, Article, Event, Extraction, Notice, Quantity
from rigwire.store.corrections.locating import located_event, located_figure
from rigwire.store.corrections.matching import pair_events
from rigwire.store.corrections.model import ByHand, Corrected, Correction
from rigwire.store.corrections.parties import with_parties


@dataclass(slots=True)
class _Slot:
    """An event while corrections are laid over it; None once it is struck."""

    event: Event | None
    target: str | None = None
    by_hand: ByHand | None = None


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Corrected:
    """Return an extraction with its corrections, in the order of their ids.

    An event that was changed and that the extractor no longer finds stays as it was corrected while its words are in
    the article; one that was struck is struck again only where type, sentence and figures are the same.
    """
    work = _Work(extraction, corrections)
    lost = frozenset(correction.id for correction in corrections if not work.apply(correction))
    kept = [slot for slot in work.slots if slot.event]
    events = tuple(slot.event for slot in kept if slot.event)
    return Corrected(
        with_parties(replace(extraction, events=events)),
        {slot.event.id: slot.by_hand for slot in kept if slot.event and slot.by_hand},
        {slot.event.id: slot.target for slot in kept if slot.event and slot.target},
        lost,
    )


class _Work:
    """The events of one article while corrections are laid over them, one after the other."""

    def __init__(self, extraction: Extraction, corrections: Sequence[Correction]) -> None:
        self._article: Article = extraction.article
        self.slots = [_Slot(event) for event in extraction.events]
        self._by_target: dict[str, _Slot] = {}
        added = {correction.target for correction in corrections if correction.action == "add"}
        targets = {c.target: c.event for c in corrections if c.target not in added}
        pairs = pair_events(list(targets.values()), extraction.events)
        for number, target in enumerate(targets):
            if number in pairs:
                slot = self.slots[pairs[number]]
                slot.target, self._by_target[target] = target, slot

    def apply(self, correction: Correction) -> bool:
        """Lay one correction over the events; tell whether its words were found."""
        if correction.action == "add":
            return self._add(correction) is not None
        slot = self._by_target.get(correction.target)
        if correction.action == "strike" and correction.figure is None:
            if slot and slot.event and (slot.by_hand or slot.event.type == correction.event.type):
                slot.event = None
            return True
        slot = slot or self._add(correction)
        if slot is None or slot.event is None:
            return slot is not None
        changed = _changed(slot.event, correction, self._article)
        if changed is None:
            return False
        slot.event, slot.by_hand = replace(changed, confidence=1.0), slot.by_hand or "changed"
        return True

    def _add(self, correction: Correction) -> _Slot | None:
        """Add the event of a correction where its words are in the article."""
        event = located_event(correction.event, self._article)
        if event is None:
            return None
        slot = _Slot(replace(event, id=f"h{correction.id}", confidence=1.0), correction.target, "added")
        self.slots.append(slot)
        self._by_target[correction.target] = slot
        return slot


def _changed(event: Event, correction: Correction, article: Article) -> Event | None:
    """Return an event with what is changed, None where the figure that is meant can't be found."""
    if correction.figure is not None:
        return _with_figure(event, correction, article)
    changes = dict(correction.changes)
    slots = {name: changes.pop(name) for name in NOTICE_ATTRIBUTES if name in changes}
    event = replace(event, **changes)
    if event.type != "power_notice":
        return replace(event, notice=None)
    if event.notice:
        return replace(event, notice=replace(event.notice, **slots))
    empty: dict[str, Any] = dict.fromkeys(NOTICE_ATTRIBUTES)
    return replace(event, notice=Notice(**empty | slots)) if slots.get("action") else event


def _with_figure(event: Event, correction: Correction, article: Article) -> Event | None:
    words = " ".join((correction.figure or "").split())
    place = _place_of(event, words)
    figures = list(event.quantities)
    if correction.action == "strike":
        return replace(event, quantities=tuple(q for n, q in enumerate(figures) if n != place))
    if place is None:
        before = _place_of(correction.event, words)
        known = correction.event.quantities[before] if before is not None else None
        new = located_figure(known or new_figure(words), event, article)
        if new is None:
            return None
        figures.append(new)
        place = len(figures) - 1
    figures[place] = _changed_figure(figures[place], correction.changes)
    return replace(event, quantities=tuple(figures))


def _place_of(event: Event, words: str) -> int | None:
    return next((n for n, q in enumerate(event.quantities) if " ".join(q.text.split()) == words), None)


def new_figure(words: str) -> Quantity:
    """Return a quantity of which only the words are known."""
    return Quantity("", 0.0, "", None, None, "exact", None, None, None, words, None, None)


def _changed_figure(figure: Quantity, changes: Any) -> Quantity:
    """Return a figure with other values; a single value in place of a range ends the range."""
    if "value" in changes and "low" not in changes and figure.qualifier == "range":
        figure = replace(figure, low=None, high=None, qualifier="exact")
    return replace(figure, **changes)
