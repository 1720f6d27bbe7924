"""The schema: SQL files that are applied once each, in the order of their names, never back."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

from rigwire.errors import DatabaseError

APPLICATION_ID = 0x52494757  # "RIGW": how the `file` command and rigwire know a database of rigwire
_FOLDER = Path(__file__).parent / "migrations"


def apply_migrations(db: Database) -> None:
    """Apply what is missing, in the caller's `BEGIN IMMEDIATE` transaction: so two processes don't race."""
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    _known().apply(db)


def is_current(db: Database) -> bool:
    """Return whether the database has every migration that this version knows."""
    return not _known().pending(db)


def check_ours(db: Database, path: Path) -> None:
    """Raise `DatabaseError` when the file is another program's or a newer rigwire's. An empty one is ours."""
    # In this order: tables and number come in one transaction, so who sees tables of ours sees the number after them.
    is_empty = not db.execute("select count(*) from sqlite_master").fetchone()[0]
    application_id = db.execute("pragma application_id").fetchone()[0]
    if application_id != APPLICATION_ID and not (application_id == 0 and is_empty):
        raise DatabaseError(f"{path}: this SQLite file belongs to another program; name another with --db")
    migrations = _known()
    unknown = {done.name for done in migrations.applied(db)} - {name for name, _ in _files()}
    if unknown:
        raise DatabaseError(
            f"{path}: written by a newer rigwire ({max(unknown)}); upgrade with `pip install -U rigwire`"
        )


def _known() -> Migrations:
    migrations = Migrations("rigwire")
    for name, sql in _files():
        migrations(name=name)(_step(sql))
    return migrations


def _files() -> Iterator[tuple[str, str]]:
    for file in sorted(_FOLDER.glob("*.sql")):
        yield file.stem, file.read_text(encoding="utf-8")


def _step(sql: str) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        for statement in split_statements(sql):
            db.execute(statement)

    return step


def split_statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script, which end where a line does. `executescript` would commit first."""
    lines: list[str] = []
    for line in sql.splitlines(keepends=True):
        lines.append(line)
        statement = "".join(lines)
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            lines = []
    if "".join(lines).strip():
        raise ValueError(f"a migration ends inside a statement: {''.join(lines)[:60]!r}")
