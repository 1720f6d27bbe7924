"""Dates that point: "last week", "Monday", "the 20th", "a day earlier", "the same month in 2023"."""

import re

from rigwire.extract import calendar
from rigwire.extract.date_context import Context, FoundDate, Match, Reader, found
from rigwire.extract.date_patterns import DAYS

_NOTICE = range(1, 9)  # days: "told on Saturday to stop on Monday" is of one week, though both be past
_DEADLINE = ("by", "until", "till", "before")
_STORY = 600  # characters over which a month goes on being the one that is told of


def read_same_unit(match: Match, context: Context) -> list[FoundDate]:
    """Read "the same month in 2023" and "the corresponding period of last year" from the date before."""
    unit = match["unit"].lower()
    last = context.last_of(unit) if unit != "period" else context.last_of("quarter", "half", "month")
    year = context.year(match)
    if year is None and last is not None and match["earlier"]:
        year = int(last.value[:4]) - 1
    if last is None or year is None:
        return found(match, str(year), "year") if year and (match["year"] or match["yearshift"]) else []
    return found(match, f"{year}{last.value[4:]}", last.precision)


def read_relative(match: Match, context: Context) -> list[FoundDate]:
    """Read "last week", "this month", "next quarter", "the prior month"."""
    shifts = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
    shift = shifts[(match["shift"] or "last").lower()]
    unit, anchor = (match["unit"] or "month").lower(), context.anchor
    if anchor.day is None or context.preceded(match, r"\b(?:over|during|in|for|within) the $"):
        return []
    values = {
        "week": calendar.shifted_week(anchor, shift),
        "month": calendar.shifted_month(anchor, shift),
        "quarter": calendar.shifted_quarter(anchor, shift),
        "year": str(anchor.day.year + shift),
    }
    return found(match, values[unit], unit)


def read_part_of_month(match: Match, context: Context) -> list[FoundDate]:
    """Read "by the end of the month": the present month of what is to come, else the one that was told of before."""
    anchor, side = context.anchor, context.direction(match.start())[0]
    told = [d.value[:7] for d in context.before[-8:] if d.precision in ("day", "minute", "month") and d.value[0] != "-"]
    if anchor.day is None:
        return found(match, told[-1], "month") if told else []
    last, present = calendar.shifted_month(anchor, -1), calendar.shifted_month(anchor, 0)
    if side == "future":
        return found(match, present, "month")
    near = [month for month in told if month in (last, present)]
    if near or side is None:
        return found(match, near[-1] if near else present, "month")
    over = re.search(r"end|close", match.group()) is not None
    return found(match, told[-1] if told else last if over else present, "month")


def read_near_day(match: Match, context: Context) -> list[FoundDate]:
    """Read "today", "last night" and other neighbours; not "today's markets"."""
    if context.followed(match, "[’']s") or context.preceded(match, r"[-—]$", 2):
        return []
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(" ".join(match[1].lower().split()), 0)
    return found(match, calendar.shifted_day(context.anchor, shift), "day")


def read_weekday(match: Match, context: Context) -> list[FoundDate]:
    """Read a weekday; not "every Monday" or "a calm Tuesday"."""
    if context.preceded(match, r"\b(?:every|each|per|any|an?|an? \w+)\s$", 20):
        return []
    weekday = DAYS.index(_full_day(match["weekday"]))
    named = {"past": "last", "coming": "next", "following": "next", "that": None, "same": None}
    shift = (match["shift"] or "").lower() or None
    side = context.direction(match.start())
    told = next((d for d in reversed(context.in_sentence(match.start())) if d.precision in ("day", "minute")), None)
    anchor = context.anchor
    if (
        told is not None
        and side[0] == "future"
        and shift is None
        and calendar.days_before(anchor, told.value) in _NOTICE
    ):
        anchor = calendar.read_anchor(told.value)
    value = calendar.weekday_value(anchor, weekday, side, named.get(shift, shift) if shift else None)
    return found(match, value, "day")


def _full_day(name: str) -> str:
    return next(day for day in DAYS if day.startswith(name.lower().rstrip(".")))


def read_weekday_of_week(match: Match, context: Context) -> list[FoundDate]:
    """Read "Monday of last week"."""
    shift = {"last": -1, "this": 0, "next": 1}[match["shift"]]
    return found(match, calendar.weekday_in_week(context.anchor, DAYS.index(_full_day(match["weekday"])), shift), "day")


def read_nth(match: Match, context: Context) -> list[FoundDate]:
    """Read "by the 20th" in the month told of or as the nearest such day, "the 9th of this month" in that month."""
    day, today, unit = int(match["day"]), context.anchor.day, (match["unit"] or "the").lower()
    side = context.direction(match.start())[0]
    ahead = side == "future" or (side is None and match[0].split()[0] in _DEADLINE)
    if unit != "the":
        month = calendar.shifted_month(context.anchor, {"last": -1, "this": 0, "next": 1}[unit])
    else:
        month = _month_told_of(match, context, ahead)
        if month is None and today is not None:
            return found(match, calendar.nearest_nth(today, day, 1 if ahead else -1), "day", "words")
    if month is None or not 1 <= day <= 31:
        return []
    return found(match, calendar.day_value(context.anchor, int(month[:4]), int(month[5:7]), day), "day", "words")


def _month_told_of(match: Match, context: Context, ahead: bool) -> str | None:
    """Return the month of the date before, where an expression of the past or of what lies ahead goes on with it."""
    last = context.last_of("day", "minute", "month")
    if last is None:
        return None
    today = context.anchor.day
    if today is None:
        near = match.start() - last.end < _STORY
    elif ahead or last.precision == "month":
        near = last.start >= context.sentence_start(match.start())
    else:
        near = "\n" not in context.text[last.end : match.start()] and last.value[:10] <= today.isoformat()
    return last.value[:7] if near else None


def read_neighbour(match: Match, context: Context) -> list[FoundDate]:
    """Read "a day earlier", "the next day" and "that evening" from the day before them in the same paragraph."""
    words = match["words"].lower()
    near = [
        d
        for d in context.before[-8:]
        if d.precision in ("day", "minute") and "\n\n" not in context.text[d.end : match.start()]
    ]
    if not near or (words.startswith("the day") and context.followed(match, r"\s(?:the|a|its|he|she|it|they|that)\b")):
        return []
    opens = match.start() - context.sentence_start(match.start()) < 2
    floor = context.sentence_start(near[-1].start)
    told = next(d for d in near if d.start >= floor) if opens else near[-1]
    back = "earlier" in words or "before" in words or "previous" in words
    if words.endswith("day after") and context.followed(match, r"\s[\w,]+"):
        back = words.startswith(("a ", "one "))
    step = 0 if words.startswith("that") or "same" in words else -1 if back else 1
    value = calendar.shifted_day(calendar.read_anchor(told.value), step)
    return found(match, value, "day", "words")


POINTERS: dict[str, Reader] = {
    "same_unit": read_same_unit,
    "relative": read_relative,
    "part_of_month": read_part_of_month,
    "near_day": read_near_day,
    "weekday": read_weekday,
    "weekday_of_week": read_weekday_of_week,
    "nth": read_nth,
    "neighbour": read_neighbour,
}
