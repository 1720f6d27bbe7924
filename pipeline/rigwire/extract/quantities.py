"""Numbers with their units: what each value is a value of, in the unit of its kind, and how exact it claims to be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from rigwire.extract.changes import change_role, joins_range, share_role
from rigwire.extract.counts import counted, numbered
from rigwire.extract.numbers import Number, find_numbers
from rigwire.extract.qualifiers import qualifier
from rigwire.extract.unit_tables import alternatives
from rigwire.extract.units import Attached, attach, price_per_energy
from rigwire.firms import load_firms
from rigwire.knowledge import read_table

_SHARED_UNIT = re.compile(
    r"[^\S\n]*(?:,|of (?:its|the|their|those|some|about|all)?|and|or|to|up to|-|–|—|/|, and|, or|through"
    r"|versus|vs\.?|from|compared (?:with|to)|against)"
    r"[^\S\n]*",
    re.IGNORECASE,
)
_SHARED_SIGN = re.compile(r"\s?(?:[-–—−]|to|and|or)\s?")
_ARTICLE_UNIT = re.compile(
    r"(?<![\w$€£%.-])(?P<number>half an?|an?(?: full| whole| single)?|another|one more)[\s-]"
    r"(?=(?:giga|mega|tera)watts?\b|(?:exa|peta)hash(?:es)?\b)"
    r"(?![\w-]+[\s-](?:hour|electric|per\b))",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(
    r"(?:[\d%]|\b(?:cents?|dollars?|euros?|thousand|million|billion|hundred|hours?|acres?|cost|price|roubles?|tenge|yuan))\s?$",
    re.IGNORECASE,
)
_BETWEEN_COUNTS = ("", "new", "additional", "further", "more", "separate")


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity as the words state it, before anybody asks whose it is.

    `value`, `low` and `high` are in the unit of `kind`. `noun` is the word counted or the unit as printed; `factor` is
    what the printed number was multiplied by. `per` names what the figure is per, where it is ("machine", "day",
    "bitcoin"). `change` is "from" or "to" where the sentence tells of a change between two figures, and of a
    percentage "growth", "rate" (interest, tax, discount) or "part" (of a stated whole). `explicit` is False where the
    unit was taken over from a neighbour.
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
    factor: float = 1.0


_CLAUSE = 140  # characters before a figure in which a verb may still be about it


def with_units(text: str, numbers: list[Number]) -> list[Measure]:
    """Return those of the numbers of `text` that have a unit, in order."""
    measures: list[Measure] = []
    pending: list[Number] = []
    for position, number in enumerate(numbers):
        following = numbers[position + 1].start if position + 1 < len(numbers) else len(text)
        found = _attached(text, numbers, position, following)
        if found is None and measures and not pending:
            found = _signed_before(text, measures[-1], number)
        if found is None:
            pending.append(number)
            continue
        measure = _measure(text, number, found)
        measures.extend(share_unit(text, pending, measure))
        pending = []
        measures.append(measure)
    return _mark_changes(text, _join_ranges(text, sorted(measures, key=lambda m: m.start)))


def plain_numbers(text: str, avoid: Iterable[tuple[int, int]]) -> list[Number]:
    """Return the numbers that may be figures: none of a name ("Phase 2", "Hut 8"), none in the spans to avoid, which
    hold what only looks like figures: dates, times and machine models.
    """
    characters = list(text)
    for start, end in [*avoid, *(m.span() for m in _labels().finditer(text))]:
        characters[start:end] = "¤" * (end - start)
    seen = "".join(characters)
    articles = [
        _article(m)
        for m in _ARTICLE_UNIT.finditer(seen)
        if not _PER_BEFORE.search(seen, max(0, m.start() - 12), m.start())
    ]
    return sorted(find_numbers(seen) + articles, key=lambda n: n.start)


def _article(match: re.Match[str]) -> Number:
    """ "A gigawatt" and "another megawatt" are one, "half a gigawatt" is half of one."""
    half = match.group("number").lower().startswith("half")
    return Number(match.start(), match.end("number"), 0.5 if half else 1.0, not half, True)


@cache
def _labels() -> re.Pattern[str]:
    """Numbers that belong to the word before them, and names of firms that end in a number."""
    labels = alternatives(row["form"] for row in read_table("lexicon/number_labels.csv"))
    firms = [alias for firm in load_firms().values() for alias in firm.strong if re.search(r"\w \d+\b", alias)]
    return re.compile(
        rf"(?<![\w])(?:(?:{labels})\s\d{{1,3}}(?![\w.,%]|,\d|\s(?:[A-Z]?MW|EH|PH|BTC)\b)|(?:{alternatives(firms)})(?!\w)"
        r"|\d{1,2}[:.]\d\d\s?[ap]\.?m\b|\d{1,2}:\d\d(?!\d)|\d{1,2}\s?[ap]\.?m\b"
        r"|aged? (?:between )?\d+(?: (?:and|to) \d+)?)"
        r"|^[ \t]*\(?\d{1,2}[.)](?=[ \t])",
        re.MULTILINE,
    )


def _attached(text: str, numbers: list[Number], position: int, following: int) -> Attached | None:
    number = numbers[position]
    return (
        attach(text, number)
        or counted(text, number, following)
        or _counted_over(text, numbers, position)
        or numbered(text, number)
    )


def _counted_over(text: str, numbers: list[Number], position: int) -> Attached | None:
    """Find the noun of a count behind a figure that describes it: "two 10 MW sites"."""
    if position + 1 >= len(numbers):
        return None
    number, figure = numbers[position], numbers[position + 1]
    if text[number.end : figure.start].strip(" -") not in _BETWEEN_COUNTS or figure.start - number.end > 14:
        return None
    unit = attach(text, figure)
    return counted(text, number, figure.end + 60, skip=unit.end) if unit is not None else None


def _signed_before(text: str, last: Measure, number: Number) -> Attached | None:
    """Give a number the currency sign that stands before the lower end of its range: "$140-150 million"."""
    if last.kind != "money" or not last.noun or not _SHARED_SIGN.fullmatch(text[last.end : number.start]):
        return None
    if number.year_like or (text[last.end - 1].isalpha() and text[last.end - 1] not in "mMbBkn"):
        return None
    currency = last.currency or "USD"
    price = price_per_energy(text, number.end, currency, number.start, 1.0, last.noun, number.value)
    following = re.match(r"\s?(?:[A-Za-z%]|$)", text[number.end : number.end + 2])
    if price is None and following and not number.scaled and not last.text.endswith(("million", "billion")):
        return None
    return price or Attached("money", currency, 1.0, number.start, number.end, currency, last.noun)


def _measure(text: str, number: Number, unit: Attached) -> Measure:
    start, end = min(number.start, unit.start), max(number.end, unit.end)
    stated = qualifier(text, start, end)
    if stated == "exact":  # the hedge may stand between number and noun: "160,000-plus miners"
        stated = qualifier(text, start, number.end)
    return Measure(
        kind=unit.kind,
        value=scaled(number.value, unit.factor),
        unit=unit.unit,
        qualifier=stated,
        text=text[start:end],
        start=start,
        end=end,
        currency=unit.currency,
        noun=unit.noun,
        per=unit.per,
        factor=unit.factor,
    )


def scaled(value: float, factor: float) -> float:
    """Return the product without the dust of binary fractions."""
    return float(f"{value * factor:.12g}")


def share_unit(text: str, pending: list[Number], measure: Measure) -> list[Measure]:
    """Return the bare numbers before a measure that share its unit, as measures: "12, 15 and 20 MW"."""
    shared: list[Measure] = []
    right = measure
    for number in reversed(pending):
        between = text[number.end : right.start]
        one_of = number.spelled and number.value == 1 and between.strip().startswith("of")
        if number.year_like or one_of or not _SHARED_UNIT.fullmatch(between):
            break
        if right.kind in ("machines", "sites") and not number.integer:
            break
        if measure.kind == "money" and (number.spelled or not _SHARED_SIGN.fullmatch(between)):
            break
        scale = 1.0 if number.scaled else shared_scale(measure.text, number.value)
        factor = 1.0 if right.kind in ("machines", "sites") else measure.factor
        right = replace(
            measure,
            value=scaled(number.value * scale, factor),
            qualifier=qualifier(text, number.start, number.end),
            text=text[number.start : number.end],
            start=number.start,
            end=number.end,
            explicit=False,
        )
        shared.append(right)
    return shared


def shared_scale(printed: str, value: float) -> float:
    """Return the scale that a bare number shares with the figure printed after it: "$4 to $5 million"."""
    if value >= 1000:
        return 1.0
    return next((10.0**n for n, pattern in _SCALES.items() if pattern.search(printed)), 1.0)


_SCALES = {
    3: re.compile(r"(?<=\d)k\b|\bthousand\b", re.IGNORECASE),
    6: re.compile(r"(?<=\d)m\b|(?<![a-z])(?:million|mn|mln)\b", re.IGNORECASE),
    9: re.compile(r"(?<=\d)b\b|(?<![a-z])(?:billion|bn|bln)\b", re.IGNORECASE),
}


def _join_ranges(text: str, measures: list[Measure]) -> list[Measure]:
    """Make one range of two neighbours that are its ends: "12.1 to 17.2 EH/s", "between $4m and $5m"."""
    joined: list[Measure] = []
    for measure in measures:
        last = _priced_alike(joined[-1], measure) if joined else None
        if last and last.kind == measure.kind and last.unit == measure.unit and _is_range(text, last, measure):
            low = scaled(last.value, _missing_scale(last, measure))
            joined[-1] = replace(
                measure,
                value=scaled(low + measure.value, 0.5),
                low=low,
                high=measure.value,
                qualifier="range",
                text=text[last.start : measure.end],
                start=last.start,
            )
        else:
            joined.append(measure)
    return joined


def _priced_alike(low: Measure, high: Measure) -> Measure:
    """The lower end as a price of energy where only the upper says so: "$0.03 to $0.04 per kWh"."""
    if (low.kind, high.kind, low.currency) != ("money", "energy_price", high.currency) or low.per:
        return low
    return replace(low, kind=high.kind, unit=high.unit, value=scaled(low.value, high.factor), factor=high.factor)


def _missing_scale(low: Measure, high: Measure) -> float:
    """Return the scale that the lower end leaves to the upper: "$4 to $5 million"."""
    if low.kind != "money" or any(pattern.search(low.text) for pattern in _SCALES.values()):
        return 1.0
    return shared_scale(high.text, low.value)


def _is_range(text: str, low: Measure, high: Measure) -> bool:
    if low.qualifier == "range" or low.value * _missing_scale(low, high) >= high.value:
        return False
    both_units = low.explicit and low.kind != "share"
    before = re.split(r"[.;!?]\s|\n", text[max(0, low.start - _CLAUSE) : low.start])[-1]
    return joins_range(before, text[low.end : high.start], both_units)


def _mark_changes(text: str, measures: list[Measure]) -> list[Measure]:
    """Mark the two figures of "rose from X to Y", "to Y from X" and "up from X", and what a percentage is."""
    return [
        replace(
            m, change=(share_role(text, m.start, m.end) if m.kind == "share" else None) or change_role(text, m.start)
        )
        for m in measures
    ]
