"""Which currency a word means in this article: "rupees" in Pakistan, "cents" in Quebec, "kroner" in Denmark."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from rigwire.extract.quantities import Measure
from rigwire.knowledge import read_table, split_list

_FEWEST_DOLLAR_CUES = 2  # one word of Canada does not make a dollar Canadian


@dataclass(frozen=True, slots=True)
class _Local:
    words: frozenset[str]
    currency: str
    cues: re.Pattern[str]


@cache
def _rows() -> list[_Local]:
    return [
        _Local(frozenset(split_list(row["words"])), row["currency"], _named(split_list(row["cues"])))
        for row in read_table("lexicon/currency_places.csv")
    ]


@cache
def _dollar_cues() -> re.Pattern[str]:
    """What says that a plain dollar is not the local one."""
    return _named([row["form"] for row in read_table("lexicon/dollar_cues.csv")])


def _named(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


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
            known[row.cues.pattern] = sum(1 for _ in islice(row.cues.finditer(text), fewest)) == fewest
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
