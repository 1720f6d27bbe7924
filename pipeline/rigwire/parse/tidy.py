"""What a page repeats, frames or puts in front of its article: rules on the blocks inside the article's element."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from rigwire.parse.blocks import Block
from rigwire.parse.dom import ancestors, fold, tag_of
from rigwire.parse.flat import boilerplate_kind
from rigwire.parse.stamps import is_stamp_line

_LABEL = 60
_PARAGRAPH = 60
_SHORTEST_QUOTE = 15
_MOST_BLOCKS = 2_000
_FRAMED = 0.25
_MANY_STAMPS = 3
_FRAMES = frozenset(("blockquote", "aside", "figure", "td", "q"))
_SENTENCE_END = re.compile(r"[.!?…][”\"’»)\]]*$")


def without_repeats(blocks: list[Block]) -> list[Block]:
    """Drop pull quotes, with their credits: what stands inside a longer block (not looked for in endless pages)."""
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    folded = [fold(block.text) for block in blocks]
    longer = [words for words in folded if len(words) > _PARAGRAPH]
    pairs = zip(blocks, folded, strict=True)
    repeats = {block for block, words in pairs if _is_framed(block) and _repeats(words, longer)}
    frames = {frame for block in repeats if (frame := _frame(block)) is not None}
    return [block for block in blocks if block not in repeats and (_frame(block) not in frames or _is_long(block))]


def _is_framed(block: Block) -> bool:
    return not block.row and _frame(block) is not None


def _frame(block: Block) -> HtmlElement | None:
    around = (block.element, *list(ancestors(block.element))[:2])
    return next((element for element in around if tag_of(element) in _FRAMES), None)


def _is_long(block: Block) -> bool:
    return len(block.text) > _PARAGRAPH


def _repeats(words: str, longer: list[str]) -> bool:
    if len(words) < _SHORTEST_QUOTE:
        return False
    return any(words in other and len(words) < 0.9 * len(other) for other in longer)


def without_boxes(blocks: list[Block], weight_of: Callable[[HtmlElement], float]) -> list[Block]:
    """Drop the boxes that a label such as "Read more" or "From our archive" opens.

    `weight_of` gives the share of the article that an element holds: a box holds little.
    """
    boxes = {box for block in blocks if _is_label(block) and (box := _box(block, weight_of)) is not None}
    return [block for block in blocks if not any(part in boxes for part in (block.element, *ancestors(block.element)))]


def _is_label(block: Block) -> bool:
    return len(block.text) < _LABEL and boilerplate_kind(block.text) in ("related", "advert", "newsletter", "poll")


def _box(label: Block, weight_of: Callable[[HtmlElement], float]) -> HtmlElement | None:
    """Return the largest of the label's next two ancestors, itself included, that holds little of the article."""
    fitting = None
    for element in (label.element, *list(ancestors(label.element))[:2]):
        if weight_of(element) > _FRAMED:
            return fitting
        fitting = element
    return fitting


def without_lead_in(blocks: list[Block]) -> list[Block]:
    """Drop the lines with date, author or section above the first paragraph.

    An article of dated entries, such as a live blog, keeps its stamps.
    """
    if is_log(blocks):
        return blocks
    first = next((i for i, block in enumerate(blocks) if _opens(block)), 0)
    return [block for i, block in enumerate(blocks) if i >= first or not is_stamp(block)]


def is_log(blocks: list[Block]) -> bool:
    """Tell an article of dated entries by its stamps."""
    return sum(is_stamp(block) for block in blocks) >= _MANY_STAMPS


def _opens(block: Block) -> bool:
    return not is_stamp(block) and len(block.text) >= _PARAGRAPH and bool(_SENTENCE_END.search(block.text))


def is_stamp(block: Block) -> bool:
    """Tell a line of its own that says when, and perhaps who."""
    return not block.item and not block.row and is_stamp_line(block.text)
