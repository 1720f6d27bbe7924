"""Who wrote a page."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml.html import HtmlElement

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors, cue_words, squeeze, text_of
from rigwire.parse.published import near_headline
from rigwire.parse.structured import Node, microdata, names_of

_METAS = (
    "author", "parsely-author", "article:author", "dcterms.creator", "dc.creator", "mediator_author", "sailthru.author", "byl",
    "cxenseparse:author", "article.author", "authors", "article_author", "byline", "twitter:data1",
)  # fmt: skip
_AND = re.compile(r"\s*(?:,|;|\||\s&\s|\s(?:and|und|et|y|e|en|og|och|и)\s)\s*")
_ADDRESS = re.compile(r"https?:|www\.|@|\.com\b|/")
_PERSON = r"[^\W\d_a-zа-я][\w.'’-]*"
_BYLINE_CUE = re.compile(r"byline|author|auteur|autor|writer|by-?line|who|infos?|meta", re.I)
_LONGEST = 80


def find_authors(root: HtmlElement, blocks: list[Block], title: str | None, nodes: list[Node], article: Node, state: Node, metas: dict[str, list[str]]) -> tuple[tuple[str, ...], str]:
    """Return the authors' names and where they were read: JSON-LD, microdata, meta elements, links, the visible byline."""
    sources: Iterable[tuple[str, Iterable[str]]] = (
        ("json-ld", names_of(nodes, article.get("author"))),
        ("microdata", _from_microdata(root)),
        ("meta", _from_metas(metas)),
        ("script", names_of(nodes, state.get("authors") or state.get("author"))),
        ("author link", _from_links(root)),
        ("page text", _from_words(blocks, title)),
    )
    for origin, names in sources:
        clean = tuple(dict.fromkeys(name for raw in names for name in _split(raw)))
        if clean:
            return clean, origin
    return (), ""


def _from_microdata(root: HtmlElement) -> Iterator[str]:
    for element, value in microdata(root, "author"):
        inner = [name for part, name in microdata(element, "name")]
        if not _in_comments(element):
            yield from inner or [value]


def _from_metas(metas: dict[str, list[str]]) -> list[str]:
    return next((metas[name] for name in _METAS if name in metas and any(_split(value) for value in metas[name])), [])


def _from_links(root: HtmlElement) -> Iterator[str]:
    """Yield the words of links to authors' pages: rel=author, or a link inside a byline."""
    for link in root.iter("a"):
        if _in_comments(link):
            continue
        if "author" in (link.get("rel") or "").split():
            yield text_of(link)
        elif any(_BYLINE_CUE.search(cue_words(parent)) and len(text_of(parent)) < 160 for parent in list(ancestors(link))[:3]):
            target = link.get("href") or ""
            if re.search(r"author|/by/|/staff|/people|/profile|/user|/writers?|/team|@", target):
                yield text_of(link)


def _in_comments(element: HtmlElement) -> bool:
    return any(cue_of(parent) in ("comments", "related") for parent in ancestors(element))


def _from_words(blocks: list[Block], title: str | None) -> Iterator[str]:
    """Yield the names after "by", "Text:" and the like in the first short line near the headline that has any."""
    for block in near_headline(blocks, title):
        match = _announced().search(_without_times(block))
        if match:
            yield match["names"]
            return


def _without_times(block: Block) -> str:
    """Return the words of a block without those of its time elements, which run on from names."""
    times = [text_of(element) for element in block.element.iter("time")]
    text = block.text
    for words in filter(None, times):
        text = text.replace(words, " | ")
    return text


@cache
def _announced() -> re.Pattern[str]:
    rows = [row for row in read_table("parse/byline_cues.csv") if row["kind"] == "author"]
    words = sorted({re.escape(word) for row in rows for word in split_list(row["words"])}, key=len, reverse=True)
    name = rf"{_PERSON}(?:\s{_PERSON}){{0,3}}"
    return re.compile(rf"(?:^|[|·•–—]\s*)(?i:{'|'.join(words)})\s*:?\s+(?P<names>{name}(?:(?:,|\s(?:&|and|und|et|y))\s{name}){{0,4}})")


def _split(raw: str) -> Iterator[str]:
    """Yield the names in a byline, without titles, links and accounts that stand for nobody."""
    text = re.sub(rf"^(?:{_by()})\s*:?\s+", "", squeeze(raw), flags=re.I)
    for part in _AND.split(text):
        name = part.strip(" .·|-–—")
        if 1 < len(name) < _LONGEST and not _ADDRESS.search(name) and re.search(r"[^\W\d_]", name) and not _nobody().fullmatch(name):
            yield name if not part.strip().endswith(".") or len(part.strip()) > len(name) + 1 else part.strip()


@cache
def _by() -> str:
    return "|".join(re.escape(word) for row in read_table("parse/byline_cues.csv") if row["kind"] == "author" for word in split_list(row["words"]))


@cache
def _nobody() -> re.Pattern[str]:
    """Return the pattern of accounts and offices that are no author (`models/parse/nobody.txt` has one a line)."""
    rows = read_table("parse/no_authors.csv")
    return re.compile("|".join(row["pattern"] for row in rows), re.I)
