"""A page as a sequence of blocks: its paragraphs, headings, list items and table rows, in order."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from rigwire.parse.cues import is_inline_furniture
from rigwire.parse.dom import BLOCK_TAGS, HEADING_TAGS, UNSEEN_TAGS, ancestors, tag_of
from rigwire.parse.tables import is_data_table, table_rows

_PARAGRAPH = 60
_MOSTLY_LINKS = 0.5
_TAIL = 20
_SPACE = re.compile(r"[ \t\n\r\f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_WORD = re.compile(r"\w")
_INVISIBLE = str.maketrans("", "", "\xad\u200b\u200d\u2060\ufeff")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’»)\]]*$|^$")
_FOOTNOTE = re.compile(r"\[\w{1,3}\]|[*†‡§]{1,3}")


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, heading, list item or table row.

    `element` is the innermost block element around it, `linked` the number of its characters inside links,
    `item` whether it begins a list item, `run` what ties the rows of a table or the items of a list together.
    """

    text: str
    element: HtmlElement
    tag: str
    linked: int
    item: bool = False
    run: HtmlElement | None = None

    @property
    def heading(self) -> bool:
        """Whether it is set as a heading."""
        return self.tag in HEADING_TAGS

    @property
    def row(self) -> bool:
        """Whether it is a row of a table of facts."""
        return self.tag == "tr" and self.run is not None

    @property
    def link_share(self) -> float:
        """The share of its characters that are links."""
        return self.linked / len(self.text)

    @property
    def paragraph(self) -> bool:
        """Whether it is as long as running text is, and mostly no link."""
        return len(self.text) >= _PARAGRAPH and not self.heading and self.link_share < _MOSTLY_LINKS


class _Collector:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._item = False
        self._list: HtmlElement | None = None

    def add(self, text: str | None, in_link: bool) -> None:
        """Take in text that stands inside the current block."""
        if text:
            self._parts.append(text)
            if in_link:
                self._linked += len(text.strip())

    def enter_item(self, item: HtmlElement) -> HtmlElement | None:
        """Note that a list item begins; returns the list around, for `leave_item`."""
        outer, self._list, self._item = self._list, item.getparent(), True
        return outer

    def leave_item(self, outer: HtmlElement | None) -> None:
        """Note that a list item ends."""
        self._list, self._item = outer, False

    def open_sentence(self) -> bool:
        """Tell whether the text gathered so far stops short of a sentence's end."""
        last = next((part for part in reversed(self._parts) if part.strip()), "")
        return not _SENTENCE_END.search(clean_line(last[-_TAIL:]))

    def flush(self, owner: HtmlElement) -> None:
        """End the current block, which stands in `owner`."""
        text = clean_line("".join(self._parts))
        if _WORD.search(text):
            linked = min(self._linked, len(text))
            self.blocks.append(Block(text, owner, tag_of(owner), linked, self._item, self._list))
            self._item = False
        self._parts.clear()
        self._linked = 0


def clean_line(text: str) -> str:
    """Return `text` with runs of white space as one space and without soft hyphens and zero-width marks."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def join_blocks(blocks: list[Block]) -> str:
    """Return the text of blocks: a blank line between paragraphs, none within a table or list."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            parts.append("\n" if block.run is not None and block.run is previous.run else "\n\n")
        parts.append(f"- {block.text}" if block.item else block.text)
        previous = block
    return "".join(parts)


def is_inside(block: Block, element: HtmlElement | None) -> bool:
    """Tell whether a block stands in `element`; nothing stands in None."""
    return element is not None and (block.element is element or element in ancestors(block.element))


def find_blocks(root: HtmlElement) -> list[Block]:
    """Return the blocks of the page below `root`: every piece of visible text is in one of them."""
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
        elif tag and tag not in UNSEEN_TAGS and not _is_aside(child, tag):
            _walk(child, owner, in_link or tag == "a", out)
        out.add(child.tail, in_link)


def _walk_block(element: HtmlElement, tag: str, in_link: bool, out: _Collector) -> None:
    if tag == "table" and is_data_table(element):
        out.blocks.extend(_table_blocks(element))
        return
    outer = out.enter_item(element) if tag == "li" else None
    _walk(element, element, in_link, out)
    out.flush(element)
    if tag == "li":
        out.leave_item(outer)


def _table_blocks(table: HtmlElement) -> list[Block]:
    rows = ((clean_line(text), row, linked) for text, row, linked in table_rows(table))
    return [Block(text, row, "tr", min(linked, len(text)), run=table) for text, row, linked in rows if text]


def _is_aside(element: HtmlElement, tag: str) -> bool:
    """Tell an inline element that is no part of its sentence."""
    return (tag == "sup" and is_footnote_mark(element)) or is_inline_furniture(element)


def is_footnote_mark(sup: HtmlElement) -> bool:
    """Tell the mark of a footnote from an exponent: a link, a star, a number in brackets."""
    text = "".join(sup.itertext()).strip()
    return len(text) < 5 and (next(sup.iter("a"), None) is not None or bool(_FOOTNOTE.fullmatch(text)))


def _line_break(element: HtmlElement, owner: HtmlElement, out: _Collector) -> None:
    """End the block at a line break, save one that only wraps a sentence."""
    if out.open_sentence() and _text_after(element)[:1].islower():
        out.add("\n", False)
    else:
        out.flush(owner)


def _text_after(element: HtmlElement) -> str:
    following = element.getnext()
    text = element.tail or ("" if following is None else "".join(following.itertext()))
    return clean_line(text)
