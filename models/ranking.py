"""Fit a ranker: a conditional logit over the candidates of each choice (McFadden 1974), with an L2 penalty.

The probability of a candidate is the softmax of its score among the candidates of the same choice; the likelihood of
a choice is that of all its right candidates together.
"""

from collections import Counter

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer

Choice = list[tuple[tuple[str, ...], bool]]
"""The candidates of one choice: features, and whether the candidate is right."""


def fit_ranker(choices: list[Choice], strength: float, rare: int) -> dict[str, float]:
    """Return the weight of each feature seen at least `rare` times; `strength` is the inverse of the penalty."""
    counts = Counter(feature for choice in choices for features, _ in choice for feature in set(features))
    rows = [{f: 1.0 for f in features if counts[f] >= rare} for choice in choices for features, _ in choice]
    vectorizer = DictVectorizer()
    matrix: csr_matrix = vectorizer.fit_transform(rows)
    right = np.array([good for choice in choices for _, good in choice])
    starts = np.cumsum([0, *(len(choice) for choice in choices)])[:-1]
    sizes = np.array([len(choice) for choice in choices])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        powers = np.exp(scores)
        total = np.add.reduceat(powers, starts)
        good = np.add.reduceat(np.where(right, powers, 0.0), starts)
        shares, aims = powers / np.repeat(total, sizes), np.where(right, powers, 0.0) / np.repeat(good, sizes)
        value = -np.log(good / total).sum() + 0.5 / strength * float(weights @ weights)
        return value, matrix.T @ (shares - aims) + weights / strength

    best = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return dict(zip(vectorizer.get_feature_names_out(), best.x.tolist(), strict=True))
