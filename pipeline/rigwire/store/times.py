"""Times and periods as text that sorts: `2021-06-19T09:00:00Z`, and the days that a codebook date covers."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}.*)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_PART = re.compile(r"(\d{4})-([QH])(\d)")
_YEAR = re.compile(r"\d{4}")


def to_text(moment: datetime) -> str:
    """Return an aware moment as UTC text in whole seconds."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """Return the moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


def covered_days(value: str | None) -> tuple[str, str] | tuple[None, None]:
    """Return the first and the last day of a date (docs/codebook.md, section 5), or two None where it names no year.

    `2021-Q3` covers `2021-07-01` to `2021-09-30`, `2021-W25` Monday to Sunday, a span all of both its ends.
    """
    if not value:
        return None, None
    first, _, last = value.partition("/")
    try:
        start, end = _period(first)[0], _period(last or first)[1]
    except ValueError:
        return None, None
    return (start.isoformat(), end.isoformat()) if start <= end else (None, None)


def _period(value: str) -> tuple[date, date]:
    if found := _DAY.fullmatch(value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := _WEEK.fullmatch(value):
        year, week = map(int, found.groups())
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _PART.fullmatch(value):
        length = 3 if found[2] == "Q" else 6
        return _months(int(found[1]), (int(found[3]) - 1) * length + 1, length)
    if _YEAR.fullmatch(value):
        return _months(int(value), 1, 12)
    raise ValueError(f"no date of the codebook: {value}")


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
