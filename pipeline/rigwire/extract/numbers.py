"""Numbers as news prints them: 2,600, 2 600, 18,2, 1.2k, three hundred, half a million, a dozen."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table

_LONGEST = 30  # digits; what is longer is no number of a news text
_BLANK = "\u0020\u00a0\u2009\u202f’'"
_DIGITS = (
    r"0,\d+"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"
    rf"|\d{{1,3}}(?:[{_BLANK}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)"
    r"|\d+\.\d+|\d+,\d{1,2}(?!\d)|\d+"
)
_CODES = (
    "RM",
    "RMB",
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "Rs",
    "NOK",
    "SEK",
    "CNY",
    "SGD",
    "HKD",
    "KZT",
    "RUB",
    "INR",
    "Rp",
)
_AFTER_CODE = "|".join([*(rf"(?<=\b{code})" for code in _CODES), r"(?<=\bc\.)"])
_PLUS = r"(?:\+(?![\w+]))?"
_OPENED = r"(?P<loss>(?<=[$€£]\()|(?<=\([$€£])|(?<=\([CA]\$)|(?<=\(US\$))?"
_CLOSED = r"(?(loss)(?:\)(?=[\s-](?:thousand|million|billion)\b))?)"
"""Of a negative sum only the number stands in brackets: "$(3.4) million"."""
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_COMMA_DECIMAL = re.compile(r"(?<![\w.,])\d{1,4},\d{1,2}(?![\w,])")
_POINT_DECIMAL = re.compile(r"(?<![\w.,])\d+\.\d{1,2}(?![\w.])")
_COMMA_GROUP = re.compile(r"(?<![\w.,])\d{1,3},\d{3}(?!\d)")
_ONE_GROUP = re.compile(r"\d{1,3}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. `integer` tells whether its value is whole, `spelled` whether it stands in words.

    `year_like` marks four plain digits between 1900 and 2100, which are a year unless a unit follows. `scaled` tells
    that a word or letter such as "million" or "k" was part of it. `grouped` is the other reading of "1.450", where
    the point parts thousands; None where there is none.
    """

    start: int
    end: int
    value: float
    integer: bool
    spelled: bool
    year_like: bool = False
    scaled: bool = False
    grouped: float | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of models/lexicon/number_words.csv, and the patterns made of them."""

    ones: dict[str, float]
    scales: dict[str, float]
    figure: re.Pattern[str]
    spelled: re.Pattern[str]


@cache
def _words() -> _Words:
    rows = list(read_table("lexicon/number_words.csv"))
    values = {row["form"]: float(row["value"]) for row in rows}
    forms = {
        role: [r["form"] for r in rows if r["role"] == role] for role in ("one", "scale", "after_figure", "suffix")
    }
    one, scale = "|".join(sorted(forms["one"], key=len, reverse=True)), "|".join(forms["scale"])
    tens = "|".join(form for form in forms["one"] if values[form] >= 20)
    small = rf"(?:(?:{tens})[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b|(?:{one})\b)"
    after = "|".join(
        [*forms["scale"], *forms["after_figure"], *(f for f in forms["suffix"] if len(f) > 1 and f != "mm")]
    )
    suffix = "|".join(
        sorted({*forms["suffix"], *(f.upper() for f in forms["suffix"] if len(f) < 3)}, key=len, reverse=True)
    )
    return _Words(
        ones={form: values[form] for form in forms["one"]},
        scales={form: value for form, value in values.items() if form not in forms["one"]},
        figure=re.compile(
            rf"(?:(?<![\w.,/])|{_AFTER_CODE}){_OPENED}(?P<digits>{_DIGITS})(?P<vulgar>[{''.join(_VULGAR)}])?{_PLUS}{_CLOSED}"
            rf"(?:(?P<suffix>{suffix})(?![\w/])"
            rf"|(?:[{_BLANK}]|-)?(?P<scale>(?i:{after}))(?:s\b)?(?!\w))?{_PLUS}"
        ),
        spelled=re.compile(
            rf"\b(?:(?P<half>half\s+an?\s+(?:{scale}))|(?P<quarter>a\s+quarter\s+of\s+a\s+(?:million|billion))"
            rf"|(?P<words>(?:an?(?=\s(?:{scale})\b)|{small}(?:\spoint(?:\s(?:{one}))+)?)(?:[\s-]and[\s-]a[\s-]half(?=[\s-](?:{scale})))?"
            rf"(?:(?:[\s-](?:{scale}))+(?:(?:[\s-]and)?[\s-]{small})?)*))\b"
            r"(?!-(?:third|quarter|fifth|tenth|half)|[\s-](?:thirds?|fifths?|tenths?)\b)",
            re.IGNORECASE,
        ),
    )


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` in their order, longest reading first, none overlapping another."""
    continental = is_continental(text)
    figures = [n for n in (_read_figure(m, continental) for m in _words().figure.finditer(text)) if n]
    taken = bytearray(len(text) + 1)
    for number in figures:
        taken[number.start : number.end] = b"\1" * (number.end - number.start)
    spelled = [n for n in map(_read_spelled, _words().spelled.finditer(text)) if n and not any(taken[n.start : n.end])]
    return sorted(figures + spelled, key=lambda n: n.start)


