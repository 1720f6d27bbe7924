"""Documents from files into the database: WARC files, folders of saved pages, JSONL, whatever `documents` reads."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from rigwire import __version__
from rigwire.documents import Document, Reader, Unread
from rigwire.errors import DatabaseError, RigwireError, UsageError
from rigwire.fetch import declared_sources, utc_now
from rigwire.run.context import Context
from rigwire.run.incoming import Incoming, refuse_url, told
from rigwire.run.lock import locked
from rigwire.run.report import articles_line
from rigwire.run.storing import Stored, is_complete, store_reading
from rigwire.settings import Settings
from rigwire.stages import current_extractor
from rigwire.store import (
    Ingested,
    RejectedError,
    begin_run,
    catch_up,
    close_unfinished_runs,
    declare_sources,
    find_ingested,
    finish_run,
    note_ingested,
    open_database,
    update_stories,
)
from rigwire.workers import NoWorkerError, Pool, Reading, Wanted

COMMAND = "ingest"
COUNTS = (
    "documents", "seen", "new", "revised", "unchanged", "other_language", "no_article", "failed", "postponed", "events",
)  # fmt: skip

# Documents of one transaction: a commit costs as much as a fifth of what is written of a document.
_TOGETHER = 50

OnFailure = Callable[[RigwireError], None]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What was read; the keys of `counts` are `COUNTS`. Each failure was also given to the caller as it came."""

    counts: dict[str, int]

    @property
    def exit_code(self) -> int:
        """Return 1 where a document or record failed, else 0."""
        return 1 if self.counts["failed"] else 0

    def closing_line(self) -> str:
        """Return the one line for people."""
        n = self.counts
        return f"{n['documents']} documents ({n['seen']} read before); {articles_line(n)}"


Readings = Callable[[Context, Pool], Iterator[tuple[Incoming, Reading]]]


def ingest(
    settings: Settings,
    files: Sequence[str],
    *,
    on_failure: OnFailure,
    clock: Callable[[], datetime] = utc_now,
) -> IngestReport:
    """Store the articles of files and folders with what they state; what was read before is left.

    `on_failure` gets each file, record or document that failed; such a document is tried again by another version
    of the extractor alone. Raises `UsageError` while another ingest is at work on the database, `DatabaseError`.
    """
    return store_all(
        settings,
        lambda context, pool: pool.read_all(_incoming(context, files, on_failure)),
        on_failure=on_failure,
        clock=clock,
    )


def store_all(
    settings: Settings, readings: Readings, *, on_failure: OnFailure, clock: Callable[[], datetime] = utc_now
) -> IngestReport:
    """Store what `readings` gives for an open database, as one run; raises what `ingest` raises."""
    sources = declared_sources(settings)
    with open_database(settings.db) as store, locked(settings.db, COMMAND) as is_first:
        if not is_first:
            raise UsageError(f"another ingest is at work on {settings.db}; try again when it has ended")
        close_unfinished_runs(store, COMMAND, clock())
        declare_sources(store, [asdict(source) for source in sources.values()], clock())
        catch_up(store)
        run_id = begin_run(store, COMMAND, __version__, clock())
        context = Context(store, settings, sources, run_id, clock)
        outcome = "failed"
        try:
            _work(context, readings, on_failure)
            update_stories(store)
            outcome = "done"
        finally:
            counts = {name: context.tally.counts[name] for name in COUNTS}
            with suppress(DatabaseError):
                finish_run(store, run_id, outcome, counts, clock())
    return IngestReport(counts)


def _work(context: Context, readings: Readings, on_failure: OnFailure) -> None:
    with Pool(context.settings) as pool:
        each = readings(context, pool)
        batches = iter(lambda: list(islice(each, _TOGETHER)), [])
        for batch in batches:
            for (incoming, _), failure in zip(batch, _store_all(context, pool, batch), strict=True):
                if failure:
                    fail(context, RigwireError(f"{incoming.name}: {failure}"), on_failure)
            update_stories(context.store)  # a story that several of them report is told once


def _store_all(context: Context, pool: Pool, batch: Sequence[tuple[Incoming, Reading]]) -> list[str | None]:
    """Store documents in one transaction, or each in its own where one is refused or still to be read by a worker.

    Return what failed of each.
    """
    before = context.tally.counts.copy()
    if all(is_complete(reading) for _, reading in batch):
        with suppress(RejectedError), context.store.transaction():
            return [_store(context, pool, incoming, reading) for incoming, reading in batch]
        context.tally.counts = before
    return [_store(context, pool, incoming, reading) for incoming, reading in batch]


def _store(context: Context, pool: Pool, incoming: Incoming, reading: Reading) -> str | None:
    """Store what a document gave, and with it that it was read; return what failed."""

    def note(article_id: int | None, failure: str | None) -> None:
        note_ingested(
            context.store,
            incoming.digest,
            incoming.name,
            Ingested(article_id, failure),
            version=current_extractor(),
            run_id=context.run_id,
            now=context.clock(),
        )

    def note_stored(stored: Stored) -> None:
        note(stored.article_id, _failure(stored))

    try:
        stored = store_reading(
            context, pool, reading, incoming.page, incoming.source_id, with_stories=False, note=note_stored
        )
    except (DatabaseError, NoWorkerError):
        raise
    except RigwireError as error:
        note(None, str(error))
        return str(error)
    return _failure(stored)


def _failure(stored: Stored) -> str | None:
    return f"stored without its facts: {stored.failure}" if stored.failure else None


def _incoming(context: Context, files: Sequence[str], on_failure: OnFailure) -> Iterator[Wanted[Incoming]]:
    """Yield the documents that are still to be read; what gives none is reported."""
    reader = Reader(refuse_url, io.BytesIO(), context.settings.max_page_bytes)
    for file in files:
        for document in reader.read(file):
            context.tally.counts["documents"] += 1
            if isinstance(document, Unread):
                fail(context, document.error, on_failure)
                continue
            incoming, known = told(document, context.sources)
            if not was_seen(context, incoming, on_failure):
                yield Wanted(incoming, known, extract=not _is_stored(context, known))


def was_seen(context: Context, incoming: Incoming, on_failure: OnFailure) -> bool:
    """Tell whether a document was read before, and say so of one that failed then."""
    before = find_ingested(context.store, incoming.digest, current_extractor())
    if before is None:
        return False
    context.tally.counts["seen"] += 1
    if before.error:
        error = f"{incoming.name}: {before.error}; this version of the extractor does not try again"
        fail(context, RigwireError(error), on_failure)
    return True


def _is_stored(context: Context, document: Document) -> bool:
    url = document.hints.url
    return bool(url and context.store.rows("select 1 from article_urls where url = ?", [url]))


def fail(context: Context, error: RigwireError, on_failure: OnFailure) -> None:
    """Count a failure and tell the caller."""
    context.tally.counts["failed"] += 1
    on_failure(error)
