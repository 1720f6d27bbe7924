"""Units, currencies and counted nouns around a number, read from the tables of models/lexicon."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rigwire.extract.numbers import Number
from rigwire.knowledge import read_table, split_list

SHARED_UNIT = re.compile(r"\s*(?:,|of (?:its|the|their|those|some|about|all)?|and|or|to|up to|-|–|—|/|, and|, or|through|versus|vs\.?|from)\s*", re.IGNORECASE)
RANGE_DASH = re.compile(r"[-–—]|or|through")
FROM_BEFORE = re.compile(r"\bfrom(?: (?:about|around|some|nearly|roughly|approximately|just|an? estimated|over))?\s*\S?$", re.I)
CHANGE_BEFORE = re.compile(
    r"\b(?:ris|rose|rais|increas|gr[eo]w|expand|jump|climb|fell|fall|drop|cut|reduc|improv|declin|lower|boost|doubl"
    r"|tripl|scal|went|go|going|mov|lift|ramp|up|down|upgrad|slip|surg|soar|chang|bring|brought|tak|took|shrink|shrank)"
    r"\w*\b[^.;]{0,55}\bfrom\b",
    re.IGNORECASE,
)
BETWEEN_BEFORE = re.compile(r"\bbetween\b[^.;]{0,15}$", re.IGNORECASE)
_CHANGE_FROM = re.compile(r"\b(?:from|compared (?:with|to)|versus|vs\.?|against)\s+(?:\w+ ){0,3}\S?$", re.IGNORECASE)
_CHANGE_TO = re.compile(r"\bto\s+(?:\w+ ){0,2}\S?$", re.IGNORECASE)
_PER = re.compile(
    r"\s*(?:\(?\s*)(?:per|/|a|an|each|every)[\s-]?(?P<what>machine|unit|miner|rig|server|day|month|week|year|hour|quarter"
    r"|bitcoin|btc|coin|terahash|th|th/s|ph|ph/s|petahash|eh|eh/s|exahash|mw|megawatt|kw|kilowatt|acre|share|customer|person|rack|container"
    r"|annum|second|minute|kwh|mwh|block|tonne|ton|barrel|household)\b(?!-)",
    re.IGNORECASE,
)
_EACH = re.compile(r"[^.;,]{0,25}?\s(?:each|apiece|a piece|per piece)\b", re.IGNORECASE)
_ENERGY_PER = re.compile(
    r"\s*(?:\(?)(?:/|per|a|an|for (?:a|each|every)|for one|each|for)[\s-]?(?P<unit>kwh|mwh|kw[·-]h|kilowatt[\s-]?hours?|megawatt[\s-]?hours?|kilowatt)(?![\w])",
    re.IGNORECASE,
)
_MODIFIER = r"(?:[A-Za-z0-9+&’'/.®™-]+\s+){0,7}?"
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|of|from|until|before|after|during|late|early|mid|for|and|to)[\s-]$", re.I)
_STOP = frozenset(
    "the a an to in at on for with from by and or but which that is are was were will would have has had be been"
    " as into when while than after before it he she they we not worth per said says also".split()
)


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


@dataclass(frozen=True, slots=True)
class _Tables:
    units: dict[str, tuple[str, str, float]]
    unit_pattern: re.Pattern[str]
    symbols: dict[str, str]
    symbol_pattern: re.Pattern[str]
    words: dict[str, str]
    word_pattern: re.Pattern[str]
    minor: dict[str, str]
    minor_pattern: re.Pattern[str]
    nouns: dict[str, tuple[str, str]]
    plural_pattern: re.Pattern[str]
    singular_pattern: re.Pattern[str]


def _alternatives(forms: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(set(forms), key=len, reverse=True))


@cache
def _tables() -> _Tables:
    unit_rows = {
        form: (row["kind"], row["unit"], float(row["factor"]))
        for row in read_table("lexicon/units.csv")
        for form in split_list(row["forms"])
    }
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    minor: dict[str, str] = {}
    for row in read_table("lexicon/currencies.csv"):
        symbols |= dict.fromkeys(split_list(row["symbols"]) + split_list(row["codes"]), row["currency"])
        words |= dict.fromkeys([w.lower() for w in split_list(row["words"])] + split_list(row["codes"]), row["currency"])
        minor |= dict.fromkeys([m.lower() for m in split_list(row["minor"])], row["currency"])
    nouns = {
        form.lower(): (row["kind"], row["strength"])
        for row in read_table("lexicon/nouns.csv")
        for form in split_list(row["forms"])
    }
    return _Tables(
        units=unit_rows,
        unit_pattern=_unit_pattern(list(unit_rows)),
        symbols=symbols,
        symbol_pattern=re.compile(rf"(?<![A-Za-z])({_alternatives(list(symbols))})\s?$"),
        words=words,
        word_pattern=re.compile(rf"[\s-]?({_alternatives(list(words))})(?![\w$])", re.IGNORECASE),
        minor=minor,
        minor_pattern=re.compile(rf"\s?({_alternatives(list(minor))})(?![\w])", re.IGNORECASE),
        nouns=nouns,
        plural_pattern=_noun_pattern([noun for noun in nouns if noun.endswith("s")]),
        singular_pattern=_noun_pattern([noun for noun in nouns if not noun.endswith("s")]),
    )


def _unit_pattern(forms: list[str]) -> re.Pattern[str]:
    """Symbols are matched as printed, words in any case; a spelled unit may follow "5 more" or "1,177 unrestricted"."""
    words = [form for form in forms if len(form) > 4 and form[-1].isalpha() and "/" not in form]
    symbols = [form for form in forms if form not in words]
    modifiers = _alternatives([row["form"] for row in read_table("lexicon/unit_modifiers.csv")])
    return re.compile(
        rf"(?:[\s-]+(?:{modifiers}))?[\s-]?(?P<unit>(?i:{_alternatives(words)})|{_alternatives(symbols)})(?![\w])(?!\s*/\s*(?:s|TH|Th)\b)"
    )


def _noun_pattern(nouns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s-]+(?P<between>{_MODIFIER})(?P<noun>{_alternatives(nouns)})(?![\w])", re.IGNORECASE)


def attach(text: str, number: Number, limit: int) -> Attached | None:
    """Return the unit of `number`, looked for before it (currency signs) and up to `limit` after it, or None."""
    return (
        _minor_price(text, number)
        or _money(text, number)
        or _physical(text, number)
        or counted(text, number, min(limit, number.end + 110))
    )


def _price(text: str, end: int, currency: str, start: int, factor: float, noun: str) -> Attached | None:
    """A money amount is a price of energy where "per kWh" follows."""
    per = _ENERGY_PER.match(text, end)
    if per is None:
        return None
    megawatt = per.group("unit").lower().startswith("m")
    return Attached(
        "energy_price", f"{currency}/kWh", factor / 1000 if megawatt else factor, start, per.end(), currency, noun
    )


def _minor_price(text: str, number: Number) -> Attached | None:
    """Cents and the like count only as a price of energy: "4.5 cents per kilowatt-hour"."""
    match = _tables().minor_pattern.match(text, number.end)
    if match is None:
        return None
    word = match.group(1).lower()
    currency = _tables().minor.get(re.sub(r"[\s-]+", " ", word))
    return _price(text, match.end(), currency, number.start, 0.01, word) if currency else None


def _money(text: str, number: Number) -> Attached | None:
    tables = _tables()
    before = tables.symbol_pattern.search(text, max(0, number.start - 6), number.start)
    if before:
        currency, start, end = tables.symbols[before.group(1)], before.start(1), number.end
        code = tables.word_pattern.match(text, end)
        if code and before.group(1) == "$" and re.sub(r"[\s-]+", " ", code.group(1)) in tables.words:
            currency, end = tables.words[re.sub(r"[\s-]+", " ", code.group(1))], code.end()
    else:
        after = tables.word_pattern.match(text, number.end)
        word = re.sub(r"[\s-]+", " ", after.group(1)) if after else ""
        found = tables.words.get(word) or tables.words.get(word.lower())
        if after is None or found is None:
            return None
        currency, start, end = found, number.start, after.end()
    price = _price(text, end, currency, start, 1.0, currency)
    return price or Attached("money", currency, 1.0, start, end, currency, currency, _per(text, end))


def _physical(text: str, number: Number) -> Attached | None:
    match = _tables().unit_pattern.match(text, number.end)
    if match is None:
        return None
    noun = match.group("unit")
    kind, unit, factor = _tables().units[_printed_form(noun)]
    if kind == "coins" and _names_a_thing(text, match.end()):
        return None
    if kind == "share" and re.match(r"[\s-]?points?\b", text[match.end() : match.end() + 8]):
        return None
    return Attached(kind, unit, factor, number.start, match.end(), None, noun, _per(text, match.end()))


def _printed_form(printed: str) -> str:
    units = _tables().units
    if printed in units:
        return printed
    spaced = re.sub(r"[\s-]+", " ", printed)
    candidates = (spaced, spaced.replace(" ", "-"), spaced.lower(), spaced.lower().replace(" ", "-"))
    return next(form for form in candidates if form in units)


def _names_a_thing(text: str, end: int) -> bool:
    """Tell "320 bitcoin miners" from "320 bitcoin"."""
    return re.match(
        r"[\s-]+(?:\w+[\s-]+)?(?:min(?:ers?|es|ing)|machines?|rigs?|farms?|ATMs?|wallets?|addresses|transactions|kiosks|holders|ETFs?|funds?)\b",
        text[end : end + 40],
    ) is not None


def counted(text: str, number: Number, limit: int, skip: int | None = None) -> Attached | None:
    """Return a count whose noun follows the number (or the end `skip` of a figure after it), modifiers apart."""
    if not number.integer or number.value < 1:
        return None
    tables, start = _tables(), skip or number.end
    match = tables.plural_pattern.match(text, start, limit) if number.value > 1 else None
    if match is None or not _plain_modifiers(match.group("between")):
        match = tables.singular_pattern.match(text, start, limit)
        if match is None or not _plain_modifiers(match.group("between")):
            return None
        if number.value > 1 and text[start : start + 1] != "-":
            return None
    if number.year_like and (match.group("between") or _YEAR_BEFORE.search(text, max(0, number.start - 14), number.start)):
        return None
    noun = re.sub(r"[\s-]+", " ", match.group("noun")).lower()
    kind, strength = tables.nouns[noun]
    return Attached(kind, kind, 1.0, number.start, match.end(), None, f"{strength}:{noun}", _per(text, match.end()))


def _plain_modifiers(between: str) -> bool:
    """Only modifiers may stand between a count and its noun; "of" only in "2,600 of its latest machines"."""
    words = [word.strip("’'").lower() for word in between.split()]
    return not any(word in _STOP for word in words[1:]) and (not words or words[0] == "of" or words[0] not in _STOP)


def _per(text: str, end: int) -> str | None:
    match = _PER.match(text, end)
    if match:
        return match.group("what").lower()
    return "machine" if _EACH.match(text, end, min(len(text), end + 40)) else None


@cache
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str], dict[tuple[str, str], str]]:
    table = {
        (row["position"], form.lower()): row["qualifier"]
        for row in read_table("lexicon/qualifiers.csv")
        for form in split_list(row["forms"])
    }
    before = _alternatives([form for position, form in table if position == "before"])
    after = _alternatives([form for position, form in table if position == "after"])
    return (
        re.compile(rf"(?<![\w])({before})\s?(?:(?:the|a|an|another|additional|just|total of|a total of)\s)?$", re.I),
        re.compile(rf"(?:\s|-)?({after})(?![\w])", re.I),
        table,
    )


def qualifier(text: str, start: int, end: int) -> tuple[str, int]:
    """Return how exact the figure at `start:end` claims to be, and the end of the words that say so."""
    before, after, table = _qualifiers()
    match = before.search(text, max(0, start - 45), start)
    if match:
        return table["before", re.sub(r"[\s-]+", " ", match.group(1).lower())], end
    match = after.match(text, end)
    if match:
        words = re.sub(r"\s+", " ", match.group(1).lower())
        found = table.get(("after", words)) or table.get(("after", words.lstrip("-")))
        if found:
            return found, end
    return "exact", end


def factor_of(kind: str, noun: str, unit: str) -> float:
    """Return the factor to the kind's unit for a unit as printed."""
    if kind in ("machines", "sites", "money", "energy_price"):
        return 1.0
    row = _tables().units.get(_printed_form(noun)) if noun else None
    return row[2] if row else 1.0


def shared_scale(printed: str, value: float) -> float:
    """Return the scale that a bare number shares with the figure printed after it: "$4 to $5 million"."""
    match = re.search(r"(thousand|million|billion|mn|bn|m|b|k)\b", printed, re.IGNORECASE)
    if match is None or value >= 1000:
        return 1.0
    return {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9}.get(
        match.group(1).lower(), 1.0
    )


def change_role(text: str, start: int) -> str | None:
    """Return "from" or "to" where the words before a figure make it an end of a change."""
    before = text[max(0, start - 40) : start]
    if _CHANGE_FROM.search(before):
        return "from"
    return "to" if _CHANGE_TO.search(before) else None
