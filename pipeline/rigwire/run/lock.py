"""Locks beside the database: one job of a kind at a time. The kernel frees the lock of one that is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rigwire.errors import DatabaseError, RigwireError

FETCH_SECONDS = 1_200.0


@contextmanager
def locked(database: Path, name: str = "", *, seconds: float = 0) -> Iterator[bool]:
    """Yield whether this process holds the lock `name` of a database, waiting for it as long as `seconds`.

    Raises `DatabaseError` where the folder does not allow a lock.
    """
    suffix = f".{name}.lock" if name else ".lock"
    path = database.resolve().with_name(f"{database.resolve().name}{suffix}")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        yield False
        return
    except OSError as error:
        raise DatabaseError(
            f"{path}: can't be locked ({error.strerror}); check the permissions of the folder"
        ) from None
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def fetching(database: Path) -> Iterator[None]:
    """Be the only one that fetches for a database: two at once would not keep the delay between requests.

    Raises `RigwireError` where another holds the turn for too long.
    """
    with locked(database, "fetch", seconds=FETCH_SECONDS) as is_mine:
        if not is_mine:
            minutes = f"{FETCH_SECONDS / 60:.0f} minutes"
            raise RigwireError(f"{database}: another process has been fetching for {minutes}; end it or try again")
        yield
