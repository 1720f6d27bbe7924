"""Read the trained parts back into a network, so that its training goes on from them with documents that came later."""

import gzip
from pathlib import Path

import numpy as np
import onnx
import torch
from export import SHRINKAGE, head_weights
from network import Network
from numpy.typing import NDArray
from onnx import numpy_helper

_DENSE = ("query", "key", "value", "output", "inner", "outer")


def read_network(folder: Path, network: Network, known: dict[str, dict[str, int]]) -> None:
    """Give a network, whose inner layers have been narrowed, the weights that `export.py` wrote to a folder.

    Word vectors stay those of the base. Features that the parts in the folder lack, or that counted next to nothing,
    start from zero.
    """
    with torch.no_grad():
        _read_encoder(folder / "encoder.onnx.gz", network)
        with np.load(folder / "heads.npz") as arrays:
            for name, weights in head_weights(network).items():
                weights.copy_(torch.from_numpy(arrays[name] * arrays[f"{name}.scale"]))
        for name, features in known.items():
            weights = network.linear[f"of_{name}"].weight
            _read_linear(folder / f"{name}.npz", weights, features, SHRINKAGE.get(name, 1.0))


def _read_linear(path: Path, weights: torch.Tensor, features: dict[str, int], shrinkage: float) -> None:
    with np.load(path) as arrays:
        names = arrays["features"].tobytes().decode().split("\n")
        rows = torch.from_numpy(arrays["weights"] / (100.0 * shrinkage)).float()
    for name, row in zip(names, rows, strict=True):
        if name in features:
            weights[features[name]] = row


def _read_encoder(path: Path, network: Network) -> None:
    """Read biases and norms by their names, and whole numbers of 8 bits with their scales by the layers they feed."""
    graph = onnx.load_from_string(gzip.decompress(path.read_bytes())).graph
    stored = {array.name: numpy_helper.to_array(array) for array in graph.initializer}
    state = network.encoder.state_dict()
    for name in state.keys() & stored.keys():
        state[name].copy_(torch.from_numpy(stored[name].copy()))
    for table in ("marks", "positions"):
        state[f"{table}.weight"].copy_(torch.from_numpy(_in_full(stored, f"{table}.weight")))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            layer = next(f"{node.output[0].split('/')[1]}.{part}" for part in _DENSE if f"/{part}/" in node.output[0])
            whole = _in_full(stored, node.input[1].removesuffix("_quantized"))
            state[f"{layer}.weight"].copy_(torch.from_numpy(whole.T.copy()))


def _in_full(stored: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return (stored[f"{name}_quantized"].astype(np.float32) - zero) * stored[f"{name}_scale"]
