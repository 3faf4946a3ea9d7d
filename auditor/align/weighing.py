"""What the second pass has learnt, and the costs of beads by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from auditor.align.band import Band
from auditor.align.costs import LARGEST
from auditor.align.evidence import Words, gather
from auditor.align.features import ALONE, BEAD, Facing, alone_features, bead_features
from auditor.align.lines import Floats, Lines
from auditor.align.refine import BeadCosts


@dataclass(frozen=True, slots=True)
class Ramp:
    """What a unit of mass costs by its similarity: straight lines between knots."""

    knots: tuple[float, ...]
    costs: tuple[float, ...]

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Ramp:
        """From the form of `weights.json`."""
        return cls(tuple(values["knots"]), tuple(values["costs"]))

    def __call__(self, similarities: Floats) -> Floats:
        """The cost at each similarity, as the only feature: (1, *shape)."""
        cost: Floats = np.interp(similarities, self.knots, self.costs)
        return cost[None]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of the features, in the order of BEAD and ALONE."""

    uncovered: Ramp
    crossing: Ramp
    bead: Floats
    alone: Floats

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Weighing:
        """From the form of `weights.json`. Raises KeyError where something is missing."""
        return cls(
            uncovered=Ramp.parse(values["uncovered"]),
            crossing=Ramp.parse(values["crossing"]),
            bead=np.array([values["bead"][name] for name in BEAD]),
            alone=np.array([values["alone"][name] for name in ALONE]),
        )


@cache
def learnt() -> Weighing:
    """The weights in the package, fitted by `scripts/train_alignment.py`."""
    return Weighing.parse(json.loads(_text()))


@cache
def digest() -> str:
    """Eight hexadecimal digits that change when any weight does."""
    return hashlib.sha256(_text().encode()).hexdigest()[:8]


@cache
def _text() -> str:
    return (files("auditor.align") / "weights.json").read_text(encoding="utf-8")


def price_beads(
    left: Lines, right: Lines, words: tuple[Words, Words], band: Band, weighing: Weighing
) -> BeadCosts:
    """The costs of all beads in a band; the same, mirrored, when the documents are swapped."""
    evidence = gather(*words, band, LARGEST, weighing.uncovered, weighing.crossing)
    facing = Facing.of(left, right, evidence, band, LARGEST)
    weights = np.concatenate([[1.0, 1.0], weighing.bead])
    beads = [np.tensordot(weights, features, 1) for features in bead_features(facing)]
    alone = [
        alone_features(lines, own.totals()) @ weighing.alone
        for lines, own in zip((left, right), words, strict=True)
    ]
    return BeadCosts(band, beads, alone[0], alone[1])
