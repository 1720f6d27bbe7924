"""A full disk, a held lock, a clock that goes back, others at work on the same file: a clear line, and nothing lost."""

import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kills import IS_LONG, check_sound
from serve import SiteServer

from dumps import dump
from projects import ROOT, Project, make_project
from rigwire.run.job import run
from site_archives import write_warc

SECRET = "hunter2-do-not-tell"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteServer]:
    with SiteServer(shutil.copytree(ROOT / "fixtures" / "site", tmp_path / "site")) as site:
        yield site


def limited(project: Project, most_bytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line where no file can grow beyond so many bytes, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "rigwire", *arguments],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
@pytest.mark.parametrize("percent", range(5, 75, 5))
def test_a_full_disk_is_told_and_the_work_goes_on_once_there_is_room(
    tmp_path: Path, site: SiteServer, percent: int
) -> None:
    whole, full = make_project(tmp_path / "whole", site), make_project(tmp_path / "full", site)
    archive = str(write_warc(whole))
    assert whole.rigwire("ingest", archive).returncode == 0
    done = limited(full, whole.db.stat().st_size * percent // 100, "ingest", archive)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert full.rigwire("ingest", archive).returncode == 0
    check_sound(full)
    assert dump(full.db) == dump(whole.db)


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_what_is_told_to_be_stored_is_where_the_disk_has_room_for_the_log_alone(
    tmp_path: Path, site: SiteServer
) -> None:
    whole, full = make_project(tmp_path / "whole", site), make_project(tmp_path / "full", site)
    archive = str(write_warc(whole))
    assert whole.rigwire("ingest", archive).returncode == 0
    assert limited(full, whole.db.stat().st_size - 1, "ingest", archive).returncode == 0
    check_sound(full)
    assert dump(full.db) == dump(whole.db)


def test_a_lock_that_is_let_go_in_time_delays_a_run_and_no_more(stored: Project) -> None:
    holder = sqlite3.connect(stored.db, isolation_level=None, check_same_thread=False)
    holder.execute("begin exclusive")
    threading.Timer(2.0, holder.rollback).start()
    done = stored.rigwire("run")
    assert (done.returncode, done.stderr) == (0, "")
    check_sound(stored)


@pytest.mark.skipif(not IS_LONG, reason="holds the lock for half a minute; see make torture")
def test_a_lock_that_is_held_for_half_a_minute_is_told(stored: Project) -> None:
    before = dump(stored.db)
    holder = sqlite3.connect(stored.db, isolation_level=None)
    holder.execute("begin exclusive")
    start = time.monotonic()
    done = stored.rigwire("run")
    assert time.monotonic() - start < 30
    time.sleep(max(0.0, 30 - (time.monotonic() - start)))
    holder.rollback()
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "locked" in done.stderr
    assert stored.rigwire("run").returncode == 0
    check_sound(stored)
    assert dump(stored.db) == before


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_a_clock_that_goes_back_a_day_loses_nothing(project: Project) -> None:
    now = datetime.now(UTC)
    run(project.settings, clock=lambda: now)
    before = project.rows("select canonical_url, text_hash from articles order by 1")
    for moment in (now - timedelta(days=1), now):
        report = run(project.settings, clock=lambda moment=moment: moment, force=True)  # type: ignore[misc]
        assert report.exit_code == 0
        assert report.counts["new"] == 0
    assert project.rows("select canonical_url, text_hash from articles order by 1") == before
    check_sound(project)


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_two_runs_and_a_reader_at_once(tmp_path: Path, site: SiteServer) -> None:
    whole, shared = make_project(tmp_path / "whole", site), make_project(tmp_path / "shared", site)
    assert whole.rigwire("run").returncode == 0
    command = [sys.executable, "-m", "rigwire", "run"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    runs = [
        subprocess.Popen(command, cwd=shared.folder, env=shared.environment, **pipes)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    counts: list[int] = []
    while any(process.poll() is None for process in runs):
        done = shared.rigwire("query", "select count(*) as n from articles", "--format", "jsonl")
        if done.returncode == 0:
            counts.append(int(done.stdout.split(":")[1].strip(" }\n")))
    lines = sorted(process.communicate()[0] for process in runs)
    assert [process.returncode for process in runs] == [0, 0]
    assert sum("another run is at work" in line for line in lines) == 1
    assert counts == sorted(counts)
    check_sound(shared)
    assert dump(shared.db) == dump(whole.db)


@pytest.mark.skipif(not IS_LONG, reason="see make torture")
def test_nothing_of_the_environment_is_stored_or_logged(project: Project) -> None:
    project.environment_extra.update(AWS_SECRET_ACCESS_KEY=SECRET, DATABASE_PASSWORD=SECRET)
    sources = project.folder / "sources.toml"
    broken = '[[source]]\nid = "broken"\nname = "Broken"\nsite = "{0}"\nfeeds = ["{0}/none?token=' + SECRET + '"]\n'
    sources.write_text(sources.read_text(encoding="utf-8") + broken.format(project.site.base), encoding="utf-8")
    done = project.rigwire("run", "-v", "-v")
    assert done.returncode == 1
    assert SECRET not in done.stdout + done.stderr
    errors = " ".join(str(row) for row in project.rows("select error from feed_state"))
    assert "404" in errors
    assert SECRET not in errors
