"""Articles deleted by another program, in plain SQL: what is left is what a database without them would hold."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from store_builders import event, machines, one
from story_builders import picture, tell

from rigwire.store import Store, catch_up, check_database, open_database

HALL = " ".join(f"Oster moved machine{n} into its hall{n} near Odessa{n}." for n in range(30))
LOAN = " ".join(f"The loan{n} of its bank{n} runs for years{n} to come." for n in range(12))
# Outlets with their days and texts. `full` and `short` are each like `wire`, but not like one another.
TOLD = {
    "full": ("2024-05-22", f"{HALL} {LOAN}"),
    "wire": ("2024-05-21", HALL),
    "short": ("2024-05-23", HALL[: int(len(HALL) * 0.7)]),
    "lane": ("2024-05-22", "Oster has 1,250 more machines at work in Texas."),
}


def make(path: Path, outlets: Iterable[str]) -> None:
    """Make a database in which these outlets report one delivery."""
    arrival = event("delivery", machines(1250), company="Oster Mining", jurisdiction="US-TX")
    with open_database(path) as store:
        for outlet in outlets:
            day, text = TOLD[outlet]
            tell(store, outlet, 1, day, arrival, text=text)


def delete(path: Path, sites: tuple[str, ...]) -> None:
    """Delete the articles of sites in one statement, as the SQLite shell does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma foreign_keys = on")
        connection.execute(f"delete from articles where site in ({', '.join('?' * len(sites))})", sites)


def copies(store: Store) -> list[dict[str, str | None]]:
    """Return which outlet's text each outlet repeats."""
    return store.rows(
        "select a.site, b.site as first from articles as a left join articles as b on b.id = a.same_text_as order by 1"
    )


def test_the_texts_are_a_chain(tmp_path: Path) -> None:
    """Else the deletion of the middle one would part nothing."""
    make(tmp_path / "a.db", TOLD)
    with open_database(tmp_path / "a.db") as store:
        pairs = store.rows(
            "select a.site as a, b.site as b from same_texts join articles as a on a.id = article_id"
            " join articles as b on b.id = other_id where a.site < b.site order by 1, 2"
        )
        assert pairs == [{"a": "full", "b": "wire"}, {"a": "short", "b": "wire"}]


@pytest.mark.parametrize("gone", [group for size in (1, 2, 3) for group in combinations(TOLD, size)])
def test_what_is_left_is_what_a_database_without_them_holds(tmp_path: Path, gone: tuple[str, ...]) -> None:
    make(tmp_path / "plain.db", TOLD)
    make(tmp_path / "fresh.db", [outlet for outlet in TOLD if outlet not in gone])
    delete(tmp_path / "plain.db", gone)
    with open_database(tmp_path / "plain.db") as plain, open_database(tmp_path / "fresh.db") as fresh:
        assert copies(plain) == copies(fresh)
        sql = "select url, value from facts order by url"
        assert plain.rows(sql) == fresh.rows(sql)
        assert plain.rows("select * from fact_rows order by 1") == plain.rows("select * from fact_sources order by 1")
        catch_up(plain)
        assert picture(plain) == picture(fresh)
        assert [found for _, findings in check_database(plain) for found in findings] == []


def test_copies_that_are_left_stay_one_source(tmp_path: Path) -> None:
    make(tmp_path / "a.db", TOLD)
    delete(tmp_path / "a.db", ("full",))
    with open_database(tmp_path / "a.db") as store:
        assert copies(store) == [
            {"site": "lane", "first": None}, {"site": "short", "first": "wire"}, {"site": "wire", "first": None},
        ]  # fmt: skip
        assert one(store, "select count(*) from machine_counts") == 2
        catch_up(store)
        assert store.rows("select articles, sources from stories") == [{"articles": 3, "sources": 2}]
