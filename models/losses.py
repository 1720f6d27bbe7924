"""What a network gets wrong on one document: the losses of all its heads together."""

from collections.abc import Sequence

import torch
from network import WIDTH, Network
from samples import Act, Example, Mention
from torch import Tensor
from torch.nn import functional

from rigwire.extract.encoder import Rows
from rigwire.extract.heads import ROLES, TYPES
from rigwire.extract.windows import MARKS, Window
from rigwire.extract.wordpieces import UNKNOWN, vocabulary
from rigwire.model import ACTIONS, EVENT_TYPES, STATUSES

_HIDDEN_WORDS, _HIDDEN_NAMES = 0.02, 0.1
_FORGET_VECTORS = 0.3
"""How often a name is judged by its features alone, as it is in articles that the encoder does not read."""


def batch_loss(network: Network, examples: Sequence[Example]) -> Tensor:
    """Return the summed loss of documents; features are given as numbers (see `train.number_features`)."""
    rows = _encode(network, [window for example in examples for window in example.windows])
    each = rows.split([len(example.windows) for example in examples])
    return torch.stack([_loss(network, example, own) for example, own in zip(examples, each, strict=True)]).sum()


def _loss(network: Network, example: Example, rows: Tensor) -> Tensor:
    vectors = _Vectors(example, rows, training=network.training)
    losses = [*_figures(network, example, vectors), *_names(network, example, vectors)]
    act_vectors: dict[int, Tensor] = {}
    if example.acts:
        losses.append(_acts(network, example.acts, vectors, act_vectors))
    if example.mentions:
        losses += _mentions(network, example, vectors, act_vectors)
    return torch.stack(losses).sum() if losses else torch.zeros((), requires_grad=True)


def _encode(network: Network, windows: Sequence[Window]) -> Tensor:
    """Return the vectors of the pieces of windows, each filled up to the longest."""
    longest = max(len(window.ids) for window in windows)
    ids, marks = torch.zeros(2, len(windows), longest, dtype=torch.long)
    inside = torch.zeros(len(windows), longest)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size], marks[row, :size], inside[row, :size] = (
            torch.tensor(window.ids), torch.tensor(window.marks), 1.0,
        )  # fmt: skip
    if network.training:
        ids = _hide(ids, marks)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=network.training):
        rows: Tensor = network.encoder(ids, marks, inside)
    return rows.float()


class _Vectors:
    """The vectors of a document's pieces, and the means of stretches of them."""

    def __init__(self, example: Example, rows: Tensor, *, training: bool):
        self.width = rows.shape[1]
        self.lengths = torch.tensor([len(window.ids) for window in example.windows])
        self.flat = functional.dropout(rows.reshape(-1, WIDTH), 0.2, training)
        self._sums = torch.cat([torch.zeros(1, WIDTH), self.flat.cumsum(0)])

    def around(self, network: Network, stretches: Sequence[Rows], means: Tensor) -> Tensor:
        """What each stretch, with its mean, attends to in its window."""
        windows, starts = (torch.tensor([stretch[n] for stretch in stretches]) for n in (0, 1))
        rows = self.flat.view(-1, self.width, WIDTH)
        found: Tensor = network.around(rows, means, windows, starts, self.lengths[windows])
        return found

    def means(self, stretches: Sequence[Rows]) -> Tensor:
        first = torch.tensor([window * self.width + start for window, start, _ in stretches])
        last = torch.tensor([window * self.width + end for window, _, end in stretches])
        return (self._sums[last] - self._sums[first]) / (last - first)[:, None]


def _hide(ids: Tensor, marks: Tensor) -> Tensor:
    """Make some pieces unknown, those of names oftener: the context must tell what they are."""
    named = (marks == MARKS["firm"]) | (marks == MARKS["name"])
    shares = torch.where(named, _HIDDEN_NAMES, _HIDDEN_WORDS)
    return ids.masked_fill(torch.rand(ids.shape) < shares, vocabulary()[UNKNOWN])


def _right(scores: Tensor, right: Sequence[int]) -> Tensor:
    """The negative log-probability that one of the right labels is chosen."""
    return -torch.logsumexp(scores.log_softmax(0)[list(right)], 0)


def _figures(network: Network, example: Example, vectors: _Vectors) -> list[Tensor]:
    if not example.figures:
        return []
    places = [figure.rows for figure in example.figures]
    means = vectors.means(places)
    scores = network.heads["type_head"](torch.cat([means, vectors.around(network, places, means)], 1))
    scores = scores + network.opinion("type", [f.features for f in example.figures])
    return [
        f.weight * _right(row, [TYPES.index(t) for t in f.types])
        for f, row in zip(example.figures, scores, strict=True)
    ]


