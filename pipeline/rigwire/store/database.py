"""Opening the one SQLite file, and turning what SQLite says into words for people."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from rigwire.errors import DatabaseError, RigwireError
from rigwire.store.files import check_readable, check_writable, has_log
from rigwire.store.migrate import apply_migrations, check_ours, is_current

_ADVICE = {
    sqlite3.SQLITE_BUSY: "another process holds it locked; try again when that one has ended",
    sqlite3.SQLITE_LOCKED: "another process holds it locked; try again when that one has ended",
    sqlite3.SQLITE_READONLY: "it can't be written; check the permissions of the file and of its folder",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database; name another file with --db",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore it from a copy",
    sqlite3.SQLITE_FULL: "the disk is full; make room and run again",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; check the path and the permissions of the folder",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write; check it and restore the file from a copy",
}


# Statements kept compiled, and KiB of pages kept in memory, of a connection that writes: storing has more of both than
# the defaults (128, and 2,000) hold.
_STATEMENTS = 512
_CACHE_KIB = 16_000

# What SQLite says where it may not make the side files of WAL.
_NO_SIDE_FILES = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class RejectedError(RigwireError):
    """Values that break a rule of the schema, such as an unknown status. Nothing was stored."""


class Store:
    """An open database. `db` is the `sqlite_utils.Database`; leaving the store's `with` block closes it."""

    def __init__(self, path: Path, db: Database, *, readonly: bool) -> None:
        self.path = path
        self.db = db
        self.readonly = readonly
        self._lacks_a_part = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Wrap writes in one `BEGIN IMMEDIATE` transaction; inside an open one, be part of that.

        What a part that failed has written can't be taken back alone, so the whole is refused, whoever caught the
        error. Raises `DatabaseError` where the file can't be written, `RejectedError` where values break the schema.
        """
        connection: sqlite3.Connection = self.db.conn
        with explained(self.path):
            if connection.in_transaction:
                try:
                    yield
                except BaseException:
                    self._lacks_a_part = True
                    raise
                return
            connection.execute("begin immediate")
            self._lacks_a_part = False
            try:
                yield
                if self._lacks_a_part:
                    raise RejectedError(f"{self.path}: not stored, a part of what belongs together was refused")
                connection.execute("commit")
            except BaseException:
                connection.rollback()
                raise

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a trusted statement as dicts. Raises as `transaction` does."""
        connection: sqlite3.Connection = self.db.conn
        with explained(self.path):
            cursor = connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def open_database(path: str | Path, *, readonly: bool = False, timeout: float = 5.0) -> Store:
    """Open the database at `path`; unless `readonly`, create it and bring its schema up to date.

    `timeout` is how many seconds to wait for another process that writes. Raises `DatabaseError` when the
    file is missing (read-only), no database, another program's, damaged, of a newer schema, locked or not
    accessible.
    """
    path = Path(path)
    if readonly:
        check_readable(path)
    else:
        check_writable(path)
    with explained(path):
        db = _connect_readonly(path, timeout) if readonly else _connect(path, timeout)
        try:
            _prepare(db, path, readonly=readonly, timeout=timeout)
        except BaseException:
            db.close()
            raise
    return Store(path, db, readonly=readonly)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise every SQLite error of the block as a `DatabaseError` or `RejectedError` about `path`."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise RejectedError(f"{path}: not stored, the values break a rule of the schema: {error}") from error
    except UnicodeEncodeError as error:
        raise RejectedError(f"{path}: not stored, the text has half of a character: {error}") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise DatabaseError(f"{path}: {_ADVICE.get(code, str(error))}") from error


def _connect(path: Path, timeout: float) -> Database:
    return _wrap(sqlite3.connect(path, timeout=timeout, isolation_level=None, cached_statements=_STATEMENTS))


def _connect_readonly(path: Path, timeout: float) -> Database:
    """Open without any write; where the folder forbids even SQLite's side files, take the file as it is."""
    uri = path.absolute().as_uri()
    try:
        connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=timeout, isolation_level=None)
        connection.execute("select 1 from sqlite_master")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NO_SIDE_FILES or has_log(path):
            raise
        connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute("pragma query_only = on")
    return _wrap(connection)


def _wrap(connection: sqlite3.Connection) -> Database:
    connection.execute("pragma foreign_keys = on")
    return Database(connection, execute_plugins=False)


def _prepare(db: Database, path: Path, *, readonly: bool, timeout: float) -> None:
    """Check that the file is ours and, unless read-only, that it is up to date and in WAL mode."""
    check_ours(db, path)
    if readonly:
        if not is_current(db):
            raise DatabaseError(
                f"{path}: its schema is older than this rigwire; `rigwire run` brings it up to date"
            )
        return
    if not is_current(db):
        db.execute("begin immediate")
        try:
            check_ours(db, path)
            apply_migrations(db)
            db.execute("commit")
        except BaseException:
            db.conn.rollback()
            raise
    _use_wal(db, timeout)
    db.execute("pragma synchronous = normal")
    db.execute(f"pragma cache_size = -{_CACHE_KIB}")


def _use_wal(db: Database, timeout: float) -> None:
    """Switch to WAL once; SQLite does not wait for other processes here, so this does."""
    deadline = time.monotonic() + timeout
    while db.execute("pragma journal_mode").fetchone()[0] != "wal":
        try:
            db.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
