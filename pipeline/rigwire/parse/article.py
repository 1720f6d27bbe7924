"""A page as an article."""

from dataclasses import replace
from datetime import date, timedelta

from rigwire.model import Article, Hints, Page
from rigwire.parse.blocks import find_blocks
from rigwire.parse.body import body_of, find_body
from rigwire.parse.charset import clean_characters, decode_body
from rigwire.parse.dom import parse_tree
from rigwire.parse.guard import check_html
from rigwire.parse.kind import page_kind
from rigwire.parse.language import detect_language
from rigwire.parse.metadata import read_metadata, with_selected
from rigwire.parse.selectors import apply_selectors
from rigwire.parse.text import known_article, parse_text

_FLAT_TYPES = ("text/plain", "text/markdown")
_SNIFF = 1_000


def parse_page(page: Page, hints: Hints) -> Article:
    """Return the article of a fetched page, of whatever kind the page is (`Article.kind`).

    Raises `ParseError` for what is no HTML or text, and for a page beyond the limits of `guard.check_html`.
    """
    content_type = page.headers.get("content-type", "")
    text = decode_body(page.body, content_type)
    if content_type.lower().startswith(_FLAT_TYPES) and "<html" not in text[:_SNIFF].lower():
        return parse_text(text, replace(hints, url=hints.url or page.final_url), page.final_url)
    tomorrow = page.fetched_at.date() + timedelta(days=1)  # where the site is
    return parse_html(text, hints, page.final_url, page.final_url, latest=tomorrow)


def parse_html(html: str, hints: Hints, source: str, url: str | None, *, latest: date = date.max) -> Article:
    """Return the article of an HTML document.

    `source` is where it came from, `url` its address on the web or None, `latest` the last day on which it may have
    been published. `hints.selectors` are tried first; those that fail are named in `origins["failed selectors"]`.
    Raises `ParseError` for a page beyond the limits.
    """
    html = clean_characters(html)
    check_html(html)
    if not html.strip():
        return known_article(hints, source, url)
    root = parse_tree(html)
    blocks = find_blocks(root)
    selected = apply_selectors(html, hints.selectors)
    found = with_selected(read_metadata(root, blocks, url, hints, latest), selected, hints.timezone)
    text, origin = body_of(selected.body, found.title) if selected.body else "", "selector"
    if not text:
        shown = find_blocks(parse_tree(selected.rest)) if selected.rest else blocks
        text, origin = find_body(selected.rest or html, shown, found.title, found.article_body)
    return replace(
        known_article(hints, source, url),
        id=hints.id or found.canonical_url or url or source,
        canonical_url=found.canonical_url,
        site=found.site,
        title=found.title,
        authors=found.authors,
        published=found.published,
        modified=found.modified,
        language=detect_language(text, found.declared_language),
        text=text,
        kind=page_kind(root, blocks, text, found.titles, found.paid),
        origins=found.origins | ({"text": origin} if text else {}),
    )
