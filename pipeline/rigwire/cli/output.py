"""Rows on stdout: tables for people, CSV, JSON and JSON Lines for programs."""

import base64
import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

import click

from rigwire.serialize import records

FORMATS = ("table", "csv", "json", "jsonl")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 2_000


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """Print rows in one of `FORMATS`."""
    match form:
        case "csv":
            print_csv(columns, rows)
        case "json":
            print_json(records(columns, rows))
        case "jsonl":
            print_jsonl(records(columns, rows))
        case _:
            print_table(columns, rows)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows under their columns: fitted to the width of a terminal, in full elsewhere."""
    values = [list(row) for row in rows]
    numeric = [all(_is_number(row[n]) for row in values) for n in range(len(columns))]
    cells = [[cell(value) for value in row] for row in values]
    show = _print_fitted if sys.stdout.isatty() else _print_aligned
    show(columns, cells, numeric)


def _print_fitted(columns: Sequence[str], cells: list[list[str]], numeric: list[bool]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, is_numeric in zip(columns, numeric, strict=True):
        table.add_column(Text(column), justify="right" if is_numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(text) for text in row))  # as text: brackets in an article are no markup
    Console().print(table)


def _print_aligned(columns: Sequence[str], cells: list[list[str]], numeric: list[bool]) -> None:
    widths = [max(len(row[n]) for row in [list(columns), *cells]) for n in range(len(columns))]
    for row in [list(columns), ["-" * width for width in widths], *cells]:
        padded = [
            text.rjust(width) if is_numeric else text.ljust(width)
            for text, width, is_numeric in zip(row, widths, numeric, strict=True)
        ]
        click.echo("  ".join(padded).rstrip())


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])


def print_json(objects: Iterable[Any]) -> None:
    """Print objects as one JSON array, each as soon as it comes."""
    separator = "["
    for entry in objects:
        click.echo(separator)
        click.echo(_indented(entry), nl=False)
        separator = ","
    click.echo("[]" if separator == "[" else "\n]")


def print_one_or_many(objects: Iterable[Any], *, many: bool) -> None:
    """Print a single object as it is, several as an array; `many` makes an array in any case."""
    entries = iter(objects)
    first = list(islice(entries, 1 if many else 2))
    if many or len(first) > 1:
        print_json(chain(first, entries))
    elif first:
        click.echo(to_json(first[0], indent=2))


def print_jsonl(objects: Iterable[Any]) -> None:
    """Print objects as JSON, one a line."""
    for entry in objects:
        click.echo(to_json(entry))


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON: bytes as base64, what is no number as null."""
    return json.dumps(_jsonable(value), ensure_ascii=False, allow_nan=False, indent=indent)


def cell(value: Any) -> str:
    """Return a value for a table: one line, no control characters, thousands apart."""
    match value:
        case None:
            return ""
        case bytes():
            return f"<{len(value):,} bytes>"
        case bool() | str():
            text = _CONTROL.sub(" ", str(value)).strip()
            return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
        case float() if value.is_integer() and abs(value) < 1e15:
            return f"{int(value):,}"
        case float():
            return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
    return str(value)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _indented(value: Any) -> str:
    return "\n".join(f"  {line}" for line in to_json(value, indent=2).split("\n"))


def _jsonable(value: Any) -> Any:
    match value:
        case dict():
            return {key: _jsonable(part) for key, part in value.items()}
        case list() | tuple():
            return [_jsonable(part) for part in value]
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case float() if not math.isfinite(value):
            return None
    return value
