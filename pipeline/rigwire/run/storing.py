"""From what the workers made of a page to rows: what is due, what is only a copy, what is stored without its facts."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rigwire.errors import DatabaseError, RigwireError
from rigwire.model import Article, Extraction, Page, is_extractable
from rigwire.run.context import Context
from rigwire.stages import current_extractor
from rigwire.store import KnownArticle, SaveResult, complete_item, find_article, save_article
from rigwire.urls import canonical_url
from rigwire.workers import Pool, Reading

log = logging.getLogger(__name__)

_NO_PAGE = ("not_found", "empty")


@dataclass(frozen=True, slots=True)
class Stored:
    """Which article a document became. `failure` says why its facts are not stored, where they are not.

    `is_no_page`: it is empty, or says that there is no such page, though the server called it one.
    """

    article_id: int
    failure: str | None = None
    is_no_page: bool = False


def is_complete(reading: Reading) -> bool:
    """Tell whether the workers have said all that they can of a document: no one asks them for its facts any more."""
    return bool(reading.extraction or reading.error) or not (reading.article and is_extractable(reading.article))


def store_reading(
    context: Context,
    pool: Pool,
    reading: Reading,
    page: Page | None,
    source_id: str | None,
    *,
    item_id: int | None = None,
    with_stories: bool = True,
    note: Callable[[Stored], None] | None = None,
) -> Stored:
    """Store an article with what it states, complete its item and count it.

    What it states is asked for here where the workers were not asked before and it is not stored yet. Without
    `with_stories` the caller updates the stories; `note` is called in the transaction that stores the article. Raises
    the `RigwireError` of a reading without an article, and one for an article that the schema refuses; `NoWorkerError`;
    `DatabaseError`.
    """
    article = reading.article
    if article is None:
        raise reading.error or RigwireError("no article came back")
    known = find_article(context.store, article, page)
    if known and page and not known.unchanged and _is_lesser_copy(context, known, article, page):
        return _leave(context, known, item_id, note)
    own_bands = reading.bands
    reading = _with_facts(pool, reading, article, known)
    is_no_page = article.kind in _NO_PAGE

    def save(extraction: Extraction | None, failure: str | None) -> Stored:
        def note_article(article_id: int) -> None:
            if note:
                note(Stored(article_id, failure, is_no_page))

        saved = save_article(
            context.store,
            page=page,
            article=article,
            extraction=extraction,
            source_id=source_id,
            run_id=context.run_id,
            now=context.clock(),
            extractor_version=current_extractor(),
            item_id=None if failure else item_id,
            failure=failure,
            own_bands=own_bands,
            with_stories=with_stories,
            note=note_article,
        )
        _count(context, article, saved)
        return Stored(saved.article_id, failure, is_no_page)

    failure = _words(reading.error) if reading.error else None
    if not failure:
        try:
            return save(reading.extraction, None)
        except DatabaseError:
            raise
        except RigwireError as error:
            failure = _words(error)
    return save(None, failure)


def _with_facts(pool: Pool, reading: Reading, article: Article, known: KnownArticle | None) -> Reading:
    """Ask a worker for what an article states, where that is not stored yet and no worker has said it."""
    is_due = known is None or not known.unchanged or known.lacks_facts(current_extractor())
    return pool.extract(article) if is_due and not is_complete(reading) else reading


def _leave(
    context: Context, known: KnownArticle, item_id: int | None, note: Callable[[Stored], None] | None
) -> Stored:
    """Leave a stored article as it is, complete the item that led to it and count it."""
    if item_id is not None:
        complete_item(context.store, item_id, known.id, context.clock())
    context.tally.counts["unchanged"] += 1
    stored = Stored(known.id)
    if note:
        note(stored)
    return stored


def _is_lesser_copy(context: Context, known: KnownArticle, article: Article, page: Page) -> bool:
    """Tell an AMP or print version of a story that is stored from its own address: no edit of it."""
    if article.canonical_url in {canonical_url(page.url), canonical_url(page.final_url)}:
        return False
    own: list[dict[str, Any]] = context.store.rows(
        "select 1 from articles join pages on pages.id = articles.page_id"
        " where articles.id = ? and ? in (pages.url, pages.final_url)",
        [known.id, article.canonical_url],
    )
    return bool(own)


def _count(context: Context, article: Article, saved: SaveResult) -> None:
    counts = context.tally.counts
    if article.kind != "article":
        counts["no_article"] += 1
    else:
        counts[saved.outcome] += 1
        counts["other_language"] += saved.outcome == "new" and not is_extractable(article)
    counts["events"] += saved.events
    log.info("%s: %s, %s, %d events", article.source, article.kind, saved.outcome, saved.events)


def _words(error: RigwireError) -> str:
    return " ".join(str(error).split())
