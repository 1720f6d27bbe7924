"""Is the file sound? Integrity, references, offsets that give back their words, the full-text index."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rigwire.store.database import Store, explained

_RESTORE = "restore the file from a copy that `rigwire backup` made"
_REREAD = "`rigwire reextract --where \"id = {id}\"` reads that article again"
# Table, its words, and how it leads to the article.
_SPANS = (
    ("mentions", "text", "mentions.article_id"),
    ("dates", "text", "dates.article_id"),
    ("events", "quote", "events.article_id"),
    ("quantities", "text", "(select article_id from events where events.id = quantities.event_id)"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and what to do about it."""

    check: str
    problem: str
    advice: str


def check_database(store: Store) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the name of each check with what it found, as soon as it is done. Raises `DatabaseError`."""
    checks: dict[str, Callable[[Store], list[Finding]]] = {
        "integrity": _integrity,
        "references": _references,
        "offsets": _offsets,
        "full-text index": _search_index,
        "corrections": _corrections,
    }
    for name, check in checks.items():
        with explained(store.path):
            yield name, check(store)


def repair_database(store: Store) -> None:
    """Make the full-text index anew from the articles. Raises `DatabaseError`."""
    with store.transaction():
        store.db.execute("insert into articles_fts (articles_fts) values ('rebuild')")


def _integrity(store: Store) -> list[Finding]:
    lines = [row["integrity_check"] for row in store.rows("pragma integrity_check(10)")]
    return [Finding("integrity", line, _RESTORE) for line in lines if line != "ok"]


def _references(store: Store) -> list[Finding]:
    rows = store.rows(
        'select "table", parent, count(*) as n from pragma_foreign_key_check group by "table", parent order by 1, 2'
    )
    problem = "{n} rows of {table} name a row of {parent} that is missing"
    return [Finding("references", problem.format_map(row), _RESTORE) for row in rows]


def _offsets(store: Store) -> list[Finding]:
    found = []
    for table, words, article in _SPANS:
        (row,) = store.rows(
            f"select count(*) as n, min(articles.id) as id from {table} join articles on articles.id = {article}"
            f" where span_start is not null and {table}.{words} is not"
            " substr(articles.text, span_start + 1, span_end - span_start)"
        )
        if row["n"]:
            problem = f"{row['n']} rows of {table} have other words than their place in the text; the first in article"
            found.append(Finding("offsets", f"{problem} {row['id']}", _REREAD.format(id=row["id"])))
    return found


def _search_index(store: Store) -> list[Finding]:
    try:
        store.db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CORRUPT_VTAB:
            raise
        advice = "`rigwire check --repair` makes the index anew"
        return [Finding("full-text index", "it is not in step with the articles", advice)]
    return []


def _corrections(store: Store) -> list[Finding]:
    (row,) = store.rows("select count(*) as n from corrections where is_lost")
    if not row["n"]:
        return []
    problem = f"{row['n']} corrections have no effect: their words are no longer in the article"
    return [Finding("corrections", problem, "`rigwire correct list` shows them, `rigwire correct undo` removes one")]
