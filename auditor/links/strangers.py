"""Words that stand in one another's place and do not translate one another.

Both are full words without any link to the other side: not by the lexicon, a part of a compound,
common letters or near vectors, nor by an English word that both of them translate. They face one
another where the words around them that are linked leave a gap.

Such a pair proves little by itself. Good translators part from one another's words all the time,
and a lexicon never knows everything; see `auditor.roughness`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from auditor.links.evidence import Linked
from auditor.links.places import Gaps, gaps, ordered
from auditor.links.words import Floats, Words
from auditor.text.lexicon import Lexicon, lexicon, pivot

_LETTERS = 3  # of a word that says something
_RARITY = 11.0  # bits: more frequent words are rendered in many ways
_COMMON = 0.4  # what is taken off for one
_MOST = 9  # strangers of both sides together: more, and the sentence is rendered freely
_LINK = 0.12  # evidence from which a word has a counterpart
_DOUBT = 0.045  # the same, of one pair: a weak link is no stranger
_NEAR, _ALIKE = 0.45, 0.5  # cosines and shares of common letters that are evidence
_PART = 0.9  # what a part of a compound is worth beside a whole word
_LOOSE = 1  # words by which the order may differ


@dataclass(frozen=True, slots=True)
class Strangers:
    """A word of either side, by number, and how far they are from translating one another."""

    left: int
    right: int
    score: float


def strangers(linked: Linked) -> list[Strangers]:
    """The pairs of a bead, the surest first, each word in one of them at most."""
    codes = linked.sides[0].code, linked.sides[1].code
    known, kin = lexicon(*codes), pivot(*codes)
    if known is None or kin is None:
        return []
    found = sorted(_pairs(linked, known, kin), key=lambda pair: (-pair.score, pair.left))
    taken: tuple[set[int], set[int]] = set(), set()
    kept = []
    for pair in found:
        if pair.left not in taken[0] and pair.right not in taken[1]:
            taken[0].add(pair.left)
            taken[1].add(pair.right)
            kept.append(pair)
    return kept


def _pairs(linked: Linked, known: Lexicon, kin: Lexicon) -> Iterator[Strangers]:
    left, right = linked.sides
    evidence = _evidence(linked)
    alone = _alone(left, evidence.max(axis=1)), _alone(right, evidence.max(axis=0))
    count = sum(map(len, alone))
    if not all(alone) or count > _MOST:
        return
    seen = linked.links.strength
    places = gaps(seen, right.free), gaps(seen.T, left.free)
    related = _related(left, alone[0], right, kin), _related(right, alone[1], left, kin)
    for i in alone[0]:
        for j in alone[1]:
            facing = _within(j, places[0][:, i]) + _within(i, places[1][:, j])
            kindred = right.stems[j] in kin.translations(left.stems[i], left.code)
            if facing and not kindred and evidence[i, j] < _DOUBT:
                apart = abs((i + 0.5) / len(left) - (j + 0.5) / len(right))
                mass = min(_mass(left, i, known), _mass(right, j, known))
                score = 0.5 * facing - 1.5 * apart - 0.06 * count + 0.5 * mass
                score -= 1.5 * max(related[0][i], related[1][j])
                score -= max(0.0, float(linked.links.raw[i, j]) - 0.2)
                score -= _COMMON * (min(left.rarity[i], right.rarity[j]) < _RARITY)
                yield Strangers(i, j, score)


def _evidence(linked: Linked) -> Floats:
    """What speaks for each pair of words: shape (left, right)."""
    links = linked.links
    letters = np.where(links.alike >= _ALIKE, links.alike, 0.0)
    near = np.where(links.raw >= _NEAR, links.raw, 0.0)
    return np.asarray(np.maximum.reduce([links.lexicon, _PART * links.part, letters, near]))


def _alone(words: Words, evidence: Floats) -> list[int]:
    """The words that say something, and for which nothing speaks."""
    lone = np.flatnonzero(~words.free & (evidence < _LINK))
    return [n for n in lone.tolist() if len(words.texts[n]) >= _LETTERS]


def _within(place: int, gap: Gaps) -> bool:
    before, behind = ordered(int(gap[0]), int(gap[1]))
    return before - _LOOSE <= place <= behind + _LOOSE


def _related(own: Words, numbers: list[int], other: Words, kin: Lexicon) -> dict[int, float]:
    """How much some words have in common with any of the other side, by way of English."""
    stems = set(other.stems)
    return {
        n: max(
            (v for s, v in kin.translations(own.stems[n], own.code).items() if s in stems),
            default=0.0,
        )
        for n in numbers
    }


def _mass(words: Words, number: int, known: Lexicon) -> float:
    """How well the lexicon knows what translates a word, at most 1."""
    return min(1.0, sum(known.translations(words.stems[number], words.code).values()))
