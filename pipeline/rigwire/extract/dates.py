"""Expressions that pin to the calendar, resolved against the publication date, each with its precision."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rigwire.extract import calendar
from rigwire.extract.calendar import Anchor, Side
from rigwire.extract.clock import Clock, find_clocks
from rigwire.extract.tense import direction_at

_MONTHS = {name: i // 2 + 1 for i, name in enumerate(
    "january jan february feb march mar april apr may may june jun july jul august aug september sep october oct "
    "november nov december dec".split()
)} | {"sept": 9}  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)\d\d)(?!\d|[,.]\d)"
_PART = (
    r"(?:(?:very\s+)?(?:early|mid|late|the\s+(?:beginning|start|middle|end|rest|course|month)\s+of|end[\s-]of|end)"
    r"[\s-]+(?:in\s+)?)?"
)
_SHIFT = r"(?:(?P<shift>last|past|this|next|coming|following)\s+)?"
_OF_YEAR = (
    r"(?:[\s,]+(?:(?:of|in)\s+)?(?:(?:the\s+)?(?:fiscal\s+|calendar\s+)?(?:year\s+)?(?P<year>"
    + _YEAR
    + r")|(?P<yearshift>last|this|next)\s+year|(?P<sameyear>the\s+(?:same\s+)?year)))?"
)
_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text, `text[start:end]`, with its value and precision as the codebook writes them."""

    value: str
    precision: str
    text: str
    start: int
    end: int


_Reader = Callable[[re.Match[str], "_Context"], "list[FoundDate] | FoundDate | None"]


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    anchor: Anchor

    def direction(self, start: int) -> Side:
        return direction_at(self.text, start)

    def year(self, match: re.Match[str]) -> int | None:
        groups = match.groupdict()
        if groups.get("year"):
            return int(groups["year"])
        shift = groups.get("yearshift")
        if shift and self.anchor.year:
            return self.anchor.year + {"last": -1, "this": 0, "next": 1}[shift.lower()]
        return None

    def found(self, match: re.Match[str], value: str | None, precision: str) -> FoundDate | None:
        if value is None:
            return None
        return FoundDate(value, precision, match.group(), match.start(), match.end())


def find_dates(text: str, published: str | None) -> list[FoundDate]:
    """Return the dates of `text` in order, resolved against `published` (ISO 8601, or None where it is not known)."""
    context = _Context(text, calendar.read_anchor(published))
    if context.anchor.day is None:
        context = replace(context, anchor=_dateline_anchor(text))
    found: list[FoundDate] = []
    taken = bytearray(len(text) + 1)
    for pattern, reader in _RULES:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            dates = reader(match, context)
            dates = [] if dates is None else dates if isinstance(dates, list) else [dates]
            for item in dates:
                found.append(item)
            if dates:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found.sort(key=lambda d: d.start)
    return _join_clocks(text, _next_to(text, _join_weekdays(text, found)), find_clocks(text))


def _dateline_anchor(text: str) -> Anchor:
    """A release that states its day in the dateline is read from that day."""
    match = re.search(
        rf"^[^\n]{{0,80}}?\b({_MONTH})\s+({_DAY}),?\s+({_YEAR})[^\n]{{0,40}}?(?:--|–|—|-|/)", text[:600], re.M
    )
    if match is None:
        return Anchor(None)
    value = calendar.day_value(Anchor(None), int(match.group(3)), _month(match.group(1)), _number(match.group(2)))
    return calendar.read_anchor(value)


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _number(day: str) -> int:
    return int(re.match(r"\d+", day).group())  # type: ignore[union-attr]


def _iso(match: re.Match[str], context: _Context) -> FoundDate | None:
    year, month, day = (int(match.group(i)) for i in (1, 2, 3))
    return context.found(match, calendar.day_value(Anchor(None), year, month, day), "day")


def _numeric(match: re.Match[str], context: _Context) -> FoundDate | None:
    """Day and month in figures, as far as their order is certain."""
    first, second, year = (int(match.group(i)) for i in (1, 2, 3))
    dotted = "." in match.group()
    if first > 12 or (dotted and second <= 12):
        day, month = first, second
    elif second > 12 or first == second:
        month, day = first, second
    else:
        return None
    return context.found(match, calendar.day_value(Anchor(None), year, month, day), "day")


def _days(match: re.Match[str], context: _Context) -> list[FoundDate] | None:
    """One or two days of a month: "27 June", "June 24 to 27, 2021"."""
    year, direction = context.year(match), context.direction(match.start())
    month = _month(match.group("month"))
    values = [calendar.day_value(context.anchor, year, month, _number(match.group("day")), direction)]
    if match.group("day2"):
        values.append(calendar.day_value(context.anchor, year, month, _number(match.group("day2")), direction))
    found = [context.found(match, value, "day") for value in values]
    return [f for f in found if f] or None


