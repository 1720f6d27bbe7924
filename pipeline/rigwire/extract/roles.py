"""Who, to whom, where and when: each role of an event is the best of its candidates, or nobody."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable

from rigwire.extract import heads
from rigwire.extract.linear import load_model, softmax
from rigwire.extract.positions import Anchor, Candidate
from rigwire.extract.view import View
from rigwire.extract.when import date_candidates
from rigwire.extract.where import jurisdiction_candidates
from rigwire.extract.who import company_candidates, counterparty_candidates, recipient_candidates

__all__ = ["ROLES", "Anchor", "Candidate", "candidates", "choose"]

ROLES = ("company", "counterparty", "jurisdiction", "date")

_RULED_OUT = 5.5
"""Log-odds below the best from which the linear model brings a candidate back in fewer than 1 of 1,000 choices."""

_CANDIDATES: dict[str, Callable[[View, Anchor], Iterable[Candidate]]] = {
    "company": company_candidates,
    "counterparty": counterparty_candidates,
    "jurisdiction": jurisdiction_candidates,
    "date": date_candidates,
    "effective": date_candidates,
    "notified": date_candidates,
    "until": date_candidates,
    "recipient": recipient_candidates,
}


def choose(view: View, anchor: Anchor, role: str) -> tuple[str | None, float]:
    """Return the best filler of a role and its probability among all candidates."""
    return max(weigh(view, anchor, role).items(), key=lambda pair: pair[1])


def weigh(view: View, anchor: Anchor, role: str) -> dict[str | None, float]:
    """Return the probability of each candidate of a role, None standing for nobody.

    Two opinions count: the head's of each candidate's mentions, and the linear model's of its features, which takes
    longer and is asked for those alone whom the head has not ruled out, where these are several.
    """
    options = candidates(view, anchor, role)
    model = load_model(role)
    heard = heads.role_scores(view, anchor, role, [option.spans for option in options])
    least = max(heard) - _RULED_OUT
    alone = sum(score > least for score in heard) == 1
    weights = softmax(
        [
            -math.inf if score <= least else score if alone else score + model.scores(option.features)[0]
            for option, score in zip(options, heard, strict=True)
        ]
    )
    shares: dict[str | None, float] = defaultdict(float)
    for option, weight in zip(options, weights, strict=True):
        shares[option.value] += weight
    return shares


def candidates(view: View, anchor: Anchor, role: str) -> list[Candidate]:
    """Return all candidates of a role (or slot of a notice) with their features, nobody among them."""
    return [*_CANDIDATES[role](view, anchor)]
