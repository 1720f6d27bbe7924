"""Log-linear scoring of candidates by named features, with weights learnt on the corpus (see models/README.md)."""

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from rigwire.errors import RigwireError
from rigwire.knowledge import models_dir


class LinearModel:
    """Weights by label and feature. `labels` has one entry for a yes-or-no or ranking model, else one a class."""

    def __init__(self, labels: list[str], bias: list[float], weights: dict[str, list[float]]):
        self.labels = labels
        self._bias = bias
        self._weights = weights

    def as_dict(self) -> dict[str, Any]:
        """Return the model as it is written to a file."""
        return {"labels": self.labels, "bias": self._bias, "weights": self._weights}

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return one score (log-odds) a label for a candidate with these features; unknown features count nothing."""
        rows = filter(None, map(self._weights.get, features))
        # The exact sum is the same in whatever order the features come.
        return [math.fsum(column) for column in zip(self._bias, *rows, strict=True)]


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
    """Return the trained part `models/trained/<name>.json.gz`.

    Raises RigwireError where the file is missing or damaged.
    """
    path = models_dir() / "trained" / f"{name}.json.gz"
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        return LinearModel(data["labels"], data["bias"], data["weights"])
    except (OSError, ValueError, KeyError) as error:
        raise RigwireError(
            f"can't load the trained part {path}: {error}; install rigwire again, or run make train"
        ) from error
