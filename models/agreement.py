"""Say how far two careful readers agree: score one reading of annotated documents against the other.

    python models/agreement.py [FIRST SECOND]        # default: fixtures/gold/test and fixtures/gold/test-second

FIRST holds the documents with the first reading, SECOND the second reading of the same documents, by id. A reading is
judged by the other as `rigwire evaluate` judges the extractor: of the values that it allows it offers the first, what
it calls optional it offers too, and any value that the other allows is right. `F1` judges the second reading by the
first, `reversed` the first by the second; for `narrow` the first reading allows no event a second type, status,
company, counterparty, place or date. Spans and confidences are left out: a reader gives neither.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rigwire.errors import RigwireError, SourceError
from rigwire.evaluation import read_gold
from rigwire.evaluation.acts import score_events
from rigwire.evaluation.case import Case
from rigwire.evaluation.facts import score_facts
from rigwire.evaluation.gold import GoldDocument, GoldEvent, GoldNotice, GoldQuantity
from rigwire.evaluation.lists import score_lists
from rigwire.evaluation.notices import score_notices
from rigwire.evaluation.score import Score, total
from rigwire.model import UNITS, Article, Company, DateMention, Event, Extraction, Jurisdiction, Notice, Quantity

PARTS = (
    "companies", "jurisdictions", "dates", "core quantities", "quantities", "core facts", "core full facts", "notices",
    "events",
)  # fmt: skip
_GOLD = Path(__file__).parent.parent / "fixtures" / "gold"


def main() -> None:
    """Print the table; end with a message where a folder can't be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", nargs="?", type=Path, default=_GOLD / "test")
    parser.add_argument("second", nargs="?", type=Path, default=_GOLD / "test-second")
    arguments = parser.parse_args()
    try:
        first, second = read_gold(arguments.first), read_gold(arguments.second)
        narrow = [one_choice(document) for document in first]
        scores = [agreement(*pair) for pair in ((first, second), (second, first), (narrow, second))]
    except RigwireError as error:
        sys.exit(f"agreement: {error}")
    print("\n".join(table(scores)))


def agreement(first: list[GoldDocument], second: list[GoldDocument]) -> Score:
    """Return the score of the second reading against the first; `SourceError` where they are not of the same ids."""
    readings = {document.id: document for document in second}
    if odd := sorted({document.id for document in first} ^ set(readings)):
        raise SourceError(f"only one of the two folders has {', '.join(odd)}; give two readings of the same documents")
    cases = [Case(document, as_extraction(readings[document.id])) for document in first]
    parts = (score_lists, score_facts, score_notices, score_events)
    return total(part(case) for case in cases for part in parts)


def as_extraction(reading: GoldDocument) -> Extraction:
    """Return what a reader found in the form in which the extractor gives it, of each value the first choice."""
    article = Article(reading.id, str(reading.path), None, None, None, None, (), None, None, None, text="")
    return Extraction(
        article,
        tuple(Company(names[0], None, None, "other", ()) for names in reading.companies if names[0]),
        tuple(Jurisdiction(codes[0], codes[0], ()) for codes in reading.jurisdictions if codes[0]),
        tuple(DateMention(dates[0], "", "", 0, 0) for dates in reading.dates if dates[0]),
        tuple(_event(event, f"e{number}") for number, event in enumerate(reading.events, 1)),
    )


def one_choice(reading: GoldDocument) -> GoldDocument:
    """Return a reading whose events are of the first choice alone."""
    links = ("type", "status", "company", "counterparty", "jurisdiction", "date")
    events = (replace(event, **{link: getattr(event, link)[:1] for link in links}) for event in reading.events)
    return replace(reading, events=tuple(events))


def table(scores: Sequence[Score]) -> Iterator[str]:
    """Yield aligned lines: the F1s of each part, how many the first reading wants of it, and the headline."""
    yield f"{'':<16}{'F1':>9}{'reversed':>9}{'narrow':>9}{'wanted':>8}"
    for part in PARTS:
        tallies = [score.tally(part) for score in scores]
        yield f"{part:<16}{''.join(f'{tally.f1:>9.4f}' for tally in tallies)}{tallies[0].gold:>8,}"
    yield f"{'headline':<16}{''.join(f'{score.headline:>9.4f}' for score in scores)}"


def _event(event: GoldEvent, id_: str) -> Event:
    return Event(
        id=id_, type=event.type[0] or "", status=event.status[0] or "", company=event.company[0],
        counterparty=event.counterparty[0], jurisdiction=event.jurisdiction[0], site=None, date=event.date[0],
        quantities=tuple(_quantity(quantity) for quantity in event.quantities),
        notice=_notice(event.notice) if event.notice else None, confidence=1.0, quote="", start=None, end=None,
    )  # fmt: skip


def _notice(notice: GoldNotice) -> Notice:
    slots = (notice.issuer, notice.recipient, notice.notified, notice.effective, notice.until)
    return Notice(notice.action[0] or "", *(answers[0] for answers in slots))


def _quantity(quantity: GoldQuantity) -> Quantity:
    low, high = (next(iter(answers), None) for answers in (quantity.low, quantity.high))
    currency, coin = (next(iter(answers), None) for answers in (quantity.currency, quantity.unit))
    unit = UNITS.get(quantity.kind) or coin or ""
    return Quantity(
        quantity.kind, quantity.value[0] or 0.0, unit, low, high, quantity.qualifier[0] or "",
        currency, None, None, "", None, None,
    )  # fmt: skip


if __name__ == "__main__":
    main()
