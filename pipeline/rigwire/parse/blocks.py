"""A page as a sequence of blocks: paragraphs, headings, list items and table rows, in the order of the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from rigwire.parse.dom import BLOCK_TAGS, HEADING_TAGS, tag_of

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video map select option textarea "
    "button input head link meta base img picture source track area col colgroup amp-ad amp-sidebar amp-list "
    "amp-social-share amp-consent amp-analytics amp-img".split()
)
_SPACE = re.compile(r"[ \t\n\r\f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LETTER = re.compile(r"\w")
_INVISIBLE = str.maketrans("", "", "\xad\u200b\u2060\ufeff")
CELL_GAP = " | "


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or table row.

    `element` is the innermost block element around it, `linked` the number of its characters inside links, `run`
    what ties rows of a table or items of a list together (they are joined by one line end, not two).
    """

    text: str
    element: HtmlElement
    tag: str
    linked: int
    run: HtmlElement | None = None

    @property
    def heading(self) -> bool:
        return self.tag in HEADING_TAGS

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text)


class _Collector:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.linked = 0

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.parts.append(text)
            if in_link:
                self.linked += len(text.strip())

    def flush(self, owner: HtmlElement, run: HtmlElement | None = None) -> None:
        if not self.parts:
            return
        text = clean_line("".join(self.parts))
        if _LETTER.search(text):
            self.blocks.append(Block(text, owner, tag_of(owner), min(self.linked, len(text)), run))
        self.parts.clear()
        self.linked = 0


def clean_line(text: str) -> str:
    """Return `text` with runs of white space as one space and without soft hyphens and zero-width marks."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def find_blocks(root: HtmlElement) -> list[Block]:
    """Return the blocks of the page below `root`: every piece of visible text is in one of them, in order."""
    collector = _Collector()
    _walk(root, root, False, collector)
    collector.flush(root)
    return collector.blocks


def _walk(element: HtmlElement, owner: HtmlElement, in_link: bool, out: _Collector) -> None:
    """Visit the children of `element`, whose nearest block is `owner`. Depth is bounded by `guard.check_html`."""
    out.add(element.text, in_link)
    for child in element:
        tag = tag_of(child)
        if tag in _SKIPPED or not tag:
            pass
        elif tag == "table" and _is_data_table(child):
            out.flush(owner)
            out.blocks.extend(_table_rows(child))
        elif tag in BLOCK_TAGS:
            out.flush(owner)
            _walk(child, child, in_link, out)
            out.flush(child, _list_of(child, tag))
        elif tag == "br":
            _line_break(child, owner, out)
        else:
            _walk(child, owner, in_link or tag == "a", out)
        out.add(child.tail, in_link)


def _list_of(element: HtmlElement, tag: str) -> HtmlElement | None:
    return element.getparent() if tag == "li" else None


def _line_break(element: HtmlElement, owner: HtmlElement, out: _Collector) -> None:
    """End the block at a second line break in a row; a single one is white space."""
    before = element.getprevious()
    doubled = before is not None and tag_of(before) == "br" and not (before.tail or "").strip()
    if doubled:
        out.flush(owner)
    else:
        out.add("\n", False)


def _is_data_table(table: HtmlElement) -> bool:
    """Tell a table of figures from one that lays out the page: short cells, several columns, no blocks inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row for row in table.iter("tr") if len(row)]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    cells = [len("".join(cell.itertext())) for row in rows for cell in row]
    return max(cells) < 400 and sum(cells) / len(cells) < 80


def _table_rows(table: HtmlElement) -> Iterator[Block]:
    """Yield a block a row, cells apart by a bar; columns that are empty throughout are left out."""
    rows = [(row, _cells(row)) for row in table.iter("tr")]
    used = sorted({column for _, cells in rows for column, text in cells.items() if text})
    for row, cells in rows:
        values = [cells.get(column, "") for column in used]
        while values and not values[-1]:
            values.pop()
        if any(values):
            linked = sum(len("".join(link.itertext())) for link in row.iter("a"))
            text = CELL_GAP.join(values).strip()
            yield Block(text, row, "tr", min(linked, len(text)), table)


def _cells(row: HtmlElement) -> dict[int, str]:
    """Return the texts of a row's cells by column, with column spans."""
    cells: dict[int, str] = {}
    column = 0
    for cell in row:
        if tag_of(cell) in ("td", "th"):
            cells[column] = clean_line(" ".join(_cell_parts(cell)))
            span = cell.get("colspan") or "1"
            column += min(int(span), 50) if span.isdigit() else 1
    return cells


def _cell_parts(cell: HtmlElement) -> Iterator[str]:
    for part in cell.iter():
        tag = tag_of(part)
        if tag and tag not in _SKIPPED and tag != "sup" and part.text:
            yield part.text
        if part is not cell and part.tail:
            yield part.tail
