"""`rigwire backfill`: what a source published before it was known."""

from datetime import datetime

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.progress import progress_bar
from rigwire.run.backfill import backfill


@click.command("backfill", cls=Verb)
@click.argument("source", metavar="SOURCE")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="The first day.")
@common_options
@pass_invocation
def command(invocation: Invocation, source: str, since: datetime) -> int:
    """Store what SOURCE published from DATE on, by its sitemaps or archive pages.

    What is known is not asked for again. It may be interrupted: called again, it goes on where it was. The
    scheduled run goes on beside it.
    """
    with progress_bar() as progress:
        report = backfill(invocation.settings, source, since.date(), progress=progress)
    click.echo(report.closing_line())
    return report.exit_code
