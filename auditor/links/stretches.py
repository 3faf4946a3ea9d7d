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

import numpy as np

from auditor.links.context import Room, alone
from auditor.links.coverage import packaged
from auditor.links.linking import Matrices
from auditor.links.places import Gaps, ordered
from auditor.links.words import Floats, Words

_MOST_ODDS = 4.0  # no single word decides
_SEVERAL = 3  # stretches of a side
_CLAUSES = 3  # neighbouring clauses that may be missing together
_MOST_CLAUSES = 4  # of a side that are weighed
_LEAST_ODDS = -0.6  # of a word of a clause, on average
_SAME = 0.8  # share of common letters from which two words are one name
_LOOSE = 2  # words by which the order may differ
_CHARACTERS = 8  # added to lengths, so that short sides have no extreme ratios


Sides = tuple[Words, Words]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``start`` to ``end`` of a side, and the sum of their log odds."""

    start: int
    end: int
    odds: float

    def overlaps(self, other: Stretch) -> bool:
        """Whether two stretches of a side have a word in common."""
        return self.start < other.end and other.start < self.end


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


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What one side sees of the other.

    ``odds``: of being alone, by its own words and the other's.
    """

    sides: Sides
    odds: tuple[Floats, Floats]
    links: Matrices
    room: Room


def sights(sides: Sides, odds: tuple[Floats, Floats], links: Matrices) -> tuple[Sight, Sight]:
    """What each of two sides sees; ``odds`` by `coverage`, ``links`` of shape (left, right)."""
    turned = links.turned()
    back = sides[::-1]
    rooms = Room.of(*sides, links), Room.of(*back, turned)
    lone = alone(*sides, links, odds[0], rooms[0]), alone(*back, turned, odds[1], rooms[1])
    return Sight(sides, lone, links, rooms[0]), Sight(back, lone[::-1], turned, rooms[1])


def _summed(words: Words) -> Floats:
    """The vectors of a side's words, summed up from its start."""
    weighed = words.rows * np.sqrt(words.masses)[:, None]
    return np.concatenate([np.zeros((1, weighed.shape[1])), np.cumsum(weighed, axis=0)])


def candidates(odds: Floats, own: Words) -> list[Stretch]:
    """The best runs of words of a side, and the clauses between its signs that may be alone."""
    found = {(s.start, s.end): s for s in stretches(odds)}
    edges = np.flatnonzero(own.breaks).tolist()
    sums = np.concatenate([[0.0], np.cumsum(odds.clip(-_MOST_ODDS, _MOST_ODDS))])
    clauses = [
        Stretch(start, end, float(sums[end] - sums[start]))
        for number, start in enumerate(edges)
        for end in edges[number + 1 : number + 1 + _CLAUSES]
    ]
    likely = [c for c in clauses if c.odds > _LEAST_ODDS * (c.end - c.start)]
    for clause in sorted(likely, key=lambda c: -c.odds)[:_MOST_CLAUSES]:
        found.setdefault((clause.start, clause.end), clause)
    return list(found.values())


def weigh(stretch: Stretch, sight: Sight, drift: float) -> Floats:
    """What decides whether a stretch of a side is missing on the other: (features,)."""
    own, other = sight.sides
    odds = sight.odds
    inside = slice(stretch.start, stretch.end)
    full = ~own.free
    lone = chances(own, odds[0])
    facing = chances(other, odds[1])
    before, behind = gap(stretch, sight.room.places)
    place = slice(before + 1, behind)
    lengths = [sum(map(len, side.texts)) + _CHARACTERS for side in sight.sides]
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
            *_directions(stretch, sight, place),
            *_tellers(stretch, sight),
        ]
    )


def _directions(stretch: Stretch, sight: Sight, place: slice) -> list[float]:
    """Where the vectors point: of both sides with and without the stretch, and of the stretch."""
    own, other = _summed(sight.sides[0]), _summed(sight.sides[1])
    part = own[stretch.end] - own[stretch.start]
    whole = _cosine(own[-1], other[-1])
    without = _cosine(own[-1] - part, other[-1])
    length = stretch.end - stretch.start
    windows = [
        other[size:] - other[:-size]
        for size in {max(1, length * 2 // 3), length, length * 3 // 2}
        if size < len(other)
    ]
    nearest = max((float(_cosines(part, window).max()) for window in windows), default=0.0)
    there = other[max(place.stop, place.start)] - other[place.start]
    return [
        whole,
        without,
        without - whole,
        nearest,
        _cosine(part, other[-1]),
        _cosine(part, there),
    ]


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))


def _cosines(one: Floats, others: Floats) -> Floats:
    lengths = np.linalg.norm(others, axis=1) * np.linalg.norm(one)
    return np.asarray(others @ one / np.maximum(lengths, 1e-9))


def _tellers(stretch: Stretch, sight: Sight) -> list[float]:
    """What is left over of the stretch's words; its names and numbers, here and there."""
    own, other = sight.sides
    inside = slice(stretch.start, stretch.end)
    full = ~own.free
    left = sight.room.left[inside][full[inside]]
    if not len(left):
        left = np.zeros(1)
    names = np.array([text[0].isupper() for text in own.texts[inside]]) & full[inside]
    known = sight.links.alike[inside].max(axis=1, initial=0.0) >= _SAME
    numbers = [digits for digits in own.digits[inside] if digits]
    outside = np.concatenate([sight.room.left[: stretch.start], sight.room.left[stretch.end :]])
    rest = np.concatenate([full[: stretch.start], full[stretch.end :]])
    return [
        float(left.mean()),
        float(left.min()),
        float(np.log1p(left.sum())),
        float(outside[rest].mean()) if rest.any() else 0.0,
        float((names & known).sum()),
        float((names & ~known).sum()),
        float(sum(other.has(digits) for digits in numbers)),
        float(sum(not other.has(digits) for digits in numbers)),
    ]


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
    lone = chances(own, odds[0]), chances(other, odds[1])
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
            float(np.log1p(lone[0].sum() - lone[0][left].sum())),
            float(np.log1p(lone[1].sum() - lone[1][right].sum())),
            abs(np.log(sizes[0] / sizes[1])),
            np.log1p((~own.free).sum()),
            np.log1p((~other.free).sum()),
            drift,
        ]
    )


def chances(words: Words, odds: Floats) -> Floats:
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
        np.log1p(max(0.0, stretch.odds)),
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


def gap(stretch: Stretch, places: Gaps) -> tuple[int, int]:
    """Between which words of the other side a stretch is missing: their numbers, -1 at an end."""
    return ordered(int(places[0, stretch.start]), int(places[1, stretch.end - 1]))


def chance(name: str, values: Floats) -> float:
    """What a network of the package makes of the features of one stretch or pair of them."""
    exponent = packaged(name).log_odds(values[None, :])[0]
    return float(1 / (1 + np.exp(-np.clip(exponent, -30, 30))))


def faces(stretch: Stretch, facing: Stretch, places: Gaps) -> bool:
    """Whether a stretch of the other side stands about where the first one is missing."""
    before, behind = gap(stretch, places)
    return facing.start <= behind + _LOOSE and before - _LOOSE <= facing.end - 1
