"""Reading the database: named queries, SQL of one's own that can't write, full-text search."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any

from rigwire.errors import UsageError
from rigwire.store.database import Store, explained
from rigwire.store.named import named_queries

# What a statement may do; https://sqlite.org/c3ref/c_alter_table.html lists all actions.
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
# Pragmas that only read in every form; full-text search itself needs data_version.
_READING_PRAGMAS = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "compile_options", "data_version", "function_list",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The names of the columns, and the rows, which are read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class _Bindings(dict[str, Any]):
    """Parameters that know which of them a statement took."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.taken: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        self.taken.add(name)
        return value


def run_named(
    store: Store, name: str, given: Mapping[str, str], *, today: date, limit: int | None = None
) -> QueryResult:
    """Run a shipped query, its parameters as text; `UsageError` for an unknown query or a wrong parameter."""
    queries = named_queries()
    if name not in queries:
        near = get_close_matches(name, queries, n=1)
        hint = f"did you mean {near[0]}?" if near else "`rigwire query --list` shows all"
        raise UsageError(f"there is no query named {name}; {hint}")
    return run_query(store, queries[name].sql, queries[name].bind(given, today), limit)


def run_query(
    store: Store, sql: str, params: Mapping[str, Any] | None = None, limit: int | None = None
) -> QueryResult:
    """Run one statement that only reads, with its `:name` parameters; at most `limit` rows.

    Raises `UsageError` for a statement that writes, attaches or sets something, for several statements, for
    wrong SQL and for parameters that don't fit; `DatabaseError` where the file can't be read.
    """
    bindings = _Bindings(params or {})
    with explained(store.path):
        cursor = _execute(store, sql, bindings)
    if cursor.description is None:
        raise UsageError("this SQL returns no rows; a query is one statement that starts with select or with")
    if unknown := sorted(set(bindings) - bindings.taken):
        raise UsageError(f"the query has no parameter :{unknown[0]}")
    columns = tuple(column[0] for column in cursor.description)
    return QueryResult(columns, islice(_rows(store, cursor), limit))


_SEARCH = """
    select
        articles.id as article_id, articles.title, articles.published_day,
        coalesce(sources.name, articles.site) as source,
        snippet(articles_fts, 1, :before, :after, ' … ', 40) as snippet
    from articles_fts
    join articles on articles.id = articles_fts.rowid
    left join sources on sources.id = articles.source_id
    where articles_fts match :words
    order by articles_fts.rank limit :limit
"""


def search_articles(
    store: Store, words: str, limit: int = 20, marks: tuple[str, str] = ("", "")
) -> list[dict[str, Any]]:
    """Return the articles that have all the words, the best first; quotes hold a phrase together.

    The dicts have the keys `article_id`, `title`, `published_day`, `source` and `snippet`, a passage of the text in
    which `marks` stand before and after the words that were found.
    """
    quoted = store.db.quote_fts(words)
    if not quoted:
        return []
    with explained(store.path):
        return store.rows(_SEARCH, {"words": quoted, "before": marks[0], "after": marks[1], "limit": limit})


def _execute(store: Store, sql: str, bindings: _Bindings) -> sqlite3.Cursor:
    connection: sqlite3.Connection = store.db.conn
    denied: list[str] = []
    connection.set_authorizer(_authorizer(denied))
    try:
        return connection.execute(sql, bindings)
    except sqlite3.Error as error:
        if denied:
            raise UsageError(f"a query only reads, but this SQL would {denied[0]}") from error
        raise _usage_error(error) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise UsageError(f"the query can't be run: {error}") from error
    finally:
        connection.set_authorizer(None)


def _authorizer(denied: list[str]) -> Any:
    """Return the callback that SQLite asks before a statement runs; what it refuses is noted in `denied`."""

    def authorize(action: int, name: str | None, *_: str | None) -> int:
        is_reading_pragma = action == sqlite3.SQLITE_PRAGMA and (name or "").lower() in _READING_PRAGMAS
        # SQLite asks this alone to connect json_each or full-text search; it refuses the statement itself.
        is_connecting = action == sqlite3.SQLITE_UPDATE and name == "sqlite_master"
        if action in _READING or is_reading_pragma or is_connecting:
            return sqlite3.SQLITE_OK
        denied.append(_describe(action, name))
        return sqlite3.SQLITE_DENY

    return authorize


_ACTIONS = {
    sqlite3.SQLITE_INSERT: "insert into",
    sqlite3.SQLITE_UPDATE: "update",
    sqlite3.SQLITE_DELETE: "delete from",
    sqlite3.SQLITE_ATTACH: "attach",
    sqlite3.SQLITE_DETACH: "detach",
    sqlite3.SQLITE_PRAGMA: "use the pragma",
    sqlite3.SQLITE_TRANSACTION: "control a transaction:",
    sqlite3.SQLITE_SAVEPOINT: "control a savepoint:",
}


def _describe(action: int, name: str | None) -> str:
    # SQLite first asks to write its table of the schema for every kind of create, alter and drop.
    if (name or "").startswith("sqlite_"):
        return "change the schema"
    return f"{_ACTIONS.get(action, 'change')} {name or 'the database'}"


def _usage_error(error: sqlite3.Error) -> Exception:
    """Tell the mistakes of a query from the troubles of the file, which go on as they are."""
    if isinstance(error, (sqlite3.ProgrammingError, sqlite3.Warning, sqlite3.InterfaceError)):
        return UsageError(f"the query can't be run: {error}")
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH):
        return UsageError(f"wrong SQL: {error}")
    return error


def _rows(store: Store, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    with explained(store.path):
        try:
            yield from iter(cursor.fetchone, None)  # a cursor would be closed, perhaps after its database
        except sqlite3.Error as error:
            raise _usage_error(error) from error
