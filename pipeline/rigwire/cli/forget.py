"""`rigwire forget`: an article or a source, wholly."""

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.errors import UsageError
from rigwire.fetch import declared_sources, utc_now
from rigwire.store import forget_article, forget_source, open_database


@click.command("forget", cls=Verb)
@click.argument("url", required=False)
@click.option("--source", "source_id", metavar="ID", help="Forget a source with all its articles.")
@common_options
@pass_invocation
def command(invocation: Invocation, url: str | None, source_id: str | None) -> int:
    """Delete the article at URL, or a source, with all that came from it: texts, facts, pages, index, corrections.

    No feed brings back an article that was forgotten by its URL. A source that is still declared is read anew by the
    next run. Copies of the text on other sites are articles of their own and stay.
    """
    if bool(url) == bool(source_id):
        raise UsageError("give the URL of one article, or --source ID")
    settings = invocation.settings
    with open_database(settings.db) as store:
        gone = forget_article(store, url, utc_now()) if url else forget_source(store, source_id or "", utc_now())
    click.echo(f"forgotten: {gone.articles} articles, {gone.events} events, {gone.pages} pages")
    if source_id in declared_sources(settings):
        warning = f"{source_id} is still declared as a source: take it off the list, or the next run reads it anew"
        click.echo(warning, err=True)
    return 0
