"""Which stored article a document is: by canonical URL, by a known link, by its words on the same site."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rigwire.model import Article, Page
from rigwire.resemblance import split_words
from rigwire.store.database import Store
from rigwire.urls import site_host

_SAME_STORY = 0.5
_MIN_WORDS = 60


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """A stored article. `unchanged` is true when its words are those of the document that was asked about.

    `failed_version` is the extractor that could not say what it states, where one tried in vain.
    """

    id: int
    revision: int
    unchanged: bool
    extracted: str
    extractor_version: str | None
    failed_version: str | None

    def lacks_facts(self, version: str) -> bool:
        """Tell whether this version of the extractor has still to say what the article states."""
        return self.extracted == "pending" and self.failed_version != version


@lru_cache(maxsize=4)  # an article without an address is known by it, and that is asked for at every step
def text_hash(title: str | None, text: str) -> str:
    """Return the SHA-256 of the words of title and text; white space, case, dashes and quotes don't count."""
    words = "\n".join(" ".join(split_words(part)) for part in (title or "", text))
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()


def natural_key(article: Article) -> str:
    """Return the URL that identifies an article, or `urn:sha256:…` of its words where it has none."""
    return article.canonical_url or article.url or f"urn:sha256:{text_hash(article.title, article.text)}"


def article_links(article: Article, page: Page | None) -> list[str]:
    """Return every URL of the article, the identifying one first."""
    fetched = (page.url, page.final_url) if page else ()
    return list(dict.fromkeys(link for link in (natural_key(article), article.url, *fetched) if link))


def find_article(store: Store, article: Article, page: Page | None = None) -> KnownArticle | None:
    """Return the stored article that this document, read from `page`, is; None where it is new.

    A link that was met before counts only if the text is still that story: some links, such as a front page's
    "latest", lead elsewhere every day.
    """
    words = text_hash(article.title, article.text)
    key, *others = article_links(article, page)
    candidates = (
        _by_links(store, [key])
        or _same_story(_by_links(store, others), article)
        or _by_words(store, article, words)
    )
    return _known(candidates[0], article, words) if candidates else None


def _known(row: dict[str, Any], article: Article, words: str) -> KnownArticle:
    """A wall or error page in front of a stored article is no edit of it; a date that was missing is one."""
    is_wall = row["kind"] == "article" and article.kind != "article"
    is_undated = row["published"] is None and article.published is not None
    unchanged = is_wall or (row["text_hash"] == words and not is_undated)
    return KnownArticle(
        row["id"], row["revision"], unchanged, row["extracted"], row["extractor_version"], row["failed_version"]
    )


def _by_links(store: Store, links: list[str]) -> list[dict[str, Any]]:
    if not links:
        return []
    marks = ", ".join("?" * len(links))
    return store.rows(
        "select articles.* from article_urls join articles on articles.id = article_urls.article_id"
        f" where article_urls.url in ({marks}) order by articles.id",
        links,
    )


def _same_story(rows: Iterable[dict[str, Any]], article: Article) -> list[dict[str, Any]]:
    """Return the rows whose distinct words are mostly those of the article (Jaccard index)."""
    new = set(split_words(article.text))
    kept = []
    for row in rows:
        old = set(split_words(row["text"]))
        if len(old & new) >= _SAME_STORY * len(old | new):
            kept.append(row)
    return kept


def _by_words(store: Store, article: Article, words: str) -> list[dict[str, Any]]:
    """Return the articles of the same site with the very same words: one page under two links, or on a mobile host."""
    host = site_host(natural_key(article))
    if not host or article.kind != "article" or len(split_words(article.text)) < _MIN_WORDS:
        return []
    rows = store.rows("select * from articles where text_hash = ? order by id", [words])
    return [row for row in rows if site_host(row["canonical_url"]) == host]
