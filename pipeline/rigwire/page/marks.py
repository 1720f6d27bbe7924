"""Which words of an article are what, and which events they belong to, cut so that no two pieces overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rigwire.model import Event, Extraction, Mention

KINDS = ("company", "place", "date", "quantity")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one of `KINDS`; `label` says what they were read as, `events` (by id) what they are part of."""

    start: int
    end: int
    kind: str
    label: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that the same marks and event sentences cover from end to end."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    quoted_by: tuple[str, ...]


def find_marks(extraction: Extraction) -> list[Mark]:
    """Return the marks of an article, each within its text, in no order.

    A name, place or date belongs to an event that has it where it stands in the event's sentence; where none
    does, the last one before that sentence.
    """
    owners = _owners(extraction)
    marks = [*_list_marks(extraction), *_quantity_marks(extraction.events)]
    length = len(extraction.article.text)
    owned = (
        Mark(m.start, m.end, m.kind, m.label, m.events or owners.get((m.kind, m.start, m.end), ())) for m in marks
    )
    return [mark for mark in owned if 0 <= mark.start < mark.end <= length]


def cut(marks: Sequence[Mark], events: Iterable[Event], start: int, end: int) -> list[Piece]:
    """Return the pieces of `text[start:end]`, in order and without gaps."""
    quotes = [(e.start, e.end, e.id) for e in events if e.start is not None and e.end is not None]
    ends = [edge for mark in marks for edge in (mark.start, mark.end)]
    ends += [edge for left, right, _ in quotes for edge in (left, right)]
    edges = sorted({start, end, *(edge for edge in ends if start < edge < end)})
    covering: list[list[Mark]] = [[] for _ in edges]
    quoting: list[list[str]] = [[] for _ in edges]
    for mark in marks:
        for number in range(bisect_left(edges, mark.start), bisect_left(edges, mark.end)):
            covering[number].append(mark)
    for left, right, event in quotes:
        for number in range(bisect_left(edges, left), bisect_left(edges, right)):
            quoting[number].append(event)
    return [
        Piece(left, right, tuple(covering[number]), tuple(quoting[number]))
        for number, (left, right) in enumerate(pairwise(edges))
    ]


def _list_marks(extraction: Extraction) -> Iterator[Mark]:
    for company in extraction.companies:
        for mention in company.mentions:
            yield Mark(mention.start, mention.end, "company", company.name)
    for place in extraction.jurisdictions:
        for mention in place.mentions:
            yield Mark(mention.start, mention.end, "place", f"{place.name} ({place.code})")
    for date in extraction.dates:
        yield Mark(date.start, date.end, "date", date.value)


def _quantity_marks(events: Iterable[Event]) -> Iterator[Mark]:
    for event in events:
        for quantity in event.quantities:
            if quantity.start is not None and quantity.end is not None:
                label = f"{quantity.kind} {quantity.value:,.10g} {quantity.unit}"
                yield Mark(quantity.start, quantity.end, "quantity", label, (event.id,))


def _owners(extraction: Extraction) -> dict[tuple[str, int, int], tuple[str, ...]]:
    """Return the events of each mention of a company, place or date, by kind and span."""
    owners: dict[tuple[str, int, int], tuple[str, ...]] = {}
    for event in extraction.events:
        for kind, mentions in _values(extraction, event):
            for mention in _nearest(mentions, event):
                key = (kind, mention.start, mention.end)
                if event.id not in owners.get(key, ()):
                    owners[key] = (*owners.get(key, ()), event.id)
    return owners


def _values(extraction: Extraction, event: Event) -> Iterator[tuple[str, list[Mention]]]:
    """Yield the mentions of each value that an event has."""
    notice = event.notice
    names = {event.company, event.counterparty, *((notice.issuer, notice.recipient) if notice else ())}
    for company in extraction.companies:
        if company.name in names:
            yield "company", list(company.mentions)
    for place in extraction.jurisdictions:
        if place.code == event.jurisdiction:
            yield "place", list(place.mentions)
    days = {event.date, *((notice.notified, notice.effective, notice.until) if notice else ())}
    for day in sorted(day for day in days if day):
        yield "date", [Mention(d.text, d.start, d.end) for d in extraction.dates if d.value == day]


def _nearest(mentions: list[Mention], event: Event) -> list[Mention]:
    if event.start is None or event.end is None:
        return []
    inside = [m for m in mentions if event.start <= m.start and m.end <= event.end]
    before = [m for m in mentions if m.start < event.start]
    return inside or sorted(before, key=lambda mention: mention.start)[-1:]
