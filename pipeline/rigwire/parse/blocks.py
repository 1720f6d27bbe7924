"""A page as a sequence of blocks: paragraphs, headings, list items and table rows, in the order of the document."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from rigwire.parse.cues import is_inline_furniture
from rigwire.parse.dom import BLOCK_TAGS, HEADING_TAGS, tag_of
from rigwire.parse.tables import is_data_table, table_rows

SKIPPED_TAGS = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video map select option textarea "
    "button input head link meta base img picture source track area col colgroup amp-ad amp-sidebar amp-list "
    "amp-social-share amp-consent amp-analytics amp-img".split()
)
_SPACE = re.compile(r"[ \t\n\r\f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_WORD = re.compile(r"\w")
_INVISIBLE = str.maketrans("", "", "\xad\u200b\u200d\u2060\ufeff")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’»)\]]*$|^$")
_FOOTNOTE = re.compile(r"\[\w{1,3}\]|[*†‡§]{1,3}")


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, heading, list item or table row.

    `element` is the innermost block element around it, `linked` the number of its characters inside links, `item`
    whether it begins a list item, `run` what ties the rows of a table or the items of a list together.
    """

    text: str
    element: HtmlElement
    tag: str
    linked: int
    item: bool = False
    run: HtmlElement | None = None

    @property
    def heading(self) -> bool:
        return self.tag in HEADING_TAGS

    @property
    def row(self) -> bool:
        return self.tag == "tr" and self.run is not None

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)


class _Collector:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._item: HtmlElement | None = None
        self._list: HtmlElement | None = None

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self._parts.append(text)
            if in_link:
                self._linked += len(text.strip())

    def open_item(self, item: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
        """Note that a list item begins; returns what to give back to `close_item`."""
        outer = (self._item, self._list)
        self._item, self._list = item, item.getparent()
        return outer

    def close_item(self, outer: tuple[HtmlElement | None, HtmlElement | None]) -> None:
        self._item, self._list = None, outer[1]

    def open_sentence(self) -> bool:
        """Tell whether the text gathered so far stops short of a sentence's end."""
        return not _SENTENCE_END.search(clean_line("".join(self._parts)))

    def flush(self, owner: HtmlElement) -> None:
        if not self._parts:
            return
        text = clean_line("".join(self._parts))
        if _WORD.search(text):
            linked = min(self._linked, len(text))
            self.blocks.append(Block(text, owner, tag_of(owner), linked, self._item is not None, self._list))
            self._item = None
        self._parts.clear()
        self._linked = 0


def clean_line(text: str) -> str:
    """Return `text` with runs of white space as one space and without soft hyphens and zero-width marks."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def join_blocks(blocks: list[Block]) -> str:
    """Return the text of blocks: paragraphs by blank lines, rows of a table and items of a list by one line end."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            parts.append("\n" if block.run is not None and block.run is previous.run else "\n\n")
        parts.append(f"- {block.text}" if block.item else block.text)
        previous = block
    return "".join(parts)


def find_blocks(root: HtmlElement) -> list[Block]:
    """Return the blocks of the page below `root`: every piece of visible text is in one of them, in order."""
    collector = _Collector()
    _walk(root, root, False, collector)
    collector.flush(root)
    return collector.blocks


def _walk(element: HtmlElement, owner: HtmlElement, in_link: bool, out: _Collector) -> None:
    """Visit the children of `element`, whose nearest block is `owner`. The parser bounds the depth (255)."""
    out.add(element.text, in_link)
    for child in element:
        tag = tag_of(child)
        if tag in BLOCK_TAGS:
            out.flush(owner)
            _walk_block(child, tag, in_link, out)
        elif tag == "br":
            _line_break(child, owner, out)
        elif tag and tag not in SKIPPED_TAGS and not _is_aside(child, tag):
            _walk(child, owner, in_link or tag == "a", out)
        out.add(child.tail, in_link)


def _is_aside(element: HtmlElement, tag: str) -> bool:
    """Tell an inline element that is no part of its sentence."""
    return (tag == "sup" and is_footnote_mark(element)) or is_inline_furniture(element)


def _walk_block(element: HtmlElement, tag: str, in_link: bool, out: _Collector) -> None:
    if tag == "table" and is_data_table(element):
        rows = table_rows(element)
        out.blocks.extend(Block(text, row, "tr", linked, run=element) for text, row, linked in map(_clean_row, rows))
        return
    outer = out.open_item(element) if tag == "li" else None
    _walk(element, element, in_link, out)
    out.flush(element)
    if outer is not None:
        out.close_item(outer)


def _clean_row(row: tuple[str, HtmlElement, int]) -> tuple[str, HtmlElement, int]:
    text = clean_line(row[0])
    return text, row[1], min(row[2], len(text))


def _line_break(element: HtmlElement, owner: HtmlElement, out: _Collector) -> None:
    """End the block at a line break, save one that only wraps a sentence."""
    follows = clean_line("".join(element.xpath("following::text()[normalize-space()][1]"))) if element.tail is None else clean_line(element.tail)
    if follows and out.open_sentence() and follows[0].islower():
        out.add("\n", False)
    else:
        out.flush(owner)


def is_footnote_mark(sup: HtmlElement) -> bool:
    """Tell the mark of a footnote from an exponent: a link, a star, a number in brackets."""
    text = "".join(sup.itertext()).strip()
    return len(text) < 5 and (next(sup.iter("a"), None) is not None or bool(_FOOTNOTE.fullmatch(text)))
