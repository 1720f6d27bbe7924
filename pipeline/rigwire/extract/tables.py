"""Figures in the rows of tables, where the unit stands in the row's label, its column's head or the table's title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rigwire.extract.numbers import find_numbers
from rigwire.extract.quantities import Measure, scaled
from rigwire.extract.unit_tables import unit_tables
from rigwire.extract.units import factor_of
from rigwire.knowledge import read_table, split_list

_CELL = re.compile(r"[^\t|]+|(?<=[\t|])(?=[\t|]|$)")
_FRAMED = re.compile(r"\s*\|(.*)\|\s*")  # "| Hashrate | 3.4 | 3.3 |", as Markdown has it
_RULER = re.compile(r"\s*\|[\s|:-]*--[\s|:-]*")
_BARE = re.compile(
    r"\s*(?P<sign>US\$|C\$|A\$|[$€£])?\s*(?P<minus>\(?[-–−]?)\s*[$€£]?\s*[\d.,’\u00a0 ]+\)?"
    r"\s*(?P<scale>million|billion|m|k|bn)?\s*[*†]?\s*"
)
_MONEY = r"US\$|C\$|A\$|[$€£]|USD|CAD|EUR|US dollars|U\.S\. dollars|euros?"
_NOTE = re.compile(
    rf"(?:\b(?:in|US|of)\s+|[($]\s*|^)(?P<currency>{_MONEY})?\s*(?:in\s+)?"
    rf"(?P<scale>millions?|thousands?|[’']?000s?|mn|m)\b(?:\s+(?:of\s+)?(?P<after>{_MONEY}))?",
    re.IGNORECASE,
)
_SCALES = {"m": 1e6, "t": 1e3, "0": 1e3, "'": 1e3, "’": 1e3}
_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "c$": "CAD",
    "cad": "CAD",
    "a$": "AUD",
}
_WHEN = re.compile(r"\b(?:19|20)\d\d\b|\b(?:Q[1-4]|H[12]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_CHILD = re.compile(r"[-–—•*]+\s")
_LABELLED = re.compile(
    r"^[ \t]*(?:[-–—•*·o]\s*)?(?P<label>[A-Za-z][^:\n|\t]{2,70}):[ \t]+(?P<figure>[$€£]?\d[\d.,]*)"
    r"(?=[ \t]*(?:$|\(|,\s|;|\svs\b|\scompared|\sup\b|\sdown\b))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's place in a table: the label of its row (with the row that it is a part of), and its column's head.

    `note` is the line over the table or the cell of it that tells of thousands or millions, `corner` the words over
    the labels: "Capacity, MW".
    """

    start: int
    end: int
    label: str
    head: str
    note: str = ""
    corner: str = ""


@dataclass(slots=True)
class _Block:
    """The rows of one table, each a list of spans of cells; a heading between rows is a row of one cell."""

    title: str
    rows: list[list[tuple[int, int]]] = field(default_factory=list)


def find_cells(text: str) -> list[Cell]:
    """Return the value cells of all table rows (cells apart by " | " or a tab), with label and head."""
    return [cell for block in _blocks(text) for cell in _block_cells(text, block)]


def table_measures(text: str, cells: list[Cell]) -> list[Measure]:
    """Return the bare figures of cells, and of lines "Label: figure", with the unit of their label or head."""
    lines = [Cell(m.start("figure"), m.end("figure"), m.group("label"), "") for m in _LABELLED.finditer(text)]
    measures = (_cell_measure(text, cell) for cell in [*cells, *lines])
    return [measure for measure in measures if measure is not None]


