"""A database of every earlier schema is brought up to date, once, whoever opens it, with all that was in it."""

import multiprocessing
import multiprocessing.synchronize
from pathlib import Path

import pytest

from old_databases import MIGRATIONS, make_old
from rigwire.store import catch_up, check_database, open_database

OLD = [file.stem for file in MIGRATIONS if file.stem >= "0003"]


@pytest.mark.parametrize("last", OLD)
def test_old_database_is_brought_up_to_date_with_its_rows(tmp_path: Path, last: str) -> None:
    make_old(tmp_path / "old.db", last)
    with open_database(tmp_path / "old.db") as store:
        catch_up(store)
        (fact,) = store.rows("select company, place, value, words, event_key from facts")
        assert list(fact.values())[:4] == ["Halcyon Rigs", "Iceland", 4200.0, "4,200 miners"]
        assert len(fact["event_key"]) == 16
        assert store.rows("select * from fact_rows") == store.rows("select * from fact_sources")
        assert [row["machines"] for row in store.rows("select machines from stories")] == [4200.0]
        assert store.rows("select day from events") == [{"day": "2023-05-03"}]
        assert [found for _, findings in check_database(store) for found in findings] == []
    with open_database(tmp_path / "new.db") as new, open_database(tmp_path / "old.db", readonly=True) as old:
        sql = "select type, name, sql from sqlite_master where name not like '%sqlite_%' order by name"
        assert old.rows(sql) == new.rows(sql)


def _open(path: Path, barrier: multiprocessing.synchronize.Barrier) -> None:
    barrier.wait()
    open_database(path, timeout=60).close()


def test_two_processes_that_start_at_once_migrate_it_once(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    make_old(path, OLD[0])
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    workers = [context.Process(target=_open, args=(path, barrier)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    with open_database(path, readonly=True) as store:
        assert [row["n"] for row in store.rows("select count(*) as n from _sqlite_migrations")] == [len(MIGRATIONS)]
        assert store.rows("select value from facts") == [{"value": 4200.0}]
