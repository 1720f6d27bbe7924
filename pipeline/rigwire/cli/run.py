"""`rigwire run`: the scheduled job."""

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.progress import progress_bar
from rigwire.run.job import run


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
    with progress_bar() as progress:
        report = run(settings, force=force, progress=progress)
    click.echo(report.closing_line())
    return report.exit_code
