"""Extractions made by hand for the page, and the page read back."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from rigwire.model import Article, Company, DateMention, Event, Extraction, Jurisdiction, Mention, Quantity
from rigwire.page import render_page

TEXT = (
    "Texas Grid told Fennmark Mining on 3 May that supply would end.\n\n"
    "Fennmark has 1,200 machines there.\nIt also runs 40 MW in Alberta."
)


def mention(words: str, text: str = TEXT, nth: int = 0) -> Mention:
    """Return where words stand in a text for the n-th time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(words, start, start + len(words))


def article(text: str = TEXT, **fields: Any) -> Article:
    """Return an article."""
    plain: dict[str, Any] = {
        "id": "doc", "source": "doc.txt", "url": None, "canonical_url": None, "site": None, "title": "A notice",
        "authors": (), "published": "2024-05-06", "modified": None, "language": "en", "text": text,
    }  # fmt: skip
    return Article(**plain | fields)


def figure(kind: str, value: float, words: Mention | str, **fields: Any) -> Quantity:
    """Return a figure at a place of the text, or one that only the title states."""
    plain: dict[str, Any] = {
        "kind": kind, "value": value, "unit": kind, "low": None, "high": None, "qualifier": "exact",
        "currency": None, "model": None, "metric": None, "text": words, "start": None, "end": None,
    }  # fmt: skip
    if isinstance(words, Mention):
        plain |= {"text": words.text, "start": words.start, "end": words.end}
    return Quantity(**plain | fields)


def event(id_: str, quote: Mention | str, *quantities: Quantity, **fields: Any) -> Event:
    """Return an event that a stretch of the text states, or the title."""
    plain: dict[str, Any] = {
        "id": id_, "type": "fleet", "status": "actual", "company": None, "counterparty": None, "jurisdiction": None,
        "site": None, "date": None, "quantities": quantities, "notice": None, "confidence": 0.8,
        "quote": quote, "start": None, "end": None,
    }  # fmt: skip
    if isinstance(quote, Mention):
        plain |= {"quote": quote.text, "start": quote.start, "end": quote.end}
    return Event(**plain | fields)


def extraction(**fields: Any) -> Extraction:
    """Return the article with a firm, a place inside another firm's name, a date and two events."""
    fennmark = Company("Fennmark Mining", None, None, "miner", (mention("Fennmark Mining"), mention("Fennmark", nth=1)))
    grid = Company("Texas Grid", None, None, "utility", (mention("Texas Grid"),))
    sentence = mention("Fennmark has 1,200 machines there.")
    plain: dict[str, Any] = {
        "article": article(),
        "companies": (fennmark, grid),
        "jurisdictions": (
            Jurisdiction("US-TX", "State of Texas", (mention("Texas"),)),
            Jurisdiction("CA-AB", "Alberta", (mention("Alberta"),)),
        ),
        "dates": (DateMention("2024-05-03", "day", "3 May", mention("3 May").start, mention("3 May").end),),
        "events": (
            event(
                "e1", sentence, figure("machines", 1200, mention("1,200 machines")),
                company="Fennmark Mining", jurisdiction="US-TX",
            ),
            event("e2", mention("It also runs 40 MW in Alberta."), figure("power", 40, mention("40 MW"))),
        ),
    }  # fmt: skip
    return Extraction(**plain | fields)


def read(*extractions: Extraction) -> BeautifulSoup:
    """Return the page of extractions as a browser's parser reads it, more or less."""
    return BeautifulSoup(render_page(extractions), "lxml")


def body_text(section: Tag) -> str:
    """Return the text of an article's paragraphs."""
    return "\n\n".join(paragraph.get_text() for paragraph in section.select(".text p:not(.about)"))
