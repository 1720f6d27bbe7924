"""Power notices, slot by slot; the place of the event is one of the slots."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rigwire.evaluation.agreement import same_value
from rigwire.evaluation.case import Case, either
from rigwire.evaluation.gold import GoldEvent, Texts
from rigwire.evaluation.matching import pair_by_weight
from rigwire.evaluation.score import Score, Slip, Tally, total
from rigwire.model import Event
from rigwire.names import same_phrase

SLOTS = ("action", "issuer", "recipient", "notified", "effective", "until", "jurisdiction")
_PHRASES = ("issuer", "recipient")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A notice of the annotation: the right values of each slot."""

    slots: dict[str, Texts]
    event: GoldEvent

    @property
    def possible(self) -> set[str]:
        """The slots that may be filled."""
        return {slot for slot, answers in self.slots.items() if any(a is not None for a in answers)}

    @property
    def needed(self) -> set[str]:
        """The slots that have to be filled."""
        return {slot for slot in self.possible if None not in self.slots[slot]}


@dataclass(frozen=True, slots=True)
class _Found:
    """A notice that was found: the value of each slot."""

    slots: dict[str, str | None]
    event: Event

    @property
    def filled(self) -> set[str]:
        return {slot for slot, value in self.slots.items() if value is not None}


def score_notices(case: Case) -> Score:
    """Return the tally of slots, which needed slots were missed, and how many notices there are none of."""
    wanted = [_wanted(event) for event in case.document.events if event.notice]
    found = [_found(event) for event in case.extraction.events if event.notice]
    pairs = pair_by_weight(wanted, found, _weight)
    paired, used = {i for i, _ in pairs}, {j for _, j in pairs}
    lost = [wish for i, wish in enumerate(wanted) if i not in paired and not wish.event.optional]
    false = [notice for j, notice in enumerate(found) if j not in used]
    return total(
        [
            *(_pair_score(case, wanted[i], found[j]) for i, j in pairs),
            *(_lost_score(case, wish) for wish in lost),
            *(_unwanted(case, notice) for notice in false),
            Score(counts=Counter({("notices", "false"): len(false)})),
        ]
    )


def _wanted(event: GoldEvent) -> _Wanted:
    slots = {slot: getattr(event.notice, slot) for slot in SLOTS if slot != "jurisdiction"}
    return _Wanted(slots | {"jurisdiction": event.jurisdiction}, event)


def _found(event: Event) -> _Found:
    slots = {slot: getattr(event.notice, slot) for slot in SLOTS if slot != "jurisdiction"}
    return _Found(slots | {"jurisdiction": event.jurisdiction}, event)


def _right(wanted: _Wanted, found: _Found) -> set[str]:
    return {
        slot
        for slot in SLOTS
        if (same_phrase if slot in _PHRASES else same_value)(wanted.slots[slot], found.slots[slot])
    }


def _weight(wanted: _Wanted, found: _Found) -> float:
    right = _right(wanted, found)
    # The 0.1 pairs any two notices of a document rather than none.
    return 0.1 + len(right) + ("action" in right) + 0.25 * (not wanted.event.optional)


def _pair_score(case: Case, wanted: _Wanted, found: _Found) -> Score:
    right = _right(wanted, found)
    if wanted.event.optional:
        # Excused where it is the same notice, by its action and by who or where.
        same = "action" in right and bool(right & {"issuer", "jurisdiction"})
        return Score() if same else _unwanted(case, found)
    needed, filled = wanted.needed, found.filled
    counted = {slot for slot in filled if slot in needed or slot not in wanted.possible or slot not in right}
    missed = needed - (filled & right)
    return Score(
        {"notices": Tally(len(needed & filled & right), len(needed), len(counted))},
        Counter(("slot", slot) for slot in missed),
        slips=tuple(_slips(case, wanted, found, (needed | filled) - right)),
    )


def _lost_score(case: Case, wanted: _Wanted) -> Score:
    what = f"{either(wanted.slots['action'])} by {either(wanted.slots['issuer'])}"
    slip = case.slip("notices", "missed", what, case.gold_event_words(wanted.event))
    return Score({"notices": Tally(gold=len(wanted.needed))}, slips=(slip,))


def _unwanted(case: Case, found: _Found) -> Score:
    what = f"{found.slots['action']} by {found.slots['issuer'] or 'nobody'}"
    slip = case.slip("notices", "wrong", what, case.found_words(found.event))
    return Score({"notices": Tally(found=len(found.filled))}, slips=(slip,))


def _slips(case: Case, wanted: _Wanted, found: _Found, wrong: set[str]) -> Iterator[Slip]:
    for slot in (slot for slot in SLOTS if slot in wrong):
        value = found.slots[slot]
        what = f"{slot} is {value or 'nothing'}, should be {either(wanted.slots[slot])}"
        problem = "wrong" if value else "missed"
        yield case.slip("notices", problem, what, case.found_words(found.event))
