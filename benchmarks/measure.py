"""What the benchmarks share: one thread for the algebra, ratios taken in turns, rows of the table."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RUNS = 5
COLD_RUNS = 9
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
os.environ.update(ONE_THREAD)  # read when numpy is imported, so this module comes first

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what was measured, in seconds or bytes on both sides, their ratio and its limit."""

    what: str
    ours: float
    theirs: float
    ratio: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the ratio keeps its limit."""
        return self.ratio <= self.limit

    def __str__(self) -> str:
        verdict = "" if self.holds else "  ABOVE"
        return f"{self.what:<62} {self.ours:>9.3f} {self.theirs:>9.3f} {self.ratio:>7.2f} {self.limit:>6.2f}{verdict}"


HEAD = f"{'':<62} {'ours':>9} {'theirs':>9} {'ratio':>7} {'limit':>6}"


def compare(
    what: str,
    limit: float,
    ours: Callable[[int], object],
    theirs: Callable[[int], object],
    *,
    runs: int = RUNS,
    clock: Clock = time.process_time,
) -> Row:
    """Return the row of two jobs, run in turns, each given the number of the run: medians, also of the ratio."""
    pairs = []
    for run in range(runs):
        first = _seconds(ours, run, clock)
        pairs.append((first, _seconds(theirs, run, clock)))
    return row_of(what, limit, pairs)


def row_of(what: str, limit: float, pairs: Iterable[tuple[float, float]]) -> Row:
    """Return the row of pairs that were measured elsewhere."""
    pairs = list(pairs)
    ratio = median(our / their for our, their in pairs)
    return Row(what, median(our for our, _ in pairs), median(their for _, their in pairs), ratio, limit)


def _seconds(job: Callable[[int], object], run: int, clock: Clock) -> float:
    start = clock()
    job(run)
    return clock() - start


def cpu_of_children() -> float:
    """Return the CPU seconds of all child processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def python(*arguments: str, cwd: Path | None = None, **environment: str) -> None:
    """Run Python in a process of its own; its failure is ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RIGWIRE_")}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
