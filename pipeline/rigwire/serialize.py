"""Articles and extractions as the JSON of the codebook (docs/codebook.md), and rows as dicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, TypeVar

from rigwire.model import (
    SCHEMA_VERSION,
    Article,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Quantity,
)

T = TypeVar("T")

ARTICLE_KEYS = (
    "id", "source", "url", "canonical_url", "site", "title", "authors", "published", "modified", "language",
    "text",
)  # fmt: skip
EVENT_KEYS = (
    "id", "type", "status", "company", "counterparty", "jurisdiction", "site", "date", "quantities", "notice",
    "confidence", "quote", "start", "end",
)  # fmt: skip


def article_json(article: Article) -> dict[str, Any]:
    """Return the `article` object: what the article says of itself, and its text."""
    return {key: _plain(getattr(article, key)) for key in ARTICLE_KEYS}


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """Return one output object: the article, its companies, jurisdictions, dates and events."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": article_json(extraction.article),
        "companies": _plain(extraction.companies),
        "jurisdictions": _plain(extraction.jurisdictions),
        "dates": _plain(extraction.dates),
        "events": [event_json(event) for event in extraction.events],
    }


def extraction_from_json(data: Mapping[str, Any]) -> Extraction:
    """Return the extraction that `extraction_json` wrote; what the JSON leaves out has its default."""
    article = data["article"]
    return Extraction(
        article=Article(**{**article, "authors": tuple(article["authors"])}),
        companies=tuple(_with_mentions(Company, entry) for entry in data["companies"]),
        jurisdictions=tuple(_with_mentions(Jurisdiction, entry) for entry in data["jurisdictions"]),
        dates=tuple(DateMention(**entry) for entry in data["dates"]),
        events=tuple(event_from_json(entry) for entry in data["events"]),
    )


def records(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows as dicts by column; of columns with the same name the second is `name_2`."""
    names: dict[str, None] = {}
    for column in columns:
        numbered = (f"{column}_{n}" for n in range(2, len(columns) + 2))
        names[next(name for name in (column, *numbered) if name not in names)] = None
    for row in rows:
        yield dict(zip(names, row, strict=True))


def event_json(event: Event) -> dict[str, Any]:
    """Return an event without its trace, which is no part of the codebook."""
    return {key: _plain(getattr(event, key)) for key in EVENT_KEYS}


def event_from_json(entry: Mapping[str, Any]) -> Event:
    """Return the event that `event_json` wrote."""
    notice = entry["notice"]
    quantities = tuple(Quantity(**quantity) for quantity in entry["quantities"])
    return Event(**{**entry, "quantities": quantities, "notice": Notice(**notice) if notice else None})


def _with_mentions(kind: type[T], entry: Mapping[str, Any]) -> T:
    return kind(**{**entry, "mentions": tuple(Mention(**mention) for mention in entry["mentions"])})


def _plain(value: Any) -> Any:
    """Return dicts for dataclasses, lists for tuples, and whole numbers as integers: 2600, not 2600.0."""
    if is_dataclass(value):
        return {key: _plain(getattr(value, key)) for key in value.__dataclass_fields__}
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case tuple() | list():
            return [_plain(part) for part in value]
        case float() if value.is_integer():
            return int(value)
    return value
