"""Sources that have gone quiet: a feed may answer for months after its site has stopped to fill it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from rigwire.store import Store, item_moments, load_feed_states

# What a habit is told from, and how far it may be exceeded; a long weekend is no silence.
_LATEST = 30
_FEWEST = 5
_SLACK = 1.5
_SHORTEST = timedelta(days=3)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a source has brought nothing new, and the longest that it did so before."""

    lasting: timedelta
    habit: timedelta

    def __str__(self) -> str:
        return f"{self.lasting.days} days, before {max(1, round(self.habit / timedelta(days=1)))} at most"


def find_silence(moments: Sequence[datetime], newest: datetime, looked: datetime) -> Silence | None:
    """Return the silence of a source that brought its newest item at `newest` and was looked at last at `looked`.

    None where it is as ever, or too new to tell. `moments` are those at which its items came out, the oldest first: the
    longest time between two of the last thirty, and half as much again, is its habit, three days the least.
    """
    latest = moments[-_LATEST:]
    if len(latest) < _FEWEST:
        return None
    habit = max(later - earlier for earlier, later in pairwise(latest))
    lasting = looked - newest
    return Silence(lasting, habit) if lasting > max(_SLACK * habit, _SHORTEST) else None


def silent_sources(store: Store, source_ids: Iterable[str]) -> dict[str, Silence]:
    """Return those sources that are silent, by id, as of the last time that a feed of theirs answered."""
    states: dict[str, list[dict[str, Any]]] = {}
    for state in load_feed_states(store).values():
        if state["last_success"] and state["last_new_item_at"]:
            states.setdefault(state["source_id"], []).append(state)
    found = {}
    for name in sorted(set(source_ids) & set(states)):
        looked, newest = (max(state[key] for state in states[name]) for key in ("last_success", "last_new_item_at"))
        found[name] = find_silence(item_moments(store, name, newest - _YEAR), newest, looked)
    return {name: silence for name, silence in found.items() if silence}
