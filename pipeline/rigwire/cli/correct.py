"""`rigwire correct`: what a reader of an article knows better than the extractor."""

import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rigwire.cli.options import F, Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import FORMATS, print_rows
from rigwire.errors import UsageError
from rigwire.fetch import utc_now
from rigwire.model import FIGURE_ATTRIBUTES
from rigwire.store import (
    Author,
    Store,
    add_event,
    change_event,
    gold_documents,
    list_corrections,
    open_database,
    strike_event,
    undo_correction,
)

_LISTED = (
    "id", "made_at", "author", "action", "event_type", "company", "figure", "changes", "reason", "is_lost", "quote",
    "url",
)  # fmt: skip


def _signed(command: F) -> F:
    """Add the options that say who decides, and why."""
    by = click.option("--by", metavar="NAME", default=None, help="Who says so.  [default: the user]")
    because = click.option("--because", "reason", metavar="TEXT", default=None, help="Why.")
    return by(because(command))


@click.group("correct")
@common_options
def command() -> None:
    """Correct by hand what was extracted.

    Corrections are kept apart from what the extractor said, count in every view and query instead of it, and are laid
    over each later extraction of the same words. EVENT is an event's key, or the beginning of it: `rigwire query
    latest-events` shows keys.
    """


@command.command("change", cls=Verb)
@click.argument("event")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--figure", metavar="WORDS", help="Change the figure with these words, or add one.")
@_signed
@common_options
@pass_invocation
def change(
    invocation: Invocation, event: str, changes: tuple[str, ...], figure: str | None, by: str | None, reason: str | None
) -> int:
    """Change what is said of EVENT, such as company="Ostmark Mining" or status=planned; NAME= empties it."""
    given = dict(_pair(text) for text in changes)
    return _do(invocation, by, reason, lambda store, author: change_event(store, event, given, author, figure=figure))


@command.command("strike", cls=Verb)
@click.argument("event")
@click.option("--figure", metavar="WORDS", help="Strike the figure with these words alone.")
@_signed
@common_options
@pass_invocation
def strike(invocation: Invocation, event: str, figure: str | None, by: str | None, reason: str | None) -> int:
    """Strike EVENT, which the article does not state."""
    return _do(invocation, by, reason, lambda store, author: strike_event(store, event, author, figure=figure))


@command.command("add", cls=Verb)
@click.argument("url")
@click.argument("quote")
@click.argument("attributes", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--figure", metavar="WORDS", help="The words of its figure; kind=, value= … are then the figure's.")
@_signed
@common_options
@pass_invocation
def add(
    invocation: Invocation,
    url: str,
    quote: str,
    attributes: tuple[str, ...],
    figure: str | None,
    by: str | None,
    reason: str | None,
) -> int:
    """Add an event to the article at URL. QUOTE is the sentence that states it, NAME=VALUE its type, status and so on.

    `correct change` adds further figures.
    """
    given = dict(_pair(text) for text in attributes)
    figures = []
    if figure is not None:
        figures = [{"text": figure} | {name: given.pop(name) for name in FIGURE_ATTRIBUTES if name in given}]
    return _do(
        invocation, by, reason, lambda store, author: add_event(store, url, quote, given, author, figures=figures)
    )


@command.command("undo", cls=Verb)
@click.argument("correction", type=int, metavar="ID")
@common_options
@pass_invocation
def undo(invocation: Invocation, correction: int) -> int:
    """Take back the correction ID."""
    with open_database(invocation.settings.db) as store:
        undo_correction(store, correction, utc_now())
    click.echo(f"correction {correction} is taken back")
    return 0


@command.command("list", cls=Verb)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def list_all(invocation: Invocation, form: str) -> int:
    """Print every correction. `is_lost`: the article no longer has its words."""
    with open_database(invocation.settings.db, readonly=True) as store:
        rows = list_corrections(store)
    print_rows(_LISTED, [[row[name] for name in _LISTED] for row in rows], form)
    return 0


@command.command("export", cls=Verb)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@common_options
@pass_invocation
def export(invocation: Invocation, folder: Path) -> int:
    """Write every corrected article into FOLDER as an annotated document, as `rigwire evaluate` reads them."""
    count = 0
    with open_database(invocation.settings.db, readonly=True) as store:
        for document in gold_documents(store):
            text = json.dumps(document, ensure_ascii=False, indent=1)
            try:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{document['id']}.json").write_text(f"{text}\n", encoding="utf-8")
            except OSError as error:
                raise UsageError(f"cannot write to {folder}: {error.strerror}") from None
            count += 1
    click.echo(f"{count} documents in {folder}")
    return 0


def _do(
    invocation: Invocation, by: str | None, reason: str | None, make: Callable[[Store, Author], int]
) -> int:
    with open_database(invocation.settings.db) as store:
        made = make(store, _author(by, reason))
        [row] = store.rows("select is_lost from corrections where id = ?", [made])
    lost = " (its words are not in the article: it changes nothing)" if row["is_lost"] else ""
    click.echo(f"correction {made} made{lost}; `rigwire correct undo {made}` takes it back")
    return 0


def _author(by: str | None, reason: str | None) -> Author:
    return Author(utc_now(), by or _user(), reason)


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


def _pair(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"{text!r} must be NAME=VALUE")
    return name, value
