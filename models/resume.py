"""Read the trained parts back into a network, so that its training goes on from them with documents that came later."""

import gzip

import numpy as np
import onnx
import torch
from export import SHRINKAGE, head_weights
from network import Network
from numpy.typing import NDArray
from onnx import numpy_helper

from rigwire.extract.heads import load_weights
from rigwire.extract.linear import load_model
from rigwire.extract.trained import trained_path

_DENSE = ("query", "key", "value", "output", "inner", "outer")


def read_network(network: Network, known: dict[str, dict[str, int]]) -> None:
    """Give a network, whose inner layers have been narrowed, the weights of `models/trained`.

    Word vectors stay those of the base. Features that the trained parts lack, or that counted next to nothing, start
    from zero.
    """
    with torch.no_grad():
        _read_encoder(network)
        for name, weights in head_weights(network).items():
            weights.copy_(torch.from_numpy(load_weights()[name]))
        for name, features in known.items():
            weights = network.linear[f"of_{name}"].weight
            for feature, row in load_model(name).rows():
                if feature in features:
                    weights[features[feature]] = torch.from_numpy(row / SHRINKAGE.get(name, 1.0))


def _read_encoder(network: Network) -> None:
    """Read biases and norms by their names, and whole numbers of 8 bits with their scales by the layers they feed."""
    graph = onnx.load_from_string(gzip.decompress(trained_path("encoder.onnx.gz").read_bytes())).graph
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
