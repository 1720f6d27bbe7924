"""Replacing what is stored of an article: corrections are laid over it, and events keep their keys."""

import json

from rigwire.model import Extraction
from rigwire.serialize import event_from_json, extraction_from_json, extraction_json
from rigwire.store.corrections.applying import apply_corrections
from rigwire.store.corrections.model import Corrected, Correction
from rigwire.store.database import Store
from rigwire.store.keys import event_keys
from rigwire.store.rows import Origin, remove_extraction, write_extraction
from rigwire.store.stored import stored_events, stored_extraction


def replace_extraction(store: Store, extraction: Extraction, origin: Origin) -> int:
    """Replace the rows of an article by those of an extraction with its corrections; return the number of events.

    What the extractor said is kept as it is beside them, where there are corrections.
    """
    before = stored_events(store, origin.article_id)
    (article,) = store.rows("select canonical_url as url from articles where id = ?", [origin.article_id])
    corrected = _corrected(store, extraction, origin, article["url"])
    found = corrected.extraction
    remove_extraction(store, origin.article_id)
    write_extraction(store, found, origin, event_keys(article["url"], found.events, before), corrected.by_hand)
    return len(found.events)


def uncorrected(store: Store, article_id: int) -> Extraction:
    """Return what the extractor said of an article, without corrections."""
    rows = store.rows("select extraction from uncorrected where article_id = ?", [article_id])
    return extraction_from_json(json.loads(rows[0]["extraction"])) if rows else stored_extraction(store, article_id)


def corrections_of(store: Store, url: str) -> list[Correction]:
    """Return the corrections of an article by its canonical URL, in the order in which they were made."""
    rows = store.rows(
        "select id, action, event, figure, changes from corrections where article_url = ? order by id", [url]
    )
    return [
        Correction(
            row["id"], row["action"], row["event"], event_from_json(json.loads(row["event"])), row["figure"],
            json.loads(row["changes"]),
        )
        for row in rows
    ]  # fmt: skip


def _corrected(store: Store, extraction: Extraction, origin: Origin, url: str) -> Corrected:
    """Lay the corrections over an extraction; keep it as it was, and note which corrections found their words."""
    corrections = corrections_of(store, url)
    store.db.execute("delete from uncorrected where article_id = ?", [origin.article_id])
    if not corrections:
        return Corrected(extraction, {}, {}, frozenset())
    corrected = apply_corrections(extraction, corrections)
    store.db.execute(
        "insert into uncorrected (article_id, extraction, extractor_version) values (?, ?, ?)",
        [origin.article_id, json.dumps(extraction_json(extraction), ensure_ascii=False), origin.extractor_version],
    )
    store.db.conn.executemany(
        "update corrections set is_lost = ? where id = ? and is_lost <> ?",
        [(is_lost, c.id, is_lost) for c in corrections for is_lost in [c.id in corrected.lost]],
    )
    return corrected
