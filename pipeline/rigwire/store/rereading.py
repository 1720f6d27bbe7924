"""Reading stored articles again: which are to be read, from what, and the new facts in place of the old ones."""

from datetime import date
from typing import Any

from rigwire.model import Article, Extraction, Page
from rigwire.store.changes import Changes, count_changes
from rigwire.store.copies import link_copies
from rigwire.store.database import Store
from rigwire.store.pages import stored_page
from rigwire.store.queries import run_query
from rigwire.store.rows import Origin
from rigwire.store.stored import stored_article, stored_events
from rigwire.store.stories import update_stories
from rigwire.store.write import MOST_REPORTS, article_row, save_extraction


def begin_rereading(store: Store, scope: str, *, since: date | None = None, where: str | None = None) -> bool:
    """Note which articles are to be read again; tell whether it is a pass of the same `scope` that was interrupted.

    `since` is the first day of the articles, `where` an SQL condition on the columns of `articles`. Raises
    `UsageError` for a condition that is wrong or does more than read, `DatabaseError`.
    """
    if store.rows("select 1 from rereading where scope = ? limit 1", [scope]):
        return True
    sql = f"select id from articles where ({where or 'true'}\n)"
    wanted = [row[0] for row in run_query(store, sql).rows]
    with store.transaction():
        store.db.execute("delete from rereading")
        store.db.conn.executemany(
            "insert into rereading (article_id, scope) select id, :scope from articles where id = :id"
            " and coalesce(published_day, substr(first_seen, 1, 10)) >= :since",
            ({"id": article_id, "scope": scope, "since": since.isoformat() if since else ""} for article_id in wanted),
        )
    return False


def articles_to_reread(store: Store) -> list[int]:
    """Return the ids of the articles that are still to be read again."""
    return [row["article_id"] for row in store.rows("select article_id from rereading order by article_id")]


def material_of(store: Store, article_id: int) -> tuple[Article, Page | None, str | None]:
    """Return a stored article, the page that it stands on if that is kept, and the id of its source.

    Raises `KeyError` where there is no such article.
    """
    article = stored_article(store, article_id)
    (row,) = store.rows("select page_id, source_id from articles where id = ?", [article_id])
    return article, stored_page(store, row["page_id"]) if row["page_id"] else None, row["source_id"]


def skip_rereading(store: Store, article_id: int) -> None:
    """Leave an article as it is."""
    with store.transaction():
        store.db.execute("delete from rereading where article_id = ?", [article_id])


def save_rereading(
    store: Store, article_id: int, article: Article, extraction: Extraction | None, *, run_id: int, version: str
) -> Changes:
    """Store what an article states by this version of the extractor instead of what it stated; count the changes.

    It is the same revision of the article, whatever the parser now makes of its page. One transaction; raises
    `DatabaseError`, or `RejectedError` where the values break a rule of the schema.
    """
    with store.transaction():
        before = [event for _, event in stored_events(store, article_id)]
        row: dict[str, Any] = article_row(article) | {"id": article_id}
        store.db.execute(_UPDATE, {name: row[name] for name in _TAKEN})
        save_extraction(store, article, extraction, Origin(article_id, run_id, version), None)
        link_copies(store, article_id)
        update_stories(store, most=MOST_REPORTS)
        skip_rereading(store, article_id)
        return count_changes(before, [event for _, event in stored_events(store, article_id)])


_TAKEN = (
    "id", "site", "authors", "published", "modified", "language", "kind", "text_hash", "origins",
)  # fmt: skip
_UPDATE = """
    update articles set site = :site, authors = :authors, published = coalesce(:published, published),
        modified = coalesce(:modified, modified), language = :language, kind = :kind, text_hash = :text_hash,
        origins = :origins
    where id = :id
"""
