"""Figures in the rows of tables, where the unit stands in the row's label or the table's head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rigwire.extract.numbers import find_numbers
from rigwire.extract.quantities import Measure
from rigwire.extract.units import factor_of
from rigwire.knowledge import read_table, split_list

_CELL = re.compile(r"[^\t|]+")
_BARE = re.compile(r"\s*[$€£]?\s*\(?-?\s*[\d.,  ]+\)?\s*(?:million|m|k)?\s*\*?\s*")
_IN_MILLIONS = re.compile(r"\(?(?:in\s+)?(?P<currency>US\$|C\$|A\$|\$|€|£|USD|CAD|EUR)?\s*(?:in\s+)?(?P<scale>millions|thousands|000s)", re.I)
_SCALES = {"millions": 1e6, "thousands": 1e3, "000s": 1e3}
_CURRENCIES = {"$": "USD", "US$": "USD", "USD": "USD", "C$": "CAD", "CAD": "CAD", "A$": "AUD", "€": "EUR", "EUR": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's place in a table: the label of its row and the head of its column, as text."""

    start: int
    end: int
    label: str
    head: str


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    cells: tuple[tuple[int, int], ...]


def find_cells(text: str) -> list[Cell]:
    """Return the value cells of all table rows (cells apart by " | " or a tab), with label and head."""
    return [cell for block in _blocks(text) for cell in _block_cells(text, block)]


def table_measures(text: str, cells: list[Cell]) -> list[Measure]:
    """Return the figures of cells that hold a bare number, with the unit of their row."""
    found = []
    for cell in cells:
        printed = text[cell.start : cell.end]
        numbers = find_numbers(printed)
        unit = _row_unit(cell)
        if len(numbers) != 1 or unit is None or not _BARE.fullmatch(printed):
            continue
        kind, name, factor, currency = unit
        start, end = cell.start + numbers[0].start, cell.start + numbers[0].end
        value = float(f"{numbers[0].value * factor:.12g}")
        found.append(Measure(kind, value, name, "exact", text[start:end], start, end, currency=currency, explicit=False))
    return found


def _blocks(text: str) -> Iterator[list[_Row]]:
    block: list[_Row] = []
    for line in re.finditer(r"[^\n]+|\n\n", text):
        row = line.group()
        if "\t" in row or " | " in row:
            cells = [(line.start() + m.start(), line.start() + m.end()) for m in _CELL.finditer(row)]
            if row.startswith(("\t", " |", "|")):
                cells.insert(0, (line.start(), line.start()))
            block.append(_Row(line.start(), tuple(_trim(text, a, b) for a, b in cells)))
        elif row.strip() and block:
            yield block
            block = []
    if block:
        yield block


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    cell = text[start:end]
    return start + len(cell) - len(cell.lstrip()), end - (len(cell) - len(cell.rstrip()))


def _block_cells(text: str, block: list[_Row]) -> Iterator[Cell]:
    heads: list[str] = []
    scale_note = ""
    for row in block:
        label = text[slice(*row.cells[0])] if row.cells else ""
        values = [(a, b) for a, b in row.cells[1:] if text[a:b].strip()]
        if _IN_MILLIONS.search(label):
            scale_note = label
        if not any(_is_figure(text[a:b]) for a, b in values):
            heads = [text[a:b] for a, b in values]
            continue
        for position, (start, end) in enumerate(values):
            head = heads[position] if len(heads) == len(values) else (heads[0] if len(heads) == 1 else "")
            yield Cell(start, end, f"{label} {scale_note}".strip(), head)


def _is_figure(cell: str) -> bool:
    """A head cell holds years and months; a value cell a number of another kind."""
    return bool(re.search(r"\d", cell)) and not re.search(
        r"\b(?:19|20)\d\d\b|\b(?:Q[1-4]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", cell
    )


@cache
def _labels() -> list[tuple[re.Pattern[str], str, str]]:
    return [
        (re.compile(rf"\b(?:{'|'.join(split_list(row['forms']))})\b", re.I), row["kind"], row["unit"])
        for row in read_table("lexicon/row_labels.csv")
    ]


@cache
def _unit_in_label() -> re.Pattern[str]:
    forms = [f for row in read_table("lexicon/units.csv") for f in split_list(row["forms"]) if row["kind"] != "coins"]
    alternatives = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:\(|,\s*|in\s+|\[)({alternatives})(?![\w])")


def _row_unit(cell: Cell) -> tuple[str, str, float, str | None] | None:
    inline = _unit_in_label().search(cell.label)
    if inline:
        for row in read_table("lexicon/units.csv"):
            if inline.group(1) in split_list(row["forms"]):
                return row["kind"], row["unit"], factor_of(row["kind"], inline.group(1), row["unit"]), None
    note = _IN_MILLIONS.search(f"{cell.label} {cell.head}")
    for pattern, kind, unit in _labels():
        if pattern.search(cell.label):
            if kind != "money":
                return kind, unit, 1.0, None
            if note is None:
                return None
            currency = _CURRENCIES.get((note.group("currency") or "$").upper(), "USD")
            return kind, currency, _SCALES[note.group("scale").lower()], currency
    return None
