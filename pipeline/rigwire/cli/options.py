"""The options of every verb, accepted before and after it, and what they mean together."""

import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from rigwire import __version__
from rigwire.paths import expanded
from rigwire.settings import USER_CONFIG, Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])

USER_SOURCES = USER_CONFIG.with_name("sources.toml")
_CHATTY = ("urllib3", "trafilatura", "htmldate", "filelock", "courlan", "charset_normalizer")


@dataclass
class Invocation:
    """What was given on the command line, wherever it stood."""

    db: Path | None = None
    config: Path | None = None
    verbosity: int = 0

    @property
    def settings(self) -> Settings:
        """Return the settings, with the user's own sources after the files that are named. Raises `UsageError`."""
        settings, own = self._given(), expanded(USER_SOURCES)
        if not own.is_file():
            return settings
        return replace(settings, sources=tuple(dict.fromkeys([*settings.sources, own])))

    @property
    def sources_file(self) -> Path:
        """Return the file that new sources are added to. Raises `UsageError` for a wrong setting."""
        named = self._given().sources
        return named[-1] if named else expanded(USER_SOURCES)

    def _given(self) -> Settings:
        return load_settings(self.config, os.environ, {"db": self.db})


class Verb(click.Command):
    """A command that starts logging once all its options are known."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb."""
        start_logging(ctx.ensure_object(Invocation).verbosity)
        return super().invoke(ctx)


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)


def common_options(command: F) -> F:
    """Add the options that every verb has."""
    options = [
        click.option(
            "--db", type=click.Path(path_type=Path), expose_value=False, callback=_keep, metavar="FILE",
            help="The database.  [default: rigwire.db]",
        ),
        click.option(
            "--config", type=click.Path(path_type=Path), expose_value=False, callback=_keep, metavar="FILE",
            help="The configuration.  [default: rigwire.toml, ~/.config/rigwire/rigwire.toml]",
        ),
        click.option(
            "-v", "--verbose", count=True, expose_value=False, callback=_louder,
            help="Say more on stderr; twice: everything.",
        ),
        click.option(
            "-q", "--quiet", count=True, expose_value=False, callback=_quieter, help="Say errors only.",
        ),
        click.version_option(__version__, prog_name="rigwire", message="%(prog)s %(version)s"),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def start_logging(verbosity: int) -> None:
    """Log to stderr with a UTC timestamp: errors, warnings, steps or everything at -1, 0, 1, 2."""
    level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(
        max(-1, min(verbosity, 2)), logging.DEBUG
    )
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler = _Stderr()
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL if level > logging.DEBUG else logging.INFO)


class _Stderr(logging.Handler):
    """Writes to what stderr is at the moment: a progress bar puts itself in its place for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


def _keep(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None and param.name:
        setattr(ctx.ensure_object(Invocation), param.name, value)


def _louder(ctx: click.Context, param: click.Parameter, value: int) -> None:
    ctx.ensure_object(Invocation).verbosity += value


def _quieter(ctx: click.Context, param: click.Parameter, value: int) -> None:
    ctx.ensure_object(Invocation).verbosity -= value
