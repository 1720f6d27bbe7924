"""The unit at a number: money, prices of energy, hashrate, power and the like. Counted nouns are in counts.py."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.numbers import Number
from rigwire.extract.unit_tables import alternatives, price_cue, single_spaced, unit_row, unit_tables
from rigwire.knowledge import read_table, split_list

_BRACKET = r"(?:\s*\([^()\n]{0,40}\))?"
_ENERGY_PER = re.compile(
    rf"{_BRACKET},?\s*\(?(?:/|per|a|an|for (?:a|each|every|one)|each|for)[\s-]?"
    r"(?P<unit>kwh|mwh|kw[·/-]h|mw/h|kilowatt[\s-]?hours?|megawatt[\s-]?hours?|gigawatt[\s-]?hours?|kilowatt|unit)(?![\w])",
    re.IGNORECASE,
)
_RATE = r"(?:/s)?(?:/(?:day|d)\b)?"
"""What of a hashprice follows its unit: "$45/PH/s/day"."""
_BACK = "ago|earlier|before|prior|previously|later"
_EACH = re.compile(r"[^.;,]{0,25}?\s(?:each|apiece|a piece|per piece)\b", re.IGNORECASE)
_WEIGHT = re.compile(r"\sof\s")
_KILO = 0.001
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}
"""Letters before a currency: "27 MUSD"."""
_AMOUNT = re.compile(r"\sof (?:electricity|electric energy)(?! capacity)\b", re.IGNORECASE)
_PER_THING = re.compile(r"\s?(?:per\b|/)", re.IGNORECASE)
_UNSURE_WORDS = frozenset({"won", "sum", "som", "rand", "pounds", "dong", "kip", "lei", "lev", "c", "p", "ct"})
_LARGEST_SLOPPY_PRICE = 1.0
_LARGEST_UNIT_PRICE = 100.0


@dataclass(frozen=True, slots=True)
class Attached:
    """A unit found at a number: its kind, the factor to the kind's unit, and where it stands."""

    kind: str
    unit: str
    factor: float
    start: int
    end: int
    currency: str | None = None
    noun: str = ""
    per: str | None = None


def attach(text: str, number: Number) -> Attached | None:
    """Return the unit of `number`, looked for before it (currency signs) and after it, or None."""
    return _minor_price(text, number) or _money(text, number) or _physical(text, number)


def price_per_energy(
    text: str, end: int, currency: str, start: int, factor: float, noun: str, value: float
) -> Attached | None:
    """Return a money amount as a price of energy where "per kWh" follows at `end`; `value` is the amount printed.

    "A kilowatt" is a slip for kilowatt-hour only at small prices; "a unit" is one where power is sold by the unit.
    """
    per = _ENERGY_PER.match(text, end)
    if per is None:
        return None
    unit, amount = per.group("unit").lower(), value * factor
    if (unit == "kilowatt" and amount >= _LARGEST_SLOPPY_PRICE) or (unit == "unit" and amount >= _LARGEST_UNIT_PRICE):
        return None
    if unit == "unit" and currency in ("USD", "EUR", "GBP", "CAD", "AUD"):
        return None
    thousands = {"m": 1e3, "g": 1e6}.get(unit[0], 1.0)
    return Attached("energy_price", f"{currency}/kWh", factor / thousands, start, per.end(), currency, noun)


def _minor_price(text: str, number: Number) -> Attached | None:
    """Cents and the like count only as a price of energy: "4.5 cents per kilowatt-hour"."""
    match = unit_tables().minor_pattern.match(text, number.end)
    if match is None:
        return None
    word = single_spaced(match.group(1).lower())
    return price_per_energy(
        text, match.end(), unit_tables().minor[word], number.start, minor_factor(word), word, number.value
    )


def minor_factor(word: str) -> float:
    """Return what part of its currency a small coin is."""
    return 0.001 if word in ("baisa", "baisas", "fils") else 0.01


def minor_coin(text: str, number: Number) -> Attached | None:
    """Return an amount in a small coin as a price of energy, though no "per kWh" follows it."""
    match = unit_tables().minor_pattern.match(text, number.end)
    if match is None or _PER_OTHER.match(text, match.end()):
        return None
    word = single_spaced(match.group(1).lower())
    currency = unit_tables().minor[word]
    return Attached("energy_price", f"{currency}/kWh", minor_factor(word), number.start, match.end(), currency, word)


_PER_OTHER = re.compile(r"\s?(?:/|per\b|a\b|an\b|on the\b|of\b)", re.IGNORECASE)


