"""The heads: what the vectors of the encoder say of types, statuses, roles and notices, as log-odds.

A head is one or two dense layers with a rectifier between them. Their weights are `models/trained/heads.npz`:
`<head>.<layer>.w` (outputs by inputs) and `<head>.<layer>.b`. Each array is kept in 8 bits beside a scale a row.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rigwire.extract.encoder import Encoding, Rows, Span, Vectors
from rigwire.extract.sentences import sentence_at
from rigwire.extract.trained import open_arrays
from rigwire.model import EVENT_TYPES, STATUSES

if TYPE_CHECKING:
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
AROUND = (4, 8, 24)
"""How many things a figure asks of the pieces around it, how wide are the queries, how wide the answers."""
REACH = 64
"""Pieces to either side of its first that a figure asks."""
NAMED_OFTEN = 6
"""So many mentions of a name are enough to tell a firm."""


@cache
def load_weights() -> dict[str, Vectors]:
    """Return the weights of all heads by name, as full numbers.

    Raises RigwireError where the file is missing or damaged.
    """
    with open_arrays("heads") as arrays:
        names = [name for name in arrays.files if not name.endswith(".scale")]
        return {name: arrays[name].astype(np.float32) * arrays[f"{name}.scale"] for name in names}


def _head(name: str, inputs: Vectors) -> Vectors:
    """Send rows of inputs through the layers of a head."""
    weights, layer = load_weights(), 0
    while f"{name}.{layer}.w" in weights:
        if layer:
            inputs = np.maximum(inputs, 0.0)
        inputs = _dense(f"{name}.{layer}", inputs)
        layer += 1
    return inputs


def _with_kinds(vectors: Vectors, types: Sequence[str], statuses: Sequence[str] = ()) -> Vectors:
    """Join to each vector what is already known of its event."""
    weights = load_weights()
    parts = [vectors, weights["type_kinds"][[TYPES.index(t) for t in types]]]
    if statuses:
        parts.append(weights["status_kinds"][[STATUSES.index(s) for s in statuses]])
    return np.concatenate(parts, axis=1)


def type_scores(vectors: Vectors, around: Vectors) -> Vectors:
    """Return for each figure's vector, and what it found around it, one score a type of `TYPES`."""
    return _head("type", np.concatenate([vectors, around], axis=1))


def look_around(encoding: Encoding, places: Sequence[Rows], vectors: Vectors) -> Vectors:
    """Return what figures attend to in the pieces around them (Vaswani et al. 2017), one row a figure.

    `places` says where each stands, `vectors` holds its own vector.
    """
    weights = load_weights()
    parts, asked, told = AROUND
    queries = _dense("around.query", vectors).reshape(-1, parts, asked, 1) / np.float32(asked**0.5)
    distance = weights["around.distance"]
    offered: dict[int, tuple[Vectors, Vectors]] = {}
    found = np.empty((len(places), parts, told), dtype=np.float32)
    for number, (window, start, _) in enumerate(places):
        if window not in offered:
            rows = encoding.vectors[window]
            keys, values = (_dense(f"around.{name}", rows).reshape(len(rows), parts, -1) for name in ("key", "value"))
            offered[window] = keys.transpose(1, 0, 2), values.transpose(1, 0, 2)
        keys, values = offered[window]
        first, last = max(0, start - REACH), min(keys.shape[1], start + REACH + 1)
        near = distance[:, first - start + REACH : last - start + REACH]
        scores = (keys[:, first:last] @ queries[number])[:, :, 0] + near
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        found[number] = (shares[:, None] @ values[:, first:last])[:, 0]
    return found.reshape(len(places), parts * told)


def _dense(name: str, rows: Vectors) -> Vectors:
    weights = load_weights()
    result: Vectors = rows @ weights[f"{name}.w"].T + weights[f"{name}.b"]
    return result


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
    weights = load_weights()
    attention = weights["act.queries"] @ rows.T * SHARPNESS
    attention = np.exp(attention - attention.max(axis=1, keepdims=True))
    vectors = attention / attention.sum(axis=1, keepdims=True) @ rows
    return (vectors * weights["act.w"]).sum(axis=1) + weights["act.b"], vectors


def role_scores(view: "View", anchor: "Anchor", role: str, fillers: Iterable[Sequence[Span] | None]) -> list[float]:
    """Return a score for each filler of a role of an event, given as the spans where it is mentioned (None: nobody)."""
    weights, _ = _questions(role)
    asked = weights[:, : len(anchor.vector)] @ anchor.vector + _asked_of(role, anchor.type, anchor.status)
    nobody, sort = float(asked[-1]), ROLES[role]
    places, keys = view.once(("keys", sort), lambda: _keys(view, sort))
    heard: list[float] = (keys @ asked[:-1] / _SCALE).tolist()
    return [
        nobody if spans is None else max((heard[places[span]] for span in spans), default=0.0) for spans in fillers
    ]


@cache
def _questions(role: str) -> tuple[Vectors, Vectors]:
    """The weights and biases of a role's query, and below them those of nobody."""
    weights = load_weights()
    both = [np.concatenate([weights[f"{role}.{head}.0.{part}"] for head in ("query", "nobody")]) for part in ("w", "b")]
    return both[0], both[1]


@cache
def _asked_of(role: str, type_: str, status: str) -> Vectors:
    """What the type and status of an event add to its questions: the same for all such events."""
    weights, bias = _questions(role)
    kinds = _with_kinds(np.zeros((1, 0), dtype=np.float32), [type_], [status])[0]
    asked: Vectors = weights[:, -len(kinds) :] @ kinds + bias
    return asked


def _keys(view: "View", sort: str) -> tuple[dict[Span, int], Vectors]:
    """What each mention of a sort of filler offers to roles: the row of each span, and the rows."""
    spans = dict.fromkeys(view.fillers(sort))
    means = np.stack([view.vector(span) for span in spans]) if spans else np.zeros((0, _width()), dtype=np.float32)
    return {span: row for row, span in enumerate(spans)}, _head(f"{sort}.key", means)


def _width() -> int:
    return int(load_weights()["act.w"].shape[1])


def company_score(encoding: Encoding, starts: Sequence[int], spans: Sequence[Span]) -> float:
    """Return the score that the name mentioned at `spans` is a firm's: the mean over its first mentions.

    `starts` are those of the sentences.
    """
    means = [encoding.mean(sentence_at(starts, span[0]), span) for span in spans[:NAMED_OFTEN]]
    return float(_head("company_name", np.stack(means)).mean())


def same_event_score(first: Vectors, second: Vectors, type_: str, sentences_apart: int) -> float:
    """Return the log-odds that two mentions of one type, in this order, speak of the same event."""
    apart = np.zeros((1, 3), dtype=np.float32)
    apart[0, min(sentences_apart, 2)] = 1.0
    pair = np.concatenate([(first * second)[None], np.abs(first - second)[None], apart], axis=1)
    return float(_head("same_event", _with_kinds(pair, [type_]))[0, 0])
