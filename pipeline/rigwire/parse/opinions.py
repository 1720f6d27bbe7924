"""Opinions on which blocks of a page are its article. An opinion is a set of blocks."""

from collections import defaultdict

import trafilatura
from lxml.html import HtmlElement

from rigwire.parse.blocks import Block, is_inside
from rigwire.parse.dom import ancestors, fold, parse_tree
from rigwire.parse.furniture import Furniture

NEAR_HEADLINE = 12
_ENDS = 80
# How much a paragraph counts for its own element, the one around that, and the next.
_SHARES = (1.0, 1.0, 0.5)
_AHEAD = 20_000

Votes = set[Block]


def by_trafilatura(html: str, blocks: list[Block], precise: bool) -> Votes:
    """Return the blocks that trafilatura takes: `precise` is quick and strict, else it asks its own fall-backs too.

    A block counts where its beginning or its end occurs in trafilatura's text, which adds and drops marks within.
    """
    text = trafilatura.extract(_tree(html), favor_precision=precise, fast=precise, include_comments=False)
    flat = fold(text or "")
    votes: Votes = set()
    place = 0
    for block in blocks:
        words = fold(block.text)
        found = _place(words[:_ENDS], flat, place)
        if found < 0 and len(words) > _ENDS:
            found = _place(words[-_ENDS:], flat, place)
        if found >= 0 and words:
            votes.add(block)
            place = found
    return votes


def _tree(html: str) -> HtmlElement:
    """Return the tree of a page without column spans: trafilatura writes a cell for each column spanned."""
    tree = parse_tree(html)
    for cell in tree.iterfind(".//*[@colspan]"):
        del cell.attrib["colspan"]
    return tree


def _place(words: str, text: str, start: int) -> int:
    """Return where `words` occur in `text`, -1 for nowhere; after `start` first, as both go in the same order."""
    ahead = text.find(words, start, start + _AHEAD)
    return ahead if ahead >= 0 else text.find(words)


def by_structure(blocks: list[Block], headline: Block | None) -> Votes:
    """Return the paragraphs of the element that holds most of them, those near the headline counting double."""
    paragraphs = [block for block in blocks if block.paragraph]
    furniture = Furniture([(block, len(block.text)) for block in paragraphs], headline)
    own = [block for block in paragraphs if not furniture.kind_of(block.element)]
    near = set(below_headline(blocks, headline))
    scores: defaultdict[HtmlElement, float] = defaultdict(float)
    for block in own:
        weight = len(block.text) * (2 if block in near else 1)
        for share, element in zip(_SHARES, (block.element, *ancestors(block.element)), strict=False):
            scores[element] += share * weight
    container = max(scores, key=lambda element: scores[element], default=None)
    return {block for block in own if is_inside(block, container)}


def find_headline(blocks: list[Block], title: str | None) -> Block | None:
    """Return the block that is the page's headline: the highest heading with the words of `title`."""
    wanted = fold(title or "")
    same = [block for block in blocks if wanted and fold(block.text) == wanted]
    return min(same, key=lambda block: block.tag if block.heading else "h9", default=None)


def below_headline(blocks: list[Block], headline: Block | None) -> list[Block]:
    """Return the blocks right below the headline."""
    if headline is None:
        return []
    place = blocks.index(headline)
    return blocks[place + 1 : place + 1 + NEAR_HEADLINE]
