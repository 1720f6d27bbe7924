"""The scheduled job: one run at a time on a database, feeds first, then the pages that they name."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from rigwire import __version__
from rigwire.errors import DatabaseError
from rigwire.fetch import (
    CachedRobots,
    DueFeed,
    FeedState,
    Fetcher,
    Source,
    declared_sources,
    due_feeds,
    utc_now,
)
from rigwire.run.alerting import begin_alerts, send_alerts
from rigwire.run.context import Context, Progress, no_progress
from rigwire.run.feeds import poll_feeds
from rigwire.run.lock import fetching, locked
from rigwire.run.pages import ingest_pages
from rigwire.run.report import RunReport, Tally
from rigwire.run.silence import silent_sources
from rigwire.run.tasks import due_tasks, recent_tasks
from rigwire.settings import Settings
from rigwire.stages import current_extractor
from rigwire.store import (
    begin_run,
    catch_up,
    close_unfinished_runs,
    declare_sources,
    drop_old_pages,
    finish_run,
    load_feed_states,
    load_robots,
    open_database,
    retry_failed_items,
)
from rigwire.workers import Pool

COMMAND = "run"


def run(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    force: bool = False,
    progress: Progress = no_progress,
) -> RunReport:
    """Fetch what is due, store what it states, and say what was done.

    `force` takes every feed and waiting item as due and looks at recent articles again; what is known is
    still asked for only on condition that it changed. A feed or page that fails is counted, not raised.
    Raises `UsageError` for a wrong configuration and `DatabaseError` where the file can't be used.
    """
    sources = declared_sources(settings)
    with open_database(settings.db) as store, locked(settings.db) as is_first:
        if not is_first:
            return RunReport(Tally().report().counts, is_second=True)
        close_unfinished_runs(store, COMMAND, clock())
        declare_sources(store, [asdict(source) for source in sources.values()], clock())
        catch_up(store)
        retry_failed_items(store, current_extractor(), clock())
        run_id = begin_run(store, COMMAND, __version__, clock())
        context = Context(store, settings, sources, run_id, clock, force, progress)
        return _finished(context)


def _finished(context: Context) -> RunReport:
    """Do the work and note how it ended; a run that was killed is marked by the next one."""
    try:
        _work(context)
    except Exception:
        with suppress(DatabaseError):
            _finish(context, "failed")
        raise
    return _finish(context, "done")


def _finish(context: Context, outcome: str) -> RunReport:
    report = context.tally.report()
    finish_run(context.store, context.run_id, outcome, report.counts, context.clock())
    return report


def _work(context: Context) -> None:
    context.tally.counts["sources"] = len(context.sources)
    begin_alerts(context)
    due = _due(context)
    robots = {host: CachedRobots(**row) for host, row in load_robots(context.store).items()}
    with (
        fetching(context.settings.db),
        Fetcher(context.settings, robots=robots) as fetcher,
        Pool(context.settings) as pool,
    ):
        recent = recent_tasks(context) if context.force else []
        poll_feeds(context, fetcher, due)
        tasks = due_tasks(context)
        pending = {task.url for task in tasks}
        ingest_pages(context, fetcher, pool, tasks + [task for task in recent if task.url not in pending])
    send_alerts(context)
    if days := context.settings.keep_pages_days:
        drop_old_pages(context.store, days, context.clock())
    polled = {feed.source.id for feed in due} - set(context.tally.failing)
    context.tally.silent |= silent_sources(context.store, polled)


def _due(context: Context) -> list[DueFeed]:
    states = {url: FeedState(**row) for url, row in load_feed_states(context.store).items()}
    declared: list[Source] = list(context.sources.values())
    return due_feeds(declared, states, context.clock(), force=context.force)
