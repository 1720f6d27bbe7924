"""Characters that only look otherwise: a text is read with the plain ones, and quoted as it is printed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from rigwire.model import Article, Company, DateMention, Event, Extraction, Jurisdiction, Mention, Quantity

# One for one, so that offsets stay: the hyphens that typesetting programs put in.
_PLAIN = (("\u2010", "-"), ("\u2011", "-"))

Named = TypeVar("Named", Company, Jurisdiction)
Quoted = TypeVar("Quoted", Mention, DateMention, Quantity)


def plain(text: str) -> str:
    """Return a text of the same length with the characters that the tables and patterns know."""
    for printed, read in _PLAIN:
        text = text.replace(printed, read)
    return text


def as_printed(found: Extraction, article: Article) -> Extraction:
    """Return what was found in the `plain` text of an article with the words of the article itself."""
    text = article.text
    return Extraction(
        article=article,
        companies=tuple(_quoting(company, text) for company in found.companies),
        jurisdictions=tuple(_quoting(place, text) for place in found.jurisdictions),
        dates=_quoted(found.dates, text),
        events=tuple(_event(event, text) for event in found.events),
    )


def _quoting(named: Named, text: str) -> Named:
    return replace(named, mentions=_quoted(named.mentions, text))


def _quoted(spans: Iterable[Quoted], text: str) -> tuple[Quoted, ...]:
    return tuple(span if span.start is None else replace(span, text=text[span.start : span.end]) for span in spans)


def _event(event: Event, text: str) -> Event:
    quote = event.quote if event.start is None else text[event.start : event.end]
    return replace(event, quote=quote, quantities=_quoted(event.quantities, text))
