"""What a source published before it was known: its sitemaps or archive pages, list by list, and their pages.

All that is to be done stands in the store, so a backfill that was interrupted goes on where it was.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from rigwire import __version__
from rigwire.errors import DatabaseError, ParseError, SourceError, UsageError
from rigwire.fetch import (
    CachedRobots,
    Fetcher,
    RequestError,
    Source,
    declared_sources,
    is_numbered,
    numbered_page,
    period_pages,
    stated_day,
    utc_now,
)
from rigwire.run.context import Context, Progress, no_progress
from rigwire.run.lists import Listed, read_list
from rigwire.run.lock import fetching, locked
from rigwire.run.pages import ingest_pages
from rigwire.run.report import articles_line
from rigwire.run.tasks import backfill_tasks
from rigwire.settings import Settings, nearest
from rigwire.stages import current_extractor
from rigwire.store import (
    BackfillList,
    add_lists,
    begin_backfill,
    begin_run,
    catch_up,
    close_unfinished_runs,
    declare_sources,
    enqueue_items,
    finish_list,
    finish_run,
    load_robots,
    next_list,
    open_database,
    retry_failed_items,
)
from rigwire.workers import Pool

log = logging.getLogger(__name__)

COMMAND = "backfill"
COUNTS = (
    "lists", "lists_failed", "items", "new", "revised", "unchanged", "other_language", "no_article", "failed",
    "postponed", "events", "left",
)  # fmt: skip
TURN = 0.2  # seconds, for one that waits to take its turn
# A run that waits its turn gets it after so many pages.
BATCH = 5
FAILURES_IN_A_ROW = 3
MOST_NUMBERED = 2_000
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """What was read; the keys of `counts` are `COUNTS`, `left` are pages for the next time."""

    source_id: str
    since: date
    counts: dict[str, int]

    @property
    def exit_code(self) -> int:
        """Return 1 where a list or page failed or is left, else 0."""
        return 1 if any(self.counts[name] for name in ("lists_failed", "failed", "left")) else 0

    def closing_line(self) -> str:
        """Return the one line for people."""
        n = self.counts
        lists = f"{n['lists']} lists" + (f" ({n['lists_failed']} failed)" if n["lists_failed"] else "")
        left = f"; {n['left']} left: call it again" if n["left"] or n["lists_failed"] else ""
        head = f"{self.source_id} since {self.since}: {lists}, {n['items']} pages new to us"
        return f"{head}; {articles_line(n)}{left}"


def backfill(
    settings: Settings,
    source_id: str,
    since: date,
    *,
    clock: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress = no_progress,
) -> BackfillReport:
    """Store what a source published from the day `since` on, by its sitemaps or archive pages.

    Beside it the scheduled run goes on: they take turns at fetching. Raises `UsageError` for an unknown source, one
    that has no lists, a day in the future, and while another backfill is at work; `RequestError` where not even
    robots.txt can be read for lists; `DatabaseError`.
    """
    sources = declared_sources(settings)
    if source_id not in sources:
        raise UsageError(f"no source has the id {source_id}; {nearest(source_id, sources)}")
    if since > clock().date():
        raise UsageError(f"{since} is still to come; --since takes the first day that is wanted")
    with open_database(settings.db) as store, locked(settings.db, COMMAND) as is_first:
        if not is_first:
            raise UsageError(f"another backfill is at work on {settings.db}; try again when it has ended")
        close_unfinished_runs(store, COMMAND, clock())
        declare_sources(store, [asdict(source) for source in sources.values()], clock())
        catch_up(store)
        retry_failed_items(store, current_extractor(), clock())
        run_id = begin_run(store, COMMAND, __version__, clock())
        context = Context(store, settings, sources, run_id, clock, force=True, progress=progress)
        outcome = "failed"
        try:
            _work(context, sources[source_id], since, sleep)
            outcome = "done"
        finally:
            counts = {name: context.tally.counts[name] for name in COUNTS}
            with suppress(DatabaseError):
                finish_run(store, run_id, outcome, counts, clock())
    return BackfillReport(source_id, since, counts)


def _work(context: Context, source: Source, since: date, sleep: Callable[[float], None]) -> None:
    robots = {host: CachedRobots(**row) for host, row in load_robots(context.store).items()}
    with Fetcher(context.settings, robots=robots) as fetcher, Pool(context.settings) as pool:
        work = _Backfill(context, fetcher, pool, source, since, sleep)
        lists = _first_lists(source, since, context.clock().date(), fetcher)
        begin_backfill(context.store, source.id, since, lists, context.clock())
        work.run()
    sql = "select count(*) as items from items where is_backfill = 1 and state = 'pending' and source_id = ?"
    context.tally.counts["left"] = context.store.rows(sql, [source.id])[0]["items"]


def _first_lists(source: Source, since: date, today: date, fetcher: Fetcher) -> list[BackfillList]:
    """Return the lists to begin with: declared ones, or the sitemaps that robots.txt names."""
    lists = [BackfillList(source.sitemap, "sitemap")] if source.sitemap else []
    if is_numbered(source.archive):
        lists.append(BackfillList(numbered_page(source.archive, 1), "archive"))
    elif source.archive:
        lists += [BackfillList(url, "archive") for url in period_pages(source.archive, since, today)]
    lists = lists or [BackfillList(url, "sitemap") for url in fetcher.sitemaps(source.site)]
    if not lists:
        raise SourceError(
            f"{source.id}: declares no sitemap and no archive, and robots.txt of {source.site} names no sitemap"
        )
    return lists


class _Backfill:
    """The backfill of one source under way."""

    def __init__(
        self,
        context: Context,
        fetcher: Fetcher,
        pool: Pool,
        source: Source,
        since: date,
        sleep: Callable[[float], None],
    ) -> None:
        self._context = context
        self._fetcher = fetcher
        self._pool = pool
        self._source = source
        self._since = since
        self._sleep = sleep
        self._links_before: frozenset[str] = frozenset()

    def run(self) -> None:
        """Read the pages that wait, those that failed before included, then list after list with its pages."""
        self._read_pages()
        self._context = replace(self._context, force=False)
        failures = 0
        while failures < FAILURES_IN_A_ROW and (entry := next_list(self._context.store, self._source.id)):
            failures = 0 if self._read_list(entry) else failures + 1

    def _read_list(self, entry: BackfillList) -> bool:
        """Read one list and its pages; tell whether it could be had. It is done when its pages are."""
        store, source, now = self._context.store, self._source, self._context.clock()
        self._context.tally.counts["lists"] += 1
        try:
            listed = self._listed(entry)
        except (RequestError, ParseError) as error:
            self._context.tally.counts["lists_failed"] += 1
            finish_list(store, source.id, entry.url, now, error=str(error))
            log.warning("list of %s: %s", source.id, error)
            return False
        with store.transaction():
            add_lists(store, source.id, self._since, listed.lists, now)
            queued = enqueue_items(store, listed.items, self._context.run_id, now)
        self._context.tally.counts["items"] += queued.new
        self._read_pages()
        with store.transaction():
            add_lists(store, source.id, self._since, self._following(entry, listed), now)
            finish_list(store, source.id, entry.url, now, pages=len(listed.items))
        return True

    def _listed(self, entry: BackfillList) -> Listed:
        """Return what a list names; nothing for an archive page that is not there. Raises what fetching does."""
        try:
            with fetching(self._context.settings.db):
                page = self._fetcher.get(entry.url, kind="feed" if entry.kind == "sitemap" else "page")
        except RequestError as failure:
            if entry.kind == "archive" and failure.status in _GONE:
                return Listed()
            raise
        finally:
            self._context.keep_robots(self._fetcher)
        settings, now = self._context.settings, self._context.clock()
        return read_list(page, entry, self._source, self._since, now=now, settings=settings)

    def _read_pages(self) -> None:
        """Read the pages whose turn has come, a few at a time: a run that waits gets its turn in between."""
        tasks = backfill_tasks(self._context, self._source.id)
        quiet = replace(self._context, progress=no_progress)
        for start in range(0, len(tasks), BATCH):
            with fetching(self._context.settings.db):
                ingest_pages(quiet, self._fetcher, self._pool, tasks[start : start + BATCH])
            self._context.progress("articles", min(start + BATCH, len(tasks)), len(tasks))
            self._sleep(TURN)

    def _following(self, entry: BackfillList, listed: Listed) -> list[BackfillList]:
        """Return the next of numbered archive pages: none after one without new links, or with old articles alone."""
        template, before = self._source.archive, self._links_before
        self._links_before = listed.links
        if entry.kind != "archive" or not is_numbered(template) or not listed.links - before:
            return []
        if self._newest(listed.links) < self._since.isoformat():
            return []
        numbers = range(1, MOST_NUMBERED)
        number = next((n for n in numbers if numbered_page(template, n) == entry.url), MOST_NUMBERED)
        return [] if number == MOST_NUMBERED else [BackfillList(numbered_page(template, number + 1), "archive")]

    def _newest(self, links: frozenset[str]) -> str:
        """Return the newest day of the articles behind links, by what is stored or stated in the URL."""
        marks = ", ".join("?" * len(links))
        sql = (
            "select max(published_day) as day from articles"
            f" where id in (select article_id from article_urls where url in ({marks}))"
        )
        stored = self._context.store.rows(sql, list(links))[0]["day"]
        days = [day for day in (stored, *map(stated_day, links)) if day]
        return max(days, default="9999")
