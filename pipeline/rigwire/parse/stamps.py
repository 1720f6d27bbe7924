"""Dates and times as pages print them: ISO 8601, mail headers, and words in two dozen languages."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rigwire.errors import UsageError
from rigwire.knowledge import read_table, split_list

_MAX = 300
_ISO = re.compile(
    r"(?<!\d)(?P<year>[12]\d{3})-?(?P<month>[01]\d)-?(?P<day>[0-3]\d)(?!\d)"
    r"(?:(?:T|\s+|\s*,\s*)(?P<time>\d{1,2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?"
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<year>(?:20|19)\d{2}|\d{2})(?![\d.,/:-]\d|\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[./-]\s?(?P<month>\d{1,2})\s?[./-]\s?(?P<day>\d{1,2})(?!\d)"
)
_CJK = re.compile(r"(?P<year>(?:19|20)\d{2})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]")
_TIME = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-3])\s?(?:[:hH시]|\.(?=\d{2}(?!\d)))\s?(?P<minute>[0-5]\d)분?(?::(?P<second>[0-5]\d))?(?!\d)"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?|(?<![\d.,:])(?P<bare>1[0-2]|0?[1-9])\s?(?P<bare_half>[ap]\.?m\b\.?)",
    re.I,
)
_OFFSET = re.compile(r"\s*\(?(?:UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?\b")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LETTERS = re.compile(r"[^\W\d_]+")
_WINDOW = 40
_LINE = 110
_SMALL_WORDS = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, with the time of day and its zone where they are stated."""

    day: date
    moment: datetime | None = None

    @property
    def iso(self) -> str:
        """ISO 8601: a day, or a moment to the second, with its offset where there is one."""
        if self.moment is None:
            return self.day.isoformat()
        return self.moment.isoformat(timespec="milliseconds" if self.moment.microsecond else "seconds")

    @property
    def precise(self) -> bool:
        """Whether the time of day is known."""
        return self.moment is not None

    def in_zone(self, name: str | None) -> "Stamp":
        """Return the stamp with the zone `name` (IANA) where it has a time and no zone. Raises `UsageError`."""
        if not name or self.moment is None or self.moment.tzinfo is not None:
            return self
        return Stamp(self.day, self.moment.replace(tzinfo=_named(name)))


def _named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"unknown time zone {name!r}: give an IANA name such as Europe/Oslo") from error


def parse_stamp(text: str | None, month_first: bool = False) -> Stamp | None:
    """Return the first date that `text` states, or None.

    `month_first` settles 01/02/2022 where neither number is above 12. Words are known from `models/parse/months.csv`.
    """
    text = (text or "").strip()[:_MAX]
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return _from_epoch(text)
    return _from_iso(text) or _from_words(text, month_first)


def _from_epoch(text: str) -> Stamp:
    seconds = float(text)
    moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    return Stamp(moment.date(), moment)


def _from_iso(text: str) -> Stamp | None:
    match = _ISO.search(text)
    if not match or ("-" not in match[0] and len(text) > 30):
        return None
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day or not match["time"]:
        return _with_time(day, text[match.end() : match.end() + _WINDOW]) if day else None
    digits = re.sub(r"\D", "", match["time"].split(".")[0].split(",")[0]).rjust(4, "0").ljust(6, "0")
    hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if hour > 23 or minute > 59 or second > 59:
        return Stamp(day)
    fraction = re.search(r"[.,](\d+)", match["time"])
    micro = int(fraction[1][:6].ljust(6, "0")) if fraction else 0
    zone = _offset_zone(match["zone"]) if match["zone"] else _named_zone(text[match.end() :], day)
    return Stamp(day, datetime(day.year, day.month, day.day, hour, minute, second, micro, zone))


def _offset_zone(text: str) -> tzinfo:
    if text in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    return _fixed(text[0], int(digits[:2]), int(digits[2:] or 0))


def _fixed(sign: str, hours: int, minutes: int) -> tzinfo:
    delta = min(timedelta(hours=hours, minutes=minutes), timedelta(hours=14))
    return timezone(-delta if sign == "-" else delta) if delta else UTC


def _from_words(text: str, month_first: bool) -> Stamp | None:
    found = _find_day(text, month_first)
    if found is None:
        return None
    day, start, end = found
    after = _with_time(day, text[end : end + _WINDOW])
    return after if after.precise else _with_time(day, text[max(0, start - _WINDOW) : start])


