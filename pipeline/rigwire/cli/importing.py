"""`rigwire import`: what a cluster wrote into the database."""

from pathlib import Path

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.reading import Failures
from rigwire.errors import UsageError


@click.command("import", cls=Verb)
@click.argument("folder", type=click.Path(path_type=Path))
@common_options
@pass_invocation
def command(invocation: Invocation, folder: Path) -> int:
    """Store what `ingest --engine dask --out FOLDER` wrote.

    The rows are those that an ingest on this machine would have stored. What is stored already is left, so that an
    import that was interrupted goes on where it was.
    """
    try:
        from rigwire.cluster.load import import_parquet
    except ImportError as error:
        raise UsageError(f"this verb reads Parquet: pip install 'rigwire[cluster]' ({error})") from None
    failures = Failures()
    report = import_parquet(invocation.settings, folder, on_failure=failures.add)
    click.echo(report.closing_line())
    return report.exit_code
