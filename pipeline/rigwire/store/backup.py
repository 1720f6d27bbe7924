"""A copy of the database while others write: what was committed when it began, whole."""

import os
import sqlite3
from pathlib import Path

from rigwire.errors import DatabaseError, UsageError
from rigwire.store.database import Store, explained


def back_up(store: Store, target: Path, *, overwrite: bool = False) -> int:
    """Copy the open database to `target`; return the size in bytes. Writers are not held up.

    The copy is one file without a log beside it. It appears under its name when it is whole. Raises `UsageError` for a
    target that exists or can't be written, `DatabaseError`.
    """
    if target.exists() and (not overwrite or target.resolve() == store.path.resolve()):
        raise UsageError(f"{target} exists; name another file" + ("" if overwrite else " or give --overwrite"))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with explained(store.path):
            _copy(store, part)
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{target}: can't be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(store: Store, part: Path) -> None:
    """Copy in one step, in which the source stands still for the copy alone, and see that the copy is sound."""
    try:
        copy = sqlite3.connect(part)
    except sqlite3.OperationalError:
        raise UsageError(f"{part.parent}: no file can be made there; check the folder and its permissions") from None
    try:
        store.db.conn.backup(copy)
        copy.execute("pragma journal_mode = delete")
        if copy.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise DatabaseError(f"{store.path}: its copy is damaged; `rigwire check` says more")
    finally:
        copy.close()
