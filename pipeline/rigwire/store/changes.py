"""What another extraction of an article changed, counted by kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from rigwire.model import EVENT_ATTRIBUTES, FIGURE_ATTRIBUTES, Event, Quantity
from rigwire.store.corrections.matching import pair_events

Change = Literal["same", "changed", "new", "gone"]
# What is counted: 'event' or 'figure', its type or kind, and what became of it.
Changes: TypeAlias = Counter[tuple[Literal["event", "figure"], str, Change]]

_COMPARED = (*EVENT_ATTRIBUTES, "notice")


def count_changes(before: Sequence[Event], after: Sequence[Event]) -> Changes:
    """Return how many events and figures are the same, changed, new and gone, by the kind that they have now.

    Events are the same by their words, see `pair_events`, figures by the words of an event that is the same.
    """
    changes: Changes = Counter()
    pairs = pair_events(before, after)
    for old, new in ((before[i], after[j]) for i, j in pairs.items()):
        same = all(getattr(old, name) == getattr(new, name) for name in _COMPARED)
        changes["event", new.type, "same" if same else "changed"] += 1
        _count_figures(changes, old.quantities, new.quantities)
    for event in (event for i, event in enumerate(before) if i not in pairs):
        changes["event", event.type, "gone"] += 1
        _count_figures(changes, event.quantities, ())
    for event in (event for j, event in enumerate(after) if j not in pairs.values()):
        changes["event", event.type, "new"] += 1
        _count_figures(changes, (), event.quantities)
    return changes


def _count_figures(changes: Changes, before: Iterable[Quantity], after: Iterable[Quantity]) -> None:
    left = list(before)
    for new in after:
        old = next((old for old in left if old.text.split() == new.text.split()), None)
        if old is None:
            changes["figure", new.kind, "new"] += 1
            continue
        left.remove(old)
        same = all(getattr(old, name) == getattr(new, name) for name in FIGURE_ATTRIBUTES)
        changes["figure", new.kind, "same" if same else "changed"] += 1
    for old in left:
        changes["figure", old.kind, "gone"] += 1
