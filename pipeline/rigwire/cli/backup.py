"""`rigwire backup`: a copy of the database."""

from pathlib import Path

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.store import back_up, open_database


@click.command("backup", cls=Verb)
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--overwrite", is_flag=True, help="Replace FILE where it exists.")
@common_options
@pass_invocation
def command(invocation: Invocation, target: Path, overwrite: bool) -> int:
    """Copy the database to FILE, consistent while others write."""
    with open_database(invocation.settings.db, readonly=True) as store:
        size = back_up(store, target, overwrite=overwrite)
    click.echo(f"{target}: {size:,} bytes")
    return 0
