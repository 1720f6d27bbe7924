"""The same text on several sites: every copy is kept, and points to the one article that counts."""

from collections.abc import Iterable

from rigwire.store.database import Store
from rigwire.store.wording import Wording, are_near, bands, day_of, is_same_text, wording

_CANDIDATES = """
    select id, text, published from articles where id <> :id and id in (
        select others.article_id from text_bands as own join text_bands as others on others.band = own.band
        where own.article_id = :id
    )
"""


def link_copies(store: Store, article_id: int) -> None:
    """Find the copies of an article that was stored or changed, inside the caller's transaction.

    The groups are the same in whatever order the articles came. Of each, the one that was published first counts
    (`articles.same_text_as` is null), unless its facts are missing or it is much shorter than another.
    """
    key = {"id": article_id}
    found = {row["other_id"] for row in store.rows("select other_id from same_texts where article_id = :id", key)}
    store.db.execute("delete from same_texts where :id in (article_id, other_id)", key)
    store.db.execute("delete from text_bands where article_id = :id", key)
    (row,) = store.rows("select text, published, kind from articles where id = :id", key)
    if row["kind"] == "article" and (own := wording(row["text"], row["published"])):
        found |= _link(store, article_id, own)
    if found:
        _choose(store, {article_id, *found})


def _link(store: Store, article_id: int, own: Wording) -> set[int]:
    """Note the copies of an article; return them."""
    connection = store.db.conn
    connection.executemany(
        "insert or ignore into text_bands (band, article_id) values (?, ?)",
        [(band, article_id) for band in bands(own)],
    )
    copies = set()
    for row in store.rows(_CANDIDATES, {"id": article_id}):
        near = are_near(own.day, day_of(row["published"]))  # the comparison of texts takes a hundred times as long
        other = wording(row["text"], row["published"]) if near else None
        if other and is_same_text(own, other):
            pairs = [(article_id, row["id"]), (row["id"], article_id)]
            connection.executemany("insert into same_texts (article_id, other_id) values (?, ?)", pairs)
            copies.add(row["id"])
    return copies


def _choose(store: Store, members: Iterable[int]) -> None:
    """Let the groups of these articles point to the first of each: the trigger `copies_chosen` says which that is."""
    connection = store.db.conn
    connection.executemany("insert into copy_queue (article_id) values (?)", [(member,) for member in members])
    connection.execute("delete from copy_queue")
