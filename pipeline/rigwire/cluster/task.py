"""What a worker of the cluster does with a part: reads its documents under the usual limits, writes, leaves a mark."""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path

from rigwire.cluster.parquet import Record, remove_part, write_records
from rigwire.cluster.parts import Part, is_done, mark_done
from rigwire.documents import Reader, Unread
from rigwire.fetch import Source
from rigwire.run.incoming import Incoming, refuse_url, told
from rigwire.settings import Settings
from rigwire.stages import current_extractor
from rigwire.workers import Pool, Wanted

# So many documents are kept in memory before they are written.
BATCH = 1_000


@cache
def _pool(limits: tuple[float, int]) -> Pool:
    """Return the processes of this worker: they stay, and with them the models that they have loaded."""
    seconds, megabytes = limits
    return Pool(Settings(parse_timeout=seconds, worker_memory_mb=megabytes, workers=1))


def read_part(part: Part, out: Path, settings: Settings, sources: Mapping[str, Source]) -> dict[str, int]:
    """Write what the documents of a part became, and its mark; return counts of `documents` and `failed`.

    A part that this version of the extractor has finished is left as it is.
    """
    counts = {"documents": 0, "failed": 0}
    if is_done(part, out, current_extractor()):
        return counts
    remove_part(out, part.id)
    batch: list[tuple[int, Record]] = []
    batches = count()
    for number, record in enumerate(_records(part, settings, sources)):
        counts["documents"] += 1
        counts["failed"] += record.error is not None
        batch.append((number, record))
        if len(batch) == BATCH:
            write_records(batch, out, f"{part.id}-{next(batches)}")
            batch = []
    write_records(batch, out, f"{part.id}-{next(batches)}")
    mark_done(part, out, current_extractor(), counts)
    return counts


def _records(part: Part, settings: Settings, sources: Mapping[str, Source]) -> Iterator[Record]:
    reader = Reader(refuse_url, io.BytesIO(), settings.max_page_bytes)
    unread: list[Record] = []

    def wanted() -> Iterator[Wanted[Incoming]]:
        for document in reader.read(part.file):
            if isinstance(document, Unread):
                unread.append(Record(document.source, None, None, None, None, str(document.error)))
            else:
                incoming, known = told(document, sources)
                yield Wanted(incoming, known)

    for incoming, reading in _pool((settings.parse_timeout, settings.worker_memory_mb)).read_all(wanted()):
        error = str(reading.error) if reading.error else None
        yield Record(incoming.name, incoming.digest, incoming.page, reading.article, reading.extraction, error)
    yield from unread
