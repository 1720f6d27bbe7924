"""The tables of models/lexicon that say what a number can be a number of, as look-ups and patterns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list

_HOUR_FOLLOWS = r"(?!\s*/\s*(?:s|TH|Th)\b)(?![\s·-]?(?:h|hours?|hrs?)\b)"


@dataclass(frozen=True, slots=True)
class UnitTables:
    """Units by printed form, currencies by sign, word and small coin, with the pattern that finds each.

    `kwh` has for a currency the least and the most that a kilowatt-hour is likely to cost in it.
    """

    units: dict[str, tuple[str, str, float]]
    unit_pattern: re.Pattern[str]
    symbols: dict[str, str]
    symbol_pattern: re.Pattern[str]
    words: dict[str, str]
    word_pattern: re.Pattern[str]
    scaled_code_pattern: re.Pattern[str]
    minor: dict[str, str]
    minor_pattern: re.Pattern[str]
    kwh: dict[str, tuple[float, float]]


def alternatives(forms: Iterable[str]) -> str:
    """Return a pattern of literal forms, the longest first; a blank in a form also matches a hyphen."""
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(set(forms), key=len, reverse=True))


def opening(forms: Iterable[str]) -> str:
    """Return a look-ahead for the first letters of literal forms: most places of a text are spared the alternatives."""
    return f"(?=[{re.escape(''.join(sorted({form[0] for form in forms})))}])"


def single_spaced(words: str) -> str:
    """Return printed words with one blank for each white space or hyphen between them."""
    return re.sub(r"[\s-]+", " ", words)


@cache
def price_cue(name: str) -> re.Pattern[str]:
    """Return the pattern of a row of models/lexicon/price_cues.csv."""
    (forms,) = (split_list(row["forms"]) for row in read_table("lexicon/price_cues.csv") if row["cue"] == name)
    return re.compile(rf"(?<!\w)(?:{alternatives(forms)})(?!\w)", re.IGNORECASE)


@cache
def unit_tables() -> UnitTables:
    """Return the tables of units and currencies."""
    units = {
        form: (row["kind"], row["unit"], float(row["factor"]))
        for row in read_table("lexicon/units.csv")
        for form in split_list(row["forms"])
    }
    symbols: dict[str, str] = {}
    words: dict[str, str] = {}
    minor: dict[str, str] = {}
    kwh: dict[str, tuple[float, float]] = {}
    for row in read_table("lexicon/currencies.csv"):
        codes = split_list(row["codes"])
        symbols |= dict.fromkeys(split_list(row["symbols"]) + codes, row["currency"])
        words |= dict.fromkeys([w.lower() for w in split_list(row["words"])] + codes, row["currency"])
        minor |= dict.fromkeys([m.lower() for m in split_list(row["minor"])], row["currency"])
        if row["kwh"]:
            least, most = row["kwh"].split("-")
            kwh[row["currency"]] = (float(least), float(most))
    three = "|".join(word for word in words if re.fullmatch("[A-Z]{3}", word))
    return UnitTables(
        units=units,
        unit_pattern=_unit_pattern(list(units)),
        symbols=symbols,
        symbol_pattern=re.compile(rf"(?<![A-Za-z])({alternatives(symbols)})\s?\(?$"),
        words=words,
        word_pattern=re.compile(rf"(?:[^\S\n]|-)?({alternatives(words)})(?![\w$])", re.IGNORECASE),
        scaled_code_pattern=re.compile(rf"[^\S\n]?(?P<scale>[kKmMbB]|[mMbB]n)(?P<code>{three})(?!\w)"),
        minor=minor,
        minor_pattern=re.compile(rf"(?:[^\S\n]|-)?({alternatives(minor)})(?![\w]|\.\w)", re.IGNORECASE),
        kwh=kwh,
    )


def _unit_pattern(forms: list[str]) -> re.Pattern[str]:
    """Symbols are matched as printed, words in any case; a spelled unit may follow "5 more" or "1,177 unrestricted"."""
    words = [form for form in forms if len(form) > 4 and form[-1].isalpha() and "/" not in form]
    symbols = [form for form in forms if form not in words]
    modifiers = alternatives(row["form"] for row in read_table("lexicon/unit_modifiers.csv"))
    return re.compile(
        rf"(?:(?:[^\S\n]|-)+(?i:{modifiers}))?(?:[^\S\n]|-)?(?P<unit>{alternatives(symbols)}|(?i:{alternatives(words)}))(?![\w]){_HOUR_FOLLOWS}"
    )


def unit_row(printed: str) -> tuple[str, str, float]:
    """Return kind, unit and factor of a unit as printed, whatever its case, blanks and hyphens."""
    units = unit_tables().units
    spaced = single_spaced(printed)
    forms = (printed, spaced, spaced.replace(" ", "-"), spaced.lower(), spaced.lower().replace(" ", "-"))
    return units[next(form for form in forms if form in units)]
