"""The second half of a run: the pages of the queue, fetched, parsed, extracted and stored one by one."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from rigwire.errors import DatabaseError, ParseError, RigwireError
from rigwire.fetch import Fetcher
from rigwire.model import Article, Extraction, Page
from rigwire.run.context import Context
from rigwire.run.hosts import Answer, Request, fetch_all
from rigwire.run.tasks import Task
from rigwire.stages import current_extractor, extract_article, identified, is_extractable, read_article
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

log = logging.getLogger(__name__)


def ingest_pages(context: Context, fetcher: Fetcher, tasks: Sequence[Task]) -> None:
    """Fetch the page of every task and store its article; what fails is noted and the next one taken."""
    requests = [_request(context, task) for task in tasks]
    for done, answer in enumerate(fetch_all(fetcher, requests, context.settings.parallel_hosts), start=1):
        context.keep_robots(fetcher)
        _take(context, answer)
        context.progress("articles", done, len(tasks))


def _request(context: Context, task: Task) -> Request[Task]:
    """Ask for a page that is stored already only on condition that it changed."""
    page = last_page(context.store, task.url)
    headers = page.headers if page else {}
    return Request(task.url, task, "page", headers.get("etag"), headers.get("last-modified"))


def _take(context: Context, answer: Answer[Task]) -> None:
    task, page = answer.request.about, answer.page
    if answer.untried:
        context.tally.counts["postponed"] += 1
    elif answer.error:
        _miss(context, task, answer.error, permanent=getattr(answer.error, "permanent", False))
    elif page and page.status == 200:
        _ingest(context, task, page)
    elif not task.is_recheck and (stored := last_page(context.store, task.url)):
        _ingest(context, task, stored)
    else:
        context.tally.counts["unchanged"] += 1


def _ingest(context: Context, task: Task, page: Page) -> None:
    """Read the article of a page and store it; a fault in reading one page must not lose the others."""
    try:
        article = identified(read_article(task.document(page)))
    except ParseError as error:
        _miss(context, task, error, permanent=True, page=page)
    except Exception as error:
        log.debug("%s", task.url, exc_info=True)
        _miss(context, task, RigwireError(f"{task.url}: unexpected {_fault(error)}"), page=page)
    else:
        _store(context, task, page, article)


def _store(context: Context, task: Task, page: Page, article: Article) -> None:
    known = find_article(context.store, article, page)
    if known and not known.unchanged and _is_lesser_copy(context, known, article, page):
        complete_item(context.store, task.item_id, known.id, context.clock())
        context.tally.counts["unchanged"] += 1
        return
    store = partial(
        save_article,
        context.store,
        page=page,
        article=article,
        source_id=task.source_id,
        run_id=context.run_id,
        now=context.clock(),
    )
    try:
        extraction = _extraction(article, known)
        version = current_extractor() if extraction else ""
        saved = store(extraction=extraction, extractor_version=version, item_id=task.item_id)
    except DatabaseError:
        raise
    except Exception as error:
        log.debug("%s", task.url, exc_info=True)
        saved = store(extraction=None, extractor_version="")
        _fail(context, task, RigwireError(f"{task.url}: stored without its facts: {_fault(error)}"))
    _count(context, article, saved)


def _extraction(article: Article, known: KnownArticle | None) -> Extraction | None:
    """Return what an article states where that is to be stored: new, edited, or still without its facts."""
    is_due = known is None or not known.unchanged or known.extracted == "pending"
    return extract_article(article) if is_due and is_extractable(article) else None


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
    context: Context, task: Task, error: RigwireError, *, permanent: bool = False, page: Page | None = None
) -> None:
    """Note that a page gave no article; a stored one that can't be looked at again is still stored."""
    if task.is_recheck:
        log.info("not looked at again: %s: %s", task.url, error)
    else:
        _fail(context, task, error, permanent=permanent, page=page)


def _fail(
    context: Context, task: Task, error: RigwireError, *, permanent: bool = False, page: Page | None = None
) -> None:
    message = str(error) if task.url in str(error) else f"{task.url}: {error}"
    fail_item(context.store, task.item_id, message, context.clock(), permanent=permanent, page=page)
    context.tally.counts["failed"] += 1
    log.warning("%s", message)


def _fault(error: Exception) -> str:
    return str(error) if isinstance(error, RigwireError) else f"{type(error).__name__}: {error}"
