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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from auditor.languages import Language
from auditor.links.evidence import Linked
from auditor.links.reader import KINDS, Reading
from auditor.links.stretches import chance
from auditor.links.words import Floats, Words
from auditor.text.negation import Negation, find_echoes, find_implicit
from auditor.text.opposites import find_poles, opposite

_NEAR = 3  # words on either side of a negation whose links tell how literal the texts are
_FADE = 6.0  # words by which an answer may be off, as a decay
_LOUDEST = 12.0  # log odds by the reader, below which nothing is told apart
_NONE = 30.0  # words: no such word on the other side
_PAIRED = 0.4  # strength of a link from which two words that deny say the same
# Log odds, beyond what was learnt, of a word that may answer, and of the opposite of a denied word.
_LISTED, _OPPOSITE = 2.0, 5.0
_END = 10**9  # characters: to the end of a text
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
    """A negation, the words it consists of and touches (first, last), and where it is expected.

    ``mate``: the number of the other side's negation that answers it, and ``apart`` how many words
    that is from there; ``nearest``: how many the nearest one is, whether that answers another or
    not. ``echo``: it repeats another one of its sentence.
    """

    negation: Negation
    first: int
    last: int
    place: float  # number of a word of the other side
    echo: bool = False
    mate: int | None = None
    apart: float = _NONE
    nearest: float = _NONE


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one side; ``implicit``: the numbers of words that may deny by themselves.

    ``loose``: those among them that correspond to no such word of the other side, so that they may
    answer a negation; ``bound``: how well each word corresponds to any of the other side;
    ``poles``: numbers of words that have an opposite, with what they say.
    """

    text: str
    language: Language
    words: Words
    found: tuple[Negation, ...]
    implicit: tuple[int, ...]
    loose: tuple[int, ...]
    bound: Floats
    poles: tuple[tuple[int, frozenset[str]], ...]


def sides_of(
    linked: Linked,
    texts: Sequence[str],
    languages: Sequence[Language],
    found: Sequence[Sequence[Negation]],
) -> tuple[Side, Side]:
    """Both sides with their negations."""
    implicit = [_implicit(*side) for side in zip(texts, languages, linked.sides, strict=True)]
    loose = _loose(linked, implicit)
    left, right = (
        Side(
            texts[k], languages[k], linked.sides[k], tuple(found[k]), implicit[k], loose[k],
            _bound(linked, k), _poles(texts[k], languages[k], linked.sides[k]),
        )
        for k in (0, 1)
    )  # fmt: skip
    return left, right


def _bound(linked: Linked, index: int) -> Floats:
    """How well each word of a side corresponds to any full word of the other."""
    (_, other), _, links = linked.seen_from(index)
    return np.asarray((links.strength * ~other.free).max(axis=1, initial=0.0))


def _implicit(text: str, language: Language, words: Words) -> tuple[int, ...]:
    starts = find_implicit(text, language)
    return tuple(
        number
        for number, (start, end) in enumerate(words.spans)
        if any(start <= place < end for place in starts)
    )


def _loose(linked: Linked, implicit: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The listed words of both sides without those that are linked to one another."""
    pairs = sorted(
        ((linked.links.strength[i, j], i, j) for i in implicit[0] for j in implicit[1]),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for strength, i, j in pairs:
        if strength >= _PAIRED and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    return tuple(
        tuple(number for number in numbers if number not in own)
        for numbers, own in zip(implicit, taken, strict=True)
    )


def _poles(text: str, language: Language, words: Words) -> tuple[tuple[int, frozenset[str]], ...]:
    found = ((words.at(word.start, word.end), word.poles) for word in find_poles(text, language))
    return tuple((number, frozenset(poles)) for number, poles in found if number is not None)


def denials(linked: Linked, sides: tuple[Side, Side], index: int) -> list[Denial]:
    """The negations of a side, each with the one of the other that answers it, if any does.

    A negation answers the one that is nearest to it, and a repeated one after all others.
    """
    own, other = sides[index], sides[1 - index]
    echoes = find_echoes(own.text, own.found, own.language)
    found = [_denial(linked, index, own, n, n in echoes) for n in own.found]
    places = [_words_of(other.words, n) for n in other.found]
    again = find_echoes(other.text, other.found, other.language)
    distances = sorted(
        (denial.echo or other.found[j] in again, _away(denial.place, place), i, j)
        for i, denial in enumerate(found)
        for j, place in enumerate(places)
    )
    mates: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, away, i, j in distances:
        if i not in mates and j not in taken:
            taken.add(j)
            mates[i] = j, min(away, _NONE)
    return [
        replace(
            denial,
            mate=mates[i][0] if i in mates else None,
            apart=mates[i][1] if i in mates else _NONE,
            nearest=min((_away(denial.place, p) for p in places), default=_NONE),
        )
        for i, denial in enumerate(found)
    ]


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


def _denial(linked: Linked, index: int, own: Side, negation: Negation, echo: bool) -> Denial:
    first, last = _words_of(own.words, negation)
    place = linked.place(index, first, last, inner=True)
    return Denial(negation, first, last, place, echo)


def weigh(
    linked: Linked,
    sides: tuple[Side, Side],
    index: int,
    denial: Denial,
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
            math.log1p(min(denial.nearest, _NONE)),
            float(denial.mate is None),
            math.log1p(denial.apart),
            float(denial.echo),
            float(len(other.found) > 0),
            float(len(other.found) - len(own.found)),
            float(len(own.found)),
            float(len(own.found) + len(own.loose) - len(other.found) - len(other.loose)),
            math.log(lengths[0] / lengths[1]),
            abs(math.log(lengths[0] / lengths[1])),
            math.log(min(lengths)),
            drift,
            linked.lone_share(index),
            linked.lone_share(1 - index),
            *_denied(own, other, denial),
            float(_quote(own, denial) in own.language.negation.weak),
            float(len(own.language.negation.openers) > 0),
            denial.first / max(1, len(own.words)),
            float(own.text.rstrip().endswith("?")),
            *_heard(own, other, reading, index, denial),
        ]
    )


