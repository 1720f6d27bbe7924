"""Tables that state facts, as lines with their structure: "Hashrate | 3.4 EH/s | 3.3 EH/s"."""

from bisect import bisect_left
from collections.abc import Iterator

from lxml.html import HtmlElement

from rigwire.parse.dom import squeeze, tag_of

CELL_GAP = " | "
_MOST_CHARS = 400
_MEAN_CHARS = 80
_MOST_SPAN = 50


def is_data_table(table: HtmlElement) -> bool:
    """Tell a table of figures from one that lays out the page: several rows and columns, short cells, none nested."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row for row in table.iter("tr") if len(row)]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    cells = [len("".join(cell.itertext())) for row in rows for cell in row]
    return max(cells) < _MOST_CHARS and sum(cells) / len(cells) < _MEAN_CHARS


def table_rows(table: HtmlElement) -> Iterator[tuple[str, HtmlElement, int]]:
    """Yield each row's line, its element and how many of its characters are links.

    Columns that are empty throughout are left out, so that a line's cells stand under those of its head.
    """
    rows = [(row, _cells(row)) for row in table.iter("tr")]
    used = sorted({column for _, cells in rows for column, (text, span) in cells.items() if text and span == 1})
    wide = {column for _, cells in rows for column, (text, span) in cells.items() if text and span > 1}
    columns = used or sorted(wide)
    for row, cells in rows:
        values = _aligned(cells, columns)
        if any(values):
            linked = sum(len("".join(link.itertext())) for link in row.iter("a"))
            yield CELL_GAP.join(values).strip(), row, linked


def _aligned(cells: dict[int, tuple[str, int]], columns: list[int]) -> list[str]:
    """Return a row's texts under `columns`; a cell over several columns stands under the first of them in use."""
    values = [""] * len(columns)
    for column, (text, span) in cells.items():
        place = bisect_left(columns, column)
        if text and place < len(columns) and columns[place] < column + span:
            values[place] = f"{values[place]} {text}".strip()
    while values and not values[-1]:
        values.pop()
    return values


def _cells(row: HtmlElement) -> dict[int, tuple[str, int]]:
    """Return the text and the span of a row's cells by column."""
    cells: dict[int, tuple[str, int]] = {}
    column = 0
    for cell in row:
        if tag_of(cell) in ("td", "th"):
            given = cell.get("colspan") or "1"
            span = min(int(given), _MOST_SPAN) if given.isascii() and given.isdigit() and int(given) else 1
            cells[column] = (squeeze(" ".join(_cell_parts(cell))), span)
            column += span
    return cells


def _cell_parts(cell: HtmlElement) -> Iterator[str]:
    """Yield the words of a cell, without marks of footnotes, scripts and styles."""
    for part in cell.iter():
        if tag_of(part) not in ("", "sup", "script", "style", "button") and part.text:
            yield part.text
        if part is not cell and part.tail:
            yield part.tail
