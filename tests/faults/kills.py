"""What the tests of faults share: how long they are, and a command that is killed at a random moment."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from projects import Project

# `make torture` sets this; `make test` runs the short form.
IS_LONG = bool(os.environ.get("RIGWIRE_TORTURE"))
LONGEST_RUN = 120.0


@dataclass(frozen=True, slots=True)
class Kills:
    """How often a command was killed, and how often it had ended before."""

    killed: int
    ended: int


def seconds_of(project: Project, *arguments: str) -> float:
    """Return how long a command takes that nobody disturbs; it must end well."""
    start = time.monotonic()
    done = project.rigwire(*arguments)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - start


def kill_at_random(project: Project, arguments: tuple[str, ...], within: float, chance: random.Random) -> bool:
    """Start a command and send SIGKILL after a random part of `within` seconds; tell whether it was still at work."""
    running = subprocess.Popen(
        [sys.executable, "-m", "rigwire", *arguments],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        running.wait(timeout=chance.uniform(0.05, 1.0) * min(within, LONGEST_RUN))
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


def kill_again_and_again(
    project: Project,
    arguments: tuple[str, ...],
    times: int,
    within: float,
    chance: random.Random,
    when_ended: Callable[[], None],
) -> Kills:
    """Kill a command `times` times, each at a random moment; the database must be sound after each.

    Where the command was faster, `when_ended` checks what it did and gives it new work.
    """
    killed = ended = 0
    while killed < times and ended < 4 * times:
        if kill_at_random(project, arguments, within, chance):
            killed += 1
            check_sound(project)
        else:
            ended += 1
            when_ended()
    return Kills(killed, ended)


def check_sound(project: Project) -> None:
    """Check the database by rigwire's own means; before the first run has made one there is nothing to check."""
    if project.db.exists() and project.db.stat().st_size:
        done = project.rigwire("check")
        assert done.returncode == 0, done.stdout + done.stderr
