"""The same text on several sites: every copy is kept, and points to the one article that counts."""

from collections.abc import Iterable, Mapping
from typing import Any

from rigwire.resemblance import are_near, bands, day_of, is_same_text, wording
from rigwire.store.database import Store

_CANDIDATES = """
    select id, text, published from articles where id <> :id and id in (
        select others.article_id from text_bands as own join text_bands as others on others.band = own.band
        where own.article_id = :id
    )
"""


def link_copies(store: Store, article_id: int, own_bands: Iterable[int] | None = None) -> None:
    """Find the copies of an article that was stored or changed, inside the caller's transaction.

    The groups are the same in whatever order the articles came. Of each, the one that was published first counts
    (`articles.same_text_as` is null), unless its facts are missing or it is much shorter than another. `own_bands` are
    the `bands` of its text, where they are known.
    """
    key = {"id": article_id}
    found = {row["other_id"] for row in store.rows("select other_id from same_texts where article_id = :id", key)}
    store.db.execute("delete from same_texts where :id in (article_id, other_id)", key)
    store.db.execute("delete from text_bands where article_id = :id", key)
    (row,) = store.rows("select id, text, published, kind from articles where id = :id", key)
    if row["kind"] == "article":
        found |= _link(store, row, bands(row["text"]) if own_bands is None else own_bands)
    if found:
        _choose(store, {article_id, *found})


def _link(store: Store, own: Mapping[str, Any], own_bands: Iterable[int]) -> set[int]:
    """Note the copies of an article; return them."""
    connection = store.db.conn
    connection.executemany(
        "insert or ignore into text_bands (band, article_id) values (?, ?)", [(band, own["id"]) for band in own_bands]
    )
    day = day_of(own["published"])
    # The days are compared before the words, which takes a hundred times as long.
    others = [row for row in store.rows(_CANDIDATES, {"id": own["id"]}) if are_near(day, day_of(row["published"]))]
    words = wording(own["text"], own["published"]) if others else None
    copies = {row["id"] for row in others if words and is_same_text(words, wording(row["text"], row["published"]))}
    pairs = [pair for other in copies for pair in ((own["id"], other), (other, own["id"]))]
    connection.executemany("insert into same_texts (article_id, other_id) values (?, ?)", pairs)
    return copies


def _choose(store: Store, members: Iterable[int]) -> None:
    """Let the groups of these articles point to the first of each: the trigger `copies_chosen` says which that is."""
    connection = store.db.conn
    connection.executemany("insert into copy_queue (article_id) values (?)", [(member,) for member in members])
    connection.execute("delete from copy_queue")