def _denied(own: Side, other: Side, denial: Denial) -> list[float]:
    """Of the words that a negation stands beside.

    Whether one denies by itself ("not exempt"), alone or as the other side does, and whether the
    other side has the opposite of one ("not dear", „billig“).
    """
    near = _beside(own, denial)
    loose = sum(number in own.loose for number in near)
    paired = sum(number in own.implicit for number in near) - loose
    turned = _is_turned(own, other, denial)
    return [float(loose > 0), float(paired > 0), float(turned), float(len(own.loose))]


def _is_turned(own: Side, other: Side, denial: Denial) -> bool:
    """Whether the other side has the opposite of a word that is denied."""
    near = _beside(own, denial)
    theirs = frozenset[str]().union(*(poles for _, poles in other.poles))
    return any(
        opposite(pole) & theirs and pole not in theirs
        for number, poles in own.poles
        if number in near and number not in (denial.first, denial.last)
        for pole in poles
    )


def _beside(own: Side, denial: Denial) -> range:
    """The words that a negation may deny: those inside it, and some on either side."""
    return range(max(0, denial.first - _NEAR), min(len(own.words), denial.last + _NEAR + 1))


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
    listed, loose = (_to(numbers, denial) for numbers in (other.implicit, other.loose))
    free = (
        (1 - other.bound[number]) * math.exp(-abs(number - denial.place) / _FADE)
        for number in other.loose
    )
    return [
        near,
        wide,
        total,
        math.exp(-listed / _FADE),
        math.exp(-loose / _FADE),
        math.exp(-loose / _SHARP),
        max(free, default=0.0),
        float(_in_clause(other, denial)),
        float(len(other.implicit)),
        float(len(other.loose)),
    ]


def _to(numbers: Sequence[int], denial: Denial) -> float:
    """Words from a negation's place to the nearest of some words."""
    return min((abs(number - denial.place) for number in numbers), default=_NONE)


def _in_clause(other: Side, denial: Denial) -> bool:
    """Whether a word that may answer stands in the same clause as a negation's place."""
    clauses = np.cumsum(other.words.breaks)
    place = min(max(0, round(denial.place)), len(other.words) - 1)
    return any(clauses[number] == clauses[place] for number in other.loose)


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


def _heard(
    own: Side, other: Side, reading: Reading | None, index: int, denial: Denial
) -> list[float]:
    """What the reader says; 0 throughout where it did not read the texts.

    Of the negation and the words beside it, of the other side's words about its place, of each side
    and of the two texts as wholes.
    """
    if reading is None:
        return [0.0] * (4 + 3 * len(KINDS))
    place = max(0, min(round(denial.place), len(other.words) - 1))
    beside = _stretch(own.words, denial.first - _NEAR, denial.last + _NEAR)
    facing = _stretch(other.words, place - _WIDE, place + _WIDE)
    at = reading.highest(index, "denied", denial.negation.start, denial.negation.end)
    near = [reading.highest(index, kind, *beside) for kind in KINDS]
    there = [reading.highest(1 - index, kind, *facing) for kind in KINDS]
    wholes = [reading.highest(k, "denied", 0, _END) for k in (index, 1 - index)]
    words = (max(value, -_LOUDEST) for value in (at, *wholes, *near, *there))
    return [1.0, *words, *map(float, reading.pair)]


def _stretch(words: Words, first: int, last: int) -> tuple[int, int]:
    """Where some words stand in their text."""
    inside = words.spans[max(0, first) : last + 1]
    return inside[0][0], inside[-1][1]


def chance_of(
    linked: Linked,
    sides: tuple[Side, Side],
    index: int,
    denial: Denial,
    drift: float,
    reading: Reading | None,
) -> float:
    """How probable it is that a negation lacks a counterpart."""
    raw = chance("denial", weigh(linked, sides, index, denial, drift, reading))
    # Laws and manuals, from which the network learnt, deny less freely than news do.
    listed = math.exp(-_to(sides[1 - index].loose, denial) / _FADE)
    turned = _is_turned(sides[index], sides[1 - index], denial)
    doubt = math.exp(_LISTED * listed + _OPPOSITE * turned)
    return raw / (raw + (1 - raw) * doubt)
