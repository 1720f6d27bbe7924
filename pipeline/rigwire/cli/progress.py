"""The progress of a long command, on a terminal alone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rigwire.run.context import Progress, no_progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield what shows the progress: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {what: bars.add_task(what, total=None, visible=False) for what in ("feeds", "articles")}

        def show(what: str, done: int, total: int) -> None:
            bars.update(tasks[what], completed=done, total=total, visible=True)

        yield show
