"""Whether every span gives back its words, and its words are the document's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rigwire.evaluation.case import Case
from rigwire.evaluation.score import Score
from rigwire.model import Extraction


@dataclass(frozen=True, slots=True)
class _Span:
    """Words with their offsets. `verbatim`: short enough to stand in the source as they are."""

    part: str
    words: str
    start: int | None
    end: int | None
    verbatim: bool = True


def score_provenance(case: Case) -> Score:
    """Return how many spans there are and how many are wrong.

    A span is right where its offsets give its words; without offsets, where the title has its words. The words
    of all but whole events also have to stand in the document as it came in, where that was a text.
    """
    spans = list(_spans(case.extraction))
    wrong = [span for span in spans if not _is_right(case, span)]
    counts = Counter({("spans", "all"): len(spans), ("spans", "wrong"): len(wrong)})
    slips = tuple(case.slip("spans", "wrong", f"{span.part} {span.words!r}", None) for span in wrong)
    return Score(counts=counts, slips=slips)


def _spans(extraction: Extraction) -> Iterator[_Span]:
    for event in extraction.events:
        yield _Span("event", event.quote, event.start, event.end, verbatim=False)
        for quantity in event.quantities:
            yield _Span("quantity", quantity.text, quantity.start, quantity.end)
    for date in extraction.dates:
        yield _Span("date", date.text, date.start, date.end)
    for company in extraction.companies:
        for mention in company.mentions:
            yield _Span("company", mention.text, mention.start, mention.end)
    for place in extraction.jurisdictions:
        for mention in place.mentions:
            yield _Span("jurisdiction", mention.text, mention.start, mention.end)


def _is_right(case: Case, span: _Span) -> bool:
    article, document = case.extraction.article, case.document
    if not span.words:
        return False
    if span.start is None or span.end is None:
        return _folded(span.words) in _folded(article.title)
    if article.text[span.start : span.end] != span.words:
        return False
    if not span.verbatim or document.text is None:
        return True
    return _folded(span.words) in _folded(f"{document.title} {document.text}")


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())
