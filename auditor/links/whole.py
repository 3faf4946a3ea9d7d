"""How probable it is that the two sides of a bead have nothing to do with one another.

A free translation may be as far from the other one, by the vectors of the sentences, as one of
another sentence. Their words tell them apart: how many of them are alone, how well the others are
linked, which names and numbers stand on both sides. A small network weighs these. It was trained on
translations against pairs of sentences from near by and from anywhere (`scripts/train_spans.py`).
"""

from __future__ import annotations

import math

import numpy as np

from auditor.links.stretches import Sight, chance, chances
from auditor.links.words import Floats

_LINKED = 0.6  # strength from which a word has a counterpart
_LISTED = 0.1  # score of a link of the lexicon that tells something
_SAME = 0.7  # share of common letters from which two words are one name
_MOST_ODDS = 8.0
_NEAR = 0.5  # drift below which the two are no strangers, whatever the network says


def unlike(sights: tuple[Sight, Sight], drift: float) -> float:
    """The chance by the network of the package; ``sights`` of either side."""
    if drift < _NEAR:
        return 0.0
    return chance("whole", weigh_whole(sights, drift))


def weigh_whole(sights: tuple[Sight, Sight], drift: float) -> Floats:
    """What decides whether two sides have nothing in common: (features,)."""
    left, right = (_seen(sight) for sight in sights)
    far = math.log(max(drift, 1e-6) / max(1 - drift, 1e-6))
    return np.concatenate(
        [
            [max(-_MOST_ODDS, min(_MOST_ODDS, far))],
            np.minimum(left, right),
            np.maximum(left, right),
        ]
    )


def _seen(sight: Sight) -> Floats:
    """What one side misses on the other."""
    own, other = sight.sides
    full = ~own.free if not own.free.all() else np.ones(len(own), bool)
    lone = chances(own, sight.odds[0])[full]
    masses = own.masses[full]
    best = sight.links.strength.max(axis=1)[full]
    numbers = [digits for digits in own.digits if digits]
    names = np.array([text[0].isupper() for text in own.texts]) & full
    alike = sight.links.alike.max(axis=1) >= _SAME
    return np.array(
        [
            lone.mean(),
            (lone * masses).sum() / max(float(masses.sum()), 1e-9),
            sight.room.left[full].mean(),
            best.mean(),
            (best > _LINKED).mean(),
            (sight.links.lexicon.max(axis=1)[full] > _LISTED).mean(),
            sight.links.cosine.max(axis=1)[full].mean(),
            np.log1p(full.sum()),
            sum(other.has(digits) for digits in numbers),
            sum(not other.has(digits) for digits in numbers),
            (names & alike).sum(),
            (names & ~alike).sum(),
        ],
        float,
    )
