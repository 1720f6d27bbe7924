"""Training examples: what the extractor sees of an annotated document, beside what it should make of it.

The numbers of windows and pieces are those of `rigwire.extract.windows`, the features those of the linear models.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import alignment
from alignment import Aligned, options

from rigwire.extract import features, firm_features, roles
from rigwire.extract.companies import surroundings
from rigwire.extract.encoder import Rows
from rigwire.extract.heads import NAMED_OFTEN
from rigwire.extract.merging import SAME_EVENT_REACH
from rigwire.extract.sentences import sentence_at
from rigwire.extract.windows import Placed, Window, cut_windows

SLOTS = ("recipient", "effective", "notified", "until")


@dataclass(frozen=True)
class Figure:
    """A figure: the type that is right for it, the first of several; beside it `none` where its event is optional."""

    rows: Rows
    types: list[str]
    weight: float
    features: list[str]


@dataclass(frozen=True)
class Act:
    """A sentence with a trigger: for each event type 1, 0 or None where the annotation leaves it open."""

    sentence: int
    rows: Rows
    stated: dict[str, float | None]
    features: list[str]


@dataclass(frozen=True)
class Choice:
    """The candidates of a role: where each is mentioned (None for nobody), its features, whether it is right."""

    role: str
    candidates: list[tuple[list[Rows] | None, list[str], bool]]


@dataclass(frozen=True)
class Mention:
    """The words from which an event is read, with what is right for it. `event` tells events apart."""

    rows: Rows
    sentence: int
    is_figure: bool
    event: int
    type: str
    status: str
    features: list[str]
    choices: list[Choice]
    actions: list[str] = field(default_factory=list)
    action_features: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Name:
    """A name and its mentions: a firm or not."""

    rows: list[Rows]
    is_firm: bool
    features: list[str]


@dataclass(frozen=True)
class Example:
    """A document to train on."""

    windows: list[Window]
    figures: list[Figure]
    acts: list[Act]
    mentions: list[Mention]
    names: list[Name]

    def pairs(self) -> Iterator[tuple[int, int, int, bool]]:
        """Yield pairs of mentions of a type near each other: their numbers, sentences between, whether one event."""
        for j, second in enumerate(self.mentions):
            for i, first in enumerate(self.mentions[:j]):
                apart = second.sentence - first.sentence
                if first.type == second.type and 0 <= apart <= SAME_EVENT_REACH:
                    yield i, j, apart, first.event == second.event


def make_example(one: Aligned) -> Example:
    """Return the training example of an aligned document."""
    windows, placed = cut_windows(one.found)
    place = _Places(one, placed)
    return Example(
        windows,
        [*_figures(one, place)],
        [*_acts(one, place)],
        sorted(_mentions(one, place), key=lambda mention: mention.sentence),
        [*_names(one, place)],
    )


class _Places:
    """Tells the rows of a stretch of text."""

    def __init__(self, one: Aligned, placed: list[Placed]):
        self._starts = [s.start for s in one.found.sentences]
        self._placed = placed

    def sentence(self, offset: int) -> int:
        return sentence_at(self._starts, offset)

    def rows(self, span: tuple[int, int]) -> Rows:
        placed = self._placed[self.sentence(span[0])]
        return (placed.window, *placed.rows(*span))

    def whole(self, index: int) -> Rows:
        placed = self._placed[index]
        return placed.window, placed.first, placed.first + len(placed.pieces)


def _figures(one: Aligned, place: _Places) -> Iterator[Figure]:
    for fact in one.facts:
        types = [fact.type]
        if fact.event and fact.weight < 1.0:
            types = [*types, "none"]
        measure = fact.measure
        found = features.measure_features(one.view, measure)
        yield Figure(place.rows((measure.start, measure.end)), types, fact.weight, found)


def _acts(one: Aligned, place: _Places) -> Iterator[Act]:
    grouped: dict[tuple[int, int], list[alignment.Act]] = {}
    for act in one.acts:
        grouped.setdefault(act.span, []).append(act)
    for span, acts in grouped.items():
        stated: dict[str, float | None] = {}
        for act in acts:
            if act.event is not None:
                chosen, *others = options(act.event["type"])
                stated[chosen] = None if act.event.get("optional") else 1.0
                stated.update({other: None for other in others if other not in stated})
        index = place.sentence(span[0])
        rows = place.whole(index)
        if rows[2] > rows[1]:
            yield Act(index, rows, stated, features.act_features(one.view, span, acts[0].filled))


def _mentions(one: Aligned, place: _Places) -> Iterator[Mention]:
    measures = {(m.start, m.end): m for m in one.view.measures}
    for anchor, event in one.anchors():
        span = (anchor.start, anchor.end)
        measure = measures.get(span) if anchor.kind != "none" else None
        base = (
            features.measure_features(one.view, measure)
            if measure
            else list(features.anchor_features(one.view, *span, "none"))
        )
        found = [Choice(role, _candidates(one, place, anchor, role, event.get(role))) for role in roles.ROLES]
        notice = event.get("notice")
        told, action_features = alignment.notice_anchor(one, anchor), []
        if notice:
            found += [Choice(slot, _candidates(one, place, told, slot, notice.get(slot))) for slot in SLOTS]
            action_features = list(features.anchor_features(one.view, told.start, told.end, "notice"))
        yield Mention(
            place.rows(span),
            place.sentence(anchor.start),
            measure is not None,
            id(event),
            anchor.type,
            alignment.first(event["status"]),
            features.status_features(one.view, span, anchor.type, base),
            [choice for choice in found if any(right for _, _, right in choice.candidates)],
            [action for action in options(notice["action"]) if action] if notice else [],
            action_features,
        )


def _candidates(
    one: Aligned, place: _Places, anchor: roles.Anchor, role: str, wanted: Any
) -> list[tuple[list[Rows] | None, list[str], bool]]:
    return [
        (_all_rows(place, option.spans), list(option.features), alignment.matches(role, wanted, option.value))
        for option in roles.candidates(one.view, anchor, role)
    ]


def _all_rows(place: _Places, spans: Sequence[tuple[int, int]] | None) -> list[Rows] | None:
    return None if spans is None else [place.rows(span) for span in spans]


def _names(one: Aligned, place: _Places) -> Iterator[Name]:
    around = surroundings(one.found)
    for candidate in one.found.candidates:
        is_firm = one.document.is_company(candidate.forms)
        if is_firm is not None:
            rows = [place.rows(span) for span in candidate.spans[:NAMED_OFTEN]]
            yield Name(rows, is_firm, firm_features.features(around, candidate))
