"""Numbers as news prints them: 2,600, 2 600, 18,2, 1.2k, three hundred, half a million, a dozen."""

import re
from dataclasses import dataclass

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "score": 20.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mm": 1e6, "mil": 1e6, "bn": 1e9, "b": 1e9, "bln": 1e9, "tn": 1e12,
    "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_WORD = "|".join(sorted(_ONES, key=len, reverse=True))
_SCALE_WORD = "hundred|thousand|million|billion|trillion|dozen"
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:[  ’']\d{3})+(?![\d])(?:[.,]\d+)?"
    r"|\d+\.\d+|\d+,\d{1,2}(?!\d)|\d+)"
)
_AFTER_CODE = "|".join(rf"(?<=\b{code})" for code in ("RM", "RMB", "USD", "EUR", "GBP", "CAD", "AUD", "Rs", "NOK", "SEK", "CNY"))
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_FIGURE = re.compile(
    rf"(?:(?<![\w.,/])|{_AFTER_CODE}){_DIGITS}(?P<fraction>[½¼¾])?"
    r"(?:(?P<suffix>k|K|mln|mn|MM|mm|bn|bln|M|m|B|b|tn)(?![\w/])"
    r"|[\s -]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|lakh|crore|mln|mn|bn|mil\b)(?:s\b)?(?!-?\w))?"
)
_SPELLED = re.compile(
    rf"\b(?:(?:half\s+an?\s+(?P<half>hundred|thousand|million|billion|dozen))"
    rf"|(?P<quarter>a\s+quarter\s+of\s+a\s+(?:million|billion))"
    rf"|(?P<words>(?:an?\s+(?={_SCALE_WORD})(?:{_SCALE_WORD})|(?:{_WORD})(?![a-z]))"
    rf"(?:(?:[\s-]+and[\s-]+|[\s-]+)(?:{_WORD}|{_SCALE_WORD})\b)*))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `integer` tells whether it was printed as a whole number, `spelled` whether in words.

    `year_like` marks four plain digits between 1900 and 2100, which are a year unless a unit follows.
    """

    start: int
    end: int
    value: float
    integer: bool
    spelled: bool
    year_like: bool = False
    scaled: bool = False


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` in their order, longest reading first, none overlapping another."""
    figures = [n for n in map(_read_figure, _FIGURE.finditer(text)) if n]
    taken = bytearray(len(text) + 1)
    for number in figures:
        taken[number.start : number.end] = b"\1" * (number.end - number.start)
    spelled = [n for n in map(_read_spelled, _SPELLED.finditer(text)) if n and not any(taken[n.start : n.end])]
    return sorted(figures + spelled, key=lambda n: n.start)


def _read_figure(match: re.Match[str]) -> Number | None:
    printed = re.match(_DIGITS, match.group())
    if printed is None:  # pragma: no cover - the pattern starts with the digits
        return None
    digits = printed.group()
    if len(digits) > 30:
        return None
    base = parse_digits(digits) + _FRACTIONS.get(match.group("fraction") or "", 0.0)
    scale_name = match.group("suffix") or match.group("scale")
    scale = _SCALES[scale_name.lower().rstrip("s") if scale_name.lower() not in _SCALES else scale_name.lower()] if scale_name else 1.0
    value = _exact(base, scale)
    return Number(
        start=match.start(),
        end=match.end(),
        value=value,
        integer=value == int(value),
        spelled=False,
        year_like=scale == 1.0 and digits.isdigit() and len(digits) == 4 and 1900 <= base <= 2100,
        scaled=scale_name is not None,
    )


def _exact(base: float, scale: float) -> float:
    """Multiply without the dust of binary fractions: 1.97 million is 1970000."""
    value = base * scale
    return float(round(value)) if scale > 1 and abs(value - round(value)) < 1e-6 * max(1.0, value) else round(value, 10)


def parse_digits(digits: str) -> float:
    """Return the value of printed digits: thousands by comma, blank or apostrophe, decimals by point or comma."""
    plain = re.sub(r"[  ’']", "", digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return float(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", plain):
        return float(plain.replace(".", "").replace(",", "."))
    return float(plain.replace(",", "."))


def _read_spelled(match: re.Match[str]) -> Number | None:
    if match.group("half"):
        value = _SCALES[match.group("half").lower()] / 2
    elif match.group("quarter"):
        value = _SCALES[match.group("quarter").split()[-1].lower()] / 4
    else:
        read = parse_words(match.group("words"))
        if read is None:
            return None
        value = read
    return Number(match.start(), match.end(), value, integer=True, spelled=True)


def parse_words(words: str) -> float | None:
    """Return the value of a spelled number such as "eighteen thousand five hundred", or None where it is none."""
    total = current = 0.0
    for token in re.split(r"[\s-]+", words.lower()):
        if token in ("and", ""):
            continue
        if token in ("a", "an"):
            current = 1.0
        elif token in _ONES:
            current += _ONES[token]
        elif token in ("hundred", "dozen"):
            current = (current or 1.0) * _SCALES[token]
        elif token in _SCALES:
            total += (current or 1.0) * _SCALES[token]
            current = 0.0
        else:
            return None
    return total + current
