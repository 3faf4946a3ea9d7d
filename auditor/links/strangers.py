"""Words that stand in one another's place and do not translate one another.

Both are full words without a sure link to the other side: by the lexicon, a part of a compound,
common letters or near vectors. They face one another where the words around them that are linked
leave a gap. How probable it is that one of the two is wrong is learnt from translations in which a
word was replaced by another one (`scripts/train_strangers.py`).

Such a pair proves little by itself. Good translators part from one another's words all the time,
and a lexicon never knows everything; see `auditor.roughness`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from auditor.links.evidence import Linked
from auditor.links.places import Gaps, gaps, ordered
from auditor.links.stretches import chance
from auditor.links.words import Floats, Words
from auditor.text.lexicon import Lexicon, lexicon, pivot

_LETTERS = 3  # of a word that says something
_MOST = 14  # strangers of both sides together: more, and the sentence is rendered freely
_LINK = 0.2  # evidence from which a word has a counterpart
_NEAR, _ALIKE = 0.45, 0.5  # cosines and shares of common letters that are evidence
_PART = 0.9  # what a part of a compound is worth beside a whole word
_LOOSE = 1  # words by which the order may differ


@dataclass(frozen=True, slots=True)
class Strangers:
    """A word of either side, by number, and how probable it is that one of them is wrong."""

    left: int
    right: int
    chance: float


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known of the lone words of a bead."""

    linked: Linked
    kin: Lexicon
    alone: tuple[list[int], list[int]]
    places: tuple[Gaps, Gaps]
    evidence: Floats  # (left, right)
    near: Floats  # (left, right) cosines of full words
    related: tuple[dict[int, float], dict[int, float]]
    masses: tuple[dict[int, float], dict[int, float]]


def strangers(linked: Linked, drift: float) -> list[Strangers]:
    """The pairs of a bead, the surest first, each word in one of them at most."""
    weighed = [Strangers(i, j, chance("strangers", f)) for i, j, f in candidates(linked, drift)]
    taken: tuple[set[int], set[int]] = set(), set()
    kept = []
    for pair in sorted(weighed, key=lambda pair: (-pair.chance, pair.left)):
        if pair.left not in taken[0] and pair.right not in taken[1]:
            taken[0].add(pair.left)
            taken[1].add(pair.right)
            kept.append(pair)
    return kept


def candidates(linked: Linked, drift: float) -> Iterator[tuple[int, int, Floats]]:
    """Pairs of lone words that face one another, and what decides about them: (features,)."""
    scene = _scene(linked)
    if scene is None:
        return
    for i in scene.alone[0]:
        for j in scene.alone[1]:
            facing = _within(j, scene.places[0][:, i]) + _within(i, scene.places[1][:, j])
            if facing:
                yield i, j, _weigh(scene, i, j, facing, drift)


def _scene(linked: Linked) -> _Scene | None:
    """The lone words of a bead; None without any, without a lexicon, or with too many."""
    left, right = linked.sides
    known, kin = lexicon(left.code, right.code), pivot(left.code, right.code)
    if known is None or kin is None:
        return None
    evidence = evidence_of(linked)
    alone = _alone(left, evidence.max(axis=1)), _alone(right, evidence.max(axis=0))
    if not all(alone) or sum(map(len, alone)) > _MOST:
        return None
    seen = linked.links.strength
    return _Scene(
        linked,
        kin,
        alone,
        (gaps(seen, right.free), gaps(seen.T, left.free)),
        evidence,
        np.where(left.free[:, None] | right.free[None, :], -1.0, linked.links.raw),
        (_related(left, alone[0], right, kin), _related(right, alone[1], left, kin)),
        (_masses(left, alone[0], known), _masses(right, alone[1], known)),
    )


def _weigh(scene: _Scene, i: int, j: int, facing: int, drift: float) -> Floats:
    left, right = scene.linked.sides
    links, odds = scene.linked.links, scene.linked.odds
    masses = scene.masses[0][i], scene.masses[1][j]
    rarity = float(left.rarity[i]), float(right.rarity[j])
    count, size = sum(map(len, scene.alone)), len(left) + len(right)
    return np.array(
        [
            facing,
            abs((i + 0.5) / len(left) - (j + 0.5) / len(right)),
            min(masses),
            max(masses),
            min(rarity),
            max(rarity),
            scene.related[0][i],
            scene.related[1][j],
            scene.kin.translations(left.stems[i], left.code).get(right.stems[j], 0.0),
            links.raw[i, j],
            links.lexicon[i, j],
            links.alike[i, j],
            links.part[i, j],
            odds[0][i],
            odds[1][j],
            np.delete(scene.near[i], j).max(initial=0.0),
            np.delete(scene.near[:, j], i).max(initial=0.0),
            scene.evidence[i].max(),
            scene.evidence[:, j].max(),
            _tight(scene.places[0][:, i]) + _tight(scene.places[1][:, j]),
            left.texts[i][0].isupper() == right.texts[j][0].isupper(),
            count,
            count / size,
            math.log(size),
            drift,
        ],
        np.float64,
    )


def evidence_of(linked: Linked) -> Floats:
    """What speaks for each pair of words: shape (left, right)."""
    links = linked.links
    letters = np.where(links.alike >= _ALIKE, links.alike, 0.0)
    near = np.where(links.raw >= _NEAR, links.raw, 0.0)
    return np.asarray(np.maximum.reduce([links.lexicon, _PART * links.part, letters, near]))


def _alone(words: Words, evidence: Floats) -> list[int]:
    """The words that say something, and for which next to nothing speaks."""
    lone = np.flatnonzero(~words.free & (evidence < _LINK))
    return [n for n in lone.tolist() if len(words.texts[n]) >= _LETTERS]


def _within(place: int, gap: Gaps) -> bool:
    before, behind = ordered(int(gap[0]), int(gap[1]))
    return before - _LOOSE <= place <= behind + _LOOSE


def _tight(gap: Gaps) -> float:
    """1 where a gap has room for one word, less where it has more."""
    before, behind = ordered(int(gap[0]), int(gap[1]))
    return 1 / max(1, behind - before - 1)


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


def _masses(words: Words, numbers: list[int], known: Lexicon) -> dict[int, float]:
    """How well the lexicon knows what translates each of some words, at most 1."""
    return {
        n: min(1.0, sum(known.translations(words.stems[n], words.code).values())) for n in numbers
    }
