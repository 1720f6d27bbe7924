"""Expressions that pin to the calendar, resolved against the publication date, each with its precision."""

import re
from dataclasses import replace
from functools import cache

from rigwire.extract import calendar
from rigwire.extract.calendar import DateAnchor
from rigwire.extract.clock import find_clocks
from rigwire.extract.date_clocks import join_clocks
from rigwire.extract.date_context import Context, FoundDate, Match
from rigwire.extract.date_months import MONTH_READERS
from rigwire.extract.date_patterns import DAYS, date_matches, expand, month_of
from rigwire.extract.date_pointers import POINTERS
from rigwire.extract.date_quarters import QUARTER_READERS, fiscal_quarters
from rigwire.extract.date_readers import DAY_READERS
from rigwire.extract.leftover_dates import leftover_dates
from rigwire.extract.sentences import split_sentences

__all__ = ["FoundDate", "find_dates"]

_STAMP_LINE = re.compile(r"^[^\n]{6,48}$", re.MULTILINE)
_STAMP_REST = 16  # characters of a live blog's stamp beside day and time: weekday, commas
_READ = DAY_READERS | MONTH_READERS | QUARTER_READERS | POINTERS


def find_dates(text: str, published: str | None) -> list[FoundDate]:
    """Return the dates of `text` in order, resolved against `published` (ISO 8601, or None where it is not known)."""
    anchor = calendar.read_anchor(published)
    if anchor.day is None:
        anchor = _dateline_anchor(text)
    matches = _matches(text)
    context = Context(text, anchor, [s.start for s in split_sentences(text)])
    context.fiscal = fiscal_quarters(text)
    entries = _entries(text, matches, anchor)
    for name, match in matches:
        if entries and match.start() >= entries[0][0]:
            context.anchor = entries.pop(0)[1]
        context.before.extend(_READ[name](match, context))
    found = sorted(leftover_dates(text, context.before), key=lambda d: d.start)
    return join_clocks(context, join_weekdays(text, found), find_clocks(text))


def _matches(text: str) -> list[tuple[str, Match]]:
    """Return the expressions of `text` in order; where two overlap, the shape that stands first keeps its words."""
    taken = bytearray(len(text) + 1)
    matches: list[tuple[str, Match]] = []
    for name, match in date_matches(text):
        if not any(taken[match.start() : match.end()]):
            matches.append((name, match))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(matches, key=lambda pair: pair[1].start())


def _dateline_anchor(text: str) -> DateAnchor:
    """A release that states its day in the dateline is read from that day."""
    match = _dateline().search(text[:600])
    if match is None:
        return DateAnchor(None)
    day = int(re.sub(r"\D", "", match["day"]))
    return calendar.read_anchor(calendar.day_value(DateAnchor(None), int(match["year"]), month_of(match["month"]), day))


@cache
def _dateline() -> re.Pattern[str]:
    return re.compile(
        expand(r"^[^\n]{0,80}?\b(?P<month><MONTH>) (?P<day><DAY>),? (?P<year><YEAR>)[^\n]{0,40}?(?:--|–|—|-|/)"),
        re.MULTILINE,
    )


def _entries(text: str, matches: list[tuple[str, Match]], anchor: DateAnchor) -> list[tuple[int, DateAnchor]]:
    """Return where the entries of a live blog start, with their days: lines that hold a day, a time and little else."""
    days = {match.start(): match for name, match in matches if name in ("days", "stamp")}
    entries = []
    for line in _STAMP_LINE.finditer(text):
        match = next((days[i] for i in range(line.start(), line.end()) if i in days), None)
        clocks = find_clocks(line.group()) if match else []
        if match is None or not clocks:
            continue
        rest = len(line.group()) - len(match.group()) - sum(clock.end - clock.start for clock in clocks)
        value = (
            _READ["days"](match, Context(text, anchor, []))
            if rest <= _STAMP_REST and match.groupdict().get("month")
            else []
        )
        if value and value[0].value[0] != "-":
            entries.append((line.start(), calendar.read_anchor(value[0].value)))
    return entries if len(entries) > 1 else []


def join_weekdays(text: str, found: list[FoundDate]) -> list[FoundDate]:
    """Make one date of "Friday, June 18": the weekday goes where its day of the month stands beside it."""
    kept: list[FoundDate] = []
    for item in found:
        last = kept[-1] if kept else None
        beside = last is not None and re.fullmatch(r",?\s*(?:\(|the\s)?", text[last.end : item.start]) is not None
        if beside and last and _is_weekday(last) and item.precision == "day" and not _is_weekday(item):
            kept[-1] = replace(item, start=last.start, text=text[last.start : item.end])
        elif beside and last and _is_weekday(item) and last.precision == "day" and not _is_weekday(last):
            kept[-1] = replace(last, end=item.end, text=text[last.start : item.end])
        else:
            kept.append(item)
    return kept


def _is_weekday(item: FoundDate) -> bool:
    return item.text.lower().split()[-1].rstrip(".") in {*DAYS, *(day[:3] for day in DAYS)}
