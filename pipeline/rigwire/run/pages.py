"""The second half of a run: the pages of the queue, fetched, read by the workers and stored one by one."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rigwire.errors import DatabaseError, RigwireError
from rigwire.fetch import Fetcher, is_whole
from rigwire.model import Page
from rigwire.run.context import Context
from rigwire.run.hosts import Answer, Request, fetch_all
from rigwire.run.storing import store_reading
from rigwire.run.tasks import Task
from rigwire.stages import current_extractor
from rigwire.store import delay_item, doubt_item, drop_if_forgotten, fail_item, last_page
from rigwire.workers import NoWorkerError, Pool, Reading, Wanted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The page of a task: fetched now, or stored before and unchanged."""

    task: Task
    page: Page


def ingest_pages(context: Context, fetcher: Fetcher, pool: Pool, tasks: Sequence[Task]) -> None:
    """Fetch the page of every task and store its article; what fails is noted and the next one taken."""
    requests = [_request(context, task) for task in tasks]
    answers = fetch_all(fetcher, requests, context.settings.parallel_hosts)
    for arrival, reading in pool.read_all(_arrivals(context, fetcher, answers, len(tasks))):
        _take(context, pool, arrival, reading)


def _request(context: Context, task: Task) -> Request[Task]:
    """Ask for a page that is stored already, and whole, only on condition that it changed."""
    page = last_page(context.store, task.url)
    headers = page.headers if page and is_whole(page) else {}
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
        _postpone(context, task, getattr(answer.error, "retry_after", None))
    elif answer.error:
        _miss(context, task, answer.error)
    elif answer.page and answer.page.status == 200:
        return answer.page
    elif not task.is_recheck and (stored := last_page(context.store, task.url)):
        return stored
    else:
        context.tally.counts["unchanged"] += 1
    return None


def _postpone(context: Context, task: Task, retry_after: float | None) -> None:
    context.tally.counts["postponed"] += 1
    if retry_after and not task.is_recheck:
        delay_item(context.store, task.item_id, retry_after, context.clock())


def _take(context: Context, pool: Pool, arrival: _Arrival, reading: Reading) -> None:
    """Store what was read of a page; what fails here fails again until the extractor changes."""
    task, version = arrival.task, current_extractor()
    if reading.article and drop_if_forgotten(context.store, reading.article, arrival.page, task.item_id):
        context.tally.counts["unchanged"] += 1
        return
    try:
        stored = store_reading(context, pool, reading, arrival.page, task.source_id, item_id=task.item_id)
    except (DatabaseError, NoWorkerError):
        raise
    except RigwireError as error:
        _miss(context, task, error, version=version, page=arrival.page)
    else:
        if stored.failure:
            problem = RigwireError(f"{task.url}: stored without its facts: {stored.failure}")
            _fail(context, task, problem, version=version)
        elif (stored.is_no_page or not is_whole(arrival.page)) and not task.is_recheck:
            doubt_item(context.store, task.item_id, context.clock())


def _miss(
    context: Context, task: Task, error: RigwireError, *, version: str | None = None, page: Page | None = None
) -> None:
    """Note that a page gave no article; a stored one that can't be looked at again is still stored."""
    if task.is_recheck:
        log.info("not looked at again: %s: %s", task.url, error)
    else:
        _fail(context, task, error, version=version, page=page)


def _fail(
    context: Context, task: Task, error: RigwireError, *, version: str | None = None, page: Page | None = None
) -> None:
    message = str(error) if task.url in str(error) else f"{task.url}: {error}"
    fail_item(
        context.store,
        task.item_id,
        message,
        context.clock(),
        permanent=getattr(error, "permanent", False),
        version=version,
        page=page,
        retry_after=getattr(error, "retry_after", None),
    )
    context.tally.counts["failed"] += 1
    log.warning("%s", message)
