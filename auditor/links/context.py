"""How probable it is that a word has no counterpart, seen in its sentence.

`coverage` looks at a word and its nearest neighbours. Here the whole of both sides is heard: what
is left for the word once the other words have taken what is theirs, whether the words around it
leave a gap on the other side where it might stand, and how sure `coverage` is of a wider
neighbourhood. A small network weighs these, trained as that of `coverage` was
(`scripts/train_spans.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor.links.coverage import packaged
from auditor.links.linking import Matrices
from auditor.links.places import Gaps, gaps
from auditor.links.words import Floats, Words

AROUND = 4  # neighbours on either side that the network sees
_SHARP = 8.0  # of strengths, before the words share them out
_NOBODY = 0.5  # strength of a link to no word at all
_ROUNDS = 6  # of sharing out
_LOOSE = 2  # words by which the order may differ within a gap
_MOST_ODDS = 8.0


def left_alone(own: Words, other: Words, links: Matrices) -> Floats:
    """The share of each word that no word of the other side wants, where each has one to give.

    Both sides share themselves out by the strength of the links, as in Sinkhorn's balancing of
    rows and columns, with a row and a column for nobody. Free words take part in nothing.
    """
    strength = np.exp(_SHARP * (links.strength - _NOBODY))
    strength[:, other.free] = 0.0
    strength[own.free] = 0.0
    theirs = np.ones(len(other))
    ours = np.ones(len(own))
    for _ in range(_ROUNDS):
        ours = 1 / (1 + strength @ theirs)
        theirs = 1 / (1 + strength.T @ ours)
    return np.asarray(1 / (1 + strength @ theirs))


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What the other side has for each word: between which words it belongs, and what is left."""

    places: Gaps
    left: Floats

    @classmethod
    def of(cls, own: Words, other: Words, links: Matrices) -> Room:
        """The room that ``other`` has for ``own``."""
        return cls(gaps(links.strength, other.free), left_alone(own, other, links))


def features(own: Words, other: Words, links: Matrices, odds: Floats, room: Room) -> Floats:
    """What is known of each word and of its neighbours: shape (words, features)."""
    plain = np.stack(
        [
            odds.clip(-_MOST_ODDS, _MOST_ODDS),
            room.left,
            *_in_gaps(own, other, links, room.places),
            *_numbers(own, other),
            own.free.astype(float),
            own.breaks[:-1].astype(float),
            own.rarity / 20,
        ],
        axis=1,
    )
    count, width = plain.shape
    padded = np.zeros((count + 2 * AROUND, width + 1))
    padded[AROUND : AROUND + count, :width] = plain
    padded[AROUND : AROUND + count, width] = 1.0  # a word stands here
    wide = np.hstack([padded[k : k + count] for k in range(2 * AROUND + 1)])
    full = ~own.free, ~other.free
    sizes = [float(np.log1p(side.sum())) for side in full]
    whole = np.array([float(odds[full[0]].mean()) if full[0].any() else 0.0, sizes[0] - sizes[1]])
    return np.hstack([wide, np.tile(whole, (count, 1))])


def _in_gaps(own: Words, other: Words, links: Matrices, places: Gaps) -> list[Floats]:
    """How wide each word's gap is on both sides, and how near the nearest word within it is."""
    count, size = len(own), len(other)
    inside = np.minimum(places[0], places[1]), np.maximum(places[0], places[1])
    numbers = np.arange(size)
    within = (numbers >= inside[0][:, None] - _LOOSE) & (numbers <= inside[1][:, None] + _LOOSE)
    strength = np.where(within & ~other.free, links.strength, -0.25)
    passed = np.concatenate([[0], np.cumsum(~other.free)])
    room = passed[inside[1].clip(0, size)] - passed[(inside[0] + 1).clip(0, size)]
    same = np.zeros(count, bool)
    same[1:] = (places[:, 1:] == places[:, :-1]).all(axis=0)
    group = np.cumsum(~same)
    company = np.bincount(group, weights=~own.free, minlength=count + 1)[group]
    return [
        strength.max(axis=1),
        np.log1p(np.maximum(room, 0)),
        np.log1p(company),
        (places[0] > places[1]).astype(float),
    ]


def _numbers(own: Words, other: Words) -> list[Floats]:
    """Whether a number stands before each word, and whether the other side has it."""
    has = np.array([float(bool(digits)) for digits in own.digits])
    held = np.array([float(bool(digits) and other.has(digits)) for digits in own.digits])
    return [has, held]


def alone(own: Words, other: Words, links: Matrices, odds: Floats, room: Room) -> Floats:
    """Log odds of each word of ``own`` having no counterpart, from those of `coverage`."""
    seen = packaged("context").log_odds(features(own, other, links, odds, room))
    return np.where(own.free, 0.0, seen)
