"""What `extract` and `parse` share: sources on the command line as articles, failures as lines on stderr."""

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import click

from rigwire.documents import Document, Reader, Unread
from rigwire.errors import RigwireError, SourceError
from rigwire.model import Article, Page
from rigwire.settings import Settings
from rigwire.stages import read_article

if TYPE_CHECKING:
    from rigwire.fetch import Fetcher

log = logging.getLogger(__name__)

_KINDS = {
    "paywall": "only the beginning, the rest is behind a paywall",
    "consent": "a consent wall",
    "js_shell": "a page that needs JavaScript",
    "not_found": "an error page",
    "links": "a page of links",
    "empty": "an empty page",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and the page that it was read from, if that was fetched."""

    article: Article
    page: Page | None


@dataclass(slots=True)
class Failures:
    """Counts what went wrong, and says each on stderr."""

    count: int = 0

    def add(self, error: RigwireError) -> None:
        """Say one failure, in one line."""
        self.count += 1
        click.echo(f"rigwire: {' '.join(str(error).split())}", err=True)


def check_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return the value of an option that is a date or a moment in ISO 8601."""
    kinds: tuple[type[date], ...] = (date, datetime)
    for kind in kinds:
        try:
            if value is not None:
                kind.fromisoformat(value)
            return value
        except ValueError:
            continue
    raise click.BadParameter(f"{value!r} is no date such as 2021-06-30 or 2021-06-30T09:00+02:00.")


def read_sources(
    sources: Sequence[str], settings: Settings, published: str | None, failures: Failures
) -> Iterator[Found]:
    """Yield the articles of all sources; what can't be read goes to `failures`."""
    with ExitStack() as stack:
        fetch, stdin = _lazy_fetch(settings, stack), sys.stdin.buffer
        reader = Reader(fetch, stdin, settings.max_page_bytes)
        for source in sources:
            for document in reader.read(source):
                if isinstance(document, Unread):
                    failures.add(document.error)
                    continue
                try:
                    yield _found(document, published)
                except RigwireError as error:
                    failures.add(_placed(document.name, error))


def _lazy_fetch(settings: Settings, stack: ExitStack) -> Callable[[str], Page]:
    """Return a function that fetches a page; what that needs is loaded by the first call."""

    @cache
    def fetcher() -> "Fetcher":
        from rigwire.fetch import Fetcher

        return stack.enter_context(Fetcher(settings))

    return lambda url: fetcher().get(url)


def _found(document: Document, published: str | None) -> Found:
    """Return the article of a document. Raises `RigwireError` where it has none."""
    try:
        article = read_article(document)
    except RigwireError:
        raise
    except Exception as error:  # a fault of one document is no reason to lose the others
        log.debug("%s", document.name, exc_info=True)
        raise SourceError(f"unexpected {type(error).__name__}: {error}") from error
    if not article.text.strip():
        raise SourceError(f"{_KINDS.get(article.kind, _KINDS['empty'])}, with no article text in it")
    if article.kind != "article":
        log.warning("%s: this is %s", document.name, _KINDS[article.kind])
    if published and not article.published:
        origins = {**article.origins, "published": "option"}
        article = replace(article, published=published, origins=origins)
    return Found(article, document.content if isinstance(document.content, Page) else None)


def _placed(source: str, error: RigwireError) -> RigwireError:
    """Return the error with the name of its source in front, unless it says that itself."""
    return error if source in str(error) else SourceError(f"{source}: {error}")
