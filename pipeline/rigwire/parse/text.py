"""Flat text as an article: what the libraries for HTML are not needed for."""

from dataclasses import replace

from rigwire.model import Article, Hints
from rigwire.parse.charset import clean_characters
from rigwire.parse.flat import clean_text
from rigwire.parse.guard import check_text
from rigwire.parse.language import detect_language
from rigwire.parse.stamps import parse_stamp


def parse_text(text: str, hints: Hints, source: str) -> Article:
    """Return the article of flat text; title, date, authors and site are those of `hints`.

    Raises `ParseError` for a text beyond the limit.
    """
    check_text(text)
    body = clean_text(clean_characters(text), hints.title)
    found = replace(known_article(hints, source, hints.url), text=body, language=detect_language(body, hints.language))
    return replace(found, kind="article") if body else found


def known_article(hints: Hints, source: str, url: str | None) -> Article:
    """Return an empty article with what is known beforehand."""
    stamp = parse_stamp(hints.published)
    published = stamp.in_zone(hints.timezone).iso if stamp else None
    return Article(
        id=hints.id or url or source,
        source=source,
        url=url,
        canonical_url=None,
        site=hints.site,
        title=hints.title,
        authors=hints.authors,
        published=published,
        modified=None,
        language=None,
        text="",
        kind="empty",
        origins={name: "hint" for name in ("title", "published", "authors", "site") if getattr(hints, name)},
    )
