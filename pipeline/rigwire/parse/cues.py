"""What templates call the parts of a page that are not the article: class, id and role names, by kind."""

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from rigwire.knowledge import read_table
from rigwire.parse.dom import tag_of

_TAGS = {
    "nav": "navigation", "footer": "navigation", "aside": "related", "figcaption": "caption", "dialog": "widget",
    "form": "newsletter", "menu": "navigation", "address": "byline", "time": "byline", "caption": "caption",
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
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"
    kind = _kind_of_names(names)
    return "" if kind == "quoted" else _ROLES.get(element.get("role") or "") or kind or _TAGS.get(tag_of(element), "")


def is_inline_furniture(element: HtmlElement) -> bool:
    """Tell a span that is no part of its sentence: hidden, shown on hovering, or for screen readers."""
    names = element.get("class")
    return (bool(names) and _has_inline_cue(names)) or bool(_HIDDEN.search(element.get("style") or ""))


@lru_cache(maxsize=20_000)
def _kind_of_names(names: str) -> str:
    words = _words(names)
    if not words:
        return ""
    tokens = names.lower().split()
    for kind, where, pattern in _cues():
        if where == "names" and pattern.search(words):
            return kind
        if where == "token" and any(pattern.fullmatch(token) for token in tokens):
            return kind
    return ""


@lru_cache(maxsize=20_000)
def _has_inline_cue(names: str) -> bool:
    words = _words(names)
    return any(where == "inline" and pattern.search(words) for _, where, pattern in _cues())


def _words(names: str) -> str:
    """Return class and id names as words: "RelatedCard_card__x1" is "related card card x"."""
    return _SEPARATOR.sub(" ", _CAMEL.sub(" ", names).lower()).strip()


@cache
def _cues() -> list[tuple[str, str, re.Pattern[str]]]:
    rows = read_table("parse/drop_elements.csv")
    return [(row["kind"], row["where"], re.compile(row["pattern"])) for row in rows]
