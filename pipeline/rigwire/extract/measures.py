"""All quantities of a text: with a unit, in table cells, counted by a model's name, and with the noun left out."""

from rigwire.extract.ellipsis import elliptical_measures, model_counts
from rigwire.extract.machines import ModelName
from rigwire.extract.numbers import find_numbers
from rigwire.extract.quantities import Measure, find_measures
from rigwire.extract.tables import Cell, table_measures


def all_measures(
    text: str, blocked: list[tuple[int, int]], models: list[ModelName], cells: list[Cell]
) -> list[Measure]:
    """Return the quantities of `text` in order. `blocked` are the spans of dates and machine models."""
    measures = find_measures(text, blocked)
    taken = _taken(blocked, measures)
    measures += [m for m in table_measures(text, cells) if m.start not in taken]
    taken = _taken(blocked, measures)
    bare = [n for n in find_numbers(text) if not any(i in taken for i in range(n.start, n.end))]
    counted = model_counts(text, bare, models)
    starts = {m.start for m in counted}
    measures += counted
    measures += elliptical_measures(text, [n for n in bare if n.start not in starts], measures)
    return sorted(measures, key=lambda m: m.start)


def _taken(blocked: list[tuple[int, int]], measures: list[Measure]) -> set[int]:
    spans = blocked + [(m.start, m.end) for m in measures]
    return {index for start, end in spans for index in range(start, end)}
