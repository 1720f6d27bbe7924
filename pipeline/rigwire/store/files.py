"""What a database file looks like from outside, before SQLite opens it."""

import os
from pathlib import Path

from rigwire.errors import DatabaseError

_MAGIC = b"SQLite format 3\0"
_HEADER_LENGTH = 100


def check_readable(path: Path) -> None:
    """Raise `DatabaseError` unless `path` is a SQLite file that can be read."""
    if not path.exists():
        raise DatabaseError(f"{path}: no such database; `rigwire run` creates it, --db names another")
    _check_file(path)
    if path.stat().st_size == 0:
        raise DatabaseError(f"{path}: the file is empty; `rigwire run` fills it, --db names another")


def check_writable(path: Path) -> None:
    """Raise `DatabaseError` unless `path` is a SQLite file, or nothing yet, where one can be written."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseError(f"{path}: there is no folder {folder}; create it or name another file with --db")
    if path.exists():
        _check_file(path)
    if not os.access(path if path.exists() else folder, os.W_OK) or not os.access(folder, os.W_OK):
        raise DatabaseError(
            f"{path}: it can't be written; check the permissions of the file and of its folder"
        )


def has_log(path: Path) -> bool:
    """Return whether a log with content lies beside the database: what it holds is not all in the file."""
    return any(_size(path.with_name(path.name + suffix)) for suffix in ("-wal", "-journal"))


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise DatabaseError(f"{path}: this is a folder; name a file in it with --db")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_LENGTH)
    except OSError as error:
        raise DatabaseError(f"{path}: it can't be read ({error.strerror}); check its permissions") from error
    if header and not header.startswith(_MAGIC):
        raise DatabaseError(f"{path}: it is no SQLite database; name another file with --db")
    # The size comes last: another process may have been writing while the header was read.
    if header and not has_log(path) and _size(path) < _stated_size(header):
        raise DatabaseError(f"{path}: the file is damaged, its end is missing; restore it from a copy")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _stated_size(header: bytes) -> int:
    """Return the file's size in bytes by its header, 0 where unknown (https://sqlite.org/fileformat2.html#1.3)."""
    if len(header) < _HEADER_LENGTH:
        return _HEADER_LENGTH
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    is_valid = header[24:28] == header[92:96]
    return (65536 if page_size == 1 else page_size) * pages if is_valid else 0
