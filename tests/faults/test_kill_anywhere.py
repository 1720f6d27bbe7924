"""SIGKILL at random moments of every command that writes: no row is lost, doubled or half-written."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kills import IS_LONG, check_sound, kill_again_and_again, seconds_of
from serve import SiteServer

from dumps import dump
from projects import ROOT, Project, make_project
from rigwire.store import open_database
from site_archives import write_warc

TIMES = 50 if IS_LONG else 2  # of each of the four commands
# What tells how often a document was looked at, not what it says.
PASSES = {"runs", "rereading"}


@pytest.fixture
def projects(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two projects on one site: one that is left in peace, and one that is not."""
    with SiteServer(shutil.copytree(ROOT / "fixtures" / "site", tmp_path / "site")) as site:
        yield make_project(tmp_path / "whole", site), make_project(tmp_path / "killed", site)


def same_rows(whole: Project, killed: Project) -> None:
    """Check that both databases state the same."""
    check_sound(killed)
    expected, found = dump(whole.db), dump(killed.db)
    assert sum(expected["events"].values()) > 50
    differing = [table for table in expected if table not in PASSES and found[table] != expected[table]]
    assert differing == []


def torture(whole: Project, killed: Project, *arguments: str) -> None:
    """Run a command in peace on one project, kill it again and again on the other, and compare whenever it ended."""
    before = killed.db.read_bytes() if killed.db.exists() else None
    within = seconds_of(whole, *arguments)

    def start_again() -> None:
        same_rows(whole, killed)
        for path in killed.folder.glob(f"{killed.db.name}*"):
            path.unlink()
        if before is not None:
            killed.db.write_bytes(before)

    kills = kill_again_and_again(killed, arguments, TIMES, within, random.Random(7), start_again)
    print(f"{arguments[0]}: killed {kills.killed} times, ended {kills.ended} times")
    assert kills.killed == TIMES
    assert killed.rigwire(*arguments).returncode == 0
    same_rows(whole, killed)


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_a_run(projects: tuple[Project, Project]) -> None:
    torture(*projects, "run")


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_an_ingest(projects: tuple[Project, Project]) -> None:
    whole, killed = projects
    archive = write_warc(whole)
    torture(whole, killed, "ingest", str(archive))


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_a_reextraction(projects: tuple[Project, Project]) -> None:
    whole, killed = projects
    assert whole.rigwire("run").returncode == 0
    shutil.copy(whole.db, killed.db)
    torture(whole, killed, "reextract")


def test_a_migration(tmp_path: Path, stored: Project) -> None:
    """The schema of a database that lacks its last migrations is either the old one or the new one, never between."""
    with open_database(stored.db) as store:
        views = [row["name"] for row in store.rows("select name from sqlite_master where type = 'view'")]
        rows: Counter[Any] = Counter(tuple(row.values()) for row in store.rows("select id, text from articles"))
        for view in views:
            store.db.execute(f"drop view {view}")
        store.db.execute("delete from _sqlite_migrations where name = '0003_views'")
        store.db.execute("pragma wal_checkpoint(truncate)")
    old = tmp_path / "old.db"
    shutil.copy(stored.db, old)
    within = seconds_of(stored, "check")
    shutil.copy(old, stored.db)
    def start_again() -> None:
        shutil.copy(old, stored.db)

    kills = kill_again_and_again(stored, ("check",), TIMES, within, random.Random(9), start_again)
    print(f"migration: killed {kills.killed} times, ended {kills.ended} times")
    with open_database(stored.db) as store:
        assert Counter(tuple(row.values()) for row in store.rows("select id, text from articles")) == rows
        assert [row["name"] for row in store.rows("select name from sqlite_master where type = 'view'")] != []
