"""Limits that a page must keep, checked on its characters before any parser sees it."""

import re

from rigwire.errors import ParseError

MAX_CHARS = 5_000_000
MAX_TAGS = 150_000
MAX_DEPTH = 600
MAX_BLOCKS = 15_000
MAX_ATTRIBUTES = 1_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s/][^\s=<>/]+")
_BLOCK = re.compile(r"<(?:p|li|br|tr|dd|dt|h[1-6]|blockquote|section|article)\b", re.I)
_NESTING = re.compile(
    r"<(/?)(div|span|section|article|table|ul|ol|blockquote|b|i|em|strong|a|font|center|form|[a-z]+-[a-z-]+)\b",
    re.I,
)


def check_html(html: str) -> None:
    """Raise `ParseError` where a page is so large, deep or long that parsers would hang or fill the memory.

    The limits are far above any real article: 5 million characters, 150,000 tags, 600 levels, 15,000 paragraphs,
    1,000 attributes on one tag.
    """
    _limit("characters", len(html), MAX_CHARS)
    _limit("tags", html.count("<"), MAX_TAGS)
    _limit("paragraphs", sum(1 for _ in _BLOCK.finditer(html)), MAX_BLOCKS)
    for tag in _LONG_TAG.finditer(html):
        _limit("attributes on a tag", len(_ATTRIBUTE.findall(_QUOTED.sub("", tag[0]))), MAX_ATTRIBUTES)
    _limit("nested tags", _depth(html), MAX_DEPTH)


def check_text(text: str) -> None:
    """Raise `ParseError` where flat text is longer than any article."""
    _limit("characters", len(text), MAX_CHARS)


def _limit(what: str, found: int, most: int) -> None:
    if found > most:
        raise ParseError(
            f"the document has {found:,} {what}, more than the {most:,} that are read: it is no article page"
        )


def _depth(html: str) -> int:
    """Return the deepest nesting by counting tags, which bounds what a parser builds."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
