"""Who wrote a page."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors, cue_words, squeeze, text_of
from rigwire.parse.published import near_headline
from rigwire.parse.structured import PageData, meta_names, microdata, names_of

_SUFFIX = r"(?!\s*(?:Inc|Ltd|LLC|LLP|PLC|Corp|Co|Jr|Sr|MD|PhD|Ph\.D|GmbH|AG)\b)"
_AND = re.compile(rf"\s*[,;|]{_SUFFIX}\s*|\s(?:&|and|und|et|y|e|en|og|och|и)\s+")
_ADDRESS = re.compile(r"https?:|www\.|@|\.com\b|/")
_LETTER = re.compile(r"[^\W\d_]")
_NAME_WORD = r"[^\W\d_a-zа-я][\w.'’-]*"
_BYLINE_CUE = re.compile(r"byline|by-line|author|auteur|autor|writer|who|infos?|meta")
_AUTHOR_LINK = re.compile(r"author|/by/|/staff|/people|/profile|/user|/writers?|/team|@")
_LONGEST = 80
_BYLINE = 160


def find_authors(page: PageData) -> tuple[tuple[str, ...], str]:
    """Return the authors' names and where they were read: what is stated for machines, links, the visible byline."""
    sources: tuple[tuple[str, Iterable[str]], ...] = (
        ("json-ld", names_of(page.nodes, page.article.get("author"))),
        ("microdata", _from_microdata(page.root)),
        ("meta", _from_metas(page.metas)),
        ("script", names_of(page.nodes, page.state.get("authors") or page.state.get("author"))),
        ("author link", _from_links(page.root)),
        ("page text", _from_words(page)),
    )
    for origin, names in sources:
        if clean := tuple(dict.fromkeys(name for raw in names for name in split_names(raw))):
            return clean, origin
    return (), ""


def split_names(raw: str) -> Iterator[str]:
    """Yield the names in a byline, without the words around them, links, and accounts that stand for nobody."""
    text = _by().sub("", squeeze(raw))
    for part in _AND.split(text):
        name = part.strip(" ·|-–—")
        sound = 1 < len(name) < _LONGEST and _LETTER.search(name) and not _ADDRESS.search(name)
        if sound and not _nobody().fullmatch(name):
            yield name


def _from_microdata(root: HtmlElement) -> Iterator[str]:
    for element, value in microdata(root, "author"):
        if not _is_aside(element):
            yield from [name for _, name in microdata(element, "name")] or [value]


def _from_metas(metas: dict[str, list[str]]) -> list[str]:
    stated = (metas[name] for name in meta_names("author") if name in metas)
    return next((values for values in stated if any(True for value in values for _ in split_names(value))), [])


def _from_links(root: HtmlElement) -> Iterator[str]:
    """Yield the words of links to authors' pages: rel=author, or a link inside a byline."""
    for link in root.iter("a"):
        marked = "author" in (link.get("rel") or "").split()
        if (marked or _is_byline_link(link)) and not _is_aside(link):
            yield text_of(link)


def _is_byline_link(link: HtmlElement) -> bool:
    if not _AUTHOR_LINK.search(link.get("href") or ""):
        return False
    around = islice(ancestors(link), 3)
    return any(_BYLINE_CUE.search(cue_words(parent)) and len(text_of(parent)) < _BYLINE for parent in around)


def _is_aside(element: HtmlElement) -> bool:
    """Tell whether an element is part of comments or of links to other articles."""
    return any(cue_of(parent) in ("comments", "related") for parent in ancestors(element))


def _from_words(page: PageData) -> Iterator[str]:
    """Yield the names after "by", "Text:" and the like in the first line near the headline that has any."""
    for block in near_headline(page.blocks, page.title):
        if match := _announced().search(_without_times(block)):
            yield match["names"]
            return


def _without_times(block: Block) -> str:
    """Return the words of a block without those of its time elements, which run on from names."""
    text = block.text
    for words in filter(None, map(text_of, block.element.iter("time"))):
        text = text.replace(words, " | ")
    return text


@cache
def _labels() -> str:
    """Return the alternatives of a pattern for the words that announce an author, longest first."""
    rows = [row for row in read_table("parse/byline_cues.csv") if row["kind"] == "author"]
    words = {re.escape(word) for row in rows for word in split_list(row["words"])}
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_labels()})\s*:?\s+", re.I)


@cache
def _announced() -> re.Pattern[str]:
    name = rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,3}}"
    names = rf"{name}(?:(?:,|\s(?:&|and|und|et|y))\s{name}){{0,4}}"
    return re.compile(rf"(?:^|[|·•–—]\s*)(?i:{_labels()})\s*:?\s+(?P<names>{names})")


@cache
def _nobody() -> re.Pattern[str]:
    """Return the pattern of accounts and offices that are no author (`models/parse/no_authors.csv`)."""
    return re.compile("|".join(row["pattern"] for row in read_table("parse/no_authors.csv")), re.I)
