"""What the words right beside a figure say of its event, whatever the models make of the rest (`lexicon/readings.csv`).

A row applies where `before` ends at the figure, `after` begins at its end, and the models chose one of its types and
statuses; what it leaves blank is free, or stays. `{about}` stands for the words that say how exact a figure is.
"""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.quantities import Measure
from rigwire.knowledge import read_table, split_list
from rigwire.model import CORE_KINDS

_REACH = 120  # characters beside a figure
_ABOUT = (
    r"(?:(?:about|approximately|around|some|nearly|roughly|almost|over|just|up to|more than|another|a further"
    r"|an additional) )?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, its patterns compiled; what it leaves as it is, is blank."""

    name: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    new_type: str
    new_status: str
    example: str

    def applies(self, text: str, measure: Measure, type_: str, status: str) -> bool:
        """Tell whether the words beside a figure are those of the row, and type and status are to be looked at."""
        if type_ not in self.types or (self.statuses and status not in self.statuses):
            return False
        start = max(0, measure.start - _REACH, text.rfind("\n", 0, measure.start) + 1)
        return bool(
            self.after.match(text, measure.end, measure.end + _REACH)
            and self.before.search(text[start : measure.start])
        )


def row_beside(text: str, measure: Measure, type_: str, status: str) -> Row | None:
    """Return the row whose words stand beside a figure and tell its event's type or status other than given."""
    if measure.kind not in CORE_KINDS:
        return None
    return next((row for row in rows() if row.applies(text, measure, type_, status)), None)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words.replace("{about}", _ABOUT), re.IGNORECASE)


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of the table, the first that applies to be taken."""
    return tuple(
        Row(
            row["name"],
            _pattern(row["before"] + r"\Z"),
            _pattern(row["after"]),
            tuple(split_list(row["type"])),
            tuple(split_list(row["status"])),
            row["new_type"],
            row["new_status"],
            row["example"],
        )
        for row in read_table("lexicon/readings.csv")
    )
