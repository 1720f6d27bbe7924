"""Prices of energy that leave out their "per kWh": "it goes up to 5.93 soms", "they started me on 6.9 cents"."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from rigwire.extract.numbers import Number
from rigwire.extract.qualifiers import qualifier
from rigwire.extract.quantities import Measure, scaled, share_unit
from rigwire.extract.unit_tables import price_cue, unit_tables
from rigwire.extract.units import Attached, minor_coin

_NEAR = 260
_TOLD_BEFORE, _TOLD_AFTER = 160, 60
_LONGEST_CUE = 20
_LARGEST_RATIO = 5.0
_CONVERSION = re.compile(r",?\s(?:or|about|i\.e\.),?(?:\s(?:about|roughly|around|some|nearly|approximately))?\s")
_CLAUSE_END = re.compile(r"[.!?;]\s|\n")
_SCALED = re.compile(r"[mb]illion|thousand|\d[kmb]", re.IGNORECASE)
_MEGAWATT_HOUR = re.compile(r"MWh|megawatt", re.IGNORECASE)


def coin_prices(text: str, bare: Iterable[Number], measures: list[Measure]) -> list[Measure]:
    """Return the bare amounts in small coins, which in this trade are the price of a kilowatt-hour.

    Some word of the text has to speak of power, and the amount to be one that a kilowatt-hour can cost.
    """
    if not price_cue("trade").search(text):
        return []
    found: list[Measure] = []
    pending: list[Number] = []
    for number in bare:
        coin = minor_coin(text, number)
        measure = _coin_price(text, number, coin) if coin is not None else None
        if measure is None:
            pending = [*pending[-3:], number]
            continue
        found += [*share_unit(text, pending, measure), measure]
        pending = []
    return found


def _coin_price(text: str, number: Number, coin: Attached) -> Measure | None:
    value = scaled(number.value, coin.factor)
    if not _can_cost(coin.currency, value):
        return None
    before = text[max(0, number.start - _LONGEST_CUE) : number.start].split()
    if before and price_cue("moved").fullmatch(before[-1]):
        return None
    return Measure(
        coin.kind, value, coin.unit, qualifier(text, number.start, coin.end), text[number.start : coin.end],
        number.start, coin.end, currency=coin.currency, noun=coin.noun, factor=coin.factor, explicit=False,
    )  # fmt: skip


def _can_cost(currency: str | None, value: float) -> bool:
    """Tell whether a kilowatt-hour is likely to cost so much."""
    least, most = unit_tables().kwh.get(currency or "", (0.0, 0.0))
    return least <= value <= most


def _is_plain_sum(measure: Measure) -> bool:
    return measure.kind == "money" and measure.per is None and not _SCALED.search(measure.text)


def prices_of_energy(text: str, measures: list[Measure]) -> list[Measure]:
    """Read money as a price of energy where its sentence speaks of one, or one like it stands within reach."""
    measures = [_told_price(text, measure) for measure in measures]
    known = [m for m in measures if m.kind == "energy_price"]
    starts = [m.start for m in known]
    read = []
    for measure in measures:
        index = bisect_right(starts, measure.start)
        read.append(_as_price(text, measure, known[max(0, index - 2) : index + 2]))
    return read


def _told_price(text: str, measure: Measure) -> Measure:
    """Read an amount that a kilowatt-hour can cost, in a sentence on tariffs or power, as the price of one."""
    if not (_is_plain_sum(measure) and _can_cost(measure.currency, measure.value)):
        return measure
    before = _CLAUSE_END.split(text[max(0, measure.start - _TOLD_BEFORE) : measure.start])[-1]
    after = _CLAUSE_END.split(text[measure.end : measure.end + _TOLD_AFTER])[0]
    beside = f"{before} {after}"
    if not price_cue("energy_price").search(beside) or price_cue("other_price").search(beside):
        return measure
    return replace(measure, kind="energy_price", unit=f"{measure.currency}/kWh", explicit=False)


def _as_price(text: str, measure: Measure, known: list[Measure]) -> Measure:
    if not _is_plain_sum(measure):
        return measure
    for price in known:
        factor = 0.001 if _MEGAWATT_HOUR.search(price.text) else 1.0
        gap = text[min(price.end, measure.end) : max(price.start, measure.start)]
        ratio = measure.value * factor / price.value if price.value else 0.0
        alike = 1 / _LARGEST_RATIO <= ratio <= _LARGEST_RATIO
        if measure.end <= price.start and _CONVERSION.fullmatch(gap):
            unit = f"{measure.currency}/kWh"
            return replace(measure, kind="energy_price", unit=unit, value=scaled(measure.value, factor), factor=factor)
        if alike and len(gap) < _NEAR and "\n" not in gap and price.currency == measure.currency:
            value = scaled(measure.value, factor)
            return replace(measure, kind="energy_price", unit=price.unit, value=value, factor=factor, explicit=False)
    return measure
