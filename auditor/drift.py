"""Drift: how probable it is that two texts differ in meaning, given how similar they are."""

from __future__ import annotations

import math

from auditor.model import Calibration

# For an encoder that nobody has calibrated: drifts then compare within one report only.
GENERIC = Calibration(slope=-12.0, intercept=6.6)


def drift(similarity: float, calibration: Calibration) -> float:
    """Calibrated drift, 0 (same meaning) to 1 (unrelated).

    A logistic curve (Platt 1999) fitted on held-out translations against near misses; 0.5 means as
    likely as not that a bilingual reader would say that the two sides differ in meaning.
    """
    exponent = calibration.slope * similarity + calibration.intercept
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, exponent))))
