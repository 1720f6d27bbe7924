"""Bare numbers that may be figures though no cue near them says so: "the 7,000 bought in May", "two in Texas".

Most are none. The models tell, to which such a number is marked as a guess.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rigwire.extract.ellipsis import (
    LIKE_MACHINES,
    cue_forms,
    is_alike,
    is_difference,
    is_labelled,
    is_mined,
    is_signed,
    known_figures,
    outside_tables,
    taken_over,
)
from rigwire.extract.numbers import Number
from rigwire.extract.quantities import Measure, scaled
from rigwire.extract.tables import Cell
from rigwire.extract.unit_tables import alternatives

GUESS = "guess"
"""The `noun` of a guessed figure."""
_REACH = 600
_MACHINES = (20, 5_000_000)
_MOST_SITES = 2000
_LIKE = 12.0  # how many times another number of sites may be larger
_ADDRESS = re.compile(r"\s[A-Z][a-z]")  # "7 Dam Road"
_LONGEST_ADDRESS = 1000


@cache
def _other_after() -> re.Pattern[str]:
    """What follows a number that counts nothing of ours: "18 months", "44-day", "7th", "5,000 people"."""
    things = alternatives(cue_forms()["other_thing"])
    return re.compile(rf"[-–](?=\w)|[’'%°:/]|\w|\s(?:\w+\s)?(?:{things})(?!\w)", re.IGNORECASE)


def guessed_measures(
    text: str, bare: Sequence[Number], measures: Sequence[Measure], cells: Sequence[Cell] = ()
) -> list[Measure]:
    """Return what `bare` numbers may be, each of the kind of the nearest figure before it that it could follow."""
    known = known_figures(text, measures)
    starts = [m.start for m in known]
    guesses = (
        _guess(text, number, known[: bisect_right(starts, number.start)])
        for number in outside_tables(bare, cells)
        if _may_count(text, number)
    )
    return [guess for guess in guesses if guess is not None]


def _may_count(text: str, number: Number) -> bool:
    return not (
        number.year_like
        or number.value < 2
        or text[number.start : number.end].endswith(".0")  # a version
        or is_signed(text, number)
        or is_labelled(text, number)
        or is_mined(text, number)
        or _other_after().match(text, number.end, number.end + 40)
        or is_difference(text, number)
        or (number.value < _LONGEST_ADDRESS and _ADDRESS.match(text, number.end))
    )


def _guess(text: str, number: Number, known: Sequence[Measure]) -> Measure | None:
    for antecedent in _near(number, known):
        value = _value(number, antecedent)
        if value is not None:
            return replace(taken_over(text, number, antecedent, value), noun=GUESS)
    return None


def _near(number: Number, known: Sequence[Measure]) -> Iterator[Measure]:
    for measure in reversed(known):
        if measure.start < number.start - _REACH:
            return
        if measure.end <= number.start:
            yield measure


def _value(number: Number, antecedent: Measure) -> float | None:
    """The value of the number as one of the antecedent's kind, None where it can't be one."""
    count = number.grouped if number.grouped is not None else number.value
    if antecedent.kind == "machines":
        most = min(_MACHINES[1], LIKE_MACHINES * antecedent.value)
        return count if number.integer and _MACHINES[0] <= count <= most else None
    if antecedent.kind == "sites":
        return count if number.integer and count <= min(_MOST_SITES, _LIKE * antecedent.value) else None
    if antecedent.kind not in ("hashrate", "power") or antecedent.factor == 0:
        return None
    if antecedent.kind == "hashrate" and number.spelled:  # nobody spells exahashes
        return None
    return scaled(number.value, antecedent.factor) if is_alike(number, antecedent) else None
