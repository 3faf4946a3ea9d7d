"""Drift: how probable it is that two texts differ in meaning.

Two witnesses are heard. Their vectors tell how far apart the two texts are, and the ear whether
each of them reads as a sentence at all: who can't tell what a sentence means can't say that it
means the same. The vectors are believed above a floor only; below it they tell no more than how
literally one text follows the other, and good translations are less literal than poor ones
(`docs/drift.md`).
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
# Log odds of the distance up to which vectors tell of literalness only, and at which they say
# that right and wrong are equally likely: there the curve may bend.
NEAR, EVEN = -3.0, 0.0
_MOST = 60.0  # log odds


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the witnesses, fitted by `scripts/fit_drift.py`.

    ``clean``: what is heard, on average, in a side that nobody has broken; it stands for a side
    that can't be heard.
    """

    bias: float
    near: float
    even: float
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
    meaning, where beforehand one pair in twenty is a wrong one and one in ten is damaged.
    ``doubts``: how much of each side the ear doubts (`fluency.hearing.doubts`), NaN where it
    can't tell.
    """
    weights = fitted()
    odds = _odds(similarity, calibration)
    heard = sum(weights.clean if math.isnan(doubt) else math.log1p(doubt) for doubt in doubts)
    return _sigmoid(
        weights.bias
        + weights.near * max(0.0, odds - NEAR)
        + weights.even * max(0.0, odds - EVEN)
        + weights.doubt * heard
    )


@cache
def fitted() -> Weights:
    """The weights of the package."""
    values = json.loads(_text())
    return Weights(*(float(values[name]) for name in ("bias", "near", "even", "doubt", "clean")))


@cache
def digest() -> str:
    """What tells one fit from another: its weights."""
    weights = fitted()
    return f"{weights.bias:g},{weights.near:g},{weights.even:g},{weights.doubt:g},{weights.clean:g}"


def _text() -> str:
    return (files("auditor") / "data" / "drift.json").read_text("utf-8")


def _odds(similarity: float, calibration: Calibration) -> float:
    return calibration.slope * similarity + calibration.intercept


def _sigmoid(exponent: float) -> float:
    return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, exponent))))
