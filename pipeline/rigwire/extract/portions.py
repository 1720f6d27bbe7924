"""Texts longer than any article, read in portions: each costs at most so much, so the whole grows with its length."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from rigwire.model import Article, Company, DateMention, Event, Extraction, Jurisdiction, Mention, Quantity

# Characters. Reading weighs every figure against every firm, place and date, which is quadratic within a portion.
LONGEST = 20_000
_CUTS = ("\n\n", "\n", ". ", " ")

Spanned = TypeVar("Spanned", Mention, DateMention, Quantity, Event)


def portions(text: str) -> Iterator[tuple[int, str]]:
    """Yield the portions of a text with their offsets; each ends with a paragraph, line, sentence or word if it can."""
    start = 0
    while len(text) - start > LONGEST:
        end = start + LONGEST
        cuts = (text.rfind(cut, start + LONGEST // 2, end) + len(cut) for cut in _CUTS)
        end = next((cut for cut in cuts if cut > start + LONGEST // 2), end)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def joined(article: Article, found: Sequence[tuple[int, Extraction]]) -> Extraction:
    """Return what the portions of an article state as one extraction, all offsets those of the whole text."""
    companies: dict[str, Company] = {}
    places: dict[str, Jurisdiction] = {}
    for start, part in found:
        for company in part.companies:
            mentions = _moved(company.mentions, start)
            known = companies.get(company.name, replace(company, mentions=()))
            companies[company.name] = replace(known, mentions=known.mentions + mentions)
        for place in part.jurisdictions:
            mentions = _moved(place.mentions, start)
            known_place = places.get(place.code, replace(place, mentions=()))
            places[place.code] = replace(known_place, mentions=known_place.mentions + mentions)
    events = [
        replace(event, quantities=_moved(event.quantities, start))
        for start, part in found
        for event in _moved(part.events, start)
    ]
    return Extraction(
        article=article,
        companies=tuple(companies.values()),
        jurisdictions=tuple(places.values()),
        dates=tuple(date for start, part in found for date in _moved(part.dates, start)),
        events=tuple(replace(event, id=f"e{number}") for number, event in enumerate(events, 1)),
    )


def _moved(spans: Iterable[Spanned], by: int) -> tuple[Spanned, ...]:
    return tuple(
        span if span.start is None or span.end is None else replace(span, start=span.start + by, end=span.end + by)
        for span in spans
    )
