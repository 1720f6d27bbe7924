"""Databases as earlier versions of rigwire left them."""

import sqlite3
from pathlib import Path

from rigwire.store.migrate import APPLICATION_ID, split_statements

ROWS = Path(__file__).parent / "store" / "old_rows.sql"
MIGRATIONS = sorted((Path(split_statements.__code__.co_filename).parent / "migrations").glob("*.sql"))


def make_old(path: Path, last: str) -> None:
    """Make a database as the version whose last migration that is left it, with rows of its time."""
    connection = sqlite3.connect(path)
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(
        "create table _sqlite_migrations (id integer primary key, migration_set text, name text, applied_at text)"
    )
    for file in MIGRATIONS:
        if file.stem == "0004_failures":
            connection.executescript(ROWS.read_text(encoding="utf-8"))
        if file.stem > last:
            break
        for statement in split_statements(file.read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('rigwire', ?, '2023-05-04')",
            [file.stem],
        )
    connection.commit()
    connection.close()
