"""Numbers with their units: what each value is a value of, in the unit of its kind, and how exact it claims to be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rigwire.extract import units
from rigwire.extract.numbers import Number, find_numbers


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity as the words state it, before anybody asks whose it is.

    `value`, `low` and `high` are in the unit of `kind`. `noun` is the word counted or the unit as printed. `per` names
    what the figure is per, where it is ("machine", "day", "bitcoin"). `change` is "from" or "to" where the sentence
    tells of a change between two figures. `explicit` is False where the unit was taken over from a neighbour.
    """

    kind: str
    value: float
    unit: str
    qualifier: str
    text: str
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    noun: str = ""
    per: str | None = None
    change: str | None = None
    explicit: bool = True


def find_measures(text: str, avoid: Iterable[tuple[int, int]] = ()) -> list[Measure]:
    """Return every number of `text` that has a unit, in order.

    `avoid` holds the character spans of what only looks like numbers: dates, times and machine models.
    """
    blocked = bytearray(len(text) + 1)
    for start, end in avoid:
        blocked[start:end] = b"\1" * (end - start)
    numbers = [n for n in find_numbers(text) if not any(blocked[n.start : n.end])]
    measures: list[Measure] = []
    pending: list[Number] = []
    for position, number in enumerate(numbers):
        following = numbers[position + 1].start if position + 1 < len(numbers) else len(text)
        found = units.attach(text, number, following) or _counted_over(text, numbers, position)
        if found is None:
            pending.append(number)
            continue
        measure = _measure(text, number, found)
        measures.extend(_taken_over(text, pending, measure))
        pending = []
        measures.append(measure)
    return _mark_changes(text, _join_ranges(text, sorted(measures, key=lambda m: m.start)))


def _counted_over(text: str, numbers: list[Number], position: int) -> units.Attached | None:
    """Find the noun of a count behind a figure that describes it: "two 10 MW sites"."""
    if position + 1 >= len(numbers):
        return None
    number, figure = numbers[position], numbers[position + 1]
    unit = units.attach(text, figure, figure.end)
    if unit is None or text[number.end : figure.start].strip(" -") not in ("", "new", "additional", "further", "more"):
        return None
    return units.counted(text, number, figure.end + 60, skip=unit.end)


def _measure(text: str, number: Number, unit: units.Attached) -> Measure:
    start, end = min(number.start, unit.start), max(number.end, unit.end)
    qualifier, end = units.qualifier(text, start, end)
    return Measure(
        kind=unit.kind,
        value=_scaled(number.value, unit.factor),
        unit=unit.unit,
        qualifier=qualifier,
        text=text[start:end],
        start=start,
        end=end,
        currency=unit.currency,
        noun=unit.noun,
        per=unit.per,
    )


def _scaled(value: float, factor: float) -> float:
    return float(f"{value * factor:.12g}")


def _taken_over(text: str, pending: list[Number], measure: Measure) -> list[Measure]:
    """Give the unit of `measure` to the bare numbers before it that share it: "12, 15 and 20 MW"."""
    shared: list[Measure] = []
    right = measure
    for number in reversed(pending):
        between = text[number.end : right.start]
        if number.year_like or not units.SHARED_UNIT.fullmatch(between):
            break
        if right.kind in ("machines", "sites") and not number.integer:
            break
        qualifier, _ = units.qualifier(text, number.start, number.end)
        factor = units.factor_of(measure.kind, measure.noun, measure.unit)
        scale = 1.0 if number.scaled else units.shared_scale(measure.text, number.value)
        right = replace(
            measure,
            value=_scaled(number.value * scale, factor),
            qualifier=qualifier,
            text=text[number.start : number.end],
            start=number.start,
            end=number.end,
            explicit=False,
        )
        shared.append(right)
    return shared


def _join_ranges(text: str, measures: list[Measure]) -> list[Measure]:
    """Make one range of two neighbours that are its ends: "12.1 to 17.2 EH/s", "between $4m and $5m"."""
    joined: list[Measure] = []
    for measure in measures:
        last = joined[-1] if joined else None
        if last and last.kind == measure.kind and last.unit == measure.unit and _is_range(text, last, measure):
            low = _scaled(last.value, _missing_scale(last, measure))
            joined[-1] = replace(
                measure,
                value=_scaled(low + measure.value, 0.5),
                low=low,
                high=measure.value,
                qualifier="range",
                text=text[last.start : measure.end],
                start=last.start,
            )
        else:
            joined.append(measure)
    return joined


def _missing_scale(low: Measure, high: Measure) -> float:
    """Return the scale that the lower end leaves to the upper: "$4 to $5 million"."""
    return units.shared_scale(high.text, low.value) if low.kind == "money" and low.explicit else 1.0


def _is_range(text: str, low: Measure, high: Measure) -> bool:
    if low.value >= high.value or low.qualifier == "range":
        return False
    between = text[low.end : high.start].strip()
    before = text[max(0, low.start - 60) : low.start]
    if units.RANGE_DASH.fullmatch(between):
        return True
    if between in ("to", "up to"):
        return not (units.FROM_BEFORE.search(before) and units.CHANGE_BEFORE.search(before))
    return between == "and" and units.BETWEEN_BEFORE.search(before) is not None


def _mark_changes(text: str, measures: list[Measure]) -> list[Measure]:
    """Mark the two figures of "rose from X to Y", "to Y from X" and "up from X"."""
    return [replace(m, change=units.change_role(text, m.start)) for m in measures]
