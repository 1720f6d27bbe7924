"""Quarters and halves: "Q3", "the second half of 2022", "the fiscal third quarter ended June 30"."""

import re
from functools import cache

from rigwire.extract import calendar
from rigwire.extract.calendar import Side
from rigwire.extract.date_context import Context, FoundDate, Match, Reader, found, full_year, number_of
from rigwire.extract.date_patterns import expand, month_of

_ORDINALS = {
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
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_UNIT_MONTHS = {"quarter": 3, "half": 6, "year": 12, "month": 1}
_MID_MONTH = 15  # a period that ends on an earlier day is one of the months before
_PRECISION = {"q": "quarter", "h": "half"}
_RESULTS_BEFORE = (
    r"\b(?:report|publish|release|announce|disclose|file|results for|report for|earnings for)"
    r"\s(?:on\s|its\s|the\s|their\s)*$"
)
_RESULTS_AFTER = (
    r"[’']?s?\s(?:\d{4}\s)?(?:financial\s|earnings\s|operating\s|unaudited\s)?(?:results|earnings|report|call)\b"
)
_TIME_BEFORE = (
    r"\b(?:in|during|by|for|until|till|through|throughout|since|from|of|over|and|to|versus|before|after)\s$"
)
_FORECAST_BEFORE = r"\b(?:assumption|estimate|forecast|outlook|guidance|expectation)s?\s(?:\S+\s){0,4}$"


def read_month_quarter(match: Match, context: Context) -> list[FoundDate]:
    """Read "the June quarter", which is called after its last month."""
    month = month_of(match["month"])
    last = calendar.month_value(context.anchor, context.year(match), month, context.direction(match.start()))
    if month % _UNIT_MONTHS["quarter"]:
        return found(match, last, "month", "month")
    return found(match, f"{last[:4]}-Q{month // 3}" if last[0] != "-" else None, "quarter")


def read_period_ended(match: Match, context: Context) -> list[FoundDate]:
    """Read "the quarter ended June 30" as quarter (or half, year, span) and as the day of its end."""
    month, year = month_of(match["month"]), context.year(match)
    if match["month"].lower() in ("may", "march") and not match["month"][0].isupper():
        return []
    side: Side = ("past", "preposition") if match["how"].lower() == "ended" else context.direction(match.start())
    day = match["first"] or match["day"]
    if day:
        end = calendar.day_value(context.anchor, year, month, number_of(day), side)
    else:
        end = calendar.month_value(context.anchor, year, month, side)
    dates = found(match, end, "day" if day else "month", "end")
    if end is None or end.startswith("--") or (match["how"].lower() == "ending" and side[0] is None):
        return dates
    early = day is not None and number_of(day) < _MID_MONTH
    last = int(end[:4]) * 12 + month - 1 - early
    value = calendar.months_to(last // 12, last % 12 + 1, _months_of(match))
    return found(match, value, _precision_of(value), "what") + dates


def _months_of(match: Match) -> int:
    """How many months "the quarter", "the nine months" and "the half" hold."""
    count, what = (match["months"] or "").lower(), match["what"].lower()
    if count:
        return int(count) if count.isdigit() else _NUMBERS[count]
    return next(months for unit, months in _UNIT_MONTHS.items() if unit in what)


def _precision_of(value: str) -> str:
    if "/" in value:
        return "span"
    return _PRECISION.get(value[5:6].lower()) or ("month" if len(value) == 7 else "year")


def read_part(match: Match, context: Context) -> list[FoundDate]:
    """Read a quarter or half: "Q3", "the second half of 2022", "the company's fiscal third quarter"."""
    letter = match["part"][0].upper()
    if match["word"] and (letter == "H" and match["word"].lower() in ("third", "fourth", "3rd", "4th")):
        return []
    of_other = re.match(r"\s+of\s+(?:the\s+)?(?:last\s+|this\s+)?(\w+)", context.text[match.end() : match.end() + 30])
    if of_other and match["word"]:
        month = of_other[1].lower() == "month"
        value = calendar.shifted_month(context.anchor, -1 if " last" in of_other.group() else 0) if month else None
        return found(match, value, "month")
    stated = context.year(match) or match["sameyear"]
    if (
        match["word"]
        and match["word"].lower() == "last"
        and not stated
        and not (match.group().lower().startswith("the") and context.direction(match.start())[0] == "future")
    ):
        return found(match, calendar.shifted_quarter(context.anchor, -1) if letter == "Q" else None, "quarter")
    if letter == "H" and match["word"] and not stated and not _is_period(match, context):
        return []
    number = match["n"] or str(_ORDINALS[match["word"].lower()])
    short = match["short"] or match["short2"] or match["dashed"]
    year = full_year(short) if short else context.year(match)
    part = f"{letter}{number}"
    calendar_year = "calendar" in match.group().lower()
    fiscal = None if calendar_year else context.fiscal.get(f"{year}-{part}" if year else part)
    if fiscal:
        return found(match, fiscal, _precision_of(fiscal))
    year = year or (context.anchor.year if match["sameyear"] else None) or context.opening_year(match.start())
    return found(
        match,
        calendar.part_value(context.anchor, year, part, _side_of_part(match, context)),
        _PRECISION[letter.lower()],
    )


def _is_period(match: Match, context: Context) -> bool:
    """Tell half a year, "revenue in the first half", from half of something: "the first half will be plugged in"."""
    return "-" in match.group() or context.preceded(match, _TIME_BEFORE)


def _side_of_part(match: Match, context: Context) -> Side:
    """Results are of a quarter that has ended, estimates of one to come; else the words around tell."""
    if context.preceded(match, _RESULTS_BEFORE, 40) or context.followed(match, _RESULTS_AFTER, 40):
        return "past", "preposition"
    if context.preceded(match, _FORECAST_BEFORE, 50):
        return "future", "preposition"
    return context.direction(match.start())


def read_part_alone(match: Match, context: Context) -> list[FoundDate]:
    """Read "up from the 533 mined in the first", where a quarter stands in the same sentence."""
    quarters = [d for d in context.in_sentence(match.start()) if d.precision == "quarter"]
    value = f"{quarters[-1].value[:4]}-Q{_ORDINALS[match['word']]}" if quarters else None
    return found(match, value, "quarter")


def read_part_before(match: Match, context: Context) -> list[FoundDate]:
    """Read "3Q21" and "1H 2022"."""
    letter = match["part"].upper()
    value = f"{full_year(match['short'])}-{letter}{match['n']}"
    return found(match, value, _PRECISION[letter.lower()]) if letter == "Q" or match["n"] in "12" else []


def read_first_months(match: Match, context: Context) -> list[FoundDate]:
    """Read "the first three months of the year" as a quarter, six as a half, nine as a span."""
    year = context.year(match) or context.anchor.year
    months = _NUMBERS.get(match["months"].lower()) or (int(match["months"]) if match["months"].isdigit() else 0)
    stated = match["year"] or match["yearshift"] or match["sameyear"]
    if year is None or not 2 <= months <= 11 or not stated:
        return []
    value = calendar.months_to(
        year, 12 if not match.group().lower().lstrip("the ").startswith("first") else months, months
    )
    return found(match, value, _precision_of(value))


@cache
def _stated_quarter() -> re.Pattern[str]:
    return re.compile(
        expand(
            r"(?i)\b(?:fiscal )?(?P<word>first|second|third|fourth|Q(?P<n>[1-4]))(?: fiscal)?(?: quarter)?"
            r"(?: of (?:fiscal )?(?:year )?(?P<fy>\d{4}))?"
            r",? \(?(?:which )?(?:ended|ending)(?: on)? (?:<DAY> )?(?P<month><MONTH>)(?: <DAY>)?,? (?P<year><YEAR>)"
        )
    )


def fiscal_quarters(text: str) -> dict[str, str]:
    """Return the calendar months of fiscal quarters, as far as the text gives the end of one of them."""
    match = _stated_quarter().search(text)
    if match is None:
        return {}
    number = int(match["n"] or {"first": 1, "second": 2, "third": 3, "fourth": 4}[match["word"].lower()])
    end = int(match["year"]) * 12 + month_of(match["month"]) - 1
    if end % 12 + 1 == number * 3:
        return {}
    year = int(match["fy"] or (end + (4 - number) * 3) // 12)
    quarters: dict[str, str] = {}
    for shift in range(-8, 9):
        fiscal, last = year * 4 + number - 1 + shift, end + shift * 3
        value = calendar.months_to(last // 12, last % 12 + 1, 3)
        quarters[f"{fiscal // 4}-Q{fiscal % 4 + 1}"] = value
        if fiscal // 4 == year:
            quarters[f"Q{fiscal % 4 + 1}"] = value
    return quarters


QUARTER_READERS: dict[str, Reader] = {
    "month_quarter": read_month_quarter,
    "period_ended": read_period_ended,
    "part": read_part,
    "part_alone": read_part_alone,
    "part_before": read_part_before,
    "first_months": read_first_months,
}
