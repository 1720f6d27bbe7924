"""How long the named queries take on a large database, against a bare sum over its figures in the same run.

    python benchmarks/queries.py [FILE]    without FILE a database of 100,000 articles and a million figures is made

Each query is asked with its default parameters (those without a default as below) for its first 100 rows. Printed is
the median processor time of several runs as a share of that of `select sum(value) from quantities`; the exit code is 1
where a query takes longer than that.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from generate import LAST_DAY, fill

from rigwire.store import Store, named_queries, open_database, run_named

BARE = "select sum(value) from quantities"
ROWS = 100
RUNS = 7
GIVEN = {"company": "Company 010", "value": "100", "story": "1"}


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description="Time the named queries against a bare sum.")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--figures", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = asked.file
        if file is None:
            file = Path(folder) / "large.db"
            with open_database(file) as store:
                fill(store, asked.articles, asked.figures)
        with open_database(file, readonly=True) as store:
            return _measure(store)


def _measure(store: Store) -> int:
    (size,) = store.rows("select (select count(*) from articles) as a, (select count(*) from quantities) as q")
    bare = _seconds(lambda: store.rows(BARE))
    print(f"{size['a']:,} articles, {size['q']:,} figures; {BARE}: {bare * 1000:.0f} ms")
    slow = 0
    for name, query in named_queries().items():
        given = {p.name: GIVEN[p.name] for p in query.parameters if p.default is None}
        rows: list[object] = []

        def ask(name: str = name, given: dict[str, str] = given, rows: list[object] = rows) -> None:
            rows[:] = run_named(store, name, given, today=LAST_DAY, limit=ROWS).rows

        share = _seconds(ask) / bare
        slow += share > 1
        print(f"{name:30} {share:6.2f} of the bare sum, {len(rows):3} rows{'  TOO SLOW' if share > 1 else ''}")
    return 1 if slow else 0


def _seconds(work: Callable[[], object]) -> float:
    """Return the median processor time of several runs, after one that warms the cache."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


if __name__ == "__main__":
    raise SystemExit(main())
