"""Log-linear scoring of candidates by named features, with weights learnt on the corpus (see models/README.md)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigwire.extract.trained import open_arrays

_UNIT = 100
"""Weights are whole hundredths of log-odds: their sum is the same in whatever order the features come."""


class LinearModel:
    """Weights by feature and label, in hundredths. A yes-or-no or ranking model has one label, others one a class.

    `weights` has a row a feature and a column a label.
    """

    def __init__(self, labels: list[str], features: list[str], weights: NDArray[np.int16]):
        self.labels = labels
        self._weights = weights
        column = weights[:, 0].tolist() if len(labels) == 1 else range(len(features))
        self._known: dict[str, int] = dict(zip(features, column, strict=True))

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return one score (log-odds) a label for a candidate with these features; unknown features count nothing."""
        if len(self.labels) == 1:
            return [sum(map(self._known.get, features, repeat(0))) / _UNIT]
        known = [number for number in map(self._known.get, features) if number is not None]
        scores: list[float] = (self._weights[known].sum(axis=0) / _UNIT).tolist()
        return scores

    def rows(self) -> Iterator[tuple[str, NDArray[np.float64]]]:
        """Yield each feature with its weights (log-odds), one a label."""
        yield from zip(self._known, self._weights / _UNIT, strict=True)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the model as it is written to a file, names as UTF-8 lines."""
        return {"labels": _lines(self.labels), "features": _lines(self._known), "weights": self._weights}


def _lines(names: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def probability(score: float) -> float:
    """Return the probability that corresponds to log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


def softmax(scores: Sequence[float]) -> list[float]:
    """Return the probabilities that correspond to log-odds."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def shares_of(labels: Sequence[str], scores: Iterable[float], others: Iterable[float]) -> dict[str, float]:
    """Return the probability of each label by two opinions: the scores of a head and those of a linear model."""
    return dict(zip(labels, softmax([float(a) + b for a, b in zip(scores, others, strict=True)]), strict=True))


@cache
def load_model(name: str) -> LinearModel:
    """Return the trained part `models/trained/<name>.npz`.

    Raises RigwireError where the file is missing or damaged.
    """
    with open_arrays(name) as arrays:
        labels, features = (arrays[key].tobytes().decode().split("\n") for key in ("labels", "features"))
        return LinearModel(labels, features, arrays["weights"])
