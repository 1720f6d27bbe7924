"""Evaluation of a folder: every document read, extracted from and judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rigwire.documents import Document
from rigwire.errors import ParseError, RigwireError, SourceError
from rigwire.evaluation.acts import score_events
from rigwire.evaluation.case import Case
from rigwire.evaluation.facts import score_facts
from rigwire.evaluation.gold import GoldDocument
from rigwire.evaluation.lists import score_lists
from rigwire.evaluation.notices import score_notices
from rigwire.evaluation.provenance import score_provenance
from rigwire.evaluation.score import Score, Tally, total
from rigwire.model import Article, Extraction
from rigwire.stages import extract_article, read_article

MISSING = "missing documents"


@dataclass(frozen=True)
class Evaluation:
    """The score of each document by its id, and the errors of those that could not be read."""

    documents: dict[str, Score]
    failures: tuple[RigwireError, ...] = ()

    @cached_property
    def whole(self) -> Score:
        """The score of all documents together."""
        return total(self.documents.values())


def evaluate(documents: Iterable[GoldDocument]) -> Evaluation:
    """Return the scores of the extractor on annotated documents, each read as `rigwire extract` reads it."""
    scores: dict[str, Score] = {}
    failures: list[RigwireError] = []
    for document in documents:
        try:
            scores[document.id] = judge(document, _extraction(document))
        except RigwireError as error:
            failures.append(SourceError(f"{document.path}: {error}"))
            scores[document.id] = _score_of_missing(document)
    return Evaluation(scores, tuple(failures))


def judge(document: GoldDocument, extraction: Extraction) -> Score:
    """Return the score of what was found in one document."""
    case = Case(document, extraction)
    parts = (score_lists, score_facts, score_events, score_notices, score_provenance)
    return total(part(case) for part in parts)


def _extraction(document: GoldDocument) -> Extraction:
    content, is_page = document.html or document.text or "", document.html is not None
    article = read_article(Document(str(document.path), content, is_page, document.hints))
    if not article.text.strip():
        raise ParseError("no article text was found in it")
    return extract_article(article)


def _score_of_missing(document: GoldDocument) -> Score:
    nothing = Article(
        document.id, str(document.path), None, None, None, None, (), None, None, None, text="", kind="empty"
    )
    return total([judge(document, Extraction(nothing)), Score({MISSING: Tally(gold=1)})])