def _names(network: Network, example: Example, vectors: _Vectors) -> list[Tensor]:
    if not example.names:
        return []
    own = torch.tensor([number for number, name in enumerate(example.names) for _ in name.rows])
    each = network.heads["company_name"](vectors.means([rows for name in example.names for rows in name.rows]))[:, 0]
    heard = torch.zeros(len(example.names)).scatter_reduce(0, own, each, "mean", include_self=False)
    if network.training:
        heard = heard * (torch.rand(len(heard)) > _FORGET_VECTORS)
    scores = heard + network.opinion("company_name", [name.features for name in example.names])[:, 0]
    wanted = torch.tensor([float(name.is_firm) for name in example.names])
    return [functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")]


def _acts(network: Network, acts: Sequence[Act], vectors: _Vectors, kept: dict[int, Tensor]) -> Tensor:
    longest = max(act.rows[2] - act.rows[1] for act in acts)
    places = torch.zeros(len(acts), longest, dtype=torch.long)
    inside = torch.zeros(len(acts), longest, dtype=torch.bool)
    wanted, weights = torch.zeros(2, len(acts), len(EVENT_TYPES))
    weights += 1.0
    for number, act in enumerate(acts):
        window, start, end = act.rows
        places[number, : end - start] = torch.arange(window * vectors.width + start, window * vectors.width + end)
        inside[number, : end - start] = True
        for type_, stated in act.stated.items():
            wanted[number, EVENT_TYPES.index(type_)] = stated or 0.0
            weights[number, EVENT_TYPES.index(type_)] = 0.0 if stated is None else 1.0
    scores, found = network.attend(vectors.flat[places], inside)
    kept.update({act.sentence: found[number] for number, act in enumerate(acts)})
    scores = scores + network.opinion("unstated", [act.features for act in acts])
    return functional.binary_cross_entropy_with_logits(scores, wanted, weights, reduction="sum")


def _mentions(network: Network, example: Example, vectors: _Vectors, acts: dict[int, Tensor]) -> list[Tensor]:
    mentions = example.mentions
    means = vectors.means([m.rows for m in mentions])
    own = torch.stack(
        [
            mean if m.is_figure or m.sentence not in acts else acts[m.sentence][EVENT_TYPES.index(m.type)]
            for m, mean in zip(mentions, means, strict=True)
        ]
    )
    typed = torch.cat([own, network.type_kinds(torch.tensor([TYPES.index(m.type) for m in mentions]))], 1)
    scores = network.heads["status"](typed) + network.opinion("status", [m.features for m in mentions])
    right = torch.tensor([STATUSES.index(m.status) for m in mentions])
    losses = [functional.cross_entropy(scores, right, reduction="sum")]
    known = torch.cat([typed, network.status_kinds(right)], 1)
    losses += [loss for role in ROLES for loss in _role(network, mentions, role, known, vectors)]
    return [*losses, *_notices(network, mentions, own), *_pairs(network, example, own)]


def _notices(network: Network, mentions: Sequence[Mention], own: Tensor) -> list[Tensor]:
    notices = [number for number, m in enumerate(mentions) if m.actions]
    if not notices:
        return []
    scores = network.heads["action"](own[notices])
    scores = scores + network.opinion("action", [mentions[n].action_features for n in notices])
    return [
        _right(row, [ACTIONS.index(a) for a in mentions[n].actions]) for n, row in zip(notices, scores, strict=True)
    ]


def _role(network: Network, mentions: Sequence[Mention], role: str, known: Tensor, vectors: _Vectors) -> list[Tensor]:
    """The conditional logit of the right candidates among all (McFadden 1974)."""
    choices = [(n, c.candidates) for n, m in enumerate(mentions) for c in m.choices if c.role == role]
    if not choices:
        return []
    flat = [(n, candidate) for n, candidates in choices for candidate in candidates]
    event = torch.tensor([n for n, _ in flat])
    nobody = network.heads[f"{role}_nobody"](known)[:, 0][event]
    scores = torch.where(torch.tensor([rows is None for _, (rows, _, _) in flat]), nobody, torch.zeros(len(flat)))
    named = [(number, rows) for number, (_, (found, _, _)) in enumerate(flat) for rows in found or ()]
    if named:
        owner = torch.tensor([number for number, _ in named])
        keys = network.heads[f"{ROLES[role]}_key"](vectors.means([rows for _, rows in named]))
        each = (keys * network.heads[f"{role}_query"](known)[event[owner]]).sum(1) / 8.0
        scores = scores.scatter_reduce(0, owner, each, "amax", include_self=False)
    scores = scores + network.opinion(role, [features for _, (_, features, _) in flat])[:, 0]
    groups = [len(candidates) for _, candidates in choices]
    right = [[i for i, (_, _, good) in enumerate(candidates) if good] for _, candidates in choices]
    return [_right(part, good) for part, good in zip(scores.split(groups), right, strict=True)]


def _pairs(network: Network, example: Example, own: Tensor) -> list[Tensor]:
    pairs = [*example.pairs()]
    if not pairs:
        return []
    first, second = own[[i for i, _, _, _ in pairs]], own[[j for _, j, _, _ in pairs]]
    apart = functional.one_hot(torch.tensor([gap for _, _, gap, _ in pairs]), 3).float()
    kinds = network.type_kinds(torch.tensor([TYPES.index(example.mentions[i].type) for i, _, _, _ in pairs]))
    scores = network.heads["same_event"](torch.cat([first * second, (first - second).abs(), apart, kinds], 1))[:, 0]
    wanted = torch.tensor([float(same) for _, _, _, same in pairs])
    return [functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")]
