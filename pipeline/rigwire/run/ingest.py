"""Documents from files into the database: WARC files, folders of saved pages, JSONL, whatever `documents` reads."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NoReturn

from rigwire import __version__
from rigwire.documents import Document, Reader, Unread
from rigwire.errors import DatabaseError, RigwireError, UsageError
from rigwire.fetch import Source, declared_sources, utc_now
from rigwire.model import Hints, Page
from rigwire.run.context import Context
from rigwire.run.lock import locked
from rigwire.run.report import articles_line
from rigwire.run.storing import store_reading
from rigwire.run.tasks import owner_of, with_source
from rigwire.settings import Settings
from rigwire.stages import current_extractor
from rigwire.store import (
    Ingested,
    begin_run,
    catch_up,
    close_unfinished_runs,
    declare_sources,
    document_digest,
    find_ingested,
    finish_run,
    note_ingested,
    open_database,
)
from rigwire.workers import NoWorker, Pool, Reading, Wanted

COMMAND = "ingest"
COUNTS = (
    "documents", "seen", "new", "revised", "unchanged", "other_language", "no_article", "failed", "postponed", "events",
)  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A document that is under way: its digest, and the source whose page it is."""

    document: Document
    digest: str
    source: Source | None

    @property
    def page(self) -> Page | None:
        """Return the page as it was fetched, where an archive kept it."""
        return self.document.content if isinstance(self.document.content, Page) else None


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
            _work(context, files, on_failure)
            outcome = "done"
        finally:
            counts = {name: context.tally.counts[name] for name in COUNTS}
            with suppress(DatabaseError):
                finish_run(store, run_id, outcome, counts, clock())
    return IngestReport(counts)


def _work(context: Context, files: Sequence[str], on_failure: OnFailure) -> None:
    with Pool(context.settings) as pool:
        for incoming, reading in pool.read_all(_incoming(context, files, on_failure)):
            outcome = _outcome(context, pool, incoming, reading)
            if outcome.error:
                _fail(context, RigwireError(f"{incoming.document.source}: {outcome.error}"), on_failure)
            note_ingested(
                context.store,
                incoming.digest,
                incoming.document.source,
                outcome,
                version=current_extractor(),
                run_id=context.run_id,
                now=context.clock(),
            )


def _outcome(context: Context, pool: Pool, incoming: _Incoming, reading: Reading) -> Ingested:
    source_id = incoming.source.id if incoming.source else None
    try:
        stored = store_reading(context, pool, reading, incoming.page, source_id)
    except (DatabaseError, NoWorker):
        raise
    except RigwireError as error:
        return Ingested(None, str(error))
    return Ingested(stored.article_id, stored.failure and f"stored without its facts: {stored.failure}")


def _incoming(context: Context, files: Sequence[str], on_failure: OnFailure) -> Iterator[Wanted[_Incoming]]:
    """Yield the documents that are still to be read; what gives none is reported."""
    reader = Reader(_refuse, io.BytesIO(), context.settings.max_page_bytes)
    for file in files:
        for document in reader.read(file):
            context.tally.counts["documents"] += 1
            if isinstance(document, Unread):
                _fail(context, document.error, on_failure)
                continue
            incoming = _told(context, document)
            before = find_ingested(context.store, incoming.digest, current_extractor())
            if before is None:
                yield Wanted(incoming, incoming.document, extract=not _is_stored(context, incoming.document))
                continue
            context.tally.counts["seen"] += 1
            if before.error:
                error = f"{document.source}: {before.error}; this version of the extractor does not try again"
                _fail(context, RigwireError(error), on_failure)


def _told(context: Context, document: Document) -> _Incoming:
    """Return a document with its digest and what its source says of it."""
    content, url = document.content, document.hints.url
    parts = (content.url, content.body) if isinstance(content, Page) else (content,)
    digest = document_digest(*parts, str(document.is_html), repr(document.hints))
    source = owner_of(url, context.sources.values()) if url else None
    hints: Hints = with_source(document.hints, source) if source else document.hints
    return _Incoming(replace(document, hints=hints), digest, source)


def _is_stored(context: Context, document: Document) -> bool:
    url = document.hints.url
    return bool(url and context.store.rows("select 1 from article_urls where url = ?", [url]))


def _fail(context: Context, error: RigwireError, on_failure: OnFailure) -> None:
    context.tally.counts["failed"] += 1
    on_failure(error)


def _refuse(url: str) -> NoReturn:
    raise UsageError(f"{url}: ingest reads files; `rigwire extract --save` reads a URL")