def _month_span(match: re.Match[str], context: _Context) -> FoundDate | list[FoundDate] | None:
    """ "from April to September 2022" is one span; "May and June" are two months."""
    direction, year2 = context.direction(match.start()), context.year(match)
    year1 = int(match.group("year1")) if match.group("year1") else year2
    first, last = _month(match.group("m1")), _month(match.group("m2"))
    end = calendar.month_value(context.anchor, year2, last, direction)
    start = calendar.month_value(context.anchor, year1, first, direction)
    if start > end and not match.group("year1") and not start.startswith("--"):
        start = f"{int(start[:4]) - 1}{start[4:]}"
    if match.group("join").strip().lower() == "and" and not match.group("from"):
        pieces = [(start, "m1"), (end, "m2")]
        return [FoundDate(v, "month", match.group(g), match.start(g), match.end(g)) for v, g in pieces]
    return context.found(match, f"{start}/{end}", "span")


def _year_span(match: re.Match[str], context: _Context) -> FoundDate | None:
    first, last = match.group("y1"), match.group("y2")
    last = last if len(last) == 4 else first[:2] + last
    return context.found(match, f"{first}/{last}", "span") if first < last else None


def _month_year(match: re.Match[str], context: _Context) -> FoundDate | None:
    name, shift = match.group("month"), (match.group("shift") or "").lower()
    if name.lower() in ("may", "march", "mar") and not _is_month(match, context):
        return None
    month, direction = _month(name), context.direction(match.start())
    if shift in ("last", "past"):
        direction = ("past", True)
    elif shift in ("next", "coming", "following"):
        direction = ("future", True)
    return context.found(match, calendar.month_value(context.anchor, context.year(match), month, direction), "month")


def _is_month(match: re.Match[str], context: _Context) -> bool:
    """Tell the month from the verb: "in May", "since March", "May 2021", "early May", "between May and June"."""
    if match.group("year") or match.group("yearshift") or match.group("shift") or match.start("month") > match.start():
        return True
    before = context.text[max(0, match.start() - 20) : match.start()]
    return bool(
        re.search(
            r"\b(?:in|since|by|until|till|of|from|to|for|during|through|before|after|and|on|throughout|versus|vs\.?|s[’'])\s+$",
            before,
            re.I,
        )
    ) and (
        not re.match(r"\s+(?:be|have|not|also|still|well|on|in\b)", context.text[match.end() : match.end() + 10])
        or re.search(r"\bin\s+$", before) is not None
    )


def _quarter(match: re.Match[str], context: _Context) -> FoundDate | None:
    number = match.group("n") or str(_ORDINAL[match.group("word").lower()])
    year = context.year(match)
    if match.group("short"):
        short = match.group("short")
        year = int(short) if len(short) == 4 else 2000 + int(short)
    if match.group("sameyear") and context.anchor.year:
        year = context.anchor.year
    value = calendar.part_value(
        context.anchor, year, f"{match.group('part')[0].upper()}{number}", context.direction(match.start())
    )
    return context.found(match, value, "quarter" if match.group("part")[0].lower() == "q" else "half")


def _part_before(match: re.Match[str], context: _Context) -> FoundDate | None:
    """ "3Q21", "1H 2022"."""
    year = match.group("short")
    full = int(year) if len(year) == 4 else 2000 + int(year)
    letter = match.group("part").upper()
    return context.found(match, f"{full}-{letter}{match.group('n')}", "quarter" if letter == "Q" else "half")


def _months_of_year(match: re.Match[str], context: _Context) -> FoundDate | None:
    """ "the first three months of the year" is a quarter, six a half, nine a span."""
    year = context.year(match) or context.anchor.year
    months = {
        "three": 3,
        "six": 6,
        "nine": 9,
        "3": 3,
        "6": 6,
        "9": 9,
        "four": 4,
        "five": 5,
        "seven": 7,
        "eight": 8,
        "ten": 10,
        "11": 11,
    }.get(match.group("months").lower())
    if year is None or months is None:
        return None
    if months in (3, 6):
        return context.found(match, f"{year}-{'Q1' if months == 3 else 'H1'}", "quarter" if months == 3 else "half")
    return context.found(match, f"{year}-01/{year}-{months:02}", "span")


def _ended(match: re.Match[str], context: _Context) -> FoundDate | None:
    """ "the end of the year" and "year-end"."""
    year = context.year(match) or context.anchor.year
    if match.groupdict().get("yearshift") is None and match.groupdict().get("year") is None and year:
        day = context.anchor.day
        if day and day.month <= 2 and context.direction(match.start())[0] == "past":
            year -= 1
    return context.found(match, str(year) if year else None, "year")


