"""The article's text among all blocks of a page.

Two opinions are joined. The extractor trafilatura, in its precise mode, votes for blocks: it is good at finding the
article and poor at its details. The page's own structure gives the rest: the innermost element around the votes, the
names of its parts, the words of its lines.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

import trafilatura
from lxml.html import HtmlElement

from rigwire.parse.blocks import Block, join_blocks
from rigwire.parse.dom import ancestors, fold, parse_tree, text_of
from rigwire.parse.flat import clean_blocks
from rigwire.parse.furniture import Furniture
from rigwire.parse.tidy import is_log, is_stamp, without_boxes, without_lead_in, without_repeats

_ENDS = 80
_PARAGRAPH = 60
_CONTAINER_SHARE = 0.8
_MOSTLY_LINKS = 0.5
_ALL_LINKS = 0.85
_SHORT = 250
_NEAR = 12


@dataclass(slots=True)
class _Judged:
    block: Block
    voted: bool


def find_body(html: str, blocks: list[Block], title: str | None) -> str:
    """Return the text of the article in `blocks` (all blocks of the page `html`), "" where there is none."""
    return join_blocks(article_blocks(html, blocks, title))


def article_blocks(html: str, blocks: list[Block], title: str | None) -> list[Block]:
    """Return those of `blocks` that are the article.

    Where trafilatura and the page's own structure point at different places, or at next to nothing, readability is
    asked too, and the majority decides.
    """
    headline = find_headline(blocks, title)

    def chosen(votes: list[bool]) -> list[Block]:
        return clean_blocks(_select(blocks, votes, headline))

    first = chosen(_votes(_by_trafilatura(html), blocks))
    own = chosen(_own_votes(blocks, headline))
    if _chars(first) >= _SHORT and (_agree(first, own) or _follows(first, headline, blocks)):
        return first
    third = chosen(_votes(_by_readability(html), blocks))
    if _agree(first, third) and _chars(first) >= _chars(third) / 2:
        return first
    return max((third, own) if _agree(third, own) else (first, third, own), key=_chars)


def _follows(chosen: list[Block], headline: Block | None, blocks: list[Block]) -> bool:
    """Tell whether a choice begins right below the headline."""
    if headline is None:
        return False
    gap = blocks.index(chosen[0]) - blocks.index(headline)
    return 0 < gap <= _NEAR


def _chars(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _agree(one: list[Block], other: list[Block]) -> bool:
    """Tell whether two choices share at least half of the shorter one."""
    shared = _chars([block for block in one if any(block is same for same in other)])
    return shared > 0.5 * min(_chars(one), _chars(other)) > 0


def find_headline(blocks: list[Block], title: str | None) -> Block | None:
    """Return the block that is the page's headline: the highest heading with the words of `title`."""
    wanted = fold(title or "")
    same = [block for block in blocks if wanted and fold(block.text) == wanted]
    return min(same, key=lambda block: block.tag if block.heading else "h9", default=None)


def _by_trafilatura(html: str) -> str:
    return trafilatura.extract(parse_tree(html), favor_precision=True, fast=True, include_comments=False) or ""


def _by_readability(html: str) -> str:
    from readability import Document

    try:
        summary: str = Document(html).summary(html_partial=True)
    except Exception:  # its own error type hides whatever lxml raised; there is then no third opinion
        return ""
    return text_of(parse_tree(summary)) if summary.strip() else ""


def _votes(text: str, blocks: list[Block]) -> list[bool]:
    """Return for each block whether its beginning or its end occurs in `text`."""
    flat = fold(text)
    return [bool(words) and (words[:_ENDS] in flat or words[-_ENDS:] in flat) for words in (fold(block.text) for block in blocks)]


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= _PARAGRAPH and block.link_share < _MOSTLY_LINKS and not block.heading


def _weights(blocks: list[Block], votes: list[bool]) -> list[tuple[Block, int]]:
    return [(block, len(block.text)) for block, vote in zip(blocks, votes, strict=True) if vote and _is_paragraph(block)]


def _own_votes(blocks: list[Block], headline: Block | None) -> list[bool]:
    """Return votes for the paragraphs of the element that holds most of them, counting those near the headline double."""
    everything = Furniture([(block, len(block.text)) for block in blocks if _is_paragraph(block)], headline)
    paragraphs = [i for i, block in enumerate(blocks) if _is_paragraph(block) and not everything.kind_of(block.element)]
    start = next((i for i, block in enumerate(blocks) if block is headline), None)
    scores: defaultdict[HtmlElement, float] = defaultdict(float)
    for i in paragraphs:
        near = start is not None and 0 < i - start <= _NEAR
        for level, element in enumerate(islice(ancestors(blocks[i].element), 2)):
            scores[element] += len(blocks[i].text) * (2 if near else 1) / (level + 1)
    container = max(scores, key=lambda element: scores[element], default=None)
    return [i in set(paragraphs) and _inside(block, container) for i, block in enumerate(blocks)]


def _inside(block: Block, container: HtmlElement | None) -> bool:
    return container is not None and (block.element is container or container in ancestors(block.element))


def _select(blocks: list[Block], votes: list[bool], headline: Block | None) -> list[Block]:
    """Return the blocks of the article, given votes for some of its blocks."""
    weights = _weights(blocks, votes) or [(block, len(block.text)) for block, vote in zip(blocks, votes, strict=True) if vote]
    furniture = Furniture(weights, headline)
    container = furniture.deepest_holding(_CONTAINER_SHARE)
    judged = [_Judged(block, vote) for block, vote in zip(blocks, votes, strict=True) if _inside(block, container)]
    voted = {id(item.block) for item in judged if item.voted}
    inside = without_boxes([item.block for item in judged], furniture.share_of)
    kept = [block for block in inside if _belongs(block, id(block) in voted, furniture, headline)]
    return without_lead_in(without_repeats(_between_votes(kept, voted)))


def _belongs(block: Block, voted: bool, furniture: Furniture, headline: Block | None) -> bool:
    """Tell whether a block inside the article's element is no furniture, headline or bare link."""
    kind = furniture.kind_of(block.element)
    if (kind and kind != "subtitle") or block.tag == "h1" or (headline is not None and fold(block.text) == fold(headline.text)):
        return False
    if block.link_share > _ALL_LINKS:
        return False
    return voted or block.link_share < _MOSTLY_LINKS


def _between_votes(blocks: list[Block], voted: set[int]) -> list[Block]:
    """Return what lies from the first vote to the last, and what goes on right after in the same element."""
    places = [i for i, block in enumerate(blocks) if id(block) in voted]
    if not places:
        return []
    start, end = places[0], places[-1]
    above = blocks[start].element.getparent()
    while start > 0 and _inside(blocks[start - 1], above) and _is_paragraph(blocks[start - 1]):
        start -= 1
    if start > 0 and is_stamp(blocks[start - 1]) and is_log(blocks):
        start -= 1
    parent = blocks[end].element.getparent()
    while end + 1 < len(blocks) and _inside(blocks[end + 1], parent) and _goes_on(blocks[end + 1]):
        end += 1
    return blocks[start : end + 1]


def _goes_on(block: Block) -> bool:
    return _is_paragraph(block) or block.row or block.item
