"""Annotated documents: what a document is, and what a careful reader found in it.

A list in place of a value means that any of its members is right (docs/codebook.md, section 10); here every value is a
tuple of right ones.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from rigwire.errors import SourceError
from rigwire.model import Hints

Texts: TypeAlias = tuple[str | None, ...]
Numbers: TypeAlias = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A figure. An empty tuple leaves open what the annotation does not say; `words` are the article's own."""

    kind: str
    value: Numbers
    qualifier: Texts
    unit: Texts
    currency: Texts
    low: Numbers
    high: Numbers
    optional: bool
    words: str | None


@dataclass(frozen=True, slots=True)
class GoldNotice:
    """The slots of a power notice."""

    action: Texts
    issuer: Texts
    recipient: Texts
    notified: Texts
    effective: Texts
    until: Texts


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """What one act did. It is no error to leave out an optional one."""

    type: Texts
    status: Texts
    company: Texts
    counterparty: Texts
    jurisdiction: Texts
    date: Texts
    quantities: tuple[GoldQuantity, ...]
    notice: GoldNotice | None
    optional: bool
    quote: str | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its annotation. `text` is None for a page, `html` for a text."""

    path: Path
    id: str
    title: str
    text: str | None
    html: str | None
    hints: Hints
    companies: tuple[Texts, ...]
    jurisdictions: tuple[Texts, ...]
    dates: tuple[Texts, ...]
    events: tuple[GoldEvent, ...]


def read_gold(folder: Path) -> list[GoldDocument]:
    """Return the documents of the JSON files in a folder, by file name.

    Raises `SourceError` for a folder without any, a file that is no annotated document, and an id used twice.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        inside = ", ".join(sorted({str(path.parent) for path in folder.glob("*/*.json")}))
        advice = f"try one of {inside}" if inside else "give a folder with one JSON file a document"
        raise SourceError(f"{folder}: no annotated documents here; {advice}")
    documents = [_read(path) for path in paths]
    by_id: dict[str, GoldDocument] = {}
    for document in documents:
        if document.id in by_id:
            raise SourceError(f"{document.path}: has the id of {by_id[document.id].path}; give it its own")
        by_id[document.id] = document
    return documents


def _read(path: Path) -> GoldDocument:
    try:
        return _document(path, json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check path and permissions") from None
    except KeyError as error:
        raise SourceError(f"{path}: is no annotated document; it lacks {error}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: is no annotated document: {error}") from None


def _document(path: Path, entry: dict[str, Any]) -> GoldDocument:
    gold, is_page = entry["gold"], bool(entry.get("html"))
    # The title of a page is for the parser to find.
    title = None if is_page else entry.get("title")
    return GoldDocument(
        path=path,
        id=entry["id"],
        title=entry.get("title") or "",
        text=entry.get("text") or None,
        html=entry["html"] if is_page else None,
        hints=Hints(id=entry["id"], url=entry.get("url"), published=entry.get("published"), title=title),
        companies=tuple(_company(company) for company in gold["companies"]),
        jurisdictions=tuple(_answers(place) for place in gold["jurisdictions"]),
        dates=tuple(_answers(date) for date in gold["dates"]),
        events=tuple(_event(event) for event in gold["events"]),
    )


def _company(entry: Any) -> Texts:
    return (entry["name"], *entry.get("aliases", [])) if isinstance(entry, dict) else _answers(entry)


def _event(entry: dict[str, Any]) -> GoldEvent:
    notice = entry.get("notice")
    return GoldEvent(
        type=_answers(entry["type"]),
        status=_answers(entry["status"]),
        **_each(entry, ("company", "counterparty", "jurisdiction", "date"), _answers),
        quantities=tuple(_quantity(quantity) for quantity in entry.get("quantities") or []),
        notice=GoldNotice(**_each(notice, GoldNotice.__slots__, _answers)) if notice else None,
        optional=bool(entry.get("optional")),
        quote=entry.get("quote"),
    )


def _quantity(entry: dict[str, Any]) -> GoldQuantity:
    return GoldQuantity(
        kind=entry["kind"],
        value=_answers(entry["value"]),
        qualifier=_answers(entry.get("qualifier", "exact")),
        **_each(entry, ("unit", "currency"), lambda value: _answers(value) if value else ()),
        **_each(entry, ("low", "high"), lambda value: () if value is None else _answers(value)),
        optional=bool(entry.get("optional")),
        words=entry.get("text"),
    )


def _each(entry: dict[str, Any], keys: Iterable[str], read: Callable[[Any], Any]) -> dict[str, Any]:
    return {key: read(entry.get(key)) for key in keys}


def _answers(value: Any) -> tuple[Any, ...]:
    answers = tuple(value) if isinstance(value, list) else (value,)
    if any(isinstance(answer, list | dict) for answer in answers):
        raise ValueError(f"a plain value is wanted in place of {str(answers)[:80]}")
    return answers
