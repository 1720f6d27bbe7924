"""Opening the database: what is created, what is refused, and that a refused file stays as it was."""

import multiprocessing
import multiprocessing.synchronize
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_builders import NOW, article, extraction, save

from rigwire.errors import DatabaseError
from rigwire.store import RejectedError, Store, begin_run, open_database


def test_new_file_has_strict_tables_wal_and_foreign_keys(store: Store) -> None:
    loose = store.rows(
        "select name from pragma_table_list where type = 'table' and schema = 'main' and not strict"
        " and name not like 'sqlite_%' and name not like 'articles_fts%'"
    )
    assert loose == [{"name": "_sqlite_migrations"}]
    assert store.rows("pragma journal_mode") == [{"journal_mode": "wal"}]
    assert store.rows("pragma foreign_keys") == [{"foreign_keys": 1}]
    assert store.rows("pragma application_id") == [{"application_id": 0x52494757}]


def test_every_foreign_key_has_an_index(store: Store) -> None:
    """Otherwise deleting an article would read whole tables."""
    missing = []
    for table in store.db.table_names():
        leading = {index.columns[0] for index in store.db.table(table).indexes}
        leading |= set(store.db.table(table).pks[:1])
        missing += [
            (table, key.column) for key in store.db.table(table).foreign_keys if key.column not in leading
        ]
    assert missing == []


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.db") as store:
        before = store.rows("select type, name, sql from sqlite_master order by name")
        applied = store.rows("select * from _sqlite_migrations")
    with open_database(tmp_path / "a.db") as store:
        assert store.rows("select type, name, sql from sqlite_master order by name") == before
        assert store.rows("select * from _sqlite_migrations") == applied


def test_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with open_database(path) as store:
        assert begin_run(store, "run", "1", NOW) == 1


def _open_and_write(path: Path, barrier: multiprocessing.synchronize.Barrier) -> None:
    barrier.wait()
    with open_database(path, timeout=30) as store:
        begin_run(store, "run", "1", NOW)


def test_four_processes_create_one_file_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(4)
    path = tmp_path / "shared.db"
    workers = [context.Process(target=_open_and_write, args=(path, barrier)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    with open_database(path, readonly=True) as store:
        assert store.rows("select count(*) as n from runs") == [{"n": 4}]
        assert store.rows("select name from _sqlite_migrations group by name having count(*) > 1") == []


@pytest.mark.parametrize("moment", range(1, 12))
def test_database_that_another_process_makes_meanwhile_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """The other one comes before each of the first statements by turns, the last of them `begin immediate`."""
    path = tmp_path / "shared.db"
    connect = sqlite3.connect
    seen: list[str] = []

    def make_it(statement: str) -> None:
        seen.append(statement)
        if len(seen) == moment:
            open_database(path).close()

    def watched(*args: Any, **options: Any) -> sqlite3.Connection:
        monkeypatch.setattr(sqlite3, "connect", connect)
        connection = connect(*args, **options)
        connection.set_trace_callback(make_it)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    with open_database(path) as store:
        assert begin_run(store, "run", "1", NOW) == 1
    assert len(seen) > moment


def _plain_text(path: Path) -> None:
    path.write_text("name,value\n" * 40)


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table bookmarks (url text)")
    connection.close()


def _foreign_with_id(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("pragma application_id = 252006674")
    connection.execute("vacuum")
    connection.close()


def _truncated(path: Path) -> None:
    open_database(path).close()
    path.write_bytes(path.read_bytes()[: 3 * 4096])


def _scrambled(path: Path) -> None:
    open_database(path).close()
    path.write_bytes(path.read_bytes()[:200] + os.urandom(path.stat().st_size - 200))


def _newer(path: Path) -> None:
    with open_database(path) as store:
        store.db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
            ["rigwire", "9999_from_the_future", "2030-01-01"],
        )


REFUSED = [
    (_plain_text, "no SQLite database"),
    (_foreign, "another program"),
    (_foreign_with_id, "another program"),
    (_truncated, "its end is missing"),
    (_scrambled, "damaged"),
    (_newer, "newer rigwire"),
]


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize(("make", "reason"), REFUSED, ids=[make.__name__ for make, _ in REFUSED])
def test_unfit_file_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], reason: str, readonly: bool
) -> None:
    path = tmp_path / "unfit.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=reason) as caught:
        open_database(path, readonly=readonly)
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("readonly", [False, True])
def test_folder_is_refused(tmp_path: Path, readonly: bool) -> None:
    with pytest.raises(DatabaseError, match="this is a folder"):
        open_database(tmp_path, readonly=readonly)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="there is no folder"):
        open_database(tmp_path / "none" / "a.db")


