"""Which documents were ingested, so that an interrupted ingest goes on where it was."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from rigwire.store.database import Store
from rigwire.store.times import to_text


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a document: its article, or the error for which it has none, or none of its facts."""

    article_id: int | None
    error: str | None


def document_digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of a document and of what is known of it; where one part ends counts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def find_ingested(store: Store, digest: str, version: str) -> Ingested | None:
    """Return what became of a document; None for a new one, and for one that another version failed on."""
    rows = store.rows(
        "select article_id, error from ingested"
        " where digest = ? and (failed_version is null or failed_version = ?)",
        [digest, version],
    )
    return Ingested(**rows[0]) if rows else None


def note_ingested(
    store: Store, digest: str, source: str, outcome: Ingested, *, version: str, run_id: int, now: datetime
) -> None:
    """Note what became of a document, read by this version of the extractor."""
    with store.transaction():
        store.db.execute(
            "insert or replace into ingested (digest, source, article_id, error, failed_version, read_at, run_id)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [
                digest, source, outcome.article_id, outcome.error, version if outcome.error else None,
                to_text(now), run_id,
            ],
        )  # fmt: skip
