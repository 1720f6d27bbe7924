"""What a page is where it is no article: a stub, a consent wall, a shell for scripts, a soft 404, a list of links."""

import re
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement

from rigwire.knowledge import read_table
from rigwire.parse.blocks import Block
from rigwire.parse.dom import squeeze, text_of

_WORD = re.compile(r"\w+")
_STUB_WORDS = 120
_SHELL_WORDS = 25
_PLEA_WORDS = 60
_LINK_SHARE = 0.6
_READ = 20_000


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    where: str
    most_words: int
    pattern: re.Pattern[str]


def page_kind(root: HtmlElement, blocks: list[Block], text: str, titles: list[str], paid: bool) -> str:
    """Return one of `model.ARTICLE_KINDS`.

    `blocks` are all blocks of the page, `text` the article that was found, `titles` what the head calls the page,
    `paid` whether the page says of itself that it is not free.
    """
    words = len(_WORD.findall(text))
    page = " ".join(block.text for block in blocks)[:_READ]
    heading = next((block.text for block in blocks if block.heading), "")
    kind = _cued(words, [*titles, heading], text, page)
    if kind:
        return kind
    if paid and words < _STUB_WORDS:
        return "paywall"
    if (words < _SHELL_WORDS and _is_shell(root, page)) or (words < _PLEA_WORDS and _asks_for_scripts().search(text)):
        return "js_shell"
    if words < _STUB_WORDS and not _has_paragraph(text) and _is_list_of_links(blocks, has_text=words > 0):
        return "links"
    return "article" if words else "empty"


def _cued(words: int, titles: list[str], text: str, page: str) -> str:
    """Return the kind that the table's first fitting cue names; a cue holds only for so many words of article."""
    places = {"title": titles, "text": [text], "page": [page]}
    for cue in _cues():
        if words <= cue.most_words and any(cue.pattern.search(place) for place in places[cue.where]):
            return cue.kind
    return ""


def _is_shell(root: HtmlElement, page: str) -> bool:
    """Tell whether the page asks for JavaScript, or is an empty mount point with scripts."""
    asked = " ".join([page, *(text_of(element) for element in root.iter("noscript"))])
    if _asks_for_scripts().search(asked):
        return True
    return len(_WORD.findall(page)) < _SHELL_WORDS and next(root.iter("script"), None) is not None


def _has_paragraph(text: str) -> bool:
    return any(len(_WORD.findall(line)) >= _SHELL_WORDS for line in text.split("\n"))


def _is_list_of_links(blocks: list[Block], *, has_text: bool) -> bool:
    """Tell a page that is mostly links, or that has many and nothing that could be an article's text."""
    chars = sum(len(block.text) for block in blocks)
    share = _LINK_SHARE if has_text else _LINK_SHARE / 2
    return len(blocks) > 10 and sum(block.linked for block in blocks) > share * chars


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(row["kind"], row["where"], int(row["most_words"]), re.compile(squeeze(row["pattern"]), re.I))
        for row in read_table("parse/page_kinds.csv")
        if row["kind"] != "js_shell"
    )


@cache
def _asks_for_scripts() -> re.Pattern[str]:
    patterns = (row["pattern"] for row in read_table("parse/page_kinds.csv") if row["kind"] == "js_shell")
    return re.compile("|".join(patterns), re.I)
