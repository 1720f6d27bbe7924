"""`rigwire ingest`: documents from files into the database."""

from pathlib import Path

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.reading import Failures
from rigwire.errors import UsageError
from rigwire.run.ingest import ingest


@click.command("ingest", cls=Verb)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="With dask: the folder for Parquet files.")
@click.option("--scheduler", metavar="ADDRESS", help="With dask: a running cluster; else one is started here.")
@common_options
@pass_invocation
def command(
    invocation: Invocation, files: tuple[str, ...], engine: str, out: Path | None, scheduler: str | None
) -> int:
    """Store the articles of each FILE with what they state.

    A file is a WARC file (.warc, .warc.gz), a saved page (.html), a text (.txt), .jsonl or .json, or a folder of
    those. A record that can't be read is named and counted. What was read before is left, so that an ingest that
    was interrupted goes on where it was.

    With --engine dask the workers of a cluster read the files, each of which may also be a pattern, and write Parquet
    files to --out, which `rigwire import` loads.
    """
    if engine == "dask":
        return _on_dask(invocation, files, out, scheduler)
    if out or scheduler:
        raise UsageError("--out and --scheduler go with --engine dask")
    failures = Failures()
    report = ingest(invocation.settings, files, on_failure=failures.add)
    click.echo(report.closing_line())
    return report.exit_code


def _on_dask(invocation: Invocation, files: tuple[str, ...], out: Path | None, scheduler: str | None) -> int:
    if out is None:
        raise UsageError("--engine dask needs a folder: --out DIR")
    from rigwire.cluster.engine import ingest_on_dask

    failures = Failures()
    counts = ingest_on_dask(invocation.settings, files, out, scheduler, on_failure=failures.add)
    click.echo(
        f"{counts['parts']} parts ({counts['seen']} done before): {counts['documents']} documents;"
        f" {counts['failed']} failed"
    )
    return 1 if counts["failed"] else 0
