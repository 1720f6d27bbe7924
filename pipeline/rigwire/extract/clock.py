"""Times of day: "9 a.m.", "9:00 pm", "18:00", "1015 GMT", "midnight", "nine in the evening"."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.unit_tables import alternatives, unit_tables
from rigwire.knowledge import read_table

_TWELVE = r"(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?\s?(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_TWENTYFOUR = (
    r"(?P<h24>[01]?\d|2[0-4])[:.](?P<m24>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:hours|hrs|h)\b)?(?!\d|[.,]\d|\s?{no_clock}"
    r"|\s(?:to|and|or|-|–)\s\d+(?:\.\d+)?\s(?:US\s)?{no_clock})"
)
_MILITARY = r"(?P<hm>[01]\d|2[0-3])(?P<mm>[0-5]\d)\s(?=GMT|UTC|hours\b|hrs\b|local time|ET\b)(?:hours|hrs)?"
_FRENCH = r"(?<=at\s)(?P<hf>[01]?\d|2[0-3])\s?h(?P<mf>[0-5]\d)?\b"
_NAMED = r"(?<!past )(?<!past)(?P<named>midnight|noon|midday)"
_SPOKEN = (
    r"(?P<spoken>{hours}|1[0-2]|[1-9])\s(?:o[’']clock(?:\s(?P<part1>in\sthe\s\w+|at\snight))?"
    r"|(?P<part2>in\sthe\s(?:morning|afternoon|evening)|at\snight)\b)"
)
_OCLOCK = r"(?P<bare>2[0-3]|1[3-9])\s(?:o[’']clock)"
_END = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|midnight|noon)"
_PAIR = re.compile(
    rf"(?P<lead>between\s+|from\s+)?(?P<first>{_END})\s*(?:to|and|until|till|-|–)\s*(?:the\s+)?(?P<second>{_END})",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[ap]\.?m|\d:\d\d|midnight|noon", re.IGNORECASE)
_AT_BEFORE = re.compile(r"\b(?:at|from|by|until|since|as of|before|after)\s$")
_LONGER_THAN_A_ZONE = 3  # "9.30 CT" is a time, "9.30 ct" no price
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: `value` is HH:MM on the 24-hour clock, 24:00 the end of the day.

    `paired` marks "4 p.m. to 8 p.m.", where the value is the first of the two.
    """

    value: str
    start: int
    end: int
    paired: bool = False


@cache
def _clock() -> re.Pattern[str]:
    tables = unit_tables()
    coins = [form for form in (*tables.words, *tables.minor) if len(form) >= _LONGER_THAN_A_ZONE]
    no_clock = rf"(?:{alternatives((*tables.units, *coins))}|million|billion|thousand)(?!\w)"
    shapes = (
        _TWELVE,
        _TWENTYFOUR.replace("{no_clock}", no_clock),
        _MILITARY,
        _FRENCH,
        _NAMED,
        _SPOKEN.replace("{hours}", "|".join(_HOURS)),
        _OCLOCK,
    )
    zones = "|".join(re.escape(row["form"]) for row in read_table("lexicon/clock_zones.csv"))
    return re.compile(rf"(?<![\w.,:$-])(?:{'|'.join(shapes)})(?:\s*\(?(?:{zones})\)?)?", re.IGNORECASE)


def find_clocks(text: str) -> list[Clock]:
    """Return the times of day that `text` states, in order; two that bound a stretch of hours are one."""
    pairs = [m for m in _PAIR.finditer(text) if _bounds_hours(m)]
    ends = {m.start("first"): m.end() for m in pairs}
    found = [_shared_half(m) for m in pairs if not _SIGN.search(m["first"])]
    for match in _clock().finditer(text):
        dotted = (
            match["h24"]
            and "." in match.group()
            and not _AT_BEFORE.search(text, max(0, match.start() - 8), match.start())
        )
        value = None if dotted else _value(match)
        if value:
            end = max(match.end(), ends.get(match.start(), 0))
            found.append(Clock(value, match.start(), end, match.start() in ends))
    return _apart(found)


def _shared_half(pair: re.Match[str]) -> Clock:
    """Read "from 6 to 9 a.m.", where the first number shares what follows the second."""
    half = re.search(r"[ap](?=\.?m)", pair["second"], re.IGNORECASE)
    hour = int(re.sub(r"[:.].*", "", pair["first"]))
    later = half is not None and half.group().lower() == "p" and hour < 12
    return Clock(f"{hour + 12 * later:02}:00", pair.start("first"), pair.end(), True)


def _apart(clocks: list[Clock]) -> list[Clock]:
    """Keep of overlapping times the first, which bounds the stretch that holds the other."""
    kept: list[Clock] = []
    for clock in sorted(clocks, key=lambda c: c.start):
        if not kept or clock.start >= kept[-1].end:
            kept.append(clock)
    return kept


def _bounds_hours(pair: re.Match[str]) -> bool:
    """A bare first number needs "from" or "between": in "Dec. 1 until 10 p.m." it is a day."""
    signed = _SIGN.search(pair["first"])
    return bool(_SIGN.search(pair["second"]) or signed) and bool(signed or pair["lead"])


def _value(match: re.Match[str]) -> str | None:
    if match["named"]:
        return "00:00" if match["named"].lower() == "midnight" else "12:00"
    if match["bare"]:
        return f"{int(match['bare']):02}:00"
    if match["spoken"]:
        return _spoken(match)
    if match["h12"]:
        hour = int(match["h12"]) % 12 + (12 if match["half"][0].lower() == "p" else 0)
        return f"{hour:02}:{match['m12'] or '00'}"
    hour = int(match["h24"] or match["hm"] or match["hf"])
    minutes = match["m24"] or match["mm"] or match["mf"] or "00"
    return f"{hour:02}:{minutes}" if hour < 24 or minutes == "00" else None


def _spoken(match: re.Match[str]) -> str | None:
    """ "Nine in the evening" and "five o'clock"; without a part of the day the clock stays as it is."""
    word, part = match["spoken"].lower(), (match["part1"] or match["part2"] or "").lower()
    hour = _HOURS.index(word) + 1 if word in _HOURS else int(word)
    later = part.endswith(("afternoon", "evening")) or (part.endswith("night") and hour > 5)
    return f"{hour % 12 + (12 if later else 0):02}:00" if part else f"{hour:02}:00"
