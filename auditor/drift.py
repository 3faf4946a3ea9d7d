"""Drift: how probable it is that two texts differ in meaning.

Two witnesses are heard. Their vectors tell how far apart the two texts are, and the ear whether
each of them reads as a sentence at all: who can't tell what a sentence means can't say that it
means the same. Either of them is enough (a noisy or). The vectors are believed above a floor only;
below it they tell no more than how literally one text follows the other, and good translations are
less literal than poor ones (`docs/drift.md`).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor.model import Calibration

# For an encoder that nobody has calibrated: drifts then compare within one report only.
GENERIC = Calibration(slope=-12.0, intercept=6.6)
# A distance up to which vectors tell of literalness only: log odds of -3.
FLOOR = 0.05
_MOST = 60.0  # log odds


@dataclass(frozen=True, slots=True)
class Weights:
    """Of what is heard, fitted by `scripts/fit_drift.py`.

    ``clean``: what is heard, on average, in a side that nobody has broken; it stands for a side
    that can't be heard.
    """

    bias: float
    doubt: float
    clean: float


def distance(similarity: float, calibration: Calibration) -> float:
    """What the vectors say alone, 0 (same meaning) to 1 (unrelated).

    A logistic curve (Platt 1999) fitted on held-out translations against wrong pairs, both equally
    likely beforehand.
    """
    return _sigmoid(_odds(similarity, calibration))


def drift(similarity: float, calibration: Calibration, doubts: tuple[float, float]) -> float:
    """Calibrated drift, 0 (same meaning) to 1 (unrelated).

    0.5 means as likely as not that a bilingual reader would say that the two sides differ in
    meaning, where beforehand right and wrong pairs are equally likely and one in twenty is
    damaged. ``doubts``: how much of each side the ear doubts (`fluency.hearing.doubts`), NaN where
    it can't tell.
    """
    far = max(0.0, distance(similarity, calibration) - FLOOR) / (1 - FLOOR)
    return 1 - (1 - far) * (1 - broken(doubts))


def broken(doubts: tuple[float, float]) -> float:
    """How probable it is that a damaged side has lost its meaning, by what the ear doubts."""
    weights = fitted()
    heard = sum(weights.clean if math.isnan(doubt) else math.log1p(doubt) for doubt in doubts)
    return _sigmoid(weights.bias + weights.doubt * heard)


@cache
def fitted() -> Weights:
    """The weights of the package."""
    values = json.loads(_text())
    return Weights(*(float(values[name]) for name in ("bias", "doubt", "clean")))


@cache
def digest() -> str:
    """What tells one fit from another: its weights."""
    weights = fitted()
    return f"{weights.bias:g},{weights.doubt:g},{weights.clean:g}"


def _text() -> str:
    return (files("auditor") / "data" / "drift.json").read_text("utf-8")


def _odds(similarity: float, calibration: Calibration) -> float:
    return calibration.slope * similarity + calibration.intercept


def _sigmoid(exponent: float) -> float:
    return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, exponent))))
