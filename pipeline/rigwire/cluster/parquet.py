"""What workers write and `rigwire import` reads: documents and events as Parquet, partitioned by day of publication.

`documents` has a row a document: its metadata and text in columns, and what is needed to store it (`article`,
`extraction` as JSON, the page as it came), or the `error` for which it has none. `events` has a row a figure, or one
for an event without figures, and is there to be queried in place.
"""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rigwire.cluster.codec import decode, encode
from rigwire.cluster.parts import done_ids, write_whole
from rigwire.errors import SourceError
from rigwire.model import Article, Event, Extraction, Page

UNDATED = "unknown"
_DOCUMENT = pa.schema(
    [
        *((name, pa.string()) for name in ("source", "digest", "url", "title", "published", "site", "language")),
        *((name, pa.string()) for name in ("kind", "text", "article", "extraction", "error", "headers", "final_url")),
        ("number", pa.int64()), ("status", pa.int32()), ("fetched_at", pa.string()), ("body", pa.binary()),
        ("page_url", pa.string()),
    ]
)  # fmt: skip
_EVENT = pa.schema(
    [
        *((name, pa.string()) for name in ("url", "title", "published", "event", "type", "status", "company")),
        *((name, pa.string()) for name in ("counterparty", "place", "date_stated", "quote", "kind", "unit", "words")),
        *((name, pa.float64()) for name in ("confidence", "value", "low", "high")),
        ("qualifier", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A document of an archive: what it became, or the error for which it did not."""

    source: str
    digest: str | None
    page: Page | None
    article: Article | None
    extraction: Extraction | None
    error: str | None

    @property
    def day(self) -> str:
        """Return the day of publication, by which the output is partitioned."""
        published = self.article.published if self.article else None
        return (published or UNDATED)[:10] if published else UNDATED


def write_records(records: Iterable[tuple[int, Record]], out: Path, name: str) -> None:
    """Write numbered records, a file `name` a day; one that is there already is replaced."""
    by_day = sorted(records, key=lambda numbered: (numbered[1].day, numbered[0]))
    for day, group in groupby(by_day, key=lambda numbered: numbered[1].day):
        found = list(group)
        _write([_document_row(number, record) for number, record in found], _DOCUMENT, out, "documents", day, name)
        events = [row for _, record in found for row in _event_rows(record)]
        _write(events, _EVENT, out, "events", day, name)


def remove_part(out: Path, id: str) -> None:
    """Remove what an unfinished reading of a part, or an older extractor, has written."""
    for path in out.glob(f"*/date=*/{id}-*.parquet"):
        path.unlink(missing_ok=True)


def _write(rows: list[dict[str, Any]], schema: Any, out: Path, table: str, day: str, name: str) -> None:
    if not rows:
        return
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema), buffer, compression="zstd")
    write_whole(out / table / f"date={day}" / f"{name}.parquet", buffer.getvalue())


def _document_row(number: int, record: Record) -> dict[str, Any]:
    page, article = record.page, record.article
    row: dict[str, Any] = {"number": number, "source": record.source, "digest": record.digest, "error": record.error}
    if article:
        row |= {
            "url": article.canonical_url or article.url, "title": article.title, "published": article.published,
            "site": article.site, "language": article.language, "kind": article.kind, "text": article.text,
            "article": encode(article),
        }  # fmt: skip
    if record.extraction:
        row["extraction"] = encode(record.extraction)
    if page:
        row |= {
            "page_url": page.url, "final_url": page.final_url, "status": page.status, "body": page.body,
            "headers": json.dumps(page.headers), "fetched_at": page.fetched_at.isoformat(),
        }  # fmt: skip
    return row


def _event_rows(record: Record) -> Iterator[dict[str, Any]]:
    if record.extraction is None:
        return
    article = record.extraction.article
    known = {"url": article.canonical_url or article.url, "title": article.title, "published": article.published}
    for event in record.extraction.events:
        plain = known | _event_row(event)
        for quantity in event.quantities:
            yield plain | {
                "kind": quantity.kind, "value": quantity.value, "unit": quantity.unit, "low": quantity.low,
                "high": quantity.high, "qualifier": quantity.qualifier, "words": quantity.text,
            }  # fmt: skip
        if not event.quantities:
            yield plain


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "event": event.id, "type": event.type, "status": event.status, "company": event.company,
        "counterparty": event.counterparty, "place": event.jurisdiction, "date_stated": event.date,
        "quote": event.quote, "confidence": event.confidence,
    }  # fmt: skip


def read_records(out: Path) -> Iterator[Record]:
    """Yield the records of the finished parts, part by part, in the order of each file.

    Raises SourceError for a folder without any and for files that are not what workers write.
    """
    parts: dict[str, list[Path]] = {}
    finished = done_ids(out)
    for path in sorted((out / "documents").glob("date=*/*.parquet")):
        if path.stem.partition("-")[0] in finished:
            parts.setdefault(path.stem, []).append(path)
    if not parts:
        raise SourceError(f"{out}: no finished part here; `rigwire ingest --engine dask --out` writes them")
    for name in sorted(parts, key=lambda name: _order(parts[name], name)):
        yield from _part_records(parts[name])


def _order(paths: list[Path], name: str) -> tuple[str, int]:
    """Parts follow one another by the name of their file, the batches of one by their number."""
    mark = json.loads((paths[0].parents[2] / "done" / f"{name.partition('-')[0]}.json").read_text(encoding="utf-8"))
    return str(mark["file"]), int(name.rpartition("-")[2])


def _part_records(paths: list[Path]) -> Iterator[Record]:
    try:
        tables = [pq.ParquetFile(path).read() for path in paths]
        rows = sorted((row for table in tables for row in table.to_pylist()), key=lambda row: row["number"])
        yield from map(_record, rows)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{paths[0]}: is no output of rigwire ingest: {error}") from None


def _record(row: dict[str, Any]) -> Record:
    page = None
    if row["page_url"]:
        fetched = datetime.fromisoformat(row["fetched_at"])
        headers = json.loads(row["headers"])
        page = Page(row["page_url"], row["final_url"], row["status"], headers, row["body"], fetched)
    article = decode(Article, row["article"]) if row["article"] else None
    extraction = decode(Extraction, row["extraction"]) if row["extraction"] else None
    return Record(row["source"], row["digest"], page, article, extraction, row["error"])