def _find_day(text: str, month_first: bool) -> tuple[date, int, int] | None:
    """Return the first day in `text` with its place."""
    best: tuple[date, int, int] | None = None
    for match in _day_matches(text):
        day = _day_of(match, month_first)
        if day and (best is None or match.start() < best[1]):
            best = (day, match.start(), match.end())
    return best


def _day_matches(text: str) -> list[re.Match[str]]:
    patterns = (*_worded(), _CJK, _YEAR_FIRST, _NUMERIC)
    return [match for pattern in patterns for match in pattern.finditer(text)]


def _day_of(match: re.Match[str], month_first: bool) -> date | None:
    parts = match.groupdict()
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        slashed_month = month_first and parts["sep"] != "."
        day, month = (second, first) if second > 12 or (slashed_month and first <= 12) else (first, second)
        return _day(int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0), month, day)
    month_text = parts["month"].lower()
    month = int(month_text) if month_text.isdigit() else _months().get(month_text, 0)
    return _day(int(parts["year"]), month, int(parts["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    rows = read_table("parse/months.csv")
    return {name: number for row in rows for number in range(1, 13) for name in split_list(row[str(number)])}


@cache
def _worded() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of days with the month in words: day first, month first, year first."""
    names = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    month = rf"(?<!\w)(?P<month>{names})(?!\w)\.?"
    year = r"(?P<year>(?:19|20)\d{2})(?!\d)"
    day = r"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª)?"
    glue = r"[\s,./-]*(?:de[l]?\s+|of\s+)?"
    return tuple(
        re.compile(pattern, re.I)
        for pattern in (
            rf"{day}{glue}{month}{glue}{year}",
            rf"{month}\s*{day}[\s,]+{year}",
            rf"{year}[.,\s-]*{month}\s*{day}(?!\d)",
        )
    )


def is_stamp_line(text: str) -> bool:
    """Tell a line that says when, and perhaps who and where, and is no sentence: "By A. Smith | 4 May 2023, 10:00".

    Few words in small letters are left in it beside the date, the names and the words that announce them.
    """
    if len(text) > _LINE or not _DIGIT.search(text):
        return False
    patterns = (*_worded(), *_yearless(), _CJK, _YEAR_FIRST, _NUMERIC)
    day = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    if day is None or not (_TIME.search(text) or _YEAR.search(text)):
        return False
    rest = _TIME.sub(" ", text[: day.start()] + " " + text[day.end() :])
    small = [word for word in _LETTERS.findall(rest) if word.islower() and word not in _announcing_words()]
    return len(small) <= _SMALL_WORDS


@cache
def _announcing_words() -> frozenset[str]:
    """Return the single words that announce a date or an author in bylines (`models/parse/byline_cues.csv`)."""
    cells = (row["words"] for row in read_table("parse/byline_cues.csv"))
    return frozenset(word for cell in cells for name in split_list(cell) for word in name.split())


@cache
def _yearless() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a day with its month in words and no year."""
    names = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    month = rf"(?<!\w)(?:{names})(?!\w)\.?"
    return re.compile(rf"{month}\s*[0-3]?\d(?!\d)", re.I), re.compile(rf"(?<!\d)[0-3]?\d\.?\s*(?:de\s)?{month}", re.I)


def _with_time(day: date, around: str) -> Stamp:
    """Return `day` with the time of day that stands in the words around it, and its zone."""
    match = _TIME.search(around)
    if not match:
        return Stamp(day)
    hour = int(match["hour"] or match["bare"])
    half = (match["half"] or match["bare_half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = _named_zone(around[match.end() :], day)
    moment = datetime(day.year, day.month, day.day, hour, int(match["minute"] or 0), int(match["second"] or 0))
    return Stamp(day, moment.replace(tzinfo=zone))


def _named_zone(text: str, day: date) -> tzinfo | None:
    """Return the zone that `text` begins with: an offset, or a name of `models/parse/zones.csv`."""
    offset = _OFFSET.match(text)
    if offset:
        return _fixed(offset["sign"], int(offset["hours"]), int(offset["minutes"] or 0))
    words = re.match(r"\s*\(?((?:[A-Za-z]+\s?){1,3})", text)
    name = words[1].lower().split() if words else []
    for length in range(len(name), 0, -1):
        zone = _zones().get(" ".join(name[:length]))
        if zone:
            return _zone(zone)
    return None


def _zone(text: str) -> tzinfo:
    return ZoneInfo(text) if "/" in text else _fixed(text[0], int(text[1:3]), int(text[4:6]))


@cache
def _zones() -> dict[str, str]:
    return {row["name"]: row["zone"] for row in read_table("parse/zones.csv")}
