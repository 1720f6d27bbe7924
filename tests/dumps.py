"""What a database states, without run ids, times and surrogate keys: what two ways to the same rows must agree on."""

import sqlite3
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

# Run ids, times and surrogate keys are what may differ.
VOLATILE = {
    "id", "run_id", "first_seen", "changed_at", "replaced_at", "updated_at", "fetched_at", "expires_at",
    "declared_at", "last_fetch", "last_success", "last_error_at", "last_new_item_at", "next_due",
    "next_attempt", "headers", "read_at", "neighbourhood",
}  # fmt: skip
LEFT_OUT = {"runs"}


def dump(path: Path) -> dict[str, Counter[Any]]:
    """Return the rows of every table without what is volatile, each reference as the row that it leads to."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
    tables = [name for name in names if not name.startswith(("sqlite_", "_")) and "_fts" not in name]

    @cache
    def references(table: str) -> dict[str, tuple[str, str]]:
        rows = db.execute(f"pragma foreign_key_list({table})").fetchall()
        return {row["from"]: (row["table"], row["to"] or "id") for row in rows}

    @cache
    def referred(table: str, key: str, value: Any) -> Any:
        return describe(table, db.execute(f"select * from {table} where {key} = ?", [value]).fetchone())

    def describe(table: str, row: sqlite3.Row) -> Any:
        described = []
        for column in row.keys():  # noqa: SIM118
            if column in VOLATILE or column.endswith("_run_id"):
                continue
            value = row[column]
            if column in references(table) and value is not None:
                value = referred(*references(table)[column], value)
            described.append((column, value))
        return tuple(described)

    found = {
        table: Counter(describe(table, row) for row in db.execute(f"select * from {table}"))
        for table in tables
        if table not in LEFT_OUT
    }
    db.close()
    return found