def _cell_measure(text: str, cell: Cell) -> Measure | None:
    printed = text[cell.start : cell.end]
    shape = _BARE.fullmatch(printed)
    numbers = find_numbers(printed) if shape and len(printed) < 40 else []
    unit = _unit_of(cell, shape.group("sign")) if shape and len(numbers) == 1 else None
    if shape is None or unit is None or (shape.group("minus").endswith(("-", "–", "−")) and unit[0] != "money"):
        return None
    kind, name, factor, currency, noun = unit
    factor = 1.0 if kind == "money" and shape.group("scale") else factor
    number = numbers[0]
    value = number.grouped if number.grouped is not None and kind in ("machines", "sites") else number.value
    start, end = cell.start + number.start, cell.start + number.end
    if shape.group("sign"):
        start = cell.start + printed.index(shape.group("sign"))
    return Measure(
        kind, scaled(value, factor), name, "exact", text[start:end], start, end,
        currency=currency, noun=noun, explicit=False, factor=factor,
    )  # fmt: skip


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the tables; a short line between two rows is a heading inside, one before the first row the title."""
    block: _Block | None = None
    before: tuple[int, int] | None = None
    for line in re.finditer(r"[^\n]+", text):
        row = line.group()
        if _RULER.fullmatch(row):
            continue
        if "\t" in row.strip(" ") or " | " in row:
            block = block or _Block(text[slice(*before)] if before else "")
            if before and block.rows:
                block.rows.append([before])
            block.rows.append(_cells(text, line.start(), row))
            before = None
        elif row.strip():
            if block and (before or len(row) > 60 or row.rstrip().endswith(".")):
                yield block
                block = None
            before = (line.start(), line.end())
    if block:
        yield block


def _cells(text: str, offset: int, row: str) -> list[tuple[int, int]]:
    framed = _FRAMED.fullmatch(row)
    if framed:
        offset, row = offset + framed.start(1), framed.group(1)
    cells = [(offset + m.start(), offset + m.end()) for m in _CELL.finditer(row)]
    if row.startswith(("\t", " |", "|")):
        cells.insert(0, (offset, offset))
    return [_trim(text, start, end) for start, end in cells]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    cell = text[start:end]
    left = start + len(cell) - len(cell.lstrip())
    return left, max(left, start + len(cell.rstrip()))


def _block_cells(text: str, block: _Block) -> Iterator[Cell]:
    heads: list[str] = []
    parent = corner = ""
    notes = [block.title, *(text[start:end] for row in block.rows for start, end in row)]
    note = next((words for words in notes if len(words) < 160 and _NOTE.search(words)), "")
    columns = max(len(row) for row in block.rows)
    for row in block.rows:
        label, values = text[slice(*row[0])], row[1:]
        if not _CHILD.match(label) and label:
            parent = label
        if not any(_is_figure(text[start:end]) for start, end in values):
            heads, corner = (_heads(text, row, columns), label) if values else (heads, corner)
            continue
        whole = label if label == parent else f"{parent}: {label}"
        for position, (start, end) in enumerate(values):
            if start < end:
                yield Cell(start, end, whole, _head_for(heads, position, len(values)), note, corner)


def _heads(text: str, row: list[tuple[int, int]], columns: int) -> list[str]:
    """The heads of the value columns; one in lower case goes on from the head before it: "Mined in May | in April".

    Where the row is one cell short and starts with a time, the empty cell over the labels was lost.
    """
    heads: list[str] = []
    whole = len(row) == columns - 1 and _WHEN.search(text[slice(*row[0])]) is not None
    for start, end in row if whole else row[1:]:
        head = text[start:end]
        heads.append(f"{heads[-1]} {head}" if heads and head[:1].islower() else head)
    return heads


def _head_for(heads: list[str], position: int, columns: int) -> str:
    if len(heads) == columns:
        return heads[position]
    named = [head for head in heads if head]
    return named[0] if len(named) == 1 else ""


def _is_figure(cell: str) -> bool:
    """A head cell holds years and months; a value cell a number of another kind."""
    return bool(re.search(r"\d", cell)) and not _WHEN.search(cell)


@cache
def _labels() -> list[tuple[re.Pattern[str], str, str]]:
    return [
        (re.compile(rf"\b(?:{'|'.join(split_list(row['forms']))})\b", re.I), row["kind"], row["unit"])
        for row in read_table("lexicon/row_labels.csv")
    ]


@cache
def _unit_in_label() -> re.Pattern[str]:
    units = unit_tables().units
    forms = [form for form, (kind, _, _) in units.items() if kind not in ("coins", "share") and len(form) > 1]
    spelt = [*forms, *(form.capitalize() for form in forms if len(form) > len("MWh") and form.islower())]
    literal = "|".join(re.escape(form) for form in sorted(spelt, key=len, reverse=True))
    return re.compile(rf"(?:^|[\s(\[,])({literal})(?![\w/-])")


def _unit_of(cell: Cell, sign: str | None) -> tuple[str, str, float, str | None, str] | None:
    """Kind, unit, factor, currency and printed unit of a bare figure, read from its label, its head and the note."""
    for words, patterns in ((cell.label, _labels()), (cell.head, _labels()), (cell.corner, [])):
        inline = list(_unit_in_label().finditer(words))
        if inline and not sign:
            printed = inline[-1].group(1)
            noun = printed if printed in unit_tables().units else printed.lower()
            kind, unit, _ = unit_tables().units[noun]
            return kind, unit, factor_of(kind, noun), None, noun
        for pattern, kind, unit in patterns:
            if pattern.search(words) and (kind == "money" or not sign):
                return _money(cell, sign) if kind == "money" else (kind, unit, 1.0, None, kind)
    return _money(cell, sign) if sign and cell.note else None


def _money(cell: Cell, sign: str | None) -> tuple[str, str, float, str | None, str] | None:
    """Money of a table counts only where a note tells its scale."""
    note = next((m for m in map(_NOTE.search, (cell.label, cell.head, cell.note)) if m), None)
    if note is None:
        return None
    printed = (note.group("currency") or note.group("after") or sign or "$").lower()
    currency = _CURRENCIES.get(printed, "USD")
    return "money", currency, _SCALES[note.group("scale").lower()[0]], currency, sign or "$"
