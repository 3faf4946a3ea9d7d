"""How probable it is that a negation of one side has no counterpart on the other.

Languages deny in many ways: "not easy" is „schwierig“, "not until" is „erst“, « ne … que » is
"only". A learnt table tells, in logarithms of odds, which words answer a negation that the other
side has not got. A small network weighs those near the place that the word links give with what the
vectors of the words say (is the other side nearer to this one without its negation?), what the
reader has heard (`auditor.links.reader`), and what else is known of the two sides. All of it is
learnt from translations, and from copies in which a negation was taken out or put in
(`scripts/train_denial.py`).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from auditor.languages import Language
from auditor.links.evidence import Linked
from auditor.links.reader import KINDS, Reading
from auditor.links.stretches import chance
from auditor.links.words import Floats, Words
from auditor.text.negation import Negation, find_implicit, is_undone

_NEAR = 3  # words on either side of a negation whose links tell how literal the texts are
_FADE = 6.0  # words by which an answer may be off, as a decay
_LOUDEST = 12.0  # log odds by the reader, below which nothing is told apart
_NONE = 30.0  # words: no such word on the other side
_WIDE = 5  # words on either side of a negation, and of its place, that are compared
_SHARP = 2.0  # the same for the lists, beside the other
# Words on either side of a negation, and of its place, whose vectors are compared.
_WINDOWS = ((10_000, 10_000), (5, 5), (2, 9))


@dataclass(frozen=True, slots=True)
class Tables:
    """Log odds by stem: of answering a negation."""

    answers: Mapping[str, float]


@cache
def tables(code: str) -> Tables:
    """The tables of a language; empty where none were learnt."""
    path = files("auditor") / "data" / "lexicon" / "denial.toml"
    table = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    row = table.get(code, {})
    return Tables(row.get("answers", {}))


@dataclass(frozen=True, slots=True)
class Denial:
    """A negation, the words it consists of and touches (first, last), and where it is expected."""

    negation: Negation
    first: int
    last: int
    place: float  # number of a word of the other side


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one side; ``implicit``: the numbers of words that may deny by themselves."""

    text: str
    language: Language
    words: Words
    found: tuple[Negation, ...]
    implicit: tuple[int, ...]


def sides_of(
    linked: Linked,
    texts: Sequence[str],
    languages: Sequence[Language],
    found: Sequence[Sequence[Negation]],
) -> tuple[Side, Side]:
    """Both sides with their negations."""
    left, right = (
        Side(text, language, words, tuple(negations), _implicit(text, language, words))
        for text, language, words, negations in zip(
            texts, languages, linked.sides, found, strict=True
        )
    )
    return left, right


def _implicit(text: str, language: Language, words: Words) -> tuple[int, ...]:
    return tuple(
        number
        for number, (start, end) in enumerate(words.spans)
        if find_implicit(text[start:end], language)
    )


