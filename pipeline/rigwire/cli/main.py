"""The command `rigwire`: finds the verb, and turns every error into one line and an exit code."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

import click

from rigwire.cli.options import common_options
from rigwire.errors import RigwireError, UsageError

VERBS = (
    "run", "backfill", "ingest", "import", "extract", "parse", "query", "serve", "stories", "correct", "reextract",
    "sources", "export", "check", "backup", "forget", "evaluate",
)  # fmt: skip
_MODULES = {"import": "importing"}  # a word that no module can be called
INTERRUPTED = 130
# Objects made before the collector looks for rings of them: loading makes some 10^6 that stay, and by default (700) it
# walks them again and again.
_COLLECT_AFTER = 50_000


class Verbs(click.Group):
    """A group that imports the module of a verb only when that verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"rigwire.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@common_options
def cli() -> None:
    """Crypto-mining news into rows: fetch it, read it, ask it.

    The options below stand before or after the verb. The settings (db, sources, contact and more) stand in the
    configuration or in variables RIGWIRE_DB and so on; RIGWIRE_CONFIG names the configuration.
    Exit codes: 0 done, 1 a source or document failed, or no process could be had to read it, 2 usage or
    configuration, 3 the database can't be used.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(_COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where a caller has put another object in its place
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = _exit_code(arguments)
    gc.freeze()  # what is left goes with the process: no last walk over it
    sys.exit(code)


def _exit_code(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name="rigwire", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UsageError.exit_code
    except click.ClickException as error:
        return _complain(_one_line(error), UsageError.exit_code)
    except RigwireError as error:
        return _complain(str(error), error.exit_code)
    except BrokenPipeError:
        _silence(sys.stdout)
        return 1


def _one_line(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{message} See `{context.command_path} --help`." if context else message


def _complain(message: str, code: int) -> int:
    click.echo(f"rigwire: {' '.join(message.split())}", err=True)
    return code


def _silence(stream: TextIO) -> None:
    """Send what is still buffered nowhere: the reader of the pipe has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
