"""What the words around a date leave of it, and whether two dates can both be right."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from rigwire.stories.report import Period
from rigwire.stories.rules import rules

Bound = Literal["in", "until", "since"]
_THIRDS = {"first_third": ("early ", 0), "middle_third": ("mid ", 1), "last_third": ("end of ", 2)}
_PREFIX = {"in": "", "until": "by ", "since": "from "}
# A third of anything shorter than this says nothing.
_SHORTEST_PARTED = 28


@dataclass(frozen=True, slots=True)
class Extent:
    """The days that words leave: within them, until their end, or since their start. `text` says so in short."""

    bound: Bound
    start: date
    end: date
    clock: str | None
    text: str

    @property
    def exactness(self) -> float:
        """The more exact, the higher: a minute above a day, a day above a month, "on" above "by"."""
        days = (self.end - self.start).days
        return (1.0 if self.clock else 0.0) - days - (0.5 if self.bound != "in" else 0.0)


def extent(period: Period) -> Extent | None:
    """Return what "before", "end of" and the like leave of a period; None for one without a year."""
    if period.start is None or period.end is None:
        return None
    bound: Bound = "until" if _has(period.words, "until") else "since" if _has(period.words, "since") else "in"
    start, end, prefix = _third(period.words, period.start, period.end)
    _, _, clock = period.value.partition("T")
    return Extent(bound, start, end, clock or None, f"{_PREFIX[bound]}{prefix}{period.value}")


def agree(one: Period, other: Period) -> bool:
    """Tell whether two dates can both be right: the shorter may lie in the longer, a day before its deadline.

    Two deadlines agree where the periods that they end with overlap, two times of one day where they are the same.
    """
    left, right = extent(one), extent(other)
    if left is None or right is None:
        return _yearless(one.value) == _yearless(other.value)
    if left.bound == right.bound:
        same_day = left.start == right.start and left.end == right.end
        clocks_differ = left.clock and right.clock and left.clock != right.clock
        return left.start <= right.end and right.start <= left.end and not (same_day and clocks_differ)
    if "until" in (left.bound, right.bound):
        deadline, point = (left, right) if left.bound == "until" else (right, left)
        return point.start <= deadline.end
    opening, point = (left, right) if left.bound == "since" else (right, left)
    return point.end >= opening.start


def days_apart(one: Period, other: Period) -> int | None:
    """Return the days between two periods, 0 where they overlap; None where either has no year."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return None
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def is_day(period: Period) -> bool:
    """Tell a day, with or without a time, from a longer period."""
    return period.start is not None and period.start == period.end


def same_period(one: Period, other: Period) -> bool:
    """Tell whether two dates are the same days, whatever the time."""
    if one.start is None or other.start is None:
        return one.value == other.value
    return one.start == other.start and one.end == other.end


@cache
def _cue(kind: str) -> re.Pattern[str]:
    forms = sorted(rules().edges[kind], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


def _has(words: str, kind: str) -> bool:
    return bool(words) and _cue(kind).search(words) is not None


def _third(words: str, start: date, end: date) -> tuple[date, date, str]:
    """Return the third of a period that the words name, as days and in short."""
    length = (end - start).days + 1
    for kind, (prefix, place) in _THIRDS.items():
        if length >= _SHORTEST_PARTED and _has(words, kind):
            part = timedelta(days=length // 3)
            first = start + place * part
            return first, end if place == 2 else first + part - timedelta(days=1), prefix
    return start, end, ""


def _yearless(value: str) -> str:
    """Return the month and day of a value, which is all that one without a year has."""
    return re.sub(r"^(?:\d{4}|-)-", "", value.partition("T")[0])
