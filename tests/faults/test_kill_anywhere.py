"""SIGKILL at random moments of a run, an ingest, a reextraction and a migration: no row is lost or doubled."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kills import IS_LONG, check_sound, kill_again_and_again, kill_at_random, seconds_of
from serve import SiteServer

from dumps import dump
from old_databases import make_old
from projects import ROOT, Project, make_project
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


def test_a_migration(tmp_path: Path, projects: tuple[Project, Project]) -> None:
    """A database of an older version is the old one or the new one, never between, and then it is the new one."""
    whole, killed = projects
    old = tmp_path / "old.db"
    make_old(old, "0003_views")
    shutil.copy(old, whole.db)
    within = seconds_of(whole, "check")
    schemas = {_schema(old), _schema(whole.db)}
    assert len(schemas) == 2
    chance, kills, tries = random.Random(9), 0, 0
    while kills < TIMES and tries < 4 * TIMES:
        tries += 1
        for path in killed.folder.glob(f"{killed.db.name}*"):
            path.unlink()
        shutil.copy(old, killed.db)
        kills += kill_at_random(killed, ("check",), within, chance)
        assert _schema(killed.db) in schemas
        check_sound(killed)
        assert _schema(killed.db) == _schema(whole.db)
        assert dump(killed.db)["articles"] == dump(whole.db)["articles"]
    print(f"migration: killed {kills} times")
    assert kills == TIMES


def _schema(path: Path) -> tuple[Any, ...]:
    with closing(sqlite3.connect(path)) as db:
        return tuple(
            db.execute("select type, name, sql from sqlite_master where name not like '%sqlite_%' order by name")
        )
