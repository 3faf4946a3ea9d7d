"""Word by word: what a bead's two sides have and lack of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from auditor.encoders.base import Encoder
from auditor.links.coverage import uncovered
from auditor.links.linking import Matrices, link
from auditor.links.stretches import (
    Sight,
    Stretch,
    candidates,
    chance,
    faces,
    gap,
    sights,
    stretches,
    weigh,
    weigh_pair,
)
from auditor.links.whole import unlike
from auditor.links.words import Floats, Words, WordVectors
from auditor.text.lexicon import lexicon

# Words of a side from which a bead is no sentence; the cost grows with the product of both sides.
MOST_WORDS = 300
_LONGEST = 40 * MOST_WORDS  # characters: a longer text has too many words
# Chance from which two sides have nothing to do with one another, so that neither lacks a part.
UNLIKE = 0.95
_CLAUSE = 3.0  # log odds that the signs around a clause are worth
_EVEN = 0.1  # chances that differ by no more are even
_FEWEST = 3  # full words of a side of which that can be told
_ACRONYM = 6  # letters of the longest
_SHOWN = 12  # words that evidence lists
_AROUND = 6  # words on either side of one whose links tell where it would stand
_LINKED = 0.5  # strength of such a link
_LEAST_WEIGHT = 0.1  # of where it stands on its own side


def _tightness(words: Words, stretch: Stretch) -> float:
    """Few words that have a counterpart, and the edges of a clause."""
    clause = words.breaks[stretch.start] and words.breaks[stretch.end]
    return stretch.odds + (_CLAUSE if clause else 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """The words of both sides; ``links`` has shape (left, right), ``odds`` those of being alone.

    ``sights``: what each side sees of the other, with the odds of its words in their sentence.
    """

    sides: tuple[Words, Words]
    links: Matrices
    odds: tuple[Floats, Floats]
    sights: tuple[Sight, Sight]

    def losses(self, side: int, drift: float, fewest: int = 1) -> Iterator[tuple[Stretch, float]]:
        """Stretches of a side without counterpart, with how probable it is that any is missing.

        Those of fewer than ``fewest`` full words are passed over. Of those that overlap, the
        likeliest counts, marked as tightly as may be.
        """
        sight = self.sights[side]
        found = [
            (chance("stretches", weigh(stretch, sight, drift)), stretch)
            for stretch in candidates(sight.odds[0], sight.sides[0])
            if self.full(side, stretch) >= fewest
        ]
        left = sorted(found, key=lambda pair: -pair[0])
        while left:
            likely, best = left[0]
            rivals = [pair for pair in left if pair[1].overlaps(best)]
            even = [stretch for chance_, stretch in rivals if chance_ >= likely - _EVEN]
            tight = max(even, key=partial(_tightness, sight.sides[0]))
            yield tight, likely
            left = [p for p in left if not (p[1].overlaps(best) or p[1].overlaps(tight))]

    def clashes(self, drift: float, fewest: int = 1) -> Iterator[tuple[Stretch, Stretch, float]]:
        """Stretches that face one another, and how probable it is that they differ in meaning."""
        right = self.found(1, fewest)
        places = self.sights[0].room.places
        for stretch in self.found(0, fewest) if right else ():
            for facing in right:
                if faces(stretch, facing, places):
                    values = weigh_pair(stretch, facing, self.sides, self.odds, self.links, drift)
                    yield stretch, facing, chance("pairs", values)

    def found(self, side: int, fewest: int) -> list[Stretch]:
        """The stretches of a side that have some full words."""
        return [s for s in stretches(self.odds[side]) if self.full(side, s) >= fewest]

    def seen_from(self, side: int) -> tuple[tuple[Words, Words], tuple[Floats, Floats], Matrices]:
        """Both sides, their odds and the links, with one of the sides first."""
        if side == 0:
            return self.sides, self.odds, self.links
        return self.sides[::-1], self.odds[::-1], self.links.turned()

    def span(self, side: int, stretch: Stretch) -> tuple[int, int]:
        """Offsets of a stretch into the side's readable text."""
        spans = self.sides[side].spans
        return spans[stretch.start][0], spans[stretch.end - 1][1]

    def gap(self, side: int, stretch: Stretch) -> tuple[int, int]:
        """Offsets into the other side between which a stretch of ``side`` is missing."""
        other = self.sides[1 - side]
        before, behind = gap(stretch, self.sights[side].room.places)
        first = other.spans[max(before, 0)][0]
        last = other.spans[min(behind, len(other) - 1)][1]
        return min(first, last), max(first, last)

    def place(self, side: int, first: int, last: int, *, inner: bool = False) -> float:
        """About which word of the other side stands for words ``first`` to ``last`` of a side.

        A number of a word, and between two: the mean of the counterparts of the words around, the
        nearer the heavier, and where ``inner`` of those inside, too. Where none has one, it is the
        same share of the other side.
        """
        strength = self.seen_from(side)[2].strength
        own, other = self.sides[side], self.sides[1 - side]
        weight = _LEAST_WEIGHT
        total = weight * (first + last + 1) / 2 / max(1, len(own)) * len(other)
        for number in range(max(0, first - _AROUND), min(len(own), last + _AROUND + 1)):
            mate = int(strength[number].argmax())
            held = float(strength[number, mate])
            away = max(first - number, number - last, 0)
            if (
                (inner or away)
                and held >= _LINKED
                and not own.free[number]
                and not other.free[mate]
            ):
                near = held / (1 + away)
                total += near * mate
                weight += near
        return total / weight

    def unlike(self, drift: float) -> float:
        """How probable it is that the two sides have nothing to do with one another."""
        if min(self.full(k, Stretch(0, len(self.sides[k]), 0.0)) for k in (0, 1)) < _FEWEST:
            return 0.0
        return unlike(self.sights, drift)

    def mutual(self) -> dict[int, int]:
        """Words of the left side and their counterparts, where each is the other's best."""
        strength = self.links.strength
        best, back = strength.argmax(axis=1), strength.argmax(axis=0)
        return {
            number: mate
            for number, mate in enumerate(best.tolist())
            if back[mate] == number and strength[number, mate] >= _LINKED
        }

    def lone_share(self, side: int) -> float:
        """The share of a side, by the mass of its full words, that probably has no counterpart."""
        words = self.sides[side]
        masses = words.masses * ~words.free
        chances = 1 / (1 + np.exp(-self.odds[side].clip(-30, 30)))
        return float((chances * masses).sum() / max(float(masses.sum()), 1e-9))

    def is_spelt_out(self, side: int, stretch: Stretch) -> bool:
        """Whether the other side has an acronym where this one has as many words."""
        own, other = self.sides[side], self.sides[1 - side]
        count = self.full(side, stretch)
        known, meant = Counter(own.texts), Counter(other.texts)
        return any(
            word.isupper() and 2 <= len(word) <= _ACRONYM and abs(len(word) - count) <= 1
            for word in other.texts
            if known[word] < meant[word] or self._is_within(word, side, stretch)
        )

    def _is_within(self, word: str, side: int, stretch: Stretch) -> bool:
        """Whether a word of this side stands right beside a stretch: "National Park (NP)"."""
        near = self.sides[side].texts[max(0, stretch.start - 2) : stretch.end + 2]
        return word in near

    def full(self, side: int, stretch: Stretch) -> int:
        """How many words of a stretch are no articles or particles."""
        return int((~self.sides[side].free[stretch.start : stretch.end]).sum())

    def alone(self, side: int, stretch: Stretch) -> list[str]:
        """The words of a stretch that have no counterpart."""
        odds = self.odds[side]
        words = self.sides[side].texts
        return [words[n] for n in range(stretch.start, stretch.end) if odds[n] > 0][:_SHOWN]

    def everything_alone(self) -> list[list[str]]:
        """The words of both sides that have no counterpart."""
        return [self.alone(k, Stretch(0, len(self.sides[k]), 0.0)) for k in (0, 1)]

    def pairs(self, side: int, stretch: Stretch) -> list[list[str]]:
        """The words of a stretch that have one, with it."""
        own, other = self.sides[side], self.sides[1 - side]
        strength = (self.links if side == 0 else self.links.turned()).strength
        inside = range(stretch.start, stretch.end)
        held = [n for n in inside if not own.free[n] and self.odds[side][n] <= 0]
        return [[own.texts[n], other.texts[int(strength[n].argmax())]] for n in held][:_SHOWN]


def linked(texts: tuple[str, str], codes: tuple[str, str], vectors: WordVectors) -> Linked | None:
    """Link two texts; None without a lexicon, or where one has no words or too many."""
    listed = lexicon(*codes)
    if listed is None or max(map(len, texts)) > _LONGEST:
        return None
    left, right = (
        Words.of(text, code, vectors, listed) for text, code in zip(texts, codes, strict=True)
    )
    if not 0 < min(len(left), len(right)) <= max(len(left), len(right)) <= MOST_WORDS:
        return None
    links = link(left, right, listed)
    odds = uncovered(left, right, links), uncovered(right, left, links.turned())
    return Linked((left, right), links, odds, sights((left, right), odds, links))


def vectors_of(*texts: str) -> WordVectors | None:
    """Vectors of the words of some texts by the embedded encoder, for examples."""
    return WordVectors.of(texts, _embedded())


@cache
def _embedded() -> Encoder:
    from auditor.encoders import load_encoder

    return load_encoder()
