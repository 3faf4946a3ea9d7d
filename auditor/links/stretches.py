"""Stretches of a side whose words have no counterpart, and how sure that is.

A stretch is a run of words whose log odds of being without counterpart have a high sum; a covered
word inside costs what it weighs. How sure it is that something is missing depends on more than its
words: on what is unmatched on the other side (then it is said otherwise, not left out), on how the
sides compare in length, and on whether the stretch is a clause. A second small network weighs
these; it is trained on planted and clean texts, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from safetensors.numpy import load

from auditor.links.coverage import Network, network
from auditor.links.linking import Matrices
from auditor.links.words import Floats, Words

_MOST_ODDS = 4.0  # no single word decides
_SEVERAL = 3  # stretches of a side
_LINKED = 0.6  # strength of a link between words that translate one another
_LOOSE = 2  # words by which the order may differ
_CHARACTERS = 8  # added to lengths, so that short sides have no extreme ratios


Sides = tuple[Words, Words]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``start`` to ``end`` of a side, and the sum of their log odds."""

    start: int
    end: int
    odds: float


def stretches(odds: Floats) -> Iterator[Stretch]:
    """The best runs of words, the best first (Kadane's algorithm, again on what remains)."""
    values = odds.clip(-_MOST_ODDS, _MOST_ODDS)
    for _ in range(_SEVERAL):
        start, end = _best_run(values)
        total = float(values[start:end].sum())
        if total <= 0:
            return
        yield Stretch(start, end, total)
        values[start:end] = -_MOST_ODDS


def _best_run(values: Floats) -> tuple[int, int]:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    lowest = np.minimum.accumulate(sums)
    end = int((sums - lowest).argmax())
    start = int(sums[: end + 1].argmin())
    # Free words at the edges belong to nothing.
    while start < end and values[start] <= 0:
        start += 1
    while start < end and values[end - 1] <= 0:
        end -= 1
    return start, end


def weigh(
    stretch: Stretch, sides: Sides, odds: tuple[Floats, Floats], links: Matrices, drift: float
) -> Floats:
    """What decides whether a stretch of the first side is missing on the other: (features,).

    ``odds`` and ``links`` as the first of the two sides sees them.
    """
    own, other = sides
    inside = slice(stretch.start, stretch.end)
    full = ~own.free
    lone = _chances(own, odds[0])
    facing = _chances(other, odds[1])
    before, behind = gap(stretch, other, links)
    place = slice(before + 1, behind)
    lengths = [sum(map(len, side.texts)) + _CHARACTERS for side in sides]
    taken = sum(len(text) for text in own.texts[inside])
    rest = odds[0].clip(-_MOST_ODDS, _MOST_ODDS)
    rest[inside] = -_MOST_ODDS
    return np.array(
        [
            *_inner(stretch, own, odds[0]),
            float(np.log1p(facing.sum())),
            float(np.log1p(facing[place].sum())),
            float(np.log1p((~other.free[place]).sum())),
            float(facing.max(initial=0.0)),
            _best_sum(odds[1].clip(-_MOST_ODDS, _MOST_ODDS)),
            float(np.log1p(lone.sum() - lone[inside].sum())),
            _best_sum(rest),
            np.log(lengths[0] / lengths[1]),
            np.log((lengths[0] - taken) / lengths[1]),
            float(own.breaks[stretch.start]),
            float(own.breaks[stretch.end]),
            float(own.breaks[stretch.start] and own.breaks[stretch.end]),
            float(stretch.start == 0),
            float(stretch.end == len(own)),
            np.log1p(full.sum()),
            drift,
        ]
    )


