"""`rigwire reextract`: what is stored, read again by the present extractor."""

from datetime import datetime

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import FORMATS, print_rows
from rigwire.cli.progress import progress_bar
from rigwire.run.reextract import reextract

COLUMNS = ("what", "kind", "same", "changed", "new", "gone")


@click.command("reextract", cls=Verb)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first day of the articles.")
@click.option("--where", metavar="SQL", help="A condition on the columns of articles, such as \"source_id = 'news'\".")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def command(invocation: Invocation, since: datetime | None, where: str | None, form: str) -> int:
    """Parse and extract the stored articles again, and print what changed by kind.

    Nothing is fetched: what is read are the stored pages, or the texts where no page is kept. Corrections by hand stay.
    Interrupted, it goes on where it was when the same is asked for again.
    """
    with progress_bar() as progress:
        report = reextract(invocation.settings, since=since.date() if since else None, where=where, progress=progress)
    if report.changes or form != "table":
        print_rows(COLUMNS, report.rows(), form)
    click.echo(report.closing_line(), err=form != "table")
    return report.exit_code
