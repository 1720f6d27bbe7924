"""A page, or flat text, as an article."""

from rigwire.errors import ParseError
from rigwire.model import Article, Hints, Page
from rigwire.parse.body import find_body
from rigwire.parse.blocks import find_blocks
from rigwire.parse.charset import clean_characters, decode_body
from rigwire.parse.dom import parse_tree
from rigwire.parse.flat import clean_text
from rigwire.parse.guard import check_html, check_text
from rigwire.parse.kind import page_kind
from rigwire.parse.language import detect_language
from rigwire.parse.metadata import read_metadata
from rigwire.parse.stamps import parse_stamp


def parse_page(page: Page, hints: Hints) -> Article:
    """Return the article of a fetched page, of whatever kind it is (`Article.kind`).

    Raises `ParseError` for what is no HTML or text, and for a page beyond the limits of `guard.check_html`.
    """
    html = decode_body(page.body, page.headers.get("content-type", ""))
    return parse_html(html, hints, page.final_url, page.final_url)


def parse_html(html: str, hints: Hints, source: str, url: str | None) -> Article:
    """Return the article of an HTML document. `source` is where it came from, `url` its address on the web or None."""
    html = clean_characters(html)
    check_html(html)
    if not html.strip():
        return _empty(hints, source, url)
    root = parse_tree(html)
    blocks = find_blocks(root)
    found = read_metadata(root, blocks, url, hints)
    text = find_body(html, blocks, found.title)
    language = detect_language(text, found.declared_language)
    return Article(
        id=hints.id or found.canonical_url or url or source,
        source=source,
        url=url,
        canonical_url=found.canonical_url,
        site=found.site,
        title=found.title,
        authors=found.authors,
        published=found.published,
        modified=found.modified,
        language=language,
        text=text,
        kind=page_kind(root, blocks, text, found.titles, found.paid),
        origins=found.origins,
    )


def parse_text(text: str, hints: Hints, source: str) -> Article:
    """Return the article of flat text; title, date, authors and site are those of `hints`."""
    check_text(text)
    body = clean_text(clean_characters(text), hints.title)
    stamp = parse_stamp(hints.published)
    origins = {name: "hint" for name in ("title", "published", "authors", "site") if getattr(hints, name)}
    return Article(
        id=hints.id or hints.url or source,
        source=source,
        url=hints.url,
        canonical_url=None,
        site=hints.site,
        title=hints.title,
        authors=hints.authors,
        published=stamp.in_zone(hints.timezone).iso if stamp else None,
        modified=None,
        language=detect_language(body, hints.language),
        text=body,
        kind="article" if body else "empty",
        origins=origins,
    )


def _empty(hints: Hints, source: str, url: str | None) -> Article:
    """Return the article of a page without a word."""
    return Article(
        id=hints.id or url or source, source=source, url=url, canonical_url=None, site=hints.site, title=hints.title,
        authors=hints.authors, published=hints.published, modified=None, language=None, text="", kind="empty",
    )  # fmt: skip
