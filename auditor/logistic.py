"""A logistic curve over one number: its fit, and how well that number tells two kinds apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_STEPS = 50
_CLOSE = 1e-9  # a step as short as this is the last
_STEEPEST = 60.0  # exponents beyond make no difference, but would overflow


def sigmoid(exponents: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of log odds."""
    return np.asarray(1 / (1 + np.exp(-exponents.clip(-_STEEPEST, _STEEPEST))))


def fit(
    values: NDArray[np.floating], targets: NDArray[np.generic], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and intercept of a weighted logistic regression, by Newton's method.

    Targets are true and false, or probabilities. Where the values tell true from false without
    exception no curve is steep enough: `softened` targets have a best one always.

    Raises:
        numpy.linalg.LinAlgError: where all values are the same.
    """
    design = np.stack([values.astype(np.float64), np.ones(len(values))], 1)
    aims = targets.astype(np.float64)
    beta = np.zeros(2)
    for _ in range(_STEPS):
        chance = sigmoid(design @ beta)
        gradient = design.T @ (weights * (aims - chance))
        curvature = (design.T * (weights * chance * (1 - chance))) @ design
        whole = np.asarray(np.linalg.solve(curvature, gradient), np.float64)
        step = _shortened(whole, beta, design, aims, weights)
        beta += step
        if np.abs(step).max() < _CLOSE:
            break
    return float(beta[0]), float(beta[1])


def _shortened(
    step: NDArray[np.float64],
    beta: NDArray[np.float64],
    design: NDArray[np.float64],
    aims: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The step, halved until it doesn't lead uphill: Newton's method can jump over the valley."""

    def loss(at: NDArray[np.float64]) -> float:
        exponents = design @ at
        return float((weights * (np.logaddexp(0, exponents) - aims * exponents)).sum())

    bound = loss(beta) * (1 + _CLOSE)
    for _ in range(_STEPS):
        if loss(beta + step) <= bound:
            break
        step = step / 2
    return step


def softened(truths: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Targets a little short of 0 and 1, the more so the fewer there are (Platt 1999)."""
    count = int(truths.sum())
    high, low = (count + 1) / (count + 2), 1 / (len(truths) - count + 2)
    return np.where(truths, high, low)


def area_under_curve(
    scores: NDArray[np.floating], truths: NDArray[np.bool_], weights: NDArray[np.float64]
) -> float:
    """Chance that a true case scores higher than a false one (weighted AUC; a tie is half)."""
    levels, place = np.unique(scores, return_inverse=True)
    false_at = np.bincount(place, np.where(truths, 0.0, weights), len(levels))
    below = (np.cumsum(false_at) - false_at / 2)[place]
    gained = np.where(truths, weights, 0.0) * below
    return float(gained.sum() / weights[truths].sum() / weights[~truths].sum())


def weights_of(kinds: Sequence[str], shares: Mapping[str, float]) -> NDArray[np.float64]:
    """Weights that give each kind its share, whatever its number; their mean is 1."""
    count = Counter(kinds)
    weights = np.array([shares[kind] / count[kind] for kind in kinds])
    return np.asarray(weights / weights.mean(), np.float64)
