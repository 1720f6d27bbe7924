"""What templates call the parts of a page that are not the article: class, id and role names, by kind."""

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from rigwire.knowledge import read_table
from rigwire.parse.dom import cue_words, tag_of

_TAGS = {
    "nav": "navigation", "footer": "navigation", "aside": "related", "figcaption": "caption", "dialog": "widget",
    "form": "newsletter", "menu": "navigation", "address": "byline", "time": "byline", "caption": "caption",
    "small": "note",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation", "contentinfo": "navigation", "complementary": "related", "dialog": "cookie",
    "search": "navigation", "banner": "navigation", "alertdialog": "cookie",
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATOR = re.compile(r"[^a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def cue_of(element: HtmlElement) -> str:
    """Return what kind of furniture an element says it is ("related", "comments", ...), "" where it says nothing."""
    if _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
        return "hidden"
    tag = tag_of(element)
    named = _cue_of_names(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}")
    return _ROLES.get(element.get("role") or "", "") or named or _TAGS.get(tag, "")


@lru_cache(maxsize=20_000)
def _cue_of_names(names: str) -> str:
    words = _SEPARATOR.sub(" ", _CAMEL.sub(" ", names).lower()).strip()
    if not words:
        return ""
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), "")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["kind"], re.compile(row["pattern"])) for row in read_table("parse/drop_elements.csv")]
