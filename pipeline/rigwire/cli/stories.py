"""`rigwire stories`: one story with its reports, and the merges and splits that a person decides."""

from typing import Any

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import FORMATS, print_rows
from rigwire.errors import UsageError
from rigwire.fetch import utc_now
from rigwire.store import Store, merge_stories, open_database, split_story, undo_decisions

_REPORT = ("event_id", "published", "source", "status", "date", "effective", "figures", "disagrees", "quote")
_CONFLICT = ("slot", "value", "other", "sources", "other_sources", "words", "other_words")
_DECISION = ("decided_at", "decision", "report", "other")


@click.group("stories")
@common_options
def command() -> None:
    """Show a story, merge or split stories, list what was decided by hand.

    The views stories, story_reports and conflicts have all of them; `rigwire query` asks.
    """


@command.command("show", cls=Verb)
@click.argument("story", type=int)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def show(invocation: Invocation, story: int, form: str) -> int:
    """Print the reports of STORY side by side, then what they disagree on."""
    with open_database(invocation.settings.db, readonly=True) as store:
        reports = store.rows("select * from story_reports where story_id = ? order by published, event_id", [story])
        if not reports:
            raise UsageError(f"there is no story {story}; the view stories has them all")
        _print(_REPORT, reports, form)
        conflicts = store.rows("select * from conflicts where story_id = ? order by slot, value, other", [story])
        if conflicts:
            click.echo()
            _print(_CONFLICT, conflicts, form)
    return 0


@command.command("merge", cls=Verb)
@click.argument("stories", type=int, nargs=-1, required=True, metavar="STORY...")
@common_options
@pass_invocation
def merge(invocation: Invocation, stories: tuple[int, ...]) -> int:
    """Make one story of several; later runs keep to it."""
    with _existing(invocation) as store:
        click.echo(f"story {merge_stories(store, stories, utc_now())}")
    return 0


@command.command("split", cls=Verb)
@click.argument("story", type=int)
@click.argument("events", type=int, nargs=-1, required=True, metavar="EVENT...")
@common_options
@pass_invocation
def split(invocation: Invocation, story: int, events: tuple[int, ...]) -> int:
    """Make a story of their own of the EVENTs of STORY; later runs keep to it."""
    with _existing(invocation) as store:
        kept, new = split_story(store, story, events, utc_now())
    click.echo(f"story {kept} and story {new}")
    return 0


@command.command("undo", cls=Verb)
@click.argument("story", type=int)
@common_options
@pass_invocation
def undo(invocation: Invocation, story: int) -> int:
    """Forget what was decided by hand about the reports of STORY."""
    with _existing(invocation) as store:
        click.echo(f"{undo_decisions(store, story)} decisions undone")
    return 0


@command.command("decisions", cls=Verb)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def decisions(invocation: Invocation, form: str) -> int:
    """List what was decided by hand. A report that another extraction no longer finds is empty; its decision waits."""
    with open_database(invocation.settings.db, readonly=True) as store:
        _print(_DECISION, store.rows(_DECISIONS), form)
    return 0


_QUOTE = (
    "(select quote from story_members join events on events.id = event_id"
    " where story_members.anchor = story_decisions.{} limit 1)"
)
_DECISIONS = (
    f"select decided_at, iif(together, 'together', 'apart') as decision, {_QUOTE.format('anchor')} as report,"
    f" {_QUOTE.format('other')} as other from story_decisions order by decided_at, anchor, story_decisions.other"
)


def _existing(invocation: Invocation) -> Store:
    """Open the database for writing. Raises `DatabaseError` where there is none."""
    open_database(invocation.settings.db, readonly=True).close()
    return open_database(invocation.settings.db)


def _print(columns: tuple[str, ...], rows: list[dict[str, Any]], form: str) -> None:
    print_rows(columns, [[row[column] for column in columns] for row in rows], form)
