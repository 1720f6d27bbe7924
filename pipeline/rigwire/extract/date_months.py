"""Months: "June 2021", "last August", "that April", "from May to July", and the verbs that look like them."""

import re

from rigwire.extract import calendar
from rigwire.extract.calendar import Direction
from rigwire.extract.date_context import Context, FoundDate, Match, Reader, found
from rigwire.extract.date_patterns import month_numbers, month_of

_MONTH_BEFORE = (
    r"\b(?:in|since|by|until|till|of|from|to|for|during|through|before|after|and|on|throughout|versus|vs\.?|s[’'])\s+$"
)


def read_month(match: Match, context: Context) -> list[FoundDate]:
    """Read a month: "June", "early May 2021", "last August", "that April"."""
    name, shift = match["month"], (match["shift"] or "").lower()
    month, year, side = month_of(name), context.year(match), context.direction(match.start())
    if not _is_month(match, context) or (year is None and context.preceded(match, r"\ban?\s+$")):
        return []
    if shift in ("last", "past", "next", "coming", "this"):
        return found(match, calendar.named_month(context.anchor, month, shift), "month")
    if year is None and shift in ("that", "same", "following"):
        year = _year_of_story(context, month, shift)
    if year is None:
        year = _year_of_list(match, context, month, side[0])
    if context.followed(match, "[’']s\\s"):
        side = (None, "tense")
    return found(match, calendar.month_value(context.anchor, year, month, side), "month")


def _year_of_story(context: Context, month: int, shift: str) -> int | None:
    """The year of "that April" and "the following April", told by the date before."""
    last = context.before[-1] if context.before else None
    if last is None or not last.value[:4].isdigit():
        return None
    year = int(last.value[:4])
    told = int(last.value[5:7]) if last.value[5:7].isdigit() else 0
    return year + 1 if shift == "following" and told >= month else year


def _year_of_list(match: Match, context: Context, month: int, direction: Direction) -> int | None:
    """The year of a month that shares it with its neighbour: "in July and in August 2021, and in September"."""
    ahead = re.match(
        r",?\s(?:and|to|or)\s(?:in\s|for\s|of\s)?([A-Z]\w+)\.?\s((?:19|20)\d\d)\b",
        context.text[match.end() : match.end() + 40],
    )
    if ahead and ahead[1].lower() in month_numbers():
        return int(ahead[2])
    stated = [d for d in context.in_sentence(match.start()) if d.precision == "month" and d.text.endswith(d.value[:4])]
    if not stated or int(stated[-1].value[5:7]) >= month:
        return None
    if direction == "future" and calendar.side_of(stated[-1].value, context.anchor.day) != "future":
        return None
    return int(stated[-1].value[:4])


def _is_month(match: Match, context: Context) -> bool:
    """Tell the month from the verb, and "Dec." from the agency DEC."""
    name = match["month"]
    if match["year"] or match["yearshift"] or match["shift"] or match.start("month") > match.start():
        return True
    if len(name) == 3 and name.isupper():
        return False
    if name.lower() not in ("may", "march", "mar"):
        return True
    if not context.preceded(match, _MONTH_BEFORE, 20):
        return False
    return not context.followed(match, r"\s+(?:be|have|not|also|still|well|on|in\b)", 10) or context.preceded(
        match, r"\bin\s+$"
    )


def read_month_span(match: Match, context: Context) -> list[FoundDate]:
    """Read "from April to September 2022" as one span, "May and June" as two months."""
    side, year2 = context.direction(match.start()), context.year(match)
    year1 = int(match["year1"]) if match["year1"] else year2
    first, last = month_of(match["m1"]), month_of(match["m2"])
    end = calendar.month_value(context.anchor, year2, last, side)
    start = calendar.month_value(context.anchor, year1, first, side)
    if start > end and not match["year1"] and not start.startswith("--"):
        start = f"{int(start[:4]) - 1}{start[4:]}"
    if match["join"].strip().lower() == "and" and not match["from"]:
        return found(match, start, "month", "m1") + found(match, end, "month", "m2")
    return found(match, f"{start}/{end}", "span")


def read_last_day(match: Match, context: Context) -> list[FoundDate]:
    """Read "the last day of December"."""
    month = calendar.month_value(
        context.anchor, context.year(match), month_of(match["month"]), context.direction(match.start())
    )
    covered = calendar.days_covered(month)
    value = covered[match["which"] == "last"].isoformat() if covered else None
    return found(match, value, "day")


MONTH_READERS: dict[str, Reader] = {"month": read_month, "month_span": read_month_span, "last_day": read_last_day}
