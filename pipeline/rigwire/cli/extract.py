"""`rigwire extract`: what documents state, ad hoc."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

import click

from rigwire import __version__
from rigwire.cli.explain import print_explanation
from rigwire.cli.options import Invocation, Verb, common_options, pass_invocation
from rigwire.cli.output import print_jsonl, print_one_or_many
from rigwire.cli.reading import Failures, Found, check_day, read_sources
from rigwire.cli.report import print_extraction
from rigwire.errors import DatabaseError, RigwireError, SourceError, UsageError
from rigwire.model import Extraction, is_extractable
from rigwire.serialize import extraction_json
from rigwire.settings import Settings
from rigwire.stages import current_extractor, extract_article, identified

log = logging.getLogger(__name__)

FORMATS = ("table", "json", "jsonl", "html")


@click.command("extract", cls=Verb)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--published", callback=check_day, help="The publication date where a source does not say.")
@click.option("--explain", "event_id", metavar="EVENT_ID", help="Say of one event what gave each attribute.")
@click.option("--save", is_flag=True, help="Store the articles and what they state in the database.")
@common_options
@pass_invocation
def command(
    invocation: Invocation,
    sources: tuple[str, ...],
    form: str,
    published: str | None,
    event_id: str | None,
    save: bool,
) -> int:
    """Print what each SOURCE states.

    A source is a URL, a .html, .txt, .jsonl or .json file, a folder of those, or - for stdin.

    JSON is one object for one document and an array for several; JSONL is one object a line. HTML is one
    page with the words of every article marked, and its events beside them.
    """
    if event_id and form != "table":
        raise UsageError(f"--explain prints a table; leave out --format {form}")
    settings, failures = invocation.settings, Failures()
    with ExitStack() as stack:
        saving = stack.enter_context(_Saving(settings)) if save else None
        extractions = _extractions(read_sources(sources, settings, published, failures), failures, saving)
        if event_id:
            _explain(extractions, event_id, failures)
        else:
            _print(extractions, form, many=len(sources) > 1)
    return 1 if failures.count else 0


def _print(extractions: Iterable[Extraction], form: str, *, many: bool) -> None:
    objects = (extraction_json(extraction) for extraction in extractions)
    match form:
        case "jsonl":
            print_jsonl(objects)
        case "json":
            print_one_or_many(objects, many=many)
        case "html":
            from rigwire.page import render_page

            if found := list(extractions):
                click.echo(render_page(found))
        case _:
            for extraction in extractions:
                print_extraction(extraction)


def _explain(extractions: Iterable[Extraction], event_id: str, failures: Failures) -> None:
    """Explain the event of that id in every document; a document without it is a failure."""
    for extraction in extractions:
        event = next((event for event in extraction.events if event.id == event_id), None)
        if event:
            print_explanation(extraction, event)
        else:
            ids = ", ".join(event.id for event in extraction.events) or "none"
            failures.add(SourceError(f"{extraction.article.source}: no event {event_id}; its events: {ids}"))


def _extractions(
    found: Iterator[Found], failures: Failures, saving: "_Saving | None"
) -> Iterator[Extraction]:
    """Yield what each article states, stored first where that is asked for."""
    for entry in found:
        try:
            extraction = _extraction(entry)
            if saving:
                saving.save(entry, extraction)
        except DatabaseError:
            raise
        except RigwireError as error:
            failures.add(SourceError(f"{entry.article.source}: {error}"))
        else:
            yield extraction


def _extraction(entry: Found) -> Extraction:
    article = entry.article
    if article.kind == "article" and not is_extractable(article):
        log.warning("%s: the language is %s; only English is extracted", article.source, article.language)
    try:
        return extract_article(article)
    except RigwireError:
        raise
    except Exception as error:  # a fault of one document is no reason to lose the others
        log.debug("%s", article.source, exc_info=True)
        raise SourceError(f"unexpected {type(error).__name__}: {error}") from error


class _Saving:
    """A run of `extract --save`: a context that stores what it is given."""

    def __init__(self, settings: Settings) -> None:
        from rigwire.fetch import utc_now
        from rigwire.store import begin_run, open_database

        self._clock = utc_now
        self._store = open_database(settings.db)
        self._run_id = begin_run(self._store, "extract", __version__, utc_now())
        self._counts = {"new": 0, "unchanged": 0, "revised": 0, "events": 0}

    def save(self, entry: Found, extraction: Extraction) -> None:
        """Store one article with its extraction."""
        from rigwire.store import save_article

        article = identified(entry.article)
        extractable = is_extractable(article)
        saved = save_article(
            self._store,
            page=entry.page,
            article=article,
            extraction=extraction if extractable else None,
            source_id=None,
            run_id=self._run_id,
            now=self._clock(),
            extractor_version=current_extractor() if extractable else "",
        )
        self._counts[saved.outcome] += 1
        self._counts["events"] += saved.events

    def __enter__(self) -> "_Saving":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        from rigwire.store import finish_run

        try:
            finish_run(self._store, self._run_id, "failed" if kind else "done", self._counts, self._clock())
        finally:
            self._store.close()
        counts = ", ".join(f"{count} {name}" for name, count in self._counts.items())
        click.echo(f"saved: {counts}", err=True)