def is_continental(text: str) -> bool:
    """Tell whether `text` sets decimals off by a comma, as translations do: "18,2 PH/s" and "1.450 machines"."""
    commas = sum(1 for _ in _COMMA_DECIMAL.finditer(text))
    if not commas:
        return False
    points, groups = (sum(1 for _ in p.finditer(text)) for p in (_POINT_DECIMAL, _COMMA_GROUP))
    return commas > points and commas > groups


def _read_figure(match: re.Match[str], continental: bool) -> Number | None:
    digits = match.group("digits")
    if len(digits) > _LONGEST:
        return None
    grouped = float(digits.replace(".", "")) if _ONE_GROUP.fullmatch(digits) and digits[0] != "0" else None
    base = grouped if grouped is not None and continental else parse_digits(digits)
    base += _VULGAR.get(match.group("vulgar") or "", 0.0)
    scale_name = (match.group("suffix") or match.group("scale") or "").lower()
    scale = _words().scales[scale_name] if scale_name else 1.0
    value = _exact(base, scale)
    return Number(
        start=match.start(),
        end=match.end(),
        value=value,
        integer=value == int(value),
        spelled=False,
        year_like=scale == 1.0 and digits.isdigit() and len(digits) == 4 and 1900 <= base <= 2100,
        scaled=bool(scale_name),
        grouped=None if scale_name else grouped,
    )


def _exact(base: float, scale: float) -> float:
    """Multiply without the dust of binary fractions: 1.97 million is 1970000."""
    value = base * scale
    return float(round(value)) if scale > 1 and abs(value - round(value)) < 1e-6 * max(1.0, value) else round(value, 10)


def parse_digits(digits: str) -> float:
    """Return the value of printed digits: thousands by comma, blank or apostrophe, decimals by point or comma."""
    plain = re.sub(f"[{_BLANK}]", "", digits)
    if re.fullmatch(r"(?!0)\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        return float(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+", plain):
        return float(plain.replace(".", "").replace(",", "."))
    return float(plain.replace(",", "."))


def _read_spelled(match: re.Match[str]) -> Number | None:
    scales = _words().scales
    if match.group("half"):
        value = scales[match.group("half").split()[-1].lower()] / 2
    elif match.group("quarter"):
        value = scales[match.group("quarter").split()[-1].lower()] / 4
    else:
        read = parse_words(match.group("words"))
        if read is None:
            return None
        value = read
    words = re.split(r"[\s-]", match.group().lower())
    scaled = any(scales.get(word, 0.0) >= 1e6 for word in words)
    return Number(match.start(), match.end(), value, integer=value == int(value), spelled=True, scaled=scaled)


def parse_words(words: str) -> float | None:
    """Return the value of a spelled number such as "eighteen thousand five hundred", or None where it is none."""
    tables = _words()
    total = current = 0.0
    decimals = 0
    for token in re.split(r"[\s-]+", words.lower()):
        if token in ("and", ""):
            continue
        if token == "point":
            decimals = 1
        elif token in ("a", "an"):
            current = current or 1.0
        elif token == "half":
            current += 0.5
        elif token in tables.ones:
            current += tables.ones[token] / 10**decimals
            decimals += decimals > 0
        elif token not in tables.scales:
            return None
        elif tables.scales[token] < 1000:
            current = (current or 1.0) * tables.scales[token]
        else:
            total, current, decimals = total + (current or 1.0) * tables.scales[token], 0.0, 0
    return round(total + current, 10)
