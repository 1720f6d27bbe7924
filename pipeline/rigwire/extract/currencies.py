"""Which currency a word means in this article: "rupees" in Pakistan, "cents" in Quebec, "kroner" in Denmark."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from rigwire.extract.quantities import Measure
from rigwire.extract.unit_tables import opening
from rigwire.knowledge import read_table, split_list

_FEWEST_DOLLAR_CUES = 2  # one word of Canada does not make a dollar Canadian


@dataclass(frozen=True, slots=True)
class _Local:
    """A word's currency in articles that hold one of the cues, `unless` they hold what speaks for another."""

    words: frozenset[str]
    currency: str
    cues: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def _rows() -> list[_Local]:
    return [
        _Local(
            frozenset(split_list(row["words"])),
            row["currency"],
            _named(split_list(row["cues"])),
            _named(split_list(row["unless"])) if row["unless"] else None,
        )
        for row in read_table("lexicon/currency_places.csv")
    ]


@cache
def _dollar_cues() -> re.Pattern[str]:
    """What says that a plain dollar is not the local one."""
    return _named([row["form"] for row in read_table("lexicon/dollar_cues.csv")])


def _named(forms: list[str]) -> re.Pattern[str]:
    ends = "|".join(re.escape(form) + r"(?!\w)" * form[-1].isalpha() for form in forms)
    return re.compile(rf"{opening(forms)}(?<!\w)(?:{ends})")


def localise(text: str, measures: list[Measure]) -> list[Measure]:
    """Return the measures with the currency of the country that the text speaks of, where a word names several."""
    spoken = _spoken(text)
    return [_local(measure, spoken) for measure in measures]


def _spoken(text: str) -> Callable[[_Local], bool]:
    """A test, made once an article, whether its text speaks of a row's country."""
    known: dict[str, bool] = {}

    def spoken(row: _Local) -> bool:
        if row.cues.pattern not in known:
            fewest = _FEWEST_DOLLAR_CUES if "dollar" in row.words else 1
            told = sum(1 for _ in islice(row.cues.finditer(text), fewest)) == fewest
            known[row.cues.pattern] = told and not (row.unless and row.unless.search(text))
        return known[row.cues.pattern]

    known["dollar"] = _dollar_cues().search(text) is not None
    return lambda row: spoken(row) and not ("dollar" in row.words and known["dollar"])


def _local(measure: Measure, spoken: Callable[[_Local], bool]) -> Measure:
    if measure.currency is None or measure.kind not in ("money", "energy_price"):
        return measure
    noun = measure.noun if measure.noun == "$" else measure.noun.lower()
    for row in _rows():
        if noun in row.words and row.currency != measure.currency and spoken(row):
            unit = row.currency if measure.kind == "money" else f"{row.currency}/kWh"
            return replace(measure, currency=row.currency, unit=unit)
    return measure
