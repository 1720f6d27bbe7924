"""What workers wrote, loaded into the database as if one machine had read it."""

from collections.abc import Iterator
from pathlib import Path

from rigwire.cluster.parquet import Record, read_records
from rigwire.errors import RigwireError
from rigwire.run.context import Context
from rigwire.run.incoming import Incoming
from rigwire.run.ingest import IngestReport, OnFailure, fail, store_all, was_seen
from rigwire.run.tasks import owner_of
from rigwire.settings import Settings
from rigwire.workers import DocumentError, Reading


def import_parquet(settings: Settings, out: Path, *, on_failure: OnFailure) -> IngestReport:
    """Store the documents of the finished parts in `out` with what they state; what is stored is left.

    `on_failure` gets each document that failed on its worker, or here. Raises what `ingest` raises, and SourceError for
    a folder that workers did not write.
    """
    return store_all(settings, lambda context, _: _readings(context, out, on_failure), on_failure=on_failure)


def _readings(context: Context, out: Path, on_failure: OnFailure) -> Iterator[tuple[Incoming, Reading]]:
    for record in read_records(out):
        context.tally.counts["documents"] += 1
        if record.digest is None:
            fail(context, RigwireError(record.error or "no document"), on_failure)
            continue
        url = record.page.url if record.page else record.article.url if record.article else None
        source = owner_of(url, context.sources.values()) if url else None
        incoming = Incoming(record.source, record.digest, record.page, source.id if source else None)
        if not was_seen(context, incoming, on_failure):
            yield incoming, _reading(record)


def _reading(record: Record) -> Reading:
    error = DocumentError(record.error) if record.error else None
    return Reading(record.article, record.extraction, error)
