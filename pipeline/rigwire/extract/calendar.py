"""Date arithmetic for news: which year, week or day an expression means, seen from the publication date."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Direction = Literal["past", "future"] | None
Told = Literal["tense", "preposition", "term"]
Side = tuple[Direction, Told]
"""On which side of the present a date lies; told by a verb or a preposition ("since"), or weakly, of a term ("by")."""
_UNKNOWN: Side = (None, "tense")
_WRONG_SIDE: dict[Told, tuple[int, int]] = {"tense": (270, 245), "preposition": (400, 400), "term": (185, 185)}
"""Days by which a date on the wrong side may lie nearer and not be meant: where the words put it in the past, and where
to come. A term that has run out ran out lately."""
_NEWS_IS_PAST = 30  # days by which an untold past date may lie further off than one to come


@dataclass(frozen=True, slots=True)
class DateAnchor:
    """The day from which relative expressions are read: the publication date, or None where it is not known."""

    day: date | None

    @property
    def year(self) -> int | None:
        """The year of the day, None where that is not known."""
        return self.day.year if self.day else None


def read_anchor(published: str | None) -> DateAnchor:
    """Return the anchor for an ISO 8601 publication date or moment, as far as it names a whole day."""
    try:
        return DateAnchor(date.fromisoformat(published[:10])) if published else DateAnchor(None)
    except ValueError:
        return DateAnchor(None)


def day_value(anchor: DateAnchor, year: int | None, month: int, day: int, side: Side = _UNKNOWN) -> str | None:
    """Return `YYYY-MM-DD`, or `--MM-DD` where no year is known; None for a day that no month has."""
    if year is None and anchor.day is not None:
        year = _nearest_year(anchor.day, month, day, side)
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def month_value(anchor: DateAnchor, year: int | None, month: int, side: Side = _UNKNOWN) -> str:
    """Return `YYYY-MM`, or `--MM` where no year is known."""
    if year is None and anchor.day is not None:
        year = _nearest_year(anchor.day.replace(day=15), month, 15, side)
        if month == anchor.day.month and side[1] != "preposition":
            year = anchor.day.year
    return f"{year:04}-{month:02}" if year else f"--{month:02}"


def _nearest_year(anchor: date, month: int, day: int, side: Side) -> int:
    """Choose the year in which the day lies nearest, the side that the sentence asks for preferred."""
    direction, told = side
    penalty = _WRONG_SIDE[told][direction == "future"]

    def distance(year: int) -> float:
        try:
            gap = (date(year, month, day) - anchor).days
        except ValueError:
            gap = (date(year, month, 28) - anchor).days
        wrong_side = (direction == "past" and gap > 1) or (direction == "future" and gap < -1)
        return abs(gap) + (penalty if wrong_side else 0) + (_NEWS_IS_PAST if gap > 0 and direction is None else 0)

    return min((anchor.year - 1, anchor.year, anchor.year + 1), key=distance)


def nearest_nth(anchor: date, day: int, side: int) -> str | None:
    """Return the nearest day with a number within its month: until the anchor (side -1), or from it on (side 1)."""
    for months in range(13):
        index = anchor.year * 12 + anchor.month - 1 + side * months
        try:
            found = date(index // 12, index % 12 + 1, day)
        except ValueError:
            continue
        if (found - anchor).days * side >= 0:
            return found.isoformat()
    return None


def named_month(anchor: DateAnchor, month: int, shift: str) -> str | None:
    """Return "last June" (the latest before the anchor's month), "next June" (the first after it) or "this June"."""
    if anchor.day is None:
        return None
    year = anchor.day.year
    if shift in ("last", "past") and month >= anchor.day.month:
        year -= 1
    if shift in ("next", "coming") and month <= anchor.day.month:
        year += 1
    return f"{year:04}-{month:02}"


def months_to(year: int, month: int, months: int) -> str:
    """Return the months up to one as a calendar month, quarter, half or year, where they are one, else as a span."""
    if months == 1:
        return f"{year:04}-{month:02}"
    if months == 12 and month == 12:
        return f"{year:04}"
    if months == 3 and month % 3 == 0:
        return f"{year:04}-Q{month // 3}"
    if months == 6 and month % 6 == 0:
        return f"{year:04}-H{month // 6}"
    first = year * 12 + month - months
    return f"{first // 12:04}-{first % 12 + 1:02}/{year:04}-{month:02}"


def year_of_weekday(anchor: date, month: int, day: int, weekday: int) -> int | None:
    """Return the year, nearest to the anchor's, in which a day falls on a weekday (0 is Monday)."""
    for year in sorted((anchor.year - 1, anchor.year, anchor.year + 1), key=lambda year: abs(year - anchor.year)):
        try:
            if date(year, month, day).weekday() == weekday:
                return year
        except ValueError:
            continue
    return None


def weekday_in_week(anchor: DateAnchor, weekday: int, weeks: int) -> str | None:
    """Return the weekday of the ISO week that lies `weeks` after the anchor's."""
    if anchor.day is None:
        return None
    return (anchor.day + timedelta(days=weekday - anchor.day.weekday(), weeks=weeks)).isoformat()


def weekday_value(anchor: DateAnchor, weekday: int, side: Side, shift: str | None) -> str | None:
    """Return the day that a weekday means (0 is Monday), `shift` being "last", "next", "this" or None."""
    if anchor.day is None:
        return None
    back = (anchor.day.weekday() - weekday) % 7
    ahead = (weekday - anchor.day.weekday()) % 7
    if shift == "last":
        day = anchor.day - timedelta(days=back or 7)
    elif shift == "next":
        day = anchor.day + timedelta(days=ahead or 7)
    elif side[0] == "future":
        day = anchor.day + timedelta(days=ahead)
    elif shift == "this":
        day = anchor.day + timedelta(days=weekday - anchor.day.weekday())
    else:
        day = anchor.day - timedelta(days=back)
    return day.isoformat()


def days_before(anchor: DateAnchor, value: str) -> int:
    """Return how many days before the anchor a day lies; 0 where either is not known."""
    told = read_anchor(value).day
    return (anchor.day - told).days if anchor.day and told else 0


def shifted_day(anchor: DateAnchor, days: int) -> str | None:
    """Return the day that lies `days` after the anchor."""
    return (anchor.day + timedelta(days=days)).isoformat() if anchor.day else None


def shifted_week(anchor: DateAnchor, weeks: int) -> str | None:
    """Return the ISO week that lies `weeks` after the anchor's, as `YYYY-Www`."""
    if anchor.day is None:
        return None
    year, week, _ = (anchor.day + timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{week:02}"


def shifted_month(anchor: DateAnchor, months: int) -> str | None:
    """Return the month that lies `months` after the anchor's."""
    if anchor.day is None:
        return None
    index = anchor.day.year * 12 + anchor.day.month - 1 + months
    return f"{index // 12:04}-{index % 12 + 1:02}"


def shifted_quarter(anchor: DateAnchor, quarters: int) -> str | None:
    """Return the calendar quarter that lies `quarters` after the anchor's."""
    if anchor.day is None:
        return None
    index = anchor.day.year * 4 + (anchor.day.month - 1) // 3 + quarters
    return f"{index // 4:04}-Q{index % 4 + 1}"


def part_value(anchor: DateAnchor, year: int | None, part: str, side: Side) -> str | None:
    """Return `YYYY-Q3` or `YYYY-H1`; without a stated year the one that lies nearest on the right side."""
    if year is None:
        if anchor.day is None:
            return None
        months = 3 if part[0] == "Q" else 6
        middle = int(part[1]) * months - months // 2
        year = _nearest_year(anchor.day, middle, 15, side)
        if side[0] is None:
            year = anchor.day.year if middle - months // 2 <= anchor.day.month else anchor.day.year - 1
    return f"{year:04}-{part}"


@lru_cache(maxsize=4096)
def days_covered(value: str) -> tuple[date, date] | None:
    """Return the first and last day that a date value covers; None for values without a year."""
    head, _, tail = value.partition("/")
    first = _bounds(head)
    last = _bounds(tail) if tail else first
    return (first[0], last[1]) if first and last else None


def side_of(value: str, today: date | None) -> str | None:
    """Return "past" or "future" for a date value before or after a day, "now" if it holds it, None if nothing tells."""
    covered = days_covered(value)
    if not covered or not today:
        return None
    return "future" if covered[0] > today else "past" if covered[1] < today else "now"


def _bounds(value: str) -> tuple[date, date] | None:
    try:
        if value.startswith("--") or not value:
            return None
        year = int(value[:4])
        rest = value[5:]
        if not rest:
            return date(year, 1, 1), date(year, 12, 31)
        if rest[0] == "Q":
            return date(year, int(rest[1]) * 3 - 2, 1), _month_end(year, int(rest[1]) * 3)
        if rest[0] == "H":
            return date(year, int(rest[1]) * 6 - 5, 1), _month_end(year, int(rest[1]) * 6)
        if rest[0] == "W":
            return date.fromisocalendar(year, int(rest[1:]), 1), date.fromisocalendar(year, int(rest[1:]), 7)
        if len(rest) == 2:
            return date(year, int(rest), 1), _month_end(year, int(rest))
        day = date.fromisoformat(value[:10])
        return day, day
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