def _relative(match: re.Match[str], context: _Context) -> FoundDate | None:
    shift = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[
        (match.group("shift") or "last").lower()
    ]
    unit, anchor = (match.group("unit") or "month").lower(), context.anchor
    if anchor.day is None:
        return None
    if unit == "week":
        return context.found(match, calendar.shifted_week(anchor, shift), "week")
    if unit == "month":
        return context.found(match, calendar.shifted_month(anchor, shift), "month")
    if unit == "quarter":
        return context.found(match, calendar.shifted_quarter(anchor, shift), "quarter")
    return context.found(match, str(anchor.day.year + shift), "year")


def _near_day(match: re.Match[str], context: _Context) -> FoundDate | None:
    shift = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[match.group(1).lower()]
    before = context.text[max(0, match.start() - 2) : match.start()]
    if context.text[match.end() : match.end() + 2] in ("’s", "'s") or before.endswith(("-", "—")):
        return None
    return context.found(match, calendar.shifted_day(context.anchor, shift), "day")


def _weekday(match: re.Match[str], context: _Context) -> FoundDate | None:
    if re.search(r"\b(?:every|each|per|any|a)\s$", context.text[max(0, match.start() - 6) : match.start()], re.I):
        return None
    weekday = _DAYS.index(match.group("weekday").lower())
    shift = (match.group("shift") or "").lower()
    named = {"past": "last", "coming": "next", "following": "next"}.get(shift, shift) or None
    value = calendar.weekday_value(context.anchor, weekday, context.direction(match.start()), named)
    return context.found(match, value, "day")


def _year_alone(match: re.Match[str], context: _Context) -> FoundDate | None:
    before, after = (
        context.text[max(0, match.start() - 12) : match.start()],
        context.text[match.end() : match.end() + 24],
    )
    if re.search(
        r"(?:[$€£¥#№/&-]|\b(?:No\.|Act of|block|route|Class|model"
        r"|about|nearly|some|roughly|over|than|copyright|©))\s?$",
        before,
        re.I,
    ):
        return None
    if re.match(
        r"\s?(?:%|MW|GW|kW|PH|TH|EH|BTC|bitcoin|machines|miners|rigs|units|servers|ASICs|megawatt|[-/]\d|points|people|homes|jobs)",
        after,
    ):
        return None
    return context.found(match, match.group("year"), "year")


def _rule(pattern: str, reader: _Reader, flags: int = 0) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, flags), reader


_NEIGHBOUR = re.compile(
    r"\b(?:(?:a|one) day (?:earlier|later|before|after)"
    r"|the (?:day before|day after|next day|following day|previous day))\b"
    r"(?! (?:the|a|its|he|she|it|they|that))",
    re.I,
)
_JOIN = r"\s*(?P<join>to|and|through|until|till|-|–|—)\s*"
_RULES: list[tuple[re.Pattern[str], _Reader]] = [
    _rule(r"(?<![\d-])(20\d\d|19\d\d)[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])(?!\d)", _iso),
    _rule(r"(?<![\d./-])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])", _numeric),
    _rule(
        rf"\b(?:the\s+)?(?P<day>{_DAY})(?:\s*(?:-|–|to|and|or|/)\s*(?P<day2>{_DAY}))?(?:\s+of)?\s+(?P<month>{_MONTH}){_OF_YEAR}(?![\w])",
        _days,
    ),
    _rule(
        rf"\b(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_DAY})(?:\s*(?:-|–|to|and|or|/)\s*(?P<day2>{_DAY})(?!\s*(?:{_MONTH}|MW|%)))?{_OF_YEAR}(?![\w%])",
        _days,
    ),
    _rule(
        rf"\b(?P<from>(?:from|between)\s+)?(?P<m1>{_MONTH})(?:\s+(?P<year1>{_YEAR}))?{_JOIN}(?P<m2>{_MONTH}){_OF_YEAR}(?![\w])",
        _month_span,
    ),
    _rule(rf"\b(?:from|between)?\s*(?P<y1>{_YEAR})\s*(?:to|and|-|–|—|through)\s*(?P<y2>{_YEAR})\b", _year_span),
    _rule(rf"\b(?P<y1>{_YEAR})[/–-](?P<y2>\d\d)\b(?!\d|-)", _year_span),
    _rule(rf"\b(?P<n>[1-4])(?P<part>[QH])[\s’']?(?P<short>{_YEAR}|\d\d)\b", _part_before),
    _rule(
        rf"\b{_PART}(?:the\s+)?(?:fiscal\s+)?(?:(?P<part>Q|H)(?P<n>[1-4])(?:[’'](?P<short>\d\d))?(?P<word>)?){_OF_YEAR}(?![\w])",
        _quarter,
    ),
    _rule(
        rf"\b{_PART}(?:the\s+)?(?:company[’']s\s+)?(?:fiscal\s+|calendar\s+)?(?P<word>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+|calendar\s+)?(?P<part>quarter|half)(?P<n>)(?P<short>)(?:ly)?{_OF_YEAR}(?![\w])",
        _quarter,
        re.IGNORECASE,
    ),
    _rule(rf"\b(?:the\s+)?first\s+(?P<months>\w+)\s+months{_OF_YEAR}\b", _months_of_year, re.IGNORECASE),
    _rule(rf"\b{_PART}{_SHIFT}(?P<month>{_MONTH}){_OF_YEAR}(?![\w])", _month_year),
    _rule(
        r"\b(?:the\s+)?(?:end|close|turn)\s+of\s+(?:(?P<yearshift>last|this|next)\s+year|the\s+(?:calendar\s+)?year)\b|\b(?:the\s+)?year(?:[’']s)?[\s-]+end\b(?:\s+(?P<year>"
        + _YEAR
        + "))?",
        _ended,
        re.IGNORECASE,
    ),
    _rule(
        r"\b(?:the\s+)?(?:(?P<shift>last|past|this|current|next|coming)\s+(?P<unit>week|month|quarter|year)"
        r"|(?P<before>previous|prior)\s+month)\b(?![’'-]|\s+(?:of|and a half))",
        _relative,
        re.IGNORECASE,
    ),
    _rule(
        r"\b(?P<shift>last|this|next)\s+(?P<unit>week|month|quarter|year)(?=[’']s?\b)(?P<before>)",
        _relative,
        re.IGNORECASE,
    ),
    _rule(r"\b(today|yesterday|tomorrow|tonight)\b", _near_day, re.IGNORECASE),
    _rule(rf"\b{_SHIFT}(?P<weekday>{_WEEKDAY})(?![\w])", _weekday),
    _rule(
        rf"(?<![\w.,$€£/-]){_PART}(?:the\s+)?(?:(?:fiscal|financial|calendar)\s+(?:year\s+)?|FY\s?)?(?P<year>{_YEAR})(?![\w/-])",
        _year_alone,
    ),
]


