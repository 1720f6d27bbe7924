"""Extraction again: stored pages parsed and extracted by the present version, and what that changed."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from rigwire import __version__
from rigwire.documents import Document
from rigwire.errors import DatabaseError, RigwireError, UsageError
from rigwire.fetch import declared_sources, utc_now
from rigwire.model import Article, is_extractable
from rigwire.run.context import Context, Progress, no_progress
from rigwire.run.lock import locked
from rigwire.run.tasks import hints_of
from rigwire.settings import Settings
from rigwire.stages import current_extractor
from rigwire.store import (
    Changes,
    articles_to_reread,
    begin_rereading,
    begin_run,
    catch_up,
    close_unfinished_runs,
    finish_run,
    material_of,
    open_database,
    save_rereading,
    skip_rereading,
)
from rigwire.workers import NoWorkerError, Pool, Reading, Wanted

log = logging.getLogger(__name__)

COMMAND = "reextract"


@dataclass(slots=True)
class ReextractReport:
    """What was read again. `changes` are counted by kind; `is_resumed`: an earlier pass was interrupted."""

    articles: int = 0
    failed: int = 0
    is_resumed: bool = False
    changes: Changes = field(default_factory=Counter)

    @property
    def exit_code(self) -> int:
        """Return 1 where an article could not be read again, else 0."""
        return 1 if self.failed else 0

    def rows(self) -> list[tuple[str, str, int, int, int, int]]:
        """Return what, kind, same, changed, new, gone: events first, the kinds by name."""
        kinds = sorted({(what, kind) for what, kind, _ in self.changes})
        numbers = self.changes
        return [
            (what, kind, numbers[what, kind, "same"], numbers[what, kind, "changed"], numbers[what, kind, "new"],
             numbers[what, kind, "gone"])
            for what, kind in kinds
        ]  # fmt: skip

    def closing_line(self) -> str:
        """Return the one line for people."""
        resumed = ", the rest of an interrupted pass" if self.is_resumed else ""
        totals: Counter[str] = Counter()
        for (what, _, change), number in self.changes.items():
            totals[change] += number if what == "event" else 0
        events = ", ".join(f"{totals[name]} {name}" for name in ("same", "changed", "new", "gone"))
        return f"{self.articles} articles read again{resumed}; {self.failed} failed; events: {events}"


def reextract(
    settings: Settings,
    *,
    since: date | None = None,
    where: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress = no_progress,
) -> ReextractReport:
    """Parse and extract stored articles again, from their pages where those are kept, else from their texts.

    `since` and `where` are as in `begin_rereading`. A pass that was interrupted is taken up when the same is asked for
    again. An article that can't be read keeps what it has. Raises `UsageError` for a wrong condition and while another
    process is at it, `DatabaseError`.
    """
    sources = declared_sources(settings)
    with open_database(settings.db) as store, locked(settings.db, COMMAND) as is_first:
        if not is_first:
            raise UsageError(f"another reextract is at work on {settings.db}; try again when it has ended")
        close_unfinished_runs(store, COMMAND, clock())
        catch_up(store)
        scope = json.dumps([current_extractor(), since.isoformat() if since else None, where])
        report = ReextractReport(is_resumed=begin_rereading(store, scope, since=since, where=where))
        run_id = begin_run(store, COMMAND, __version__, clock())
        context = Context(store, settings, sources, run_id, clock, progress=progress)
        outcome = "failed"
        try:
            _work(context, report)
            outcome = "done"
        finally:
            counts = {"articles": report.articles, "failed": report.failed}
            with suppress(DatabaseError):
                finish_run(store, run_id, outcome, counts, clock())
    return report


def _work(context: Context, report: ReextractReport) -> None:
    waiting = articles_to_reread(context.store)
    with Pool(context.settings) as pool:
        for done, ((article_id, article), reading) in enumerate(pool.read_all(_wanted(context, waiting)), start=1):
            try:
                report.changes.update(_store(context, article_id, article, reading))
                report.articles += 1
            except (DatabaseError, NoWorkerError):
                raise
            except RigwireError as error:
                report.failed += 1
                skip_rereading(context.store, article_id)
                log.warning("%s: not read again, it keeps what it has: %s", article.source, error)
            context.progress("articles", done, len(waiting))


def _wanted(context: Context, waiting: list[int]) -> Iterator[Wanted[tuple[int, Article]]]:
    """Yield the articles with their pages, each loaded when its turn comes; those that are gone are left out."""
    for article_id in waiting:
        with suppress(KeyError):
            article, page, source_id = material_of(context.store, article_id)
            if page is None:
                yield Wanted((article_id, article), article)
                continue
            told = {name for name, origin in article.origins.items() if origin == "hint"}
            hints = hints_of(
                context.sources.get(source_id or ""),
                page.url,
                article.title if "title" in told else None,
                article.published if "published" in told else None,
                article.authors if "authors" in told else (),
            )
            yield Wanted((article_id, article), Document(page.url, page, is_html=True, hints=hints))


def _store(context: Context, article_id: int, stored: Article, reading: Reading) -> Changes:
    """Store what was read, in place of what is stored. Raises the error of a reading that has one."""
    if reading.error:
        raise reading.error
    article = reading.article or stored
    return save_rereading(
        context.store,
        article_id,
        article,
        reading.extraction if is_extractable(article) else None,
        run_id=context.run_id,
        version=current_extractor(),
    )