def weigh_pair(
    stretch: Stretch,
    facing: Stretch,
    sides: Sides,
    odds: tuple[Floats, Floats],
    links: Matrices,
    drift: float,
) -> Floats:
    """What decides whether two stretches that face one another differ in meaning: (features,)."""
    own, other = sides
    left, right = slice(stretch.start, stretch.end), slice(facing.start, facing.end)
    chances = _chances(own, odds[0]), _chances(other, odds[1])
    middle = [
        (part.start + part.end) / 2 / max(1, len(side))
        for part, side in ((stretch, own), (facing, other))
    ]
    sizes = [sum(map(len, side.texts[part])) + 4 for side, part in ((own, left), (other, right))]
    return np.array(
        [
            *_inner(stretch, own, odds[0]),
            *_inner(facing, other, odds[1]),
            float(_sum(own, left) @ _sum(other, right)),
            float(links.cosine[left, right].max(initial=0.0)),
            float(links.alike[left, right].max(initial=0.0)),
            abs(middle[0] - middle[1]),
            float(np.log1p(chances[0].sum() - chances[0][left].sum())),
            float(np.log1p(chances[1].sum() - chances[1][right].sum())),
            abs(np.log(sizes[0] / sizes[1])),
            np.log1p((~own.free).sum()),
            np.log1p((~other.free).sum()),
            drift,
        ]
    )


def _chances(words: Words, odds: Floats) -> Floats:
    """How probable it is that each word has no counterpart; 0 where it needs none."""
    return np.where(words.free, 0.0, 1 / (1 + np.exp(-odds.clip(-30, 30))))


def _sum(words: Words, part: slice) -> Floats:
    """The direction of some words together."""
    total = (words.rows[part] * np.sqrt(words.masses[part])[:, None]).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float64)


def _best_sum(values: Floats) -> float:
    start, end = _best_run(values)
    return float(np.log1p(max(0.0, values[start:end].sum())))


def _inner(stretch: Stretch, own: Words, odds: Floats) -> list[float]:
    """What a stretch is by itself."""
    inside = slice(stretch.start, stretch.end)
    full = ~own.free
    mass = own.masses * full
    within = odds[inside][full[inside]]
    if not len(within):
        within = np.zeros(1)
    return [
        stretch.odds,
        np.log1p(stretch.odds),
        np.log1p(len(within)),
        np.log1p(stretch.end - stretch.start),
        float(mass[inside].sum() / max(mass.sum(), 1e-9)),
        float(within.mean()),
        float(within.min()),
        float(within.max()),
        float(np.log1p((within > 1).sum())),
        float((within > 0).mean()),
        float(own.rarity[inside][full[inside]].mean() / 20) if full[inside].any() else 0.0,
        float(np.mean([text[0].isupper() for text in own.texts[inside]])),
    ]


def gap(stretch: Stretch, other: Words, links: Matrices) -> tuple[int, int]:
    """Between which words of the other side something is missing: their numbers, -1 at an end.

    The counterparts of the nearest well linked words before and behind the stretch.
    """
    strength = np.where(other.free[None, :], -1.0, links.strength)
    if not strength.size:
        return -1, len(other)
    best = strength.argmax(axis=1)
    sure = strength.max(axis=1) > _LINKED
    before = next((int(best[i]) for i in range(stretch.start - 1, -1, -1) if sure[i]), -1)
    behind = next((int(best[i]) for i in range(stretch.end, len(best)) if sure[i]), len(other))
    return (before, behind) if before < behind else (before, before + 1)


@cache
def _trained(name: str) -> Network:
    path = files("auditor") / "data" / "lexicon" / f"{name}.safetensors"
    return network(load(path.read_bytes()))


def chance(name: str, values: Floats) -> float:
    """What a network of the package makes of the features of one stretch or pair of them."""
    exponent = _trained(name).log_odds(values[None, :])[0]
    return float(1 / (1 + np.exp(-np.clip(exponent, -30, 30))))


def faces(stretch: Stretch, facing: Stretch, other: Words, links: Matrices) -> bool:
    """Whether a stretch of the other side stands about where the first one is missing."""
    before, behind = gap(stretch, other, links)
    return facing.start <= behind + _LOOSE and before - _LOOSE <= facing.end - 1
