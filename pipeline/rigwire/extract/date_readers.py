"""Days and years by name: what the shapes of date_patterns.py mean. Pointers ("last week") are in date_pointers.py."""

import re

from rigwire.extract import calendar
from rigwire.extract.calendar import DateAnchor, Side
from rigwire.extract.date_context import Context, FoundDate, Match, Reader, found, number_of
from rigwire.extract.date_patterns import DAYS, month_of

_SENTENCE_REACH = 300
_INTO_WEEK = {"of": 1, "ended": -3, "ending": -3, "to": -3}  # days to its middle; one of Sunday begins there
_RECURRING = r" (?:of |in )?(?:each|every|any) year|,? (?:each|every) year|,? annually"
_NO_YEAR_BEFORE = (
    r"(?:[$€£¥#№/&©-]|\b(?:No\.|Act of|block|route|Class|model|about|nearly|some|roughly|over|than|copyright))\s?$"
)
_NO_YEAR_AFTER = (
    r"\s?(?:%|[-/]\d|(?:MW|GW|kW|PH|TH|EH|BTC|bitcoins?|machines|miners|rigs|units|servers|ASICs|megawatts?|points|people"
    r"|homes|jobs|Antminer|Whatsminer|Avalon|S\d\d|acres)\b)"
)


def read_stamp(match: Match, context: Context) -> list[FoundDate]:
    """Read "2021-06-21" and "2021-06-21T09:00:00Z"."""
    value = calendar.day_value(DateAnchor(None), int(match["y"]), int(match["m"]), int(match["d"]))
    if value and match["time"] and match["time"] < "24":
        return found(match, f"{value}T{match['time']}", "minute")
    return found(match, value, "day")


def read_numeric(match: Match, context: Context) -> list[FoundDate]:
    """Read day and month in figures, as far as their order is certain."""
    first, second, year = (int(match[i]) for i in (1, 2, 3))
    dotted = "." in match.group()
    if first > 12 or (dotted and second <= 12):
        day, month = first, second
    elif second > 12 or first == second:
        month, day = first, second
    else:
        return []
    return found(match, calendar.day_value(DateAnchor(None), year, month, day), "day")


def read_days(match: Match, context: Context) -> list[FoundDate]:
    """Read one or two days of a month: "27 June", "June 24 to 27, 2021"."""
    if context.followed(match, _RECURRING):
        return []
    month, numbers = month_of(match["month"]), [number_of(match["day"])]
    numbers += [number_of(match["day2"])] if match["day2"] else []
    year, side = context.year(match), context.direction(match.start())
    if year is None:
        year = _year_by_weekday(match, context, month, numbers[0]) or _year_nearby(match, context)
    first = calendar.day_value(context.anchor, year, month, numbers[0], side)
    if year is None and len(numbers) == 1:
        first = _in_order(match, context, first, side)
    if first and first[0] != "-":
        year = int(first[:4])
    values = [first, *(calendar.day_value(context.anchor, year, month, day, side) for day in numbers[1:])]
    return [date for value in values for date in found(match, value, "day")]


def read_week_of_day(match: Match, context: Context) -> list[FoundDate]:
    """Read "the week of August 5" and "the week ended August 9" as the ISO week that holds most of it."""
    how, month, day = match["how"].lower(), month_of(match["month"]), number_of(match["first"] or match["day"])
    side: Side = ("past", "preposition") if how == "ended" else context.direction(match.start())
    value = calendar.day_value(context.anchor, context.year(match), month, day, side)
    if value is None or value[0] == "-":
        return found(match, value, "day", "end")
    inside = calendar.shifted_day(calendar.read_anchor(value), _INTO_WEEK.get(how, 3))
    return found(match, calendar.shifted_week(calendar.read_anchor(inside), 0), "week")


def _year_by_weekday(match: Match, context: Context, month: int, day: int) -> int | None:
    """The year in which the day falls on the weekday printed beside it: "Wednesday, May 15"."""
    beside = re.search(r"(\w+day),?\s(?:the\s)?$", context.text[max(0, match.start() - 16) : match.start()])
    if beside is None or beside[1].lower() not in DAYS or context.anchor.day is None:
        return None
    return calendar.year_of_weekday(context.anchor.day, month, day, DAYS.index(beside[1].lower()))


