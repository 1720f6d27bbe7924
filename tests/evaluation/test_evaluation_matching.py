"""One-to-one matching."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rigwire.evaluation.matching import match_sets, pair_by_weight


def test_a_wish_gives_way_to_one_with_less_choice() -> None:
    taken = match_sets([("a", "b"), ("a",)], ["a", "b"], lambda wish, value: value in wish)
    assert taken == {0: 1, 1: 0}


wishes = st.lists(st.frozensets(st.integers(0, 4), max_size=3), max_size=4)


@given(wishes, st.lists(st.integers(0, 4), max_size=4))
def test_no_matching_is_larger(wanted: list[frozenset[int]], found: list[int]) -> None:
    taken = match_sets(wanted, found, lambda wish, value: value in wish)
    assert len(set(taken.values())) == len(taken)
    assert all(found[j] in wanted[i] for j, i in taken.items())
    padded = [*found, *[-1] * len(wanted)]
    best = max(
        sum(value in wish for wish, value in zip(wanted, order, strict=False)) for order in permutations(padded)
    )
    assert len(taken) == best


def test_the_heaviest_pair_goes_first_and_ties_go_by_order() -> None:
    weights = {(0, 0): 2.0, (0, 1): 3.0, (1, 1): 2.0, (1, 0): 0.0, (2, 0): 2.0}
    pairs = pair_by_weight([0, 1, 2], [0, 1], lambda w, f: weights.get((w, f), 0.0))
    assert pairs == [(0, 1), (2, 0)]
    assert pair_by_weight([0, 1], [0, 1], lambda w, f: 1.0) == [(0, 0), (1, 1)]
