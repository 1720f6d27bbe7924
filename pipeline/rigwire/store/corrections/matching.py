"""Which events of two extractions of one article are the same: by the words that state them."""

from collections import Counter
from collections.abc import Sequence

from rigwire.model import Event
from rigwire.resemblance import split_words


def pair_events(before: Sequence[Event], after: Sequence[Event]) -> dict[int, int]:
    """Return by its index which event of `before` is which of `after`: one to one, the most alike first."""
    scored = [
        (score, -i, -j)
        for i, old in enumerate(before)
        for j, new in enumerate(after)
        if (score := likeness(old, new)) is not None
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def likeness(old: Event, new: Event) -> tuple[float, ...] | None:
    """Return how alike two events are, to be compared with others; None where they are two.

    They are one only if the sentence of one holds that of the other, and they share a figure or are of one type.
    """
    first, second = (f" {' '.join(split_words(event.quote))} " for event in (old, new))
    shared = (_figures(old) & _figures(new)).total()
    if (first not in second and second not in first) or (not shared and old.type != new.type):
        return None
    if old.quantities and new.quantities and not shared:
        return None
    same = (getattr(old, name) == getattr(new, name) for name in ("type", "company", "status", "counterparty"))
    return (first == second, shared, *same, -abs((old.start or 0) - (new.start or 0)))


def _figures(event: Event) -> Counter[str]:
    return Counter(" ".join(quantity.text.split()) for quantity in event.quantities)