def _money(text: str, number: Number) -> Attached | None:
    tables = unit_tables()
    if text[number.start : number.end] == "000":  # "(in $000)"
        return None
    before = tables.symbol_pattern.search(text, max(0, number.start - 7), number.start)
    if before:
        noun = before.group(1)
        currency, start, end = tables.symbols[noun], before.start(1), number.end
        code = tables.word_pattern.match(text, end)
        if code and noun == "$" and single_spaced(code.group(1)) in tables.words:
            noun = single_spaced(code.group(1))
            currency, end = tables.words[noun], code.end()
    else:
        after = tables.word_pattern.match(text, number.end)
        noun = single_spaced(after.group(1)) if after else ""
        noun = noun if noun in tables.words else noun.lower()
        if after is None or noun not in tables.words:
            return _in_thousands(text, number)
        currency, start, end = tables.words[noun], number.start, after.end()
    price = price_per_energy(text, end, currency, start, 1.0, noun, number.value)
    if price is None and not before and _is_no_money(text, number, noun, end):
        return None
    return price or Attached("money", currency, 1.0, start, end, currency, noun, per_of(text, end))


def _in_thousands(text: str, number: Number) -> Attached | None:
    """Read a sum whose thousands or millions stand before its currency: "27 MUSD"."""
    match = unit_tables().scaled_code_pattern.match(text, number.end)
    if match is None or number.scaled:
        return None
    code, factor = match["code"], _SCALES[match["scale"].lower()]
    currency = unit_tables().words[code]
    return Attached("money", currency, factor, number.start, match.end(), currency, code)


def _is_no_money(text: str, number: Number, noun: str, end: int) -> bool:
    """A currency that is a plain word too needs a large number: "2 won contracts"; pounds of copper are a weight."""
    if noun == "pounds" and _WEIGHT.match(text, end):
        return True
    return noun in _UNSURE_WORDS and number.value < 50


def _physical(text: str, number: Number) -> Attached | None:
    match = unit_tables().unit_pattern.match(text, number.end)
    if match is None:
        return None
    noun = match.group("unit")
    kind, unit, factor = unit_row(noun)
    if kind == "coins" and _names_a_thing(text, match.end()):
        return None
    if kind == "share" and re.match(r"[\s-]?points?\b", text[match.end() : match.end() + 8]):
        return None
    if noun == "P" and text[number.end] != "P":
        return None
    if kind == "power" and noun.lower().startswith("watt") and _PER_THING.match(text, match.end()):
        return None
    if kind == "power" and factor == _KILO and number.scaled and _is_energy(text, number.start, match.end()):
        kind, unit = "energy", "MWh"
    return Attached(kind, unit, factor, number.start, match.end(), None, noun, per_of(text, match.end()))


def _is_energy(text: str, start: int, end: int) -> bool:
    """Tell "stole 80 million kW of electricity", which are kilowatt-hours, from what a dam can make."""
    if not _AMOUNT.match(text, end):
        return False
    return price_cue("used").search(text, max(0, start - 60), end + 60) is not None


@cache
def _things() -> re.Pattern[str]:
    forms = alternatives(row["form"] for row in read_table("lexicon/coin_things.csv"))
    return re.compile(rf"[\s-]+(?:(?:mining|ASIC|hosting|spot|trading|and crypto)[\s-]+)?(?:{forms})\b", re.IGNORECASE)


def _names_a_thing(text: str, end: int) -> bool:
    """Tell "320 bitcoin miners" from "320 bitcoin"."""
    return _things().match(text, end, end + 40) is not None


@cache
def _per_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        form.lower(): row["per"] for row in read_table("lexicon/per_words.csv") for form in split_list(row["forms"])
    }
    return (
        re.compile(
            rf"\s*\(?(?:/\s?|(?:per|a|an|each|every)[\s-])({alternatives(names)})\b{_RATE}(?![-/]|\s(?:{_BACK})\b)",
            re.IGNORECASE,
        ),
        names,
    )


def per_of(text: str, end: int) -> str | None:
    """Return what the figure that ends at `end` is per ("machine", "day"), or None."""
    pattern, names = _per_pattern()
    match = pattern.match(text, end)
    if match:
        return names[single_spaced(match.group(1)).lower()]
    return "machine" if _EACH.match(text, end, min(len(text), end + 40)) else None


def factor_of(kind: str, noun: str) -> float:
    """Return the factor to the kind's unit for a unit as printed."""
    return unit_row(noun)[2] if noun and kind not in ("machines", "sites", "money", "energy_price") else 1.0
