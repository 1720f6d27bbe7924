"""`rigwire sources`: what is read, in what state it is, adding to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from rigwire.adding import find_source
from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import FORMATS, print_rows
from rigwire.errors import ParseError, SourceError, UsageError
from rigwire.fetch import Fetcher, Source, declared_sources, format_source, load_sources, parse_feed, utc_now
from rigwire.run.hosts import Answer, Request, fetch_all
from rigwire.run.silence import Silence, silent_sources
from rigwire.settings import Settings
from rigwire.store import load_feed_states, open_database, stored_sources

_STATE = ("id", "name", "last_success", "last_error", "next_due", "items", "articles", "silent", "error")


@click.group("sources", invoke_without_command=True)
@common_options
@click.pass_context
def command(context: click.Context) -> int | None:
    """List the sources with their state, add one, or check them all."""
    return context.invoke(list_sources) if context.invoked_subcommand is None else None


@command.command("list", cls=Verb)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def list_sources(invocation: Invocation, form: str = "table") -> int:
    """Print every declared source: last success, last error, when it is due, items and articles so far.

    One that has brought nothing new for longer than is its habit is said to be silent, and for how long.
    """
    settings = invocation.settings
    sources = declared_sources(settings)
    known = _stored(settings)
    rows = [_state_row(source, known) for source in sources.values()]
    print_rows(_STATE, rows, form)
    return 0


@command.command("add", cls=Verb)
@click.argument("url")
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="The sources file.")
@common_options
@pass_invocation
def add(invocation: Invocation, url: str, target: Path | None) -> int:
    """Find the feed of the site at URL and add it to the sources file of the configuration."""
    settings = invocation.settings
    sources = declared_sources(settings)
    with Fetcher(settings) as fetcher:
        source, feed = find_source(url, fetcher, utc_now(), sources)
    for known in sources.values():
        if set(source.feeds) & set(known.feeds):
            click.echo(f"{source.feeds[0]} is already read, by the source {known.id}")
            return 0
    path = target or invocation.sources_file
    _append(path, source)
    click.echo(f"added {source.id} to {path}: {source.feeds[0]} ({len(feed.items)} items)")
    return 0


@command.command("check", cls=Verb)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@common_options
@pass_invocation
def check(invocation: Invocation, ids: tuple[str, ...], form: str) -> int:
    """Fetch the feeds of all sources, or of those named, once, and print what came; nothing is stored."""
    settings = invocation.settings
    sources = declared_sources(settings)
    if unknown := [name for name in ids if name not in sources]:
        raise UsageError(f"no source has the id {unknown[0]}; `rigwire sources list` shows all")
    chosen = [source for source in sources.values() if not ids or source.id in ids]
    requests = [Request(url, source, "feed") for source in chosen for url in source.polled]
    with Fetcher(settings) as fetcher:
        rows = [_check_row(answer) for answer in fetch_all(fetcher, requests, settings.parallel_hosts)]
    print_rows(("id", "feed", "items", "newest", "problem"), sorted(rows), form)
    return 1 if any(row[-1] for row in rows) else 0


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database knows: states of the feeds by URL, sources and silent ones by id."""

    feeds: Mapping[str, dict[str, Any]]
    sources: Mapping[str, dict[str, Any]]
    silent: Mapping[str, Silence]


def _stored(settings: Settings) -> _Stored:
    """Return what is known; nothing before the first run."""
    if not settings.db.exists():
        return _Stored({}, {}, {})
    with open_database(settings.db, readonly=True) as store:
        sources = {row["id"]: row for row in stored_sources(store)}
        return _Stored(load_feed_states(store), sources, silent_sources(store, sources))


def _state_row(source: Source, known: _Stored) -> list[Any]:
    feeds = [known.feeds[url] for url in source.polled if url in known.feeds]
    counts = known.sources.get(source.id, {})
    errors = [feed["error"] for feed in feeds if feed["error"]]
    silence = known.silent.get(source.id)
    return [
        source.id,
        source.name,
        _moment(max, (feed["last_success"] for feed in feeds)),
        _moment(max, (feed["last_error_at"] for feed in feeds)),
        _moment(min, (feed["next_due"] for feed in feeds)),
        counts.get("items", 0),
        counts.get("articles", 0),
        str(silence) if silence else None,
        errors[0] if errors else None,
    ]


def _moment(choose: Any, moments: Iterable[datetime | None]) -> str | None:
    known = [moment for moment in moments if moment is not None]
    return choose(known).strftime("%Y-%m-%dT%H:%M:%SZ") if known else None


def _check_row(answer: Answer[Source]) -> tuple[str, str, int, str, str]:
    source, url = answer.request.about, answer.request.url
    try:
        if answer.error or not answer.page:
            return source.id, url, 0, "", str(answer.error)
        page = answer.page
        feed = parse_feed(page.body, page.headers.get("content-type"), page.final_url, now=utc_now())
        found = feed.items or feed.parts
    except ParseError as error:
        return source.id, url, 0, "", str(error)
    newest = max((item.published or "" for item in feed.items), default="")
    return source.id, url, len(found), newest, "" if found else "the feed has no items"


def _append(path: Path, source: Source) -> None:
    """Add a source to a file, which must be sound as it is; create it where there is none."""
    try:
        if path.exists():
            load_sources([path])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{format_source(source)}")
    except OSError as error:
        raise SourceError(f"cannot write {path}: {error.strerror}; name another file with --to") from None
