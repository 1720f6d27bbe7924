"""`rigwire ingest`: documents from files into the database."""

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.reading import Failures
from rigwire.run.ingest import ingest


@click.command("ingest", cls=Verb)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@common_options
@pass_invocation
def command(invocation: Invocation, files: tuple[str, ...]) -> int:
    """Store the articles of each FILE with what they state.

    A file is a WARC file (.warc, .warc.gz), a saved page (.html), a text (.txt), .jsonl or .json, or a folder of
    those. A record that can't be read is named and counted. What was read before is left, so that an ingest that
    was interrupted goes on where it was.
    """
    failures = Failures()
    report = ingest(invocation.settings, files, on_failure=failures.add)
    click.echo(report.closing_line())
    return report.exit_code
