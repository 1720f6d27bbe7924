"""Candidates for the date of an event and for the times of a notice."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rigwire.extract.calendar import read_anchor, side_of
from rigwire.extract.dates import FoundDate
from rigwire.extract.encoder import Span
from rigwire.extract.features import heading_of
from rigwire.extract.positions import Anchor, Candidate, locate, spatial_features
from rigwire.extract.tables import Cell
from rigwire.extract.view import View

_SOON, _FAR = 2, 9  # sentences
_DATELINE = 90  # characters
_DUE = re.compile(r"\b(?:due|matur(?:ing|es?)|repayable)\s(?:in\s|on\s|by\s)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Scene:
    """The dates around an event: all of the article with their spans, those of its sentence, its main month."""

    view: View
    anchor: Anchor
    spans: dict[str, list[Span]]
    here: list[FoundDate]
    main_month: str | None
    today: date | None
    cell: Cell | None
    heading: str


def date_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Yield the dates of the article that stand before the event's words or soon after them, and no date."""
    scene = _look_around(view, anchor)
    for item in {d.value: d for d in view.dates}.values():
        if anchor.type == "financing" and _is_maturity(view, scene.spans[item.value]):
            continue
        position = locate(view, anchor, scene.spans[item.value])
        in_sentence = position.same_before is not None or position.same_after is not None
        if in_sentence or position.sentences_back is not None or (position.sentences_ahead or _FAR) <= _SOON:
            features = chain(
                spatial_features(view, anchor, position, anchor.type),
                _value_features(scene, item),
                _standing_features(scene, item.value),
                _nearest_features(scene, item, position.nearest),
            )
            yield Candidate(item.value, features, tuple(scene.spans[item.value]))
    yield Candidate(None, _never(scene))


def _look_around(view: View, anchor: Anchor) -> _Scene:
    index = view.sentence_at(anchor.start)
    sentence = view.sentences[index]
    spans: dict[str, list[Span]] = {}
    for item in view.dates:
        spans.setdefault(item.value, []).append((item.start, item.end))
    months = Counter(d.value for d in view.dates if d.precision == "month").most_common(1)
    return _Scene(
        view,
        anchor,
        spans,
        here=[d for d in view.dates if sentence.start <= d.start < sentence.end],
        main_month=months[0][0] if months else None,
        today=read_anchor(view.published).day,
        cell=view.cell_at(anchor.start),
        heading=heading_of(view, index),
    )


def _is_maturity(view: View, spans: Iterable[Span]) -> bool:
    """Tell whether a date is only the one on which a loan is to be paid back: "notes due 2030"."""
    return all(_DUE.search(view.text, max(0, start - 20), start) for start, _ in spans)


def _value_features(scene: _Scene, item: FoundDate) -> Iterable[str]:
    """How exact the date is, and on which side of the publication day."""
    type_, status, side = scene.anchor.type, scene.anchor.status, side_of(item.value, scene.today) or "none"
    yield from (f"p:{item.precision}", f"p:{item.precision}|{type_}", f"p:{item.precision}|{status}")
    yield from (f"side:{side}", f"side:{side}|{status}", f"side:{side}|{type_}", f"side:{side}|{status}|{type_}")
    if scene.today and item.value == scene.today.isoformat():
        yield "today"


def _standing_features(scene: _Scene, value: str) -> Iterable[str]:
    """How the date stands out: head of the column, in the heading or title, the main month, the only one here."""
    view, type_, here = scene.view, scene.anchor.type, f"here:{bool(scene.here)}"
    words = [view.text[start:end] for start, end in scene.spans[value]]
    head = scene.cell.head if scene.cell is not None else ""
    if head and any(head in one or one in head for one in words):
        yield "column"
    if scene.heading and any(one in scene.heading for one in words):
        yield "heading"
    if any(one in view.title for one in words):
        yield from ("title", f"title|{here}")
    if value == scene.main_month:
        yield from ("main_month", f"main_month|{here}|{type_}")
    if len(scene.here) == 1 and scene.here[0].value == value:
        yield from ("only_here", f"only_here|{type_}")


def _nearest_features(scene: _Scene, item: FoundDate, nearest: Span | None) -> Iterable[str]:
    """What is said around the mention that lies nearest to the event's words."""
    if nearest is None:
        return
    type_, order = scene.anchor.type, _order(scene.view, nearest)
    yield from (order, f"{order}|{type_}", f"{order}|{item.precision}")
    if nearest[0] < _DATELINE:
        yield "dateline"
    if _is_nearest(scene.anchor, nearest, [(d.start, d.end) for d in scene.here]):
        yield from ("nearest", f"nearest|{type_}")


def _never(scene: _Scene) -> Iterable[str]:
    type_, status, here = scene.anchor.type, scene.anchor.status, f"here:{bool(scene.here)}"
    yield from ("null", f"null|{type_}", f"null|{status}", f"null|here:{min(len(scene.here), 2)}")
    yield from (f"null|{type_}|{here}", f"null|{type_}|{status}|{here}", f"null|{scene.anchor.kind}")
    yield f"null|table:{scene.cell is not None}"


_AHEAD = re.compile(r"\b(?:will|would|shall|to be|is to|are to|was to|were to)\b", re.IGNORECASE)


def _order(view: View, span: tuple[int, int]) -> str:
    """Tell the day of telling from the day of starting, by what stands before and after the date."""
    sentence = view.sentences[view.sentence_at(span[0])]
    ahead = bool(_AHEAD.search(view.text, sentence.start, span[0]))
    told = [c.start for c in view.classes_between(sentence.start, sentence.end) if "notify" in c.types]
    before, after = any(t < span[0] for t in told), any(t >= span[1] for t in told)
    return f"order:{'would' if ahead else ''}{'<' if before else ''}{'>' if after else ''}"


def _is_nearest(anchor: Anchor, span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    def gap(other: tuple[int, int]) -> int:
        return min(abs(anchor.start - other[1]), abs(other[0] - anchor.end))

    return bool(spans) and span in spans and all(gap(span) <= gap(other) for other in spans)
