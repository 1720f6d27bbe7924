"""Each time of day gets its day: beside it, else in its sentence, else in the sentence before."""

import re
from bisect import bisect_right

from rigwire.extract import calendar
from rigwire.extract.clock import Clock
from rigwire.extract.date_context import Context, FoundDate

_ADJACENT = re.compile(r"[\s,]*(?:\(?[A-Za-z .]{0,22}\)?[\s,]*)?(?:on|of|at|from|as of|the|from the|,)?[\s,]*")
_OTHER_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while|which|that|when)\b|\b(?:and|but) that\b|\bwhen\b|\n|\t|\|")
_DAILY = re.compile(
    r"\b(?:daily|nightly|weekdays?|weekends?|(?:each|every)\s(?:\w+ing\s)?(?:day|night|morning|evening|afternoon|weekday))\b",
    re.I,
)
_HOURS = re.compile(r"\b(?:hours|only|schedule|summer|winter|spring|autumn|months?)\b", re.IGNORECASE)
_LONGEST_GAP = 60
_REACH = 200


def join_clocks(context: Context, dates: list[FoundDate], clocks: list[Clock]) -> list[FoundDate]:
    """Return the dates with the times of day: joined with the day beside them, or as dates of their own."""
    joined = list(dates)
    starts = [d.start for d in joined]
    for clock in sorted(clocks, key=lambda c: c.start):
        place = bisect_right(starts, clock.start)
        near = range(max(0, place - 6), min(len(joined), place + 4))
        if _recurs(context, clock, [joined[i] for i in near]):
            continue
        index = _beside(context, clock, joined, near)
        value = None if index is not None else _day_of_story(context, clock, [joined[i] for i in near])
        if index is not None:
            day = joined[index]
            start, end = min(day.start, clock.start), max(day.end, clock.end)
            joined[index] = FoundDate(_moment(day.value, clock), "minute", context.text[start:end], start, end)
            starts[index] = start
        elif value is not None:
            moment = FoundDate(
                _moment(value, clock), "minute", context.text[clock.start : clock.end], clock.start, clock.end
            )
            joined.insert(place, moment)
            starts.insert(place, clock.start)
    return joined


def _moment(day: str, clock: Clock) -> str:
    """Day and time; 24:00 is the midnight that opens the next day."""
    if clock.value != "24:00":
        return f"{day}T{clock.value}"
    after = calendar.shifted_day(calendar.read_anchor(day), 1) if day[0] != "-" else None
    return f"{after or day}T00:00"


def _recurs(context: Context, clock: Clock, near: list[FoundDate]) -> bool:
    """Hours of every day pin to nothing, nor do hours between two days: "07:00 to 23:00 from 1 to 15 March"."""
    start = max(context.sentence_start(clock.start), clock.start - _REACH)
    end = min(context.sentence_end(clock.start), clock.end + _REACH)
    if _DAILY.search(context.text, max(start, clock.start - 25), min(end, clock.end + 30)):
        return True
    days = [d for d in near if start <= d.start < end and d.precision == "day"]
    return clock.paired and (
        len(days) > 2 or _HOURS.search(context.text, start, end) is not None or _spanned(context, days)
    )


def _spanned(context: Context, days: list[FoundDate]) -> bool:
    return (
        len(days) == 2
        and re.fullmatch(r"\s(?:to|until|till|through|-|–)\s", context.text[days[0].end : days[1].start]) is not None
    )


def _beside(context: Context, clock: Clock, dates: list[FoundDate], near: range) -> int | None:
    """The day without a time that stands next to the clock, or not far in its clause."""
    ranked = []
    for index in near:
        item = dates[index]
        if item.precision not in ("day", "minute") or context.sentence_start(item.start) != context.sentence_start(
            clock.start
        ):
            continue
        gap = item.start - clock.end if item.start >= clock.end else clock.start - item.end
        between = context.text[min(item.end, clock.end) : max(item.start, clock.start)]
        if gap < 0 or re.search(r"[\n\t|]", between):
            continue
        adjacent = _ADJACENT.fullmatch(between) is not None
        if adjacent or (gap <= _LONGEST_GAP and not _OTHER_CLAUSE.search(between)):
            ranked.append((0 if adjacent else 1, gap, index))
    if not ranked:
        return None
    nearest = min(ranked)[2]
    return nearest if dates[nearest].precision == "day" else None


def _day_of_story(context: Context, clock: Clock, near: list[FoundDate]) -> str | None:
    """The day that the clock's sentence, or the one before it, tells of; today where the clock looks ahead of it."""
    start = context.sentence_start(clock.start)
    floor = context.sentence_start(start - 2) if start >= 2 and "\n" not in context.text[start - 2 : start] else start
    told = [d for d in near if d.precision in ("day", "minute") and d.value[0] != "-"]
    same = [d for d in told if start <= d.start < clock.start]
    before = [d for d in told if floor <= d.start < start]
    day = (same or before)[-1].value[:10] if same or before else None
    today = context.anchor.day.isoformat() if context.anchor.day else None
    if day and today and day < today and context.direction(clock.start)[0] == "future":
        return today
    return day
