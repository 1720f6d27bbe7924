"""Write a trained network as the extractor reads it: vocabulary, encoder, heads, linear parts."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from network import Base, Network
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from rigwire.extract.heads import TYPES
from rigwire.extract.linear import LinearModel
from rigwire.extract.version import hash_of
from rigwire.model import ACTIONS, EVENT_TYPES, STATUSES

_STEP = 0.05  # weights are kept in such steps
_NEGLIGIBLE = 0.1
# What these parts know by heart counts less on texts that they have not seen (README.md, What was tried).
SHRINKAGE = {"type": 0.5, "status": 0.5, "unstated": 0.7}
_LABELS = {"type": TYPES, "status": STATUSES, "action": ACTIONS, "unstated": EVENT_TYPES}


def write_pieces(out: Path, base: Base, keep: list[int]) -> None:
    """Write the vocabulary, one piece a line."""
    names = {number: piece for piece, number in base.vocabulary.items()}
    (out / "pieces.txt").write_text("".join(f"{names[number]}\n" for number in keep), encoding="utf-8")


def write_linear(out: Path, network: Network, known: dict[str, dict[str, int]]) -> None:
    """Write the linear parts, weights rounded, negligible ones left out, some shrunk."""
    for name, features in known.items():
        weights = network.linear[f"of_{name}"].weight.detach().numpy()
        kept = {f: n for f, n in features.items() if np.abs(weights[n]).max() >= _NEGLIGIBLE}
        rounded = np.round(weights[[*kept.values()]] / _STEP) * _STEP
        shrunk = in_hundredths(rounded * SHRINKAGE.get(name, 1.0))
        write_model(out, name, LinearModel([*_LABELS.get(name, ("yes",))], [*kept], shrunk))


def in_hundredths(weights: NDArray[Any]) -> NDArray[np.int16]:
    """Return weights as linear parts hold them."""
    return np.round(weights * 100).astype(np.int16)


def write_model(out: Path, name: str, model: LinearModel) -> None:
    """Write one linear part, the same bytes for the same weights."""
    np.savez_compressed(out / f"{name}.npz", **model.arrays())


def write_network(out: Path, network: Network) -> None:
    """Write the heads as arrays and the encoder as ONNX, both with whole numbers of 8 bits for weights."""
    small: dict[str, NDArray[Any]] = {}
    for name, weights in head_weights(network).items():
        small[name], small[f"{name}.scale"] = _in_bytes(weights.detach().numpy())
    np.savez_compressed(out / "heads.npz", **small)
    _write_encoder(out / "encoder.onnx.gz", network)


def head_weights(network: Network) -> dict[str, torch.Tensor]:
    """Return the weights of the heads by the names that the extractor knows them by."""
    arrays: dict[str, torch.Tensor] = {
        "around.distance": network.around.distance.weight.T,
        "type_kinds": network.type_kinds.weight,
        "status_kinds": network.status_kinds.weight,
        "act.queries": network.act_queries,
        "act.w": network.act_weights,
        "act.b": network.act_bias,
    }
    for name in ("query", "key", "value"):
        layer = getattr(network.around, name)
        arrays |= {f"around.{name}.w": layer.weight, f"around.{name}.b": layer.bias}
    for name, head in network.heads.items():
        layers = [part for part in head if isinstance(part, torch.nn.Linear)]
        for number, layer in enumerate(layers):
            arrays[f"{_written(name)}.{number}.w"] = layer.weight
            arrays[f"{_written(name)}.{number}.b"] = layer.bias
    return arrays


def write_version(out: Path) -> None:
    """Write the version of the trained parts, a hash of all of them."""
    (out / "version.txt").write_text(f"{hash_of(out)}\n", encoding="utf-8")


def _in_bytes(array: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return an array as whole numbers of 8 bits, and the scale of each of its rows."""
    scale = np.abs(array).max(axis=-1, keepdims=True) / 127.0 + 1e-12
    return np.round(array / scale).astype(np.int8), scale.astype(np.float32)


def _written(name: str) -> str:
    """The name of a head as the extractor knows it."""
    role, _, part = name.rpartition("_")
    return "type" if name == "type_head" else f"{role}.{part}" if part in ("query", "key", "nobody") else name


def _write_encoder(path: Path, network: Network) -> None:
    ids = torch.zeros(1, 9, dtype=torch.long)
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            network.encoder,
            (ids, ids),
            str(whole),
            input_names=["ids", "marks"],
            output_names=["vectors"],
            dynamic_axes={name: {1: "pieces"} for name in ("ids", "marks", "vectors")},
            dynamo=False,
            opset_version=17,
        )
        small = Path(folder) / "small.onnx"
        quantize_dynamic(whole, small, per_channel=True, weight_type=QuantType.QInt8)
        with gzip.GzipFile(path, "wb", mtime=0) as file:
            file.write(small.read_bytes())