def unanswered(
    linked: Linked, sides: tuple[Side, Side], index: int
) -> Iterator[tuple[Denial, float]]:
    """The negations of a side but for those that face one of the other, with their distance to it.

    Each negation of the other side answers the one that is nearest to it; the distance is that to
    the nearest negation of the other side, in words, whether that answers another one or not.
    """
    own, other = sides[index], sides[1 - index]
    denials = [_denial(linked, index, own, negation) for negation in own.found]
    places = [_words_of(other.words, n) for n in other.found]
    distances = sorted(
        (_away(denial.place, place), i, j)
        for i, denial in enumerate(denials)
        for j, place in enumerate(places)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in distances:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    for i, denial in enumerate(denials):
        if i not in taken[0]:
            nearest = min((_away(denial.place, place) for place in places), default=_NONE)
            yield denial, min(nearest, _NONE)


def _away(place: float, words: tuple[int, int]) -> float:
    return max(words[0] - place, place - words[1], 0.0)


def _words_of(words: Words, negation: Negation) -> tuple[int, int]:
    """The numbers of the first and last word of a negation."""
    inside = [
        number
        for number, (start, end) in enumerate(words.spans)
        if start < negation.end and negation.start < end
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _denial(linked: Linked, index: int, own: Side, negation: Negation) -> Denial:
    first, last = _words_of(own.words, negation)
    return Denial(negation, first, last, linked.place(index, first, last, inner=True))


def weigh(
    linked: Linked,
    sides: tuple[Side, Side],
    index: int,
    denial: Denial,
    nearest: float,
    drift: float,
    reading: Reading | None,
) -> Floats:
    """What decides whether a negation lacks a counterpart: (features,)."""
    own, other = sides[index], sides[1 - index]
    lengths = len(own.text) + 20, len(other.text) + 20
    return np.array(
        [
            *_answers(other, denial),
            *_around(linked, index, denial),
            *_meant(own.words, other.words, denial),
            math.log1p(nearest),
            float(len(other.found) > 0),
            float(len(other.found) - len(own.found)),
            float(len(own.found)),
            math.log(lengths[0] / lengths[1]),
            abs(math.log(lengths[0] / lengths[1])),
            math.log(min(lengths)),
            drift,
            linked.lone_share(index),
            linked.lone_share(1 - index),
            float(is_undone(denial.negation, own.text, own.language)),
            float(_quote(own, denial) in own.language.negation.weak),
            denial.first / max(1, len(own.words)),
            float(own.text.rstrip().endswith("?")),
            *_heard(other, reading, index, denial),
        ]
    )


def _quote(own: Side, denial: Denial) -> str:
    return own.text[denial.negation.start : denial.negation.end].lower()


def _answers(other: Side, denial: Denial) -> list[float]:
    """How well words of the other side answer: near the place, anywhere, and by hand-made lists."""
    table = tables(other.words.code).answers
    near = wide = total = 0.0
    for number, stem in enumerate(other.words.stems):
        value = table.get(stem, 0.0)
        if not value:
            continue
        faded = value * math.exp(-abs(number - denial.place) / _FADE)
        near, wide = max(near, faded), max(wide, value)
        total += faded
    listed = to_listed(other, denial)
    phrases = find_implicit(other.text, other.language)
    return [
        near,
        wide,
        total,
        math.exp(-listed / _FADE),
        math.exp(-listed / _SHARP),
        float(len(phrases) > 0),
        float(len(other.implicit)),
    ]


def to_listed(other: Side, denial: Denial) -> float:
    """Words from a negation's place to the nearest word of the lists that may answer it."""
    return min((abs(number - denial.place) for number in other.implicit), default=_NONE)


def _around(linked: Linked, index: int, denial: Denial) -> list[float]:
    """How well the words about a negation, and about its place, correspond to the other side's."""
    (own, other), (odds, facing), links = linked.seen_from(index)
    near = slice(max(0, denial.first - _NEAR), denial.last + _NEAR + 1)
    full = ~own.free[near]
    best = links.strength[near].max(axis=1)[full]
    place = slice(max(0, round(denial.place) - _WIDE), max(0, round(denial.place) + _WIDE + 1))
    wide = slice(max(0, denial.first - _WIDE), denial.last + _WIDE + 1)
    lone, faced = _chances(own, odds)[wide], _chances(other, facing)[place]
    return [
        float(best.max(initial=0.0)),
        float(best.mean()) if len(best) else 0.0,
        float(len(best)),
        float(lone.max(initial=0.0)),
        float(np.log1p(lone.sum())),
        float(faced.max(initial=0.0)),
        float(np.log1p(faced.sum())),
        float((~other.free[place]).sum()),
    ]


def _chances(words: Words, odds: Floats) -> Floats:
    """How probable it is that each word has no counterpart; 0 where it needs none."""
    return np.where(words.free, 0.0, 1 / (1 + np.exp(-odds.clip(-30, 30))))


def _meant(own: Words, other: Words, denial: Denial) -> list[float]:
    """What the vectors say: whether the other side is nearer to this one without its negation.

    Within three pairs of windows about the negation and its place, the whole sides first; and how
    near the negation is to the facing window, and to the nearest word of the middle one.
    """
    ours, theirs = (side.rows * np.sqrt(side.masses)[:, None] for side in (own, other))
    denying = ours[sorted({denial.first, denial.last})].sum(axis=0)
    place = round(denial.place)
    found: list[float] = []
    for mine, yours in _WINDOWS:
        total = ours[max(0, denial.first - mine) : denial.last + mine + 1].sum(axis=0)
        facing = theirs[max(0, place - yours) : max(0, place + yours + 1)].sum(axis=0)
        found += [_cosine(total, facing) - _cosine(total - denying, facing)]
        found += [_cosine(denying, facing)]
    near = other.rows[max(0, place - _WIDE) : max(0, place + _WIDE + 1)]
    alike = near @ denying / max(float(np.linalg.norm(denying)), 1e-9)
    return [*found, float(alike.max(initial=0.0))]


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    lengths = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return float(one @ other) / max(lengths, 1e-9)


def _heard(other: Side, reading: Reading | None, index: int, denial: Denial) -> list[float]:
    """What the reader says; 0 throughout where it did not read the texts.

    Of the negation, of the other side's words about its place, and of the two texts as wholes.
    """
    if reading is None:
        return [0.0] * (3 + len(KINDS))
    words = other.words.spans
    place = max(0, min(round(denial.place), len(words) - 1))
    near = words[max(0, place - _WIDE) : place + _WIDE + 1]
    at = reading.highest(index, "denied", denial.negation.start, denial.negation.end)
    facing = reading.highest(1 - index, "denied", near[0][0], near[-1][1])
    return [1.0, max(at, -_LOUDEST), max(facing, -_LOUDEST), *map(float, reading.pair)]


def chance_of(values: Floats) -> float:
    """What the network makes of the features of one negation."""
    return chance("denial", values)
