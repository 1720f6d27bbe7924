"""Quantities and facts: a figure is a fact where type, status and company of its event are right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rigwire.evaluation.agreement import LINKS, right_links, same_quantity
from rigwire.evaluation.case import Case, describe, either
from rigwire.evaluation.gold import GoldEvent, GoldQuantity
from rigwire.evaluation.matching import pair_by_weight
from rigwire.evaluation.score import Judgement, Score, Slip, Tally
from rigwire.model import CORE_KINDS, Event, Quantity

FACT = frozenset({"type", "status", "company"})
FULL_FACT = FACT | {"counterparty", "jurisdiction", "date"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    quantity: GoldQuantity
    event: GoldEvent

    @property
    def optional(self) -> bool:
        return self.quantity.optional or self.event.optional


@dataclass(frozen=True, slots=True)
class _Found:
    quantity: Quantity
    event: Event


@dataclass(frozen=True)
class _Pairing:
    """The figures of a document, wanted and found, and which found one each wanted one got."""

    wanted: Sequence[_Wanted]
    found: Sequence[_Found]

    @cached_property
    def partner(self) -> dict[int, int]:
        return dict(pair_by_weight(self.wanted, self.found, _weight))

    @cached_property
    def pairs(self) -> list[tuple[_Wanted, int, frozenset[str]]]:
        """Each figure that had to be found and was, the index of the found one, and its right links."""
        return [
            (self.wanted[i], j, _links(self.wanted[i], self.found[j]))
            for i, j in self.partner.items()
            if not self.wanted[i].optional
        ]

    @cached_property
    def needed(self) -> list[_Wanted]:
        return [wish for wish in self.wanted if not wish.optional]

    @cached_property
    def counted(self) -> dict[int, _Found]:
        """What was found, by index, without what is there for an optional figure."""
        excused = {j for i, j in self.partner.items() if self.wanted[i].optional}
        return {j: entry for j, entry in enumerate(self.found) if j not in excused}

    @property
    def kinds(self) -> set[str]:
        return {w.quantity.kind for w in self.needed} | {f.quantity.kind for f in self.found}

    def tally(self, kinds: set[str], links: frozenset[str] = frozenset()) -> Tally:
        """Count the figures of some kinds; those are hits whose links are all right."""
        hits = sum(w.quantity.kind in kinds and links <= right for w, _, right in self.pairs)
        wanted = sum(w.quantity.kind in kinds for w in self.needed)
        return Tally(hits, wanted, sum(f.quantity.kind in kinds for f in self.counted.values()))


def score_facts(case: Case) -> Score:
    """Return the tallies of quantities (all, core, by kind) and facts, the links, and the slips."""
    pairing = _Pairing(
        [_Wanted(q, event) for event in case.document.events for q in event.quantities],
        [_Found(q, event) for event in case.extraction.events for q in event.quantities],
    )
    every, core = pairing.kinds, set(CORE_KINDS)
    tallies = {f"quantity:{kind}": pairing.tally({kind}) for kind in every}
    tallies |= {"quantities": pairing.tally(every), "core quantities": pairing.tally(core)}
    tallies |= {"facts": pairing.tally(every, FACT), "core facts": pairing.tally(core, FACT)}
    tallies |= {"full facts": pairing.tally(every, FULL_FACT), "core full facts": pairing.tally(core, FULL_FACT)}
    counts = Counter(("link", link) for _, _, right in pairing.pairs for link in right)
    counts["linked", "all"] = len(pairing.pairs)
    right_facts = {j for _, j, right in pairing.pairs if right >= FACT}
    judgements = [
        Judgement("fact", entry.event.confidence, j in right_facts) for j, entry in pairing.counted.items()
    ]
    return Score(tallies, counts, tuple(judgements), tuple(_slips(case, pairing)))


def _weight(wanted: _Wanted, found: _Found) -> float:
    if not same_quantity(wanted.quantity, found.quantity):
        return 0
    return 1 + len(_links(wanted, found)) + 0.5 * (not wanted.optional)


def _links(wanted: _Wanted, found: _Found) -> frozenset[str]:
    return right_links(wanted.quantity, wanted.event, found.quantity, found.event)


def _slips(case: Case, pairing: _Pairing) -> Iterator[Slip]:
    paired = set(pairing.partner.values())
    for index, wish in enumerate(pairing.wanted):
        if not wish.optional and index not in pairing.partner:
            words = case.gold_words(wish.quantity, wish.event)
            yield case.slip("quantities", "missed", _described(wish.quantity), words)
    for index, entry in enumerate(pairing.found):
        if index not in paired:
            q = entry.quantity
            what = describe(q.kind, q.value, q.currency or q.unit)
            yield case.slip("quantities", "wrong", f"{what} in {entry.event.type}", case.found_words(q))
    for wish, j, right in pairing.pairs:
        if not right >= FULL_FACT:
            what = f"{_described(wish.quantity)}: {_differences(wish.event, pairing.found[j].event, right)}"
            yield case.slip("facts", "wrong", what, case.found_words(pairing.found[j].quantity))


def _described(quantity: GoldQuantity) -> str:
    details = quantity.currency or quantity.unit
    return describe(quantity.kind, quantity.value[0], details[0] if details else None)


def _differences(wanted: GoldEvent, found: Event, right: frozenset[str]) -> str:
    """Return which attributes should be what: `company is Beta, should be Acme`."""
    return "; ".join(
        f"{name} is {getattr(found, name) or 'nothing'}, should be {either(getattr(wanted, name))}"
        for name in LINKS
        if name in FULL_FACT - right
    )
