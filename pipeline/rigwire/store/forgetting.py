"""Forgetting an article or a source wholly: rows, pages, index, stories; and the pages that are too old to keep."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from rigwire.errors import UsageError
from rigwire.model import Article, Page
from rigwire.store.database import Store, explained
from rigwire.store.identity import article_links
from rigwire.store.rows import remove_extraction
from rigwire.store.stories import update_stories
from rigwire.store.times import to_text


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many articles, events and pages are gone."""

    articles: int
    events: int
    pages: int


def forget_article(store: Store, url: str, now: datetime) -> Forgotten:
    """Delete the article that was found at `url`, and all that came from it; no feed brings it back.

    Raises `UsageError` where no article was found at that URL, `DatabaseError`.
    """
    rows = store.rows("select article_id as id from article_urls where url = ?", [url])
    if not rows:
        raise UsageError(f"no article with the URL {url} is stored")
    with _wholly(store):
        return _forget(store, [rows[0]["id"]], now)


def forget_source(store: Store, source_id: str, now: datetime) -> Forgotten:
    """Delete a source with its articles, pages, items and states. While it is declared, the next run reads it anew.

    Raises `UsageError` for an unknown source, `DatabaseError`.
    """
    if not store.rows("select 1 from sources where id = ?", [source_id]):
        raise UsageError(f"no source with the id {source_id} is stored; `rigwire sources` lists them")
    with _wholly(store):
        articles = store.rows("select id from articles where source_id = ? order by id", [source_id])
        gone = _forget(store, [row["id"] for row in articles], None)
        urls = [row["url"] for row in store.rows("select url from items where source_id = ?", [source_id])]
        pages = gone.pages + _drop_pages(store, urls)
        store.db.execute("delete from sources where id = ?", [source_id])
    return Forgotten(gone.articles, gone.events, pages)


def is_forgotten(store: Store, url: str) -> bool:
    """Tell whether an article was found at this URL that is to stay forgotten."""
    return bool(store.rows("select 1 from forgotten where url_hash = ?", [_hash(url)]))


def drop_if_forgotten(store: Store, article: Article, page: Page, item_id: int) -> bool:
    """Tell whether a page is an article that is to stay forgotten; if so, delete the item that led to it."""
    if not any(is_forgotten(store, url) for url in article_links(article, page)):
        return False
    with store.transaction():
        store.db.execute("delete from items where id = ?", [item_id])
    return True


def drop_old_pages(store: Store, days: int, now: datetime) -> int:
    """Delete the raw pages that were fetched more than `days` days ago; return how many. Articles stay."""
    with store.transaction():
        before = to_text(now - timedelta(days=days))
        return len(store.rows("delete from pages where fetched_at < ? returning id", [before]))


@contextmanager
def _wholly(store: Store) -> Iterator[None]:
    """Wrap a deletion after which the words are nowhere in the file: not in free pages, index or log."""
    with explained(store.path):
        store.db.execute("pragma secure_delete = on")
        try:
            with store.transaction():
                yield
                update_stories(store)
                store.db.execute("insert into articles_fts (articles_fts) values ('optimize')")
            store.db.execute("pragma wal_checkpoint(truncate)")
        finally:
            store.db.execute("pragma secure_delete = off")


def _forget(store: Store, article_ids: Iterable[int], now: datetime | None) -> Forgotten:
    """Delete articles; where `now` is given, note the hashes of their links."""
    articles = events = pages = 0
    for article_id in article_ids:
        urls = _urls(store, article_id)
        if now:
            store.db.conn.executemany(
                "insert into forgotten (url_hash, forgotten_at) values (?, ?) on conflict do nothing",
                [(_hash(url), to_text(now)) for url in urls],
            )
        events += store.rows("select count(*) as n from events where article_id = ?", [article_id])[0]["n"]
        remove_extraction(store, article_id)
        store.db.execute("delete from items where article_id = ?", [article_id])
        pages += _drop_pages(store, urls)
        store.db.execute("delete from articles where id = ?", [article_id])
        articles += 1
    return Forgotten(articles, events, pages)


def _urls(store: Store, article_id: int) -> list[str]:
    """Return every link of an article, those of its items and pages included."""
    rows = store.rows(
        "select url from article_urls where article_id = :id union select url from items where article_id = :id"
        " union select url from pages where id in (select page_id from articles where id = :id"
        " union select page_id from article_revisions where article_id = :id)",
        {"id": article_id},
    )
    return [row["url"] for row in rows]


def _drop_pages(store: Store, urls: Iterable[str]) -> int:
    return sum(
        len(store.rows("delete from pages where url = :url or final_url = :url returning id", {"url": url}))
        for url in urls
    )


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode(errors="surrogatepass")).hexdigest()
