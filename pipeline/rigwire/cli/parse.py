"""`rigwire parse`: the article alone."""

from typing import Any

import click

from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import cell, print_jsonl, print_one_or_many
from rigwire.cli.reading import Failures, check_day, read_sources
from rigwire.model import Article
from rigwire.serialize import article_json

FORMATS = ("text", "json", "jsonl")


@click.command("parse", cls=Verb)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--published", callback=check_day, help="The publication date where a source does not say.")
@common_options
@pass_invocation
def command(invocation: Invocation, sources: tuple[str, ...], form: str, published: str | None) -> int:
    """Print the article of each SOURCE.

    A source is a URL, a .html, .txt, .jsonl or .json file, a folder of those, or - for stdin.
    """
    failures = Failures()
    found = read_sources(sources, invocation.settings, published, failures)
    articles = (entry.article for entry in found)
    if form == "text":
        for article in articles:
            _print_text(article)
    else:
        objects = (article_json(article) for article in articles)
        _print_objects(objects, form, many=len(sources) > 1)
    return 1 if failures.count else 0


def _print_objects(objects: Any, form: str, *, many: bool) -> None:
    if form == "jsonl":
        print_jsonl(objects)
    else:
        print_one_or_many(objects, many=many)


def _print_text(article: Article) -> None:
    facts = (article.source, article.site, article.published, article.language, ", ".join(article.authors))
    click.echo(cell(article.title or "(no title)"))
    click.echo(" · ".join(cell(fact) for fact in facts if fact))
    click.echo()
    click.echo(article.text)
    click.echo()