def _join_weekdays(text: str, found: list[FoundDate]) -> list[FoundDate]:
    """ "Friday, June 18" is one date: the weekday goes where its day of the month stands beside it."""
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


def _next_to(text: str, found: list[FoundDate]) -> list[FoundDate]:
    """Add "a day earlier" and "the next day", read from the day named before them in the same paragraph."""
    added = []
    for match in _NEIGHBOUR.finditer(text):
        before = [
            d
            for d in found
            if d.end <= match.start() and d.precision == "day" and "\n\n" not in text[d.end : match.start()]
        ]
        if before and not any(d.start < match.end() and match.start() < d.end for d in found):
            step = -1 if re.search(r"earlier|before|previous", match.group(), re.I) else 1
            value = calendar.shifted_day(calendar.read_anchor(before[-1].value), step)
            if value:
                added.append(FoundDate(value, "day", match.group(), match.start(), match.end()))
    return sorted(found + added, key=lambda d: d.start)


def _is_weekday(item: FoundDate) -> bool:
    return item.text.lower().split()[-1] in _DAYS


def _join_clocks(text: str, found: list[FoundDate], clocks: list[Clock]) -> list[FoundDate]:
    """Give each time of day its day: beside it, or the nearest day of the same sentence."""
    dates = list(found)
    for clock in sorted(clocks, key=lambda c: c.start):
        index = _day_for(text, clock, dates)
        if index is None:
            continue
        day = dates[index]
        start, end = min(day.start, clock.start), max(day.end, clock.end)
        if re.search(r"\n|[.!?]\s+[A-Z]", text[start:end].replace("a.m.", "am").replace("p.m.", "pm")):
            continue
        dates[index] = FoundDate(f"{day.value}T{clock.value}", "minute", text[start:end], start, end)
    return dates


def _day_for(text: str, clock: Clock, dates: list[FoundDate]) -> int | None:
    ranked = []
    for index, item in enumerate(dates):
        if item.precision != "day":
            continue
        gap = item.start - clock.end if item.start >= clock.end else clock.start - item.end
        between = text[min(item.end, clock.end) : max(item.start, clock.start)]
        if gap < 0 or gap > 90 or re.search(r"\n|\t|\||[!?]\s|(?<!\.m)\.\s(?=[A-Z])", between):
            continue
        adjacent = (
            re.fullmatch(
                r"[\s,]*(?:\(?[A-Za-z .]{0,22}\)?[\s,]*)?(?:on|of|at|from|as of|the|from the|,)?[\s,]*", between
            )
            is not None
        )
        ranked.append((0 if adjacent else 1, gap, index))
    if not ranked:
        return None
    weight, gap, index = min(ranked)
    return index if weight == 0 or gap <= 60 else None
