"""`rigwire run`: the scheduled job."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.run import run
from rigwire.run.context import Progress, no_progress


@click.command("run", cls=Verb)
@click.option("--force", is_flag=True, help="Take every feed as due and look at recent articles again.")
@common_options
@pass_invocation
def command(invocation: Invocation, force: bool) -> int:
    """Fetch the sources that are due, store what their new articles state, say what was done.

    Meant for cron, every few minutes: what is not due is not asked, what is known is asked for only on
    condition that it changed. A second run on the same database says so and ends.
    """
    settings = invocation.settings
    with _progress_bar() as progress:
        report = run(settings, force=force, progress=progress)
    click.echo(report.closing_line())
    return report.exit_code


@contextmanager
def _progress_bar() -> Iterator[Progress]:
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
