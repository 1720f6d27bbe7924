"""The Python interface: a document in, an article or extraction out; a database opened and asked."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rigwire.documents import Document
from rigwire.model import Article, Extraction, Hints
from rigwire.serialize import records
from rigwire.stages import extract_article, read_article
from rigwire.store import Store, open_database, run_named, run_query


def parse_document(
    content: str | bytes,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    html: bool | None = None,
) -> Article:
    """Return the article of a page or text, without what is not the article.

    `html` None: HTML is told by its first character, `<`. `published` (ISO 8601), `title` and `url` count
    where the document does not say. Raises `ParseError` for what is no page and no text.
    """
    start = content.lstrip()[:1]
    is_html = start in ("<", b"<") if html is None else html
    hints = Hints(url=url, title=title, published=published)
    return read_article(Document(url or "document", content, is_html, hints))


def extract_document(
    content: str | bytes | Article,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    html: bool | None = None,
) -> Extraction:
    """Return what a page, a text or an article states; the arguments are those of `parse_document`.

    Of a page that is no article, or not in English, only the article comes back.
    """
    if not isinstance(content, Article):
        content = parse_document(content, url=url, title=title, published=published, html=html)
    return extract_article(content)


class Reading:
    """A database open for reading; a context manager."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def query(self, name_or_sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the rows of a named query (`machines-moved`) or of SQL, as dicts by column.

        Raises `UsageError` for SQL that writes, an unknown query and wrong parameters.
        """
        if is_sql(name_or_sql):
            result = run_query(self._store, name_or_sql, parameters)
        else:
            given: Mapping[str, str] = {key: str(value) for key, value in parameters.items()}
            result = run_named(self._store, name_or_sql, given, today=datetime.now(UTC).date())
        return list(records(result.columns, result.rows))

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: str | Path = "rigwire.db") -> Reading:
    """Open a database for reading. Raises `DatabaseError` where there is none, or another program's."""
    return Reading(open_database(path, readonly=True))


def is_sql(text: str) -> bool:
    """Tell SQL from the name of a query, which is one word."""
    return len(text.split()) != 1 or ";" in text
