"""`rigwire export`: the rows of a query as a file for another program."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import click

from rigwire.api import is_sql
from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import print_csv, print_jsonl, to_json
from rigwire.cli.query import ask
from rigwire.errors import UsageError
from rigwire.serialize import records
from rigwire.store import QueryResult, named_queries, open_database

FORMATS = ("csv", "jsonl", "parquet", "geojson", "atom")


@click.command("export", cls=Verb)
@click.argument("question", metavar="NAME|VIEW|SQL")
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="[default: by the file's name]")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; once for each.")
@click.option("--limit", type=click.IntRange(min=0), help="The most rows to write.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@common_options
@pass_invocation
def command(
    invocation: Invocation, question: str, *, form: str | None, params: tuple[str, ...], limit: int | None, output: Path
) -> int:
    """Write the rows of a named query, a table or view, or SQL to FILE.

    CSV has an apostrophe before what a spreadsheet would take for a formula. GeoJSON puts each row at the point of its
    jurisdiction; an Atom feed has an entry an event and needs a query with a column `event`, such as latest-events.
    FILE appears when it is whole.
    """
    chosen = form or output.suffix.removeprefix(".").lower()
    if chosen not in FORMATS:
        raise UsageError(f"{output}: the name does not say the format; give --format {', '.join(FORMATS)}")
    part = output.with_name(f".{output.name}.part")
    try:
        with open_database(invocation.settings.db, readonly=True) as store:
            sql = f"select * from {question}" if store.db[question].exists() and not is_sql(question) else question
            _write(part, chosen, question, ask(store, sql, params, limit))
        part.replace(output)
    except OSError as error:
        raise UsageError(f"{output}: can't be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return 0


def _write(path: Path, form: str, question: str, result: QueryResult) -> None:
    columns, rows = result.columns, result.rows
    match form:
        case "parquet":
            from rigwire.exporting.parquet import write_parquet

            write_parquet(path, columns, rows)
        case "atom":
            from rigwire.exporting.atom import atom_feed

            query = named_queries().get(question)
            path.write_bytes(atom_feed(query.title if query else question, columns, rows, datetime.now(UTC)))
        case "geojson":
            from rigwire.exporting.geojson import feature_collection

            path.write_text(f"{to_json(feature_collection(columns, rows))}\n", encoding="utf-8")
        case _:
            with path.open("w", encoding="utf-8", newline="") as file, contextlib.redirect_stdout(file):
                if form == "csv":
                    print_csv(columns, rows)
                else:
                    print_jsonl(records(columns, rows))
