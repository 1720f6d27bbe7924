"""Dates in shapes that the rules of our own don't read ("21-Jun-21", "June 21st '21"), read by dateparser.

It sees only short spans found by pattern: on running text it takes seconds, and words for dates.
"""

import re
from functools import cache, lru_cache
from typing import Any

from rigwire.extract.date_context import FoundDate
from rigwire.extract.date_patterns import expand

_LONGEST = 48
_SHAPES = (
    r"\d{1,2}[-/]<MONTH>[-/][’']?(?:\d{4}|\d\d)",
    r"<MONTH>[-/]\d{1,2}[-/]\d{4}",
    r"\d{4}-<MONTH>-\d{1,2}",
    r"(?:\d{1,2})(?:st|nd|rd|th)?(?: of)? <MONTH>,? [’']\d\d",
    r"<MONTH> \d{1,2}(?:st|nd|rd|th)?,? [’']\d\d",
    r"the \d{1,2}(?:st|nd|rd|th) day of <MONTH>,? \d{4}",
    r"\d{4}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])",
    r"(?:1[3-9]|2\d|3[01])[-](?:0[1-9]|1[0-2])-(?:19|20)\d\d",
    r"(?:1[3-9]|2\d|3[01])\.(?:0[1-9]|1[0-2])\.\d\d",
)
_TIME = r"(?:,? (?:at )?(?P<time>\d{1,2}(?:[:.]\d\d|h\d\d|h)(?: ?[ap]\.?m\b)?))?"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/-])(?P<day>{expand('|'.join(_SHAPES))}){expand(_TIME)}(?![\w/-])")


@cache
def _parser() -> Any:
    """The parser, imported late: most articles need none."""
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["en"], settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]})


def leftover_dates(text: str, found: list[FoundDate]) -> list[FoundDate]:
    """Return the dates of `found` with those that only dateparser reads, which replace the pieces found in them."""
    read: list[FoundDate] = []
    for match in _pattern().finditer(text):
        value = _read(match.group("day"), match.group("time")) if len(match.group()) <= _LONGEST else None
        if value is not None:
            precision = "minute" if "T" in value else "day"
            read.append(FoundDate(value, precision, match.group(), match.start(), match.end()))
    claimed = {index for item in read for index in range(item.start, item.end)}
    return [item for item in found if item.start not in claimed and item.end - 1 not in claimed] + read


@lru_cache(maxsize=1024)
def _read(day: str, time: str | None) -> str | None:
    spoken = re.sub(r"h(?=\d)", ":", time).replace("h", ":00") if time else ""
    moment = _parser().get_date_data(f"{day} {spoken}".strip()).date_obj
    if moment is None or not 1990 <= moment.year <= 2100:
        return None
    return f"{moment:%Y-%m-%dT%H:%M}" if time else f"{moment:%Y-%m-%d}"
