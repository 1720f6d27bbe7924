"""`rigwire query`: asking the database."""

from collections.abc import Iterable
from datetime import UTC, datetime

import click

from rigwire.api import is_sql
from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import FORMATS, print_rows
from rigwire.errors import UsageError
from rigwire.store import NamedQuery, QueryResult, Store, named_queries, open_database, run_named, run_query


@click.command("query", cls=Verb)
@click.argument("question", required=False, metavar="[NAME|SQL]")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; once for each.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), help="The most rows to print.")
@click.option("--list", "list_all", is_flag=True, help="List the named queries and what they take.")
@common_options
@pass_invocation
def command(
    invocation: Invocation,
    question: str | None,
    *,
    params: tuple[str, ...],
    form: str,
    limit: int | None,
    list_all: bool,
) -> int:
    """Print the rows of a named query, or of one SQL statement that only reads.

    SQL takes its parameters as :name.
    """
    settings = invocation.settings
    if list_all:
        _print(_listing(), form)
        return 0
    if not question:
        raise UsageError("name a query or give SQL; `rigwire query --list` shows the named ones")
    with open_database(settings.db, readonly=True) as store:
        _print(ask(store, question, params, limit), form)
    return 0


def ask(store: Store, question: str, params: Iterable[str], limit: int | None) -> QueryResult:
    """Return the rows of a named query or of SQL, with parameters as NAME=VALUE. Raises `UsageError`."""
    given = dict(_parameter(text) for text in params)
    if not is_sql(question):
        return run_named(store, question, given, today=datetime.now(UTC).date(), limit=limit)
    return run_query(store, question, {name: _typed(text) for name, text in given.items()}, limit)


def _print(result: QueryResult, form: str) -> None:
    print_rows(result.columns, result.rows, form)


def _listing() -> QueryResult:
    rows = [(query.name, query.title, _takes(query)) for query in named_queries().values()]
    return QueryResult(("name", "answers", "parameters"), iter(rows))


def _takes(query: NamedQuery) -> str:
    """Return the parameters of a query: `company`, or `day=today` where it has a default."""
    return ", ".join(
        parameter.name if parameter.default is None else f"{parameter.name}={parameter.default}"
        for parameter in query.parameters
    )


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"--param {text!r} must be NAME=VALUE")
    return name.removeprefix(":"), value


def _typed(text: str) -> str | int | float:
    """Return a number for a text that is just how that number is written, else the text."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if str(value) == text:
            return value
    return text
