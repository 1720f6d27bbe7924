"""SQL of one's own: it reads, whatever it says; and the words of users in full-text search."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from store_builders import TEXT, article, event, extraction, machines, save, save_events

from rigwire.errors import DatabaseError, UsageError
from rigwire.store import Store, open_database, run_query, search_articles

WRITES = [
    "delete from events",
    "DELETE FROM events RETURNING id",
    "with old as (select id from events) delete from events where id in (select id from old)",
    "with x as (select 1) insert into robots select 'a', 'b', 'c', 'd' from x",
    "update articles set title = 'x'",
    "update sqlite_master set sql = ''",
    "delete from sqlite_master",
    "replace into robots values ('a', 'b', 'c', 'd')",
    "insert into articles_fts (articles_fts) values ('rebuild')",
    "drop table events",
    "drop view facts",
    "alter table events add column x text",
    "create table t (x)",
    "create temp table t (x)",
    "create view v as select 1",
    "create trigger t after insert on runs begin select 1; end",
    "create virtual table t using fts5 (x)",
    "explain delete from events",
    "analyze",
    "reindex",
    "vacuum",
    "vacuum into 'copy.db'",
    "attach 'other.db' as other",
    "detach main",
    "begin",
    "begin immediate",
    "commit",
    "savepoint s",
    "pragma journal_mode = delete",
    "pragma journal_mode",
    "pragma query_only = off",
    "pragma user_version = 7",
    "pragma writable_schema = on",
    "pragma foreign_keys = off",
    "pragma wal_checkpoint(truncate)",
    "select load_extension('evil')",
    "select 1; delete from events",
    "select 1; select 2",
    "/* select */ delete from events",
    "",
    "-- only a comment",
]


@pytest.fixture
def filled(store: Store) -> Store:
    """A database with one article."""
    save(store, article(), extraction())
    return store


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("sql", WRITES)
def test_sql_that_does_more_than_read_is_refused(
    filled: Store, sql: str, readonly: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = list(filled.db.conn.iterdump())
    files = sorted(tmp_path.iterdir())
    with open_database(filled.path, readonly=readonly) as store:
        with pytest.raises(UsageError) as caught:
            list(run_query(store, sql).rows)
        assert caught.value.exit_code == 2
        assert "\n" not in str(caught.value)
        assert not store.db.conn.in_transaction
    assert list(filled.db.conn.iterdump()) == before
    assert sorted(tmp_path.iterdir()) == files


def test_statement_that_rigwire_ran_itself_is_refused_all_the_same(store: Store) -> None:
    """The driver keeps prepared statements; one from before must not slip past the check."""
    sql = "delete from robots"
    store.db.execute(sql)
    store.rows("select 1")
    with pytest.raises(UsageError, match="would delete from robots"):
        run_query(store, sql)
    store.db.execute(sql)


READS = [
    ("select type from events order by id limit 1", [("delivery",)]),
    ("SELECT count(*) FROM facts;", [(3,)]),
    ("with x as (select 2 as n) select n from x -- two", [(2,)]),
    ("values (1, 'a')", [(1, "a")]),
    ("with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select max(i) from n",
     [(3,)]),
    ("select value from articles, json_each(authors)", [("Ada Brink",)]),
    ("select name from pragma_table_info('robots') limit 1", [("host",)]),
    ("select title from articles_fts where articles_fts match 'curtail*'", [("Halcyon Rigs moves north",)]),
    ("select 'delete from events; drop table x'", [("delete from events; drop table x",)]),
    ("select value ->> '$[0]' from (select authors as value from articles)", [("Ada Brink",)]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "rows"), READS)
def test_reading_works_on_both_kinds_of_store(filled: Store, sql: str, rows: list[Any]) -> None:
    assert list(run_query(filled, sql).rows) == rows
    with open_database(filled.path, readonly=True) as store:
        assert list(run_query(store, sql).rows) == rows


def test_result_has_columns_and_a_limit(filled: Store) -> None:
    result = run_query(filled, "select id, type as what from events order by id", limit=2)
    assert result.columns == ("id", "what")
    assert list(result.rows) == [(1, "delivery"), (2, "fleet")]
    assert run_query(filled, "select 1 where false").columns == ("1",)


def test_parameters_are_bound_not_pasted(filled: Store) -> None:
    sql = "select count(*) from events where type = :type"
    assert list(run_query(filled, sql, {"type": "fleet"}).rows) == [(1,)]
    assert list(run_query(filled, sql, {"type": "fleet' or '1'='1"}).rows) == [(0,)]


@pytest.mark.parametrize(
    ("sql", "params", "reason"),
    [
        ("select :a", {}, "parameter :a"),
        ("select :a", {"a": 1, "b": 2}, "no parameter :b"),
        ("select :a", {"a": 10**30}, "can't be run"),
        ("select :a", {"a": object()}, "can't be run"),
        ("select '\udcff'", {}, "can't be run"),
        ("selec 1", {}, 'near "selec": syntax error'),
        ("select * from nowhere", {}, "no such table: nowhere"),
        ("select colour from events", {}, "no such column: colour"),
        ("select abs(-9223372036854775808)", {}, "integer overflow"),
    ],
)
def test_mistake_in_a_query_is_explained(
    filled: Store, sql: str, params: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        list(run_query(filled, sql, params).rows)


def test_mistake_that_shows_late_is_explained(filled: Store) -> None:
    """The first rows are fine; the error comes while the rows are read."""
    sql = "select abs(iif(id = 3, -9223372036854775808, id)) from events order by id"
    rows = run_query(filled, sql).rows
    assert next(rows) == (1,)
    with pytest.raises(UsageError, match="integer overflow"):
        list(rows)


def test_damaged_page_is_no_mistake_of_the_query(filled: Store, tmp_path: Path) -> None:
    filled.db.execute("pragma wal_checkpoint(truncate)")
    copy = tmp_path / "damaged.db"
    shutil.copy(filled.path, copy)
    root = filled.rows("select rootpage from sqlite_master where name = 'quantities'")[0]["rootpage"]
    with copy.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with open_database(copy, readonly=True) as store, pytest.raises(DatabaseError, match="damaged"):
        list(run_query(store, "select text from quantities").rows)


def test_writing_goes_on_after_a_refused_query(filled: Store) -> None:
    with pytest.raises(UsageError):
        run_query(filled, "delete from events")
    assert save_events(filled, 2, event("order", machines(5))) == 2


def test_search_finds_titles_and_texts_and_takes_words_as_words(store: Store) -> None:
    save(store, article(), extraction())
    save(store, article(text="An order.", title="Story 7", url="u:7", canonical_url="u:7"), None)
    assert [row["article_id"] for row in search_articles(store, "curtailed landsnet")] == [1]
    assert [row["article_id"] for row in search_articles(store, "moving north")] == [1]
    assert [row["article_id"] for row in search_articles(store, '"Story 7"')] == [2]
    assert search_articles(store, '"Rigs Halcyon"') == []
    assert search_articles(store, "  ") == []
    (found,) = search_articles(store, "reykjanesbær", marks=("[", "]"))
    assert (found["source"], found["published_day"]) == ("Halcyon News", "2023-05-03")
    assert "The fleet in [Reykjanesbær] runs" in found["snippet"]
    assert len(search_articles(store, "an", limit=1)) == 1


@pytest.mark.parametrize("words", ['"', "a AND", "NEAR(", "title:", "*", "-", "(", "halcyon -rigs", "9 a.m."])
def test_search_never_trips_over_signs(filled: Store, words: str) -> None:
    assert isinstance(search_articles(filled, words), list)


def test_search_follows_an_edit(filled: Store) -> None:
    save(filled, article(text=TEXT.replace("curtail", "throttle")), None)
    assert search_articles(filled, "curtail") == []
    assert [row["article_id"] for row in search_articles(filled, "throttle")] == [1]
