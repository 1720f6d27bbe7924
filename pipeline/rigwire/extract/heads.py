"""The heads: what the vectors of the encoder say of types, statuses, roles and notices, as log-odds.

A head is one or two dense layers with a rectifier between them. Their weights are `models/trained/heads.npz`:
`<head>.<layer>.w` (outputs by inputs) and `<head>.<layer>.b`. Each array is kept in 8 bits beside a scale a row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rigwire.errors import RigwireError
from rigwire.extract.encoder import Span, Vectors
from rigwire.knowledge import models_dir
from rigwire.model import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
    from rigwire.extract.findings import Findings
    from rigwire.extract.positions import Anchor
    from rigwire.extract.view import View

TYPES = ("none", *EVENT_TYPES)
ROLES = {
    **dict.fromkeys(("company", "counterparty", "recipient"), "who"),
    "jurisdiction": "where",
    **dict.fromkeys(("date", "effective", "notified", "until"), "when"),
}
"""The roles of events and the slots of notices, each with what its fillers are."""
SHARPNESS = 0.2
"""By how much the attention of an act's query is scaled: about 4 through the square root of the vectors' length."""
_SCALE = 8.0
NAMED_OFTEN = 6
"""So many mentions of a name are enough to tell a firm."""


@cache
def _weights() -> dict[str, Vectors]:
    path = models_dir() / "trained" / "heads.npz"
    try:
        with np.load(path) as arrays:
            names = [name for name in arrays.files if not name.endswith(".scale")]
            return {name: arrays[name].astype(np.float32) * arrays[f"{name}.scale"] for name in names}
    except (OSError, ValueError, KeyError) as error:
        raise RigwireError(f"can't load the trained part {path}: {error}; install rigwire again") from error


def _head(name: str, inputs: Vectors) -> Vectors:
    """Send rows of inputs through the layers of a head."""
    weights, layer = _weights(), 0
    while f"{name}.{layer}.w" in weights:
        if layer:
            inputs = np.maximum(inputs, 0.0)
        inputs = inputs @ weights[f"{name}.{layer}.w"].T + weights[f"{name}.{layer}.b"]
        layer += 1
    return inputs


def _with_kinds(vectors: Vectors, types: Sequence[str], statuses: Sequence[str] = ()) -> Vectors:
    """Join to each vector what is already known of its event."""
    weights = _weights()
    parts = [vectors, weights["type_kinds"][[TYPES.index(t) for t in types]]]
    if statuses:
        parts.append(weights["status_kinds"][[STATUSES.index(s) for s in statuses]])
    return np.concatenate(parts, axis=1)


def type_scores(vectors: Vectors) -> Vectors:
    """Return for each figure's vector one score a type of `TYPES`."""
    return _head("type", vectors)


def status_scores(vectors: Vectors, types: Sequence[str]) -> Vectors:
    """Return for each vector of an event of the given type one score a status."""
    return _head("status", _with_kinds(vectors, types))


def action_scores(vectors: Vectors) -> Vectors:
    """Return for each vector of a power notice one score an action."""
    return _head("action", vectors)


def act_scores(rows: Vectors) -> tuple[Vectors, Vectors]:
    """Return for the rows of a sentence one score an event type that it states such an act, and one vector an act.

    The vector is where the type's query looks in the sentence.
    """
    weights = _weights()
    attention = weights["act.queries"] @ rows.T * SHARPNESS
    attention = np.exp(attention - attention.max(axis=1, keepdims=True))
    vectors = attention / attention.sum(axis=1, keepdims=True) @ rows
    return (vectors * weights["act.w"]).sum(axis=1) + weights["act.b"], vectors


def role_scores(view: "View", anchor: "Anchor", role: str, fillers: Iterable[Sequence[Span] | None]) -> list[float]:
    """Return a score for each filler of a role of an event, given as the spans where it is mentioned (None: nobody)."""
    event = _with_kinds(anchor.vector[None], [anchor.type], [anchor.status])
    asked = _head(f"{role}.query", event)[0]
    nobody = float(_head(f"{role}.nobody", event)[0, 0])
    scores = []
    for spans in fillers:
        if spans is None:
            scores.append(nobody)
        else:
            scores.append(max((float(asked @ _key(view, role, span)) for span in spans), default=0.0) / _SCALE)
    return scores


def _key(view: "View", role: str, span: Span) -> Vectors:
    """What a mention offers to roles of its sort, reckoned once an article."""
    assert view.reading is not None
    kept = view.reading.kept
    if (ROLES[role], span) not in kept:
        kept[ROLES[role], span] = _head(f"{ROLES[role]}.key", view.vector(span)[None])[0]
    key: Vectors = kept[ROLES[role], span]
    return key


def company_score(found: "Findings", spans: Sequence[Span]) -> float:
    """Return the score that the name mentioned at `spans` is a firm's: the mean over its first mentions."""
    assert found.reading is not None
    starts = [s.start for s in found.sentences]
    means = [found.reading.mean(max(0, bisect_right(starts, s[0]) - 1), s) for s in spans[:NAMED_OFTEN]]
    return float(_head("company_name", np.stack(means)).mean())


def same_event_score(first: Vectors, second: Vectors, type_: str, sentences_apart: int) -> float:
    """Return the log-odds that two mentions of one type, in this order, speak of the same event."""
    apart = np.zeros((1, 3), dtype=np.float32)
    apart[0, min(sentences_apart, 2)] = 1.0
    pair = np.concatenate([(first * second)[None], np.abs(first - second)[None], apart], axis=1)
    return float(_head("same_event", _with_kinds(pair, [type_]))[0, 0])
