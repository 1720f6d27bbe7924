"""Times of day that state a moment: "9 a.m.", "9:00 pm", "18:00", "midnight". Hours of recurring use are none."""

import re
from dataclasses import dataclass

_TWELVE = (
    r"(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))?\s?(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?|A\.?M\b\.?|P\.?M\b\.?)"
)
_TWENTYFOUR = (
    r"(?P<h24>[01]?\d|2[0-4])[:.](?P<m24>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:hours|hrs|h)\b)?"
    r"(?!\s?(?:%|[A-Za-z]{1,3}/s|MW|EH|PH|TH|BTC|million|billion|cents))"
)
_NAMED = r"(?P<named>midnight|noon|midday)"
_ZONE = (
    r"(?:\s*\(?(?:UTC|GMT|EST|EDT|ET|CST|CDT|CT|PST|PDT|PT|MST|MDT|CET|CEST|MSK"
    r"|local time|Moscow time|Eastern(?: Time)?|Central(?: Time)?|Beijing time)\)?)?"
)
_CLOCK = re.compile(
    rf"(?<![\w.,:$-])(?:{_TWELVE}|{_TWENTYFOUR}|{_NAMED}|(?P<bare>2[0-3]|1\d|[1-9])\s(?:o[’']clock)){_ZONE}",
    re.IGNORECASE,
)
_RECURRING_PAIR = re.compile(
    r"(?:between\s+)?(?:from\s+)?{0}\s*(?:to|and|until|till|-|–)\s*(?:the\s+)?{0}".replace(
        "{0}", r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?|midnight|noon)"
    ),
    re.IGNORECASE,
)
_DECIMAL_CONTEXT = re.compile(r"(?:\b(?:of|to|from|by|was|were|is|at)\s)?$")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: `value` is HH:MM on the 24-hour clock."""

    value: str
    start: int
    end: int


def find_clocks(text: str) -> list[Clock]:
    """Return the moments of day that `text` states, without the pairs that bound daily hours."""
    recurring = [m.span() for m in _RECURRING_PAIR.finditer(text) if _has_clock_sign(m.group())]
    found = []
    for match in _CLOCK.finditer(text):
        value = _value(match)
        inside = any(a <= match.start() < b for a, b in recurring)
        if (
            value
            and not inside
            and not (match.group("h24") and "." in match.group() and not _after_at(text, match.start()))
        ):
            found.append(Clock(value, match.start(), match.end()))
    return found


def _has_clock_sign(words: str) -> bool:
    """A bare first number needs "from" or "between": in "Dec. 1 until 10 p.m." it is a day."""
    first = re.split(r"to|and|until|till|-|–", words, maxsplit=1)[0]
    sign = re.compile(r"[ap]\.?m|\d:\d\d|midnight|noon", re.IGNORECASE)
    return bool(sign.search(words)) and bool(sign.search(first) or re.match(r"from|between", first, re.IGNORECASE))


def _after_at(text: str, start: int) -> bool:
    return bool(re.search(r"\b(?:at|from|by|until|since|as of|before|after)\s$", text[max(0, start - 8) : start]))


def _value(match: re.Match[str]) -> str | None:
    if match.group("named"):
        return "00:00" if match.group("named").lower() == "midnight" else "12:00"
    if match.group("bare"):
        return f"{int(match.group('bare')):02}:00"
    if match.group("h12"):
        hour = int(match.group("h12")) % 12 + (12 if match.group("half")[0].lower() == "p" else 0)
        return f"{hour:02}:{match.group('m12') or '00'}"
    hour = int(match.group("h24"))
    return f"{hour % 24:02}:{match.group('m24')}" if hour <= 24 else None