def _year_nearby(match: Match, context: Context) -> int | None:
    """The year that "last year's shutdown began on May 26" and "In 2024 through July 31" give to their day."""
    if context.preceded(match, r"\bthrough\s$"):
        return context.opening_year(match.start())
    floor = max(context.sentence_start(match.start()), match.start() - _SENTENCE_REACH)
    said = re.search(r"\b(last|next) year[’']s\b", context.text[floor : match.start()], re.IGNORECASE)
    if said is None or context.anchor.year is None:
        return None
    return context.anchor.year + (-1 if said[1].lower() == "last" else 1)


def _in_order(match: Match, context: Context, value: str | None, side: Side) -> str | None:
    """A day told after another one lies after it: "from Nov. 1 to March 31", "on August 1 and January 3"."""
    last = next((d for d in reversed(context.in_sentence(match.start())) if d.precision in ("day", "minute")), None)
    if last is None or value is None or "-" in (value[0], last.value[0]):
        return value
    if _ends_stretch(match, context, last):
        year = int(last.value[:4]) + (value[4:] < last.value[4:10])
        return calendar.day_value(context.anchor, year, int(value[5:7]), int(value[8:]))
    if value >= last.value[:10]:
        return _soon_after(context, last, value, side)
    listed = re.fullmatch(r",?[ \u00a0](?:and\s)?", context.text[last.end : match.start()])
    return f"{int(value[:4]) + 1}{value[4:]}" if listed else value


def _ends_stretch(match: Match, context: Context, last: FoundDate) -> bool:
    """Whether a day closes what the day before opens: "from June 28 to July 5", "December 28 through January 3"."""
    join = re.fullmatch(r",?\s(to|until|till|through|and)\s(?:midnight on\s)?", context.text[last.end : match.start()])
    opening = context.text[max(0, last.start - 24) : last.start]
    started = re.search(r"\b(?:from|between)\s(?:the\s)?[^.;]{0,12}$", opening, re.I)
    return join is not None and (started is not None or join[1] == "through")


def _soon_after(context: Context, last: FoundDate, value: str, side: Side) -> str:
    """What a past notice foretold lies within the year after it, though it be past by now."""
    today = context.anchor.day
    if today is None or side[0] != "future":
        return value
    earlier = f"{int(value[:4]) - 1}{value[4:]}"
    return earlier if last.value[:10] < earlier < today.isoformat() < value else value


def read_year_span(match: Match, context: Context) -> list[FoundDate]:
    """Read "from 2021 to 2024" and "2023/24" as a span, "2020 and 2021" as two years."""
    first, last = match["y1"], match["y2"]
    last = last if len(last) == 4 else first[:2] + last
    if match["join"] == "and" and not match["from"]:
        return found(match, first, "year", "y1") + found(match, last, "year", "y2")
    return found(match, f"{first}/{last}", "span") if first < last else []


def read_year_end(match: Match, context: Context) -> list[FoundDate]:
    """Read "the end of the year" and "year-end"."""
    year, day = context.year(match) or context.anchor.year, context.anchor.day
    stated = match["yearshift"] or match["year"]
    if not stated and year and day and day.month <= 3 and context.direction(match.start())[0] == "past":
        year -= 1
    return found(match, str(year) if year else None, "year")


def read_year_alone(match: Match, context: Context) -> list[FoundDate]:
    """Read a year that stands alone, unless what is around makes it a count, an act or a block."""
    if context.preceded(match, _NO_YEAR_BEFORE, 12) or context.followed(match, _NO_YEAR_AFTER, 24):
        return []
    return found(match, match["year"], "year")


DAY_READERS: dict[str, Reader] = {
    "stamp": read_stamp,
    "numeric": read_numeric,
    "days": read_days,
    "week_of_day": read_week_of_day,
    "year_span": read_year_span,
    "year_end": read_year_end,
    "year_alone": read_year_alone,
}
