"""A run that is killed at any moment: the next one completes the work, and nothing is stored twice."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from serve import SiteServer

from dumps import dump
from projects import ROOT, Project, make_project

KILLS = 20
MORE_ARTICLES = (0, 0, 1, 1, 2, 3)
SHORT_PAUSE, LONG_PAUSE = 0.1, 2.0


def articles(project: Project) -> int:
    """Return how many articles are stored; none before the database is there."""
    try:
        return int(project.rows("select count(*) from articles")[0][0])
    except sqlite3.OperationalError:
        return 0


def kill_a_run(project: Project, chance: random.Random) -> bool:
    """Start a run, kill it when some more articles are stored and a moment has passed; tell if it lived."""
    more = chance.choice(MORE_ARTICLES)
    wanted = articles(project) + more
    pause = chance.uniform(0, SHORT_PAUSE if more else LONG_PAUSE)
    running = subprocess.Popen(
        [sys.executable, "-m", "rigwire", "run"],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while running.poll() is None and articles(project) < wanted:
        time.sleep(0.002)
    time.sleep(pause)
    running.send_signal(signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


def test_killed_runs_leave_what_a_whole_run_leaves(tmp_path: Path) -> None:
    chance = random.Random(20)
    with SiteServer(shutil.copytree(ROOT / "fixtures" / "site", tmp_path / "site")) as site:
        whole = make_project(tmp_path / "whole", site)
        assert whole.rigwire("run").returncode == 0
        killed = make_project(tmp_path / "killed", site)
        lived, stages = 0, set()
        for _ in range(KILLS):
            lived += kill_a_run(killed, chance)
            stages.add(articles(killed))
        assert killed.rigwire("run").returncode == 0
    assert lived > KILLS / 2
    assert len(stages) > KILLS / 4
    expected, found = dump(whole.db), dump(killed.db)
    assert sum(expected["events"].values()) > 50
    for table, rows in expected.items():
        assert found[table] == rows, table
    outcomes = Counter(outcome for (outcome,) in killed.rows("select outcome from runs"))
    assert set(outcomes) == {"done", "interrupted"}
    assert killed.rows("pragma integrity_check") == [("ok",)]
    assert killed.rows("pragma foreign_key_check") == []
