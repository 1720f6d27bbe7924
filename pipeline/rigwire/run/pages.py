"""The second half of a run: the pages of the queue, fetched, read by the workers and stored one by one."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rigwire.errors import DatabaseError, RigwireError
from rigwire.fetch import Fetcher
from rigwire.model import Article, Page
from rigwire.run.context import Context
from rigwire.run.hosts import Answer, Request, fetch_all
from rigwire.run.tasks import Task
from rigwire.stages import current_extractor, is_extractable
from rigwire.store import (
    KnownArticle,
    SaveResult,
    complete_item,
    fail_item,
    find_article,
    last_page,
    save_article,
)
from rigwire.urls import canonical_url
from rigwire.workers import Pool, Reading, Wanted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The page of a task: fetched now, or stored before and unchanged."""

    task: Task
    page: Page


def ingest_pages(context: Context, fetcher: Fetcher, tasks: Sequence[Task]) -> None:
    """Fetch the page of every task and store its article; what fails is noted and the next one taken."""
    requests = [_request(context, task) for task in tasks]
    answers = fetch_all(fetcher, requests, context.settings.parallel_hosts)
    with Pool(context.settings) as pool:
        for arrival, reading in pool.read_all(_arrivals(context, fetcher, answers, len(tasks))):
            try:
                _take(context, pool, arrival, reading)
            except DatabaseError:
                raise
            except RigwireError as error:  # not even the bare article fits the schema
                _miss(context, arrival.task, error, version=current_extractor(), page=arrival.page)


def _request(context: Context, task: Task) -> Request[Task]:
    """Ask for a page that is stored already only on condition that it changed."""
    page = last_page(context.store, task.url)
    headers = page.headers if page else {}
    return Request(task.url, task, "page", headers.get("etag"), headers.get("last-modified"))


def _arrivals(
    context: Context, fetcher: Fetcher, answers: Iterator[Answer[Task]], total: int
) -> Iterator[Wanted[_Arrival]]:
    """Yield the pages that are to be read; an answer without one is dealt with here.

    What a new page states is asked for at once, of a page that is stored only if it changed.
    """
    for done, answer in enumerate(answers, start=1):
        context.keep_robots(fetcher)
        task = answer.request.about
        if page := _page_to_read(context, task, answer):
            yield Wanted(_Arrival(task, page), task.document(page), extract=not task.is_stored)
        context.progress("articles", done, total)


def _page_to_read(context: Context, task: Task, answer: Answer[Task]) -> Page | None:
    if answer.untried:
        context.tally.counts["postponed"] += 1
    elif answer.error:
        _miss(context, task, answer.error, permanent=getattr(answer.error, "permanent", False))
    elif answer.page and answer.page.status == 200:
        return answer.page
    elif not task.is_recheck and (stored := last_page(context.store, task.url)):
        return stored
    else:
        context.tally.counts["unchanged"] += 1
    return None


def _take(context: Context, pool: Pool, arrival: _Arrival, reading: Reading) -> None:
    """Store what was read of a page, and what its article states where that is not stored yet."""
    task, page, article = arrival.task, arrival.page, reading.article
    if article is None:
        error = reading.error or RigwireError("no article came back")
        return _miss(context, task, error, version=current_extractor(), page=page)
    known = find_article(context.store, article, page)
    if known and not known.unchanged and _is_lesser_copy(context, known, article, page):
        complete_item(context.store, task.item_id, known.id, context.clock())
        context.tally.counts["unchanged"] += 1
        return None
    is_due = known is None or not known.unchanged or known.lacks_facts(current_extractor())
    if is_due and is_extractable(article) and not (reading.extraction or reading.error):
        reading = pool.extract(article)
    _store(context, arrival, article, reading)


def _store(context: Context, arrival: _Arrival, article: Article, reading: Reading) -> None:
    """Store an article with its facts, or with the reason why they could not be had."""
    task = arrival.task
    store = partial(
        save_article,
        context.store,
        page=arrival.page,
        article=article,
        source_id=task.source_id,
        run_id=context.run_id,
        now=context.clock(),
        extractor_version=current_extractor(),
    )
    failure = _words(reading.error) if reading.error else None
    if not failure:
        try:
            return _count(context, article, store(extraction=reading.extraction, item_id=task.item_id))
        except DatabaseError:
            raise
        except RigwireError as error:
            failure = _words(error)
    saved = store(extraction=None, failure=failure)
    problem = RigwireError(f"{task.url}: stored without its facts: {failure}")
    _fail(context, task, problem, version=current_extractor())
    return _count(context, article, saved)


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


def _miss(
    context: Context,
    task: Task,
    error: RigwireError,
    *,
    permanent: bool = False,
    version: str | None = None,
    page: Page | None = None,
) -> None:
    """Note that a page gave no article; a stored one that can't be looked at again is still stored."""
    if task.is_recheck:
        log.info("not looked at again: %s: %s", task.url, error)
    else:
        _fail(context, task, error, permanent=permanent, version=version, page=page)


def _fail(
    context: Context,
    task: Task,
    error: RigwireError,
    *,
    permanent: bool = False,
    version: str | None = None,
    page: Page | None = None,
) -> None:
    message = str(error) if task.url in str(error) else f"{task.url}: {error}"
    now = context.clock()
    fail_item(context.store, task.item_id, message, now, permanent=permanent, version=version, page=page)
    context.tally.counts["failed"] += 1
    log.warning("%s", message)


def _words(error: RigwireError) -> str:
    return " ".join(str(error).split())
