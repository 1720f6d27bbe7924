"""Events, whatever they carry: one is right where type, status and company are."""

from collections.abc import Iterator, Sequence

from rigwire.evaluation.agreement import same_quantity, same_value
from rigwire.evaluation.case import Case, either
from rigwire.evaluation.gold import GoldEvent
from rigwire.evaluation.matching import pair_by_weight
from rigwire.evaluation.score import Judgement, Score, Slip, Tally, total
from rigwire.model import Event
from rigwire.names import same_name


def score_events(case: Case) -> Score:
    """Return the tallies of all events and of each type; an optional event excuses only what says the same."""
    wanted, found = case.document.events, case.extraction.events
    agreed = _agreed(wanted, found)
    excused = {j for i, j in agreed.items() if wanted[i].optional}
    right = set(agreed.values()) - excused
    counted = {j: event for j, event in enumerate(found) if j not in excused}
    # An event that may be of several types counts for the one that was found.
    needed = [
        found[agreed[i]].type if i in agreed else event.type[0] or "none"
        for i, event in enumerate(wanted)
        if not event.optional
    ]
    tallies = [Score({"events": Tally()})]
    tallies += [_one(type_, Tally(gold=1)) for type_ in needed]
    tallies += [_one(event.type, Tally(hit=j in right, found=1)) for j, event in counted.items()]
    judgements = tuple(Judgement("event", event.confidence, j in right) for j, event in counted.items())
    slips = tuple(_slips(case, set(agreed), set(agreed.values())))
    return total([*tallies, Score(judgements=judgements, slips=slips)])


def _one(type_: str, tally: Tally) -> Score:
    return Score({"events": tally, f"event:{type_}": tally})


def _agreed(wanted: Sequence[GoldEvent], found: Sequence[Event]) -> dict[int, int]:
    """Return the index of the found event by that of the wanted one, for those where all is right."""
    return {
        i: j
        for i, j in pair_by_weight(wanted, found, _weight)
        if same_value(wanted[i].status, found[j].status) and same_name(wanted[i].company, found[j].company)
    }


def _weight(wanted: GoldEvent, found: Event) -> float:
    if not same_value(wanted.type, found.type):
        return 0
    shared = sum(any(same_quantity(q, other) for other in found.quantities) for q in wanted.quantities)
    return (
        1
        + 2 * shared
        + same_value(wanted.status, found.status)
        + same_name(wanted.company, found.company)
        + 0.5 * same_value(wanted.jurisdiction, found.jurisdiction)
        + 0.5 * same_value(wanted.date, found.date)
        + 0.25 * (not wanted.optional)
    )


def _slips(case: Case, got: set[int], right: set[int]) -> Iterator[Slip]:
    for index, event in enumerate(case.document.events):
        if index not in got and not event.optional:
            what = f"{either(event.type)}, {either(event.status)}, by {either(event.company)}"
            yield case.slip("events", "missed", what, case.gold_event_words(event))
    for index, found in enumerate(case.extraction.events):
        if index not in right:
            what = f"{found.type}, {found.status}, by {found.company or 'nobody'}"
            yield case.slip("events", "wrong", what, case.found_words(found))
