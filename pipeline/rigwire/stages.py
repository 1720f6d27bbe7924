"""The two pure stages, parse and extract, each imported when it is first needed.

Parsing loads HTML libraries, extracting loads spaCy: a run with nothing new loads neither.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from rigwire.documents import Document
from rigwire.model import Article, Extraction, Page, is_extractable
from rigwire.urls import canonical_url


def read_article(document: Document) -> Article:
    """Return the article of a document. Raises `ParseError` for what is no page and no text."""
    from rigwire import parse
    from rigwire.parse.charset import decode_body

    content, hints = document.content, document.hints
    if isinstance(content, Page):
        return replace(parse.parse_page(content, hints), source=document.source)
    text = content if isinstance(content, str) else decode_body(content)
    if document.is_html:
        return parse.parse_html(text, hints, document.source, hints.url)
    return parse.parse_text(text, hints, document.source)


def identified(article: Article) -> Article:
    """Return the article with the URL that it is stored by: its canonical one without tracking parameters.

    A page that calls the front page its own, as some sites' pages all do, is known by its URL.
    """
    own, declared = article.url, article.canonical_url
    if declared and own and urlsplit(declared).path in ("", "/") and not urlsplit(declared).query:
        declared = None
    url = declared or own
    return replace(article, canonical_url=canonical_url(url)) if url else article


def extract_article(article: Article) -> Extraction:
    """Return what the article states; nothing for one that is not extractable."""
    if not is_extractable(article):
        return Extraction(article)
    from rigwire.extract import extract

    return extract(article)


def load_parser() -> None:
    """Load what parsing a page takes, so that the first one does not pay for it."""
    import rigwire.parse.article  # noqa: F401


def load_extractor() -> None:
    """Load what extracting takes, models and tables included: those that wait for a first article get one."""
    from rigwire.extract import extract

    article = read_article(Document("example", "Example Mining has ordered 100 machines."))
    extract(article)


def current_extractor() -> str:
    """Return the version of the extractor, without loading it."""
    from rigwire.extract import extractor_version

    return extractor_version()
