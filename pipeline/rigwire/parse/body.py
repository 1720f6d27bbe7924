"""The article's text among all blocks of a page.

trafilatura, in its precise mode, says where the article is; it is good at that and poor at the details. The page's
own structure gives those: the innermost element around its choice, the names of its parts, the words of its lines.
"""

import re
from html import unescape

from lxml.html import HtmlElement

from rigwire.parse.blocks import Block, find_blocks, is_inside, join_blocks
from rigwire.parse.dom import fold, parse_tree
from rigwire.parse.flat import clean_blocks, clean_text
from rigwire.parse.furniture import Furniture
from rigwire.parse.opinions import Votes, below_headline, by_structure, by_trafilatura, find_headline
from rigwire.parse.tidy import is_log, is_stamp, without_boxes, without_lead_in, without_repeats

_CONTAINER_SHARE = 0.8
_MOSTLY_LINKS = 0.5
_ALL_LINKS = 0.85
_SHORT = 250
_PRINTED_URL = re.compile(r"(?:https?://|www\.)\S+")
_MARKUP = re.compile(r"<(?:p|br|div|li)\b", re.I)


def find_body(html: str, blocks: list[Block], title: str | None, stated: str = "") -> tuple[str, str]:
    """Return the text of the article in `blocks` (all blocks of the page `html`) and where it was found.

    `stated` is the body that the page states for machines (JSON-LD), for pages that show next to nothing.
    """
    text = join_blocks(article_blocks(html, blocks, title))
    if len(text) < _SHORT and len(stated) > 2 * len(text) + _SHORT:
        return clean_text(_plain(stated), title), "json-ld"
    return text, "page" if text else ""


def body_of(fragment: str, title: str | None) -> str:
    """Return the text of the article where `fragment` is the HTML that holds it and nothing much else."""
    blocks = find_blocks(parse_tree(fragment))
    return join_blocks(clean_blocks(select_blocks(blocks, set(blocks), find_headline(blocks, title))))


def _plain(stated: str) -> str:
    """Return a stated body as flat text; some sites put HTML into it."""
    text = unescape(stated)
    return join_blocks(find_blocks(parse_tree(text))) if _MARKUP.search(text) else text


def article_blocks(html: str, blocks: list[Block], title: str | None) -> list[Block]:
    """Return those of `blocks` that are the article.

    Where trafilatura's choice is next to nothing or has no paragraph, or is neither below the headline nor where
    the page's structure points, it is asked again with its fall-backs, and the longest of the three is taken.
    """
    headline = find_headline(blocks, title)

    def chosen(votes: Votes) -> list[Block]:
        return clean_blocks(select_blocks(blocks, votes, headline))

    votes = by_trafilatura(html, blocks, precise=True)
    first = chosen(votes)
    sound = _chars(first) >= _SHORT and any(block.paragraph for block in votes)
    if sound and first[0] in below_headline(blocks, headline):
        return first
    own = chosen(by_structure(blocks, headline))
    if sound and _agree(first, own):
        return first
    return max(first, own, chosen(by_trafilatura(html, blocks, precise=False)), key=_chars)


def _chars(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _agree(one: list[Block], other: list[Block]) -> bool:
    """Tell whether two choices share at least half of the shorter one."""
    others = set(other)
    shared = _chars([block for block in one if block in others])
    return 2 * shared > min(_chars(one), _chars(other)) > 0


def select_blocks(blocks: list[Block], votes: Votes, headline: Block | None) -> list[Block]:
    """Return the blocks of the article, given `votes` for some of its blocks."""
    voted = [block for block in blocks if block in votes]
    weighed = [block for block in voted if block.paragraph] or voted
    furniture = Furniture([(block, len(block.text)) for block in weighed], headline)
    container = furniture.deepest_holding(_CONTAINER_SHARE)
    inside = without_boxes([block for block in blocks if is_inside(block, container)], furniture.share_of)
    kept = [block for block in inside if _belongs(block, block in votes, furniture.kind_of(block.element))]
    article = [block for block in kept if headline is None or fold(block.text) != fold(headline.text)]
    return without_lead_in(without_repeats(_between_votes(article, votes)))


def _belongs(block: Block, voted: bool, kind: str) -> bool:
    """Tell whether a block inside the article's element is no furniture, top heading or bare link.

    An address that an article prints is words, though it is a link as well.
    """
    if kind not in ("", "subtitle") or block.tag == "h1":
        return False
    if _PRINTED_URL.fullmatch(block.text):
        return True
    return block.link_share < (_ALL_LINKS if voted else _MOSTLY_LINKS)


def _between_votes(blocks: list[Block], votes: Votes) -> list[Block]:
    """Return what lies from the first vote to the last, and the text that goes on beside either of them."""
    places = [i for i, block in enumerate(blocks) if block in votes]
    if not places:
        return []
    start, end = _whole_elements(blocks, places[0], places[-1])
    above, below = blocks[start].element.getparent(), blocks[end].element.getparent()
    while start > 0 and blocks[start - 1].paragraph and is_inside(blocks[start - 1], above):
        start -= 1
    while end + 1 < len(blocks) and _goes_on(blocks[end + 1], below):
        end += 1
    if start > 0 and is_stamp(blocks[start - 1]) and is_log(blocks):
        start -= 1
    return blocks[start : end + 1]


def _whole_elements(blocks: list[Block], start: int, end: int) -> tuple[int, int]:
    """Return the places of the first and last block of the elements whose text, cut by line breaks, is voted for."""
    first, last = blocks[start].element, blocks[end].element
    start = next(i for i, block in enumerate(blocks) if block.element is first)
    end = next(i for i in range(len(blocks) - 1, -1, -1) if blocks[i].element is last)
    return start, end


def _goes_on(block: Block, parent: HtmlElement | None) -> bool:
    return is_inside(block, parent) and (block.paragraph or block.row or block.item)
