"""One-to-one matching of what is wanted with what was found."""

from collections.abc import Callable, Sequence
from typing import TypeVar

W = TypeVar("W")
F = TypeVar("F")


def match_sets(wanted: Sequence[W], found: Sequence[F], fits: Callable[[W, F], bool]) -> dict[int, int]:
    """Return a largest matching, as the index of the wanted one by the index of the found one.

    Augmenting paths after H. W. Kuhn (1955); earlier entries of both lists are tried first.
    """
    choices = [[n for n, value in enumerate(found) if fits(wish, value)] for wish in wanted]
    taken: dict[int, int] = {}
    for wish in range(len(wanted)):
        _seat(wish, choices, taken, set())
    return taken


def _seat(wish: int, choices: list[list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Give a wish one of its choices, if need be by moving whoever holds it."""
    for choice in choices[wish]:
        if choice in seen:
            continue
        seen.add(choice)
        holder = taken.get(choice)
        if holder is None or _seat(holder, choices, taken, seen):
            taken[choice] = wish
            return True
    return False


def pair_by_weight(
    wanted: Sequence[W], found: Sequence[F], weight: Callable[[W, F], float]
) -> list[tuple[int, int]]:
    """Return pairs of indices, the heaviest first; no entry is used twice, and a weight of 0 never pairs."""
    weighed = [(weight(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)]
    heaviest_first = sorted((-heavy, i, j) for heavy, i, j in weighed if heavy > 0)
    pairs: list[tuple[int, int]] = []
    used_wanted: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in heaviest_first:
        if i not in used_wanted and j not in used_found:
            used_wanted.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
