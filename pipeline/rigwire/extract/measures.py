"""All quantities of a text: with a unit, fractions, in tables, counted by a model's name, without noun, or guessed."""

import re
from dataclasses import replace

from rigwire.extract.currencies import localise
from rigwire.extract.ellipsis import elliptical_measures, model_counts
from rigwire.extract.fractions import fraction_measures
from rigwire.extract.guesses import guessed_measures
from rigwire.extract.machines import ModelName
from rigwire.extract.numbers import Number
from rigwire.extract.prices import coin_prices, prices_of_energy
from rigwire.extract.quantities import Measure, plain_numbers, with_units
from rigwire.extract.tables import Cell, table_measures

_ONE_MACHINE = {"hashrate": 1.3, "power": 0.02}  # PH/s and MW: no machine has more
_MOST_MACHINES = {"hashrate": 0.4, "power": 0.0065}  # what nearly all make or draw; no farm is so small
_DEFINED = re.compile(
    r"\b(?:an?|one|1) ?(?:[tpez]h(?:/s)?|[mg]w|(?:tera|peta|exa|zetta|giga) ?hash|(?:mega|giga)watt)"
    r"(?: per second)?(?: \([^()\n]{1,9}\))?,?"
    r" (?:is (?:equal|equivalent|the same)|equals|stands for|=)[^.;\n]{0,60}(?:\.\d+[^.;\n]{0,30})?",
    re.IGNORECASE,
)
"""What tells how large a unit is: "an exahash is equal to one million terahashes"."""
_RATED = re.compile(r"\b(?:rated|each|every|a single|per|nameplate|one S\d)\b[^.;\n]{0,60}$", re.IGNORECASE)


def all_measures(
    text: str, blocked: list[tuple[int, int]], models: list[ModelName], cells: list[Cell]
) -> list[Measure]:
    """Return the quantities of `text` in order. `blocked` are the spans of dates and machine models."""
    numbers = plain_numbers(text, blocked)
    measures = with_units(text, numbers) + fraction_measures(text)
    tabled = table_measures(text, cells)
    taken = _taken(blocked, [])
    tabled = [m for m in tabled if m.start not in taken]
    inside = _taken([], tabled)
    measures = [m for m in measures if m.start not in inside and m.end - 1 not in inside] + tabled
    counted = model_counts(text, _bare(numbers, measures), models)
    measures += counted
    measures += coin_prices(text, _bare(numbers, measures), measures)
    measures = prices_of_energy(text, sorted(measures, key=lambda m: m.start))
    measures += elliptical_measures(text, _bare(numbers, measures), measures, cells)
    measures += guessed_measures(text, _bare(numbers, measures), measures, cells)
    defined = [match.span() for match in _DEFINED.finditer(text)]
    told = [m for m in measures if not any(start <= m.start < end for start, end in defined)]
    return [_rating(text, m, models) for m in localise(text, sorted(told, key=lambda m: m.start))]


def _bare(numbers: list[Number], measures: list[Measure]) -> list[Number]:
    taken = _taken([], measures)
    return [n for n in numbers if n.start not in taken and n.end - 1 not in taken]


def _taken(blocked: list[tuple[int, int]], measures: list[Measure]) -> set[int]:
    spans = blocked + [(m.start, m.end) for m in measures]
    return {index for start, end in spans for index in range(start, end)}


def _rating(text: str, measure: Measure, models: list[ModelName]) -> Measure:
    """Mark what a single machine makes or draws: "S21+ 235TH", "each is rated at 140 TH/s"."""
    if measure.per is not None or not 0 < measure.value <= _ONE_MACHINE.get(measure.kind, 0.0):
        return measure
    if measure.value <= _MOST_MACHINES[measure.kind]:
        return replace(measure, per="machine")
    beside = any(m.start - 12 <= measure.end <= m.end + 60 for m in models)
    rated = _RATED.search(text, max(0, measure.start - 80), measure.start) is not None
    return replace(measure, per="machine") if beside or rated else measure
