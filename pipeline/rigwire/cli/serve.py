"""`rigwire serve`: the database in a browser."""

import secrets

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.errors import UsageError
from rigwire.store import open_database


@click.command("serve", cls=Verb)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one.")
@common_options
@pass_invocation
def command(invocation: Invocation, host: str, port: int) -> int:
    """Show the database in a browser, until interrupted.

    It can only be read, but for corrections: those need the token of the setting `token`, or else one that is made
    and shown at the start.
    """
    try:
        from rigwire.web import Address, serve
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; the web page needs it: pip install 'rigwire[web]'") from error
    settings = invocation.settings
    open_database(settings.db, readonly=True).close()  # an unusable file is told before the browser opens
    token = settings.token or secrets.token_urlsafe(18)
    shown = "the setting `token`" if settings.token else token

    def announce(url: str) -> None:
        click.echo(f"{url} shows {settings.db}; the token for corrections is {shown}", err=True)

    try:
        serve(settings.db, token, Address(host, port), announce)
    except KeyboardInterrupt:
        return 0
    return 0
