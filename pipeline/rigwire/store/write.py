"""Storing one article with its page, its extraction and the stories that it joins, in one short transaction."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from rigwire.model import Article, Extraction, Page, is_extractable
from rigwire.store.copies import link_copies
from rigwire.store.database import Store
from rigwire.store.extractions import replace_extraction
from rigwire.store.identity import KnownArticle, article_links, find_article, natural_key, text_hash
from rigwire.store.items import complete_item
from rigwire.store.pages import drop_stale_pages, save_page
from rigwire.store.rows import Origin, remove_extraction
from rigwire.store.stories import update_stories
from rigwire.store.times import to_text

# More than any article has; what a large backlog leaves waits for the next article or run.
MOST_REPORTS = 1000

Outcome = Literal["new", "unchanged", "revised"]


@dataclass(frozen=True, slots=True)
class SaveResult:
    """Which article a document became, what happened to it, and how many events were written now."""

    article_id: int
    outcome: Outcome
    events: int


def save_article(
    store: Store,
    *,
    page: Page | None,
    article: Article,
    extraction: Extraction | None,
    source_id: str | None,
    run_id: int,
    now: datetime,
    extractor_version: str,
    item_id: int | None = None,
    failure: str | None = None,
    own_bands: Iterable[int] | None = None,
    with_stories: bool = True,
    note: Callable[[int], None] | None = None,
) -> SaveResult:
    """Store an article once, however often and by whatever link it comes; complete the item that led to it.

    An edit becomes a revision: the old version is kept, the extraction replaced. Without an extraction the
    article is marked as skipped for its kind or its language, or else as pending; `failure` says why this
    version of the extractor gave none; `own_bands` are the `bands` of the text, where they are known. Without
    `with_stories` its events wait for the next `update_stories`. `note` gets the id of the article, to write with it
    what the caller keeps of it. Raises `DatabaseError`, or `RejectedError` where the values break a rule of the
    schema; nothing is stored then.
    """
    with store.transaction():
        known = find_article(store, article, page)
        page_id = save_page(store, page) if page else None
        stamp = {"source_id": source_id, "page_id": page_id, "run_id": run_id, "now": to_text(now)}
        article_id, outcome = _save_version(store, known, article, stamp)
        _save_links(store, article_links(article, page), article_id, now)
        events = 0
        if outcome != "unchanged" or (known and known.extracted == "pending" and (extraction or failure)):
            origin = Origin(article_id, run_id, extractor_version)
            events = save_extraction(store, article, extraction, origin, failure)
            link_copies(store, article_id, own_bands)
            if with_stories:
                update_stories(store, most=MOST_REPORTS)
        if page and page_id:
            drop_stale_pages(store, page.url, page_id)
        if item_id is not None:
            complete_item(store, item_id, article_id, now)
        if note:
            note(article_id)
    return SaveResult(article_id, outcome, events)


_INSERT = """
    insert into articles (canonical_url, url, document_id, source_id, site, title, authors, published,
                          modified, language, kind, text, text_hash, origins, first_seen, changed_at, run_id,
                          page_id)
    values (:canonical_url, :url, :document_id, :source_id, :site, :title, :authors, :published,
            :modified, :language, :kind, :text, :text_hash, :origins, :now, :now, :run_id,
            :page_id)
    returning id
"""
_KEEP_VERSION = """
    insert into article_revisions (article_id, revision, url, title, authors, published, modified, language,
                                   kind, text, text_hash, changed_at, replaced_at, run_id, page_id)
    select id, revision, url, title, authors, published, modified, language, kind,
           text, text_hash, changed_at, :now, run_id, page_id
    from articles where id = :id
"""
_REVISE = """
    update articles set revision = revision + 1, url = :url, site = :site, title = :title, authors = :authors,
        published = coalesce(:published, published), modified = coalesce(:modified, modified),
        language = :language, kind = :kind, text = :text, text_hash = :text_hash, origins = :origins,
        changed_at = :now, run_id = :run_id, page_id = :page_id
    where id = :id
"""


def _save_version(
    store: Store, known: KnownArticle | None, article: Article, stamp: dict[str, Any]
) -> tuple[int, Outcome]:
    """Store a new article, or an edit as a revision; of an unchanged one only note the page."""
    row = article_row(article) | stamp
    if known is None:
        return int(store.rows(_INSERT, row)[0]["id"]), "new"
    row["id"] = known.id
    if known.unchanged:
        store.db.execute(
            "update articles set page_id = coalesce(:page_id, page_id) where id = :id and kind = :kind", row
        )
        return known.id, "unchanged"
    store.db.execute(_KEEP_VERSION, row)
    store.db.execute(_REVISE, row)
    return known.id, "revised"


def article_row(article: Article) -> dict[str, Any]:
    """Return what an article says of itself, as the columns of `articles`."""
    return {
        "canonical_url": natural_key(article),
        "url": article.url,
        "document_id": article.id,
        "site": article.site,
        "title": article.title,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "kind": article.kind,
        "text": article.text,
        "text_hash": text_hash(article.title, article.text),
        "origins": json.dumps(article.origins, ensure_ascii=False, sort_keys=True),
    }


def _save_links(store: Store, links: list[str], article_id: int, now: datetime) -> None:
    """Note the links; one that led to another article now leads here, unless it is that article's own URL."""
    store.db.conn.executemany(
        "insert into article_urls (url, article_id, first_seen) values (?, ?, ?)"
        " on conflict (url) do update set article_id = excluded.article_id"
        " where not exists (select 1 from articles where canonical_url = excluded.url)",
        [(link, article_id, to_text(now)) for link in links],
    )


# Not where nothing changes: the index of words would be written again.
_SET_WORDS = """
    update articles set title = :title, text = :text
    where id = :id and (title is not :title or text is not :text)
"""


def save_extraction(
    store: Store, article: Article, extraction: Extraction | None, origin: Origin, failure: str | None
) -> int:
    """Replace what was extracted from an article; return the number of events.

    Title and text are stored again where they differ: the same words may come with other white space, and the spans
    count it.
    """
    store.db.execute(_SET_WORDS, {"title": article.title, "text": article.text, "id": origin.article_id})
    store.db.execute(
        "update articles set extracted = ?, extractor_version = ?, failure = ?, failed_version = ? where id = ?",
        [
            "done" if extraction else _reason(article),
            origin.extractor_version if extraction else None,
            failure,
            origin.extractor_version if failure else None,
            origin.article_id,
        ],
    )
    if extraction is None:
        remove_extraction(store, origin.article_id)
        return 0
    return replace_extraction(store, extraction, origin)


def _reason(article: Article) -> str:
    """Say why an article has no extraction."""
    if article.kind != "article":
        return "skipped: kind"
    return "pending" if is_extractable(article) else "skipped: language"
