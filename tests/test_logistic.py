"""The curve itself: what it fits, and how it counts what it tells apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import logistic

EVEN = np.ones(4)


def sample() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wrong = np.arange(400) % 2 == 1
    noise = np.random.default_rng(3).normal(0, 0.15, 400)
    weights = np.where(np.arange(400) % 3 == 0, 2.0, 0.5)
    return (np.where(wrong, 0.2, 0.6) + noise).astype(np.float32), wrong, weights


def test_the_fit_gives_the_figures_that_it_gave_the_package():
    slope, intercept = logistic.fit(*sample())
    assert (round(slope, 5), round(intercept, 5)) == (-17.31864, 6.90247)


def test_at_the_best_curve_no_step_is_downhill():
    values, truths, weights = sample()
    slope, intercept = logistic.fit(values, truths, weights)
    missed = weights * (truths - logistic.sigmoid(slope * values.astype(float) + intercept))
    assert abs(missed.sum()) < 1e-6
    assert abs((missed * values).sum()) < 1e-6


@given(
    gap=st.floats(0.01, 1),
    middle=st.floats(-0.5, 0.9),
    spread=st.floats(0.001, 0.3),
    seed=st.integers(0, 1000),
)
def test_what_is_told_apart_has_a_finite_falling_curve(
    gap: float, middle: float, spread: float, seed: int
):
    truths = np.arange(60) % 3 > 0
    noise = np.random.default_rng(seed).normal(0, spread, 60)
    values = middle - np.where(truths, gap, 0) + noise - noise[truths].mean() * truths
    values -= np.where(truths, 0, noise[~truths].mean())
    slope, intercept = logistic.fit(values, logistic.softened(truths), np.ones(60))
    assert np.isfinite([slope, intercept]).all()
    assert slope < 0


def test_values_that_are_all_the_same_have_no_curve():
    with pytest.raises(np.linalg.LinAlgError):
        logistic.fit(np.zeros(4), np.array([True, False, True, False]), EVEN)


@pytest.mark.parametrize(
    ("scores", "area"),
    [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 1, 1, 1], 0.5), ([1, 3, 2, 4], 0.75)],
)
def test_the_area_counts_a_tie_as_half(scores: list[int], area: float):
    truths = np.array([False, False, True, True])
    assert logistic.area_under_curve(np.array(scores, float), truths, EVEN) == area


def test_kinds_weigh_what_their_shares_say():
    kinds = ["right", "wrong", "wrong", "wrong", "aside"]
    weights = logistic.weights_of(kinds, {"right": 0.5, "wrong": 0.5, "aside": 0})
    assert weights.mean() == pytest.approx(1)
    assert weights[0] == pytest.approx(weights[1:4].sum())
    assert weights[4] == 0
