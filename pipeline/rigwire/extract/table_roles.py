"""When and where, as the head of a figure's column or the label of its row tells."""

import re

from rigwire.extract.positions import Anchor
from rigwire.extract.tables import Cell
from rigwire.extract.view import View

BY_TABLE = "the head of its column, or the label of its row"
"""The name of the rule."""
_ROUND = re.compile(r"^\W+|\W+$")
_PERIODS = ("week", "month", "quarter", "half", "span")
"""Precisions of dates that say all of a column; a year may be short for a quarter of it that the title names."""
_LEVELS = ("fleet", "treasury")  # which a day may head: what was mined is dated by the period that ends then


def told_by_table(view: View, anchor: Anchor, role: str) -> str | None:
    """Return the date or jurisdiction of the figure at an anchor that its cell's place in the table tells.

    A head or label that is a period is its date; the only place that the label names is its jurisdiction.
    """
    cell = view.cell_at(anchor.start)
    if cell is None or role not in ("date", "jurisdiction"):
        return None
    precisions = (*_PERIODS, "day") if anchor.type in _LEVELS else _PERIODS
    told = _dates(view, cell, precisions) if role == "date" else _places(view, cell)
    return told.pop() if len(told) == 1 else None


def _dates(view: View, cell: Cell, precisions: tuple[str, ...]) -> set[str]:
    words = {_ROUND.sub("", cell.head), _ROUND.sub("", cell.label)}
    return {date.value for date in view.dates if date.precision in precisions and _ROUND.sub("", date.text) in words}


def _places(view: View, cell: Cell) -> set[str]:
    codes = {place.code for place in view.places if _names(cell.label, view.text[place.start : place.end])}
    return {code for code in codes if not any(other.startswith(f"{code}-") for other in codes)}


def _names(label: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label) is not None