def test_readonly_never_creates(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        open_database(tmp_path / "a.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_readonly_refuses_an_older_schema(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_database(path) as store:
        store.db.execute("drop view latest_articles")
        store.db.execute("delete from _sqlite_migrations where name = '0003_views'")
    with pytest.raises(DatabaseError, match="older than this rigwire"):
        open_database(path, readonly=True)


def test_readonly_store_does_not_write(tmp_path: Path) -> None:
    open_database(tmp_path / "a.db").close()
    with open_database(tmp_path / "a.db", readonly=True) as store:
        with pytest.raises(DatabaseError, match="can't be written"):
            begin_run(store, "run", "1", NOW)
        assert store.rows("select * from runs") == []


def test_readonly_sees_what_another_process_writes(tmp_path: Path) -> None:
    with (
        open_database(tmp_path / "a.db") as writer,
        open_database(tmp_path / "a.db", readonly=True) as reader,
    ):
        begin_run(writer, "run", "1", NOW)
        assert reader.rows("select count(*) as n from runs") == [{"n": 1}]


def test_locked_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_database(path) as holder, open_database(path, timeout=0.05) as store:
        holder.db.execute("begin immediate")
        with pytest.raises(DatabaseError, match="another process holds it locked"):
            begin_run(store, "run", "1", NOW)
        holder.db.execute("rollback")
        assert begin_run(store, "run", "1", NOW) == 1


def test_new_file_that_another_process_locks_says_so(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    holder.execute("begin exclusive")
    with pytest.raises(DatabaseError, match="another process holds it locked"):
        open_database(tmp_path / "a.db", timeout=0.05)
    holder.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and POSIX permissions")
@pytest.mark.parametrize("readonly", [False, True])
def test_folder_without_write_permission(readonly: bool) -> None:
    """Reading works there, writing is refused in one line; a child process gives up root's rights to try."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.db"
        with open_database(path) as store:
            save(store, article(), extraction())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        child = os.fork()
        if child == 0:
            os._exit(_open_unprivileged(path, readonly=readonly))
        _, status = os.waitpid(child, 0)
        path.parent.chmod(0o700)
        assert os.waitstatus_to_exitcode(status) == 0
        assert [file.name for file in path.parent.iterdir()] == ["a.db"]


def _open_unprivileged(path: Path, *, readonly: bool) -> int:
    try:
        if os.getuid() == 0:
            os.setuid(65534)
        with open_database(path, readonly=readonly) as store:
            return 0 if readonly and store.rows("select count(*) as n from articles") == [{"n": 1}] else 1
    except DatabaseError as error:
        return 0 if not readonly and "can't be written" in str(error) else 2
    except BaseException:
        return 3


def test_failed_transaction_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.transaction():
            begin_run(store, "run", "1", NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()
    assert store.rows("select * from runs") == []


def test_values_against_the_schema_are_rejected(store: Store) -> None:
    with pytest.raises(RejectedError, match="break a rule of the schema") as caught:
        save(store, article(kind="poem"), None)
    assert caught.value.exit_code == 1
    assert store.rows("select * from articles") == []
