"""An invented article, its annotation, and what an extractor might find in it."""

import json
from pathlib import Path
from typing import Any

from rigwire.evaluation.gold import GoldDocument, read_gold
from rigwire.evaluation.score import Score
from rigwire.model import (
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

TEXT = (
    "Fennmark Mining has received 1,200 machines from Aldgate Rigs in Texas on 3 May 2024.\n\n"
    "It plans to add 40 MW by June. Caddo Power told the miner that supply will end on 9 May 2024."
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Return where words first stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def quantity(kind: str, value: float, words: str, **fields: Any) -> Quantity:
    """Return a figure that was found at `words`."""
    units = {"machines": "machines", "hashrate": "PH/s", "power": "MW", "sites": "sites", "share": "%"}
    plain = {"low": None, "high": None, "qualifier": "exact", "currency": None, "model": None, "metric": None}
    start, end = span(words)
    known = {"unit": units.get(kind, ""), "text": words, "start": start, "end": end}
    return Quantity(**{"kind": kind, "value": value} | plain | known | fields)


def event(type_: str, status: str, company: str | None, *quantities: Quantity, **fields: Any) -> Event:
    """Return an event that was found in the first paragraph."""
    quote = TEXT.split("\n\n", 1)[0]
    plain: dict[str, Any] = {"counterparty": None, "jurisdiction": None, "site": None, "date": None, "notice": None}
    place = {"quote": quote, "start": 0, "end": len(quote), "confidence": 0.9}
    given = {"type": type_, "status": status, "company": company, "quantities": quantities}
    return Event(**{"id": "e1"} | plain | place | given | fields)


def company(name: str) -> Company:
    """Return a company that was found where its name stands."""
    return Company(name, None, None, "miner", (Mention(name, *span(name)),))


def place(code: str, words: str) -> Jurisdiction:
    """Return a jurisdiction that was found at `words`."""
    return Jurisdiction(code, words, (Mention(words, *span(words)),))


def date(value: str, words: str) -> DateMention:
    """Return a date that was found at `words`."""
    return DateMention(value, "day", words, *span(words))


def found(*events: Event, **lists: tuple[Any, ...]) -> Extraction:
    """Return an extraction of the article."""
    article = Article("doc", "doc.json", None, None, None, "Machines arrive", (), None, None, "en", TEXT)
    return Extraction(article, events=events, **lists)


def gold(folder: Path, *events: dict[str, Any], **lists: list[Any]) -> GoldDocument:
    """Return the annotated article, read from a file in `folder`."""
    plain: dict[str, list[Any]] = {"companies": [], "jurisdictions": [], "dates": []}
    annotation = plain | lists | {"events": [{"type": "fleet", "status": "actual"} | entry for entry in events]}
    write_gold(folder / "doc.json", "doc", annotation)
    [document] = read_gold(folder)
    return document


def write_gold(path: Path, id_: str, annotation: dict[str, Any]) -> None:
    """Write the annotated article to a file."""
    entry = {"id": id_, "published": "2024-05-06", "title": "Machines arrive", "text": TEXT, "gold": annotation}
    path.write_text(json.dumps(entry), encoding="utf-8")




def row(score: Score, part: str) -> tuple[int, int, int]:
    """Return hits, wanted and found of a part."""
    tally = score.tally(part)
    return tally.hit, tally.gold, tally.found


def notice(action: str, **slots: str | None) -> Notice:
    """Return a notice with the given slots."""
    empty = dict.fromkeys(("issuer", "recipient", "notified", "effective", "until"))
    return Notice(action=action, **empty | slots)
