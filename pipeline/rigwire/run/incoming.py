"""A document on its way into the database: what it is known by, and what its source says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from rigwire.documents import Document
from rigwire.errors import UsageError
from rigwire.fetch import Source
from rigwire.model import Page
from rigwire.run.tasks import owner_of, with_source
from rigwire.store import document_digest


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that is under way: its name and digest, and the page as it was fetched, where an archive kept it."""

    name: str
    digest: str
    page: Page | None
    source_id: str | None


def told(document: Document, sources: Mapping[str, Source]) -> tuple[Incoming, Document]:
    """Return what a document is known by, and the document with what its source says of it."""
    content, url = document.content, document.hints.url
    page = content if isinstance(content, Page) else None
    parts = (page.url, page.body) if page else (content,)
    digest = document_digest(*parts, str(document.is_html), repr(document.hints))
    source = owner_of(url, sources.values()) if url else None
    hints = with_source(document.hints, source) if source else document.hints
    incoming = Incoming(document.name, digest, page, source.id if source else None)
    return incoming, replace(document, hints=hints)


def refuse_url(url: str) -> NoReturn:
    """Refuse to fetch: ingest reads what is there."""
    raise UsageError(f"{url}: ingest reads files; `rigwire extract --save` reads a URL")
