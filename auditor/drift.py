"""Drift: how probable it is that two texts differ in meaning.

Four witnesses are heard, and any of them is enough (a noisy or). The vectors of the two texts tell
how far apart they are; the ear whether each of them reads as a sentence at all: who can't tell what
a sentence means can't say that it means the same; and the reader whether one of them says something
that the other leaves out, or denies. The vectors are believed only where two texts of this
distance are rather strangers than translations; nearer ones differ in how literally one follows
the other, and good translations are less literal than poor ones (`docs/drift.md`).
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
# A distance up to which vectors tell of literalness only.
FLOOR = 0.5
_MOST = 60.0  # log odds


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve (Platt 1999) over one witness."""

    slope: float
    bias: float

    def __call__(self, value: float) -> float:
        """The probability, 0 to 1."""
        return _sigmoid(self.slope * value + self.bias)


@dataclass(frozen=True, slots=True)
class Weights:
    """Of what is heard and read, fitted by `scripts/fit_drift.py`.

    ``clean``: what is heard, on average, in a side that nobody has broken; it stands for a side
    that can't be heard.
    """

    broken: Curve
    unanswered: Curve
    denied: Curve
    clean: float


@dataclass(frozen=True, slots=True)
class Unshared:
    """What one side says and the other does not (`links.reader.Reading.unshared`).

    ``alone``: how much of a side nothing answers, from 0; ``denied``: log odds that one side denies
    what the other says.
    """

    alone: float
    denied: float


def distance(similarity: float, calibration: Calibration) -> float:
    """What the vectors say alone, 0 (same meaning) to 1 (unrelated).

    A logistic curve (Platt 1999) fitted on held-out translations against wrong pairs, both equally
    likely beforehand.
    """
    return _sigmoid(_odds(similarity, calibration))


def drift(
    similarity: float,
    calibration: Calibration,
    doubts: tuple[float, float],
    unshared: Unshared | None = None,
) -> float:
    """Calibrated drift, 0 (same meaning) to 1 (unrelated).

    0.5 means as likely as not that a bilingual reader would say that the two sides differ in
    meaning, where beforehand right and wrong pairs are equally likely, one in twenty has a broken
    side, one in fifty lacks a clause and one in fifty is denied. ``doubts``: how much of each side
    the ear doubts (`fluency.hearing.doubts`), NaN where it can't tell; ``unshared``: None where
    nothing was read.
    """
    far = max(0.0, distance(similarity, calibration) - FLOOR) / (1 - FLOOR)
    same = (1 - far) * (1 - broken(doubts))
    if unshared is not None:
        weights = fitted()
        same *= 1 - weights.unanswered(unshared.alone)
        same *= 1 - weights.denied(unshared.denied)
    return 1 - same


def broken(doubts: tuple[float, float]) -> float:
    """How probable it is that a damaged side has lost its meaning, by what the ear doubts."""
    weights = fitted()
    heard = sum(weights.clean if math.isnan(doubt) else math.log1p(doubt) for doubt in doubts)
    return weights.broken(heard)


@cache
def fitted() -> Weights:
    """The weights of the package."""
    values = json.loads(_text())
    broken, unanswered, denied = (
        Curve(float(values[name]["slope"]), float(values[name]["bias"]))
        for name in ("broken", "unanswered", "denied")
    )
    return Weights(broken, unanswered, denied, float(values["clean"]))


@cache
def digest() -> str:
    """What tells one fit from another: its weights."""
    weights = fitted()
    curves = (weights.broken, weights.unanswered, weights.denied)
    values = [value for curve in curves for value in (curve.slope, curve.bias)]
    return ",".join(f"{value:g}" for value in (*values, weights.clean, FLOOR))


def _text() -> str:
    return (files("auditor") / "data" / "drift.json").read_text("utf-8")


def _odds(similarity: float, calibration: Calibration) -> float:
    return calibration.slope * similarity + calibration.intercept


def _sigmoid(exponent: float) -> float:
    return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, exponent))))
