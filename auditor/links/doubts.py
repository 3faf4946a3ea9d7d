"""Words that the reader takes for wrong ones, each with the word that it faces.

The reader was shown texts in which a word had been replaced, and says of both that word and its
counterpart that they don't belong together. Here the two are found again: of the words of the other
side that it doubts, too, the one that stands at about the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from auditor.languages import Language
from auditor.links.evidence import Linked
from auditor.links.reader import KINDS, Reading
from auditor.links.strangers import evidence_of
from auditor.text.lexicon import pivot
from auditor.text.words import find_words

_REPLACED = KINDS.index("replaced")
_LETTERS = 3  # of a word that says something
_LESS = 4.0  # by how much the odds of the facing word may be lower
_APART = 10.0  # log odds that the whole length of a text between two words costs
# What acquits two words that face one another: evidence of any kind that they translate one
# another, the cosine of their vectors, and that both translate one English word.
_KNOWN, _NEAR, _KIN = 0.1, 0.2, 0.05


Spans = tuple[tuple[int, int] | None, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubted word (its side and span), the span of the one it faces, if any, and log odds."""

    side: int
    span: tuple[int, int]
    facing: tuple[int, int] | None
    odds: float

    @property
    def spans(self) -> Spans:
        """Where its words stand, left side first."""
        return (self.span, self.facing) if self.side == 0 else (self.facing, self.span)


def doubts(
    reading: Reading,
    texts: Sequence[str],
    least: float,
    idle: Sequence[AbstractSet[int]] = (frozenset(), frozenset()),
) -> Iterator[Doubt]:
    """The words of both sides whose log odds of being wrong are ``least`` or more, surest first.

    A word that another one faces is not told again by itself. ``idle``: where words of either side
    begin that are passed over, and face none.
    """
    words = [_words(reading, k, texts, idle[k]) for k in (0, 1)]
    first = [(odds, k, n) for k in (0, 1) for n, odds in words[k].items() if odds >= least]
    told: set[tuple[int, int]] = set()
    for odds, side, number in sorted(first, reverse=True):
        if (side, number) in told:
            continue
        facing = _facing(reading, words, side, number, told)
        told |= {(side, number)} | ({(1 - side, facing)} if facing is not None else set())
        yield Doubt(
            side,
            reading.spans[side][number],
            None if facing is None else reading.spans[1 - side][facing],
            odds,
        )


def is_known(links: Linked, doubt: Doubt) -> bool:
    """Whether the words of a doubt are known to translate one another after all."""
    i, j = (
        None if span is None else side.at(*span)
        for side, span in zip(links.sides, doubt.spans, strict=True)
    )
    return i is not None and j is not None and are_known(links, i, j)


def are_known(links: Linked, i: int, j: int) -> bool:
    """Whether two words, by their numbers, are known to translate one another."""
    left, right = links.sides
    kin = pivot(left.code, right.code)
    related = kin.translations(left.stems[i], left.code).get(right.stems[j], 0.0) if kin else 0.0
    known = float(evidence_of(links)[i, j]), float(links.links.raw[i, j]), related
    return any(value >= least for value, least in zip(known, (_KNOWN, _NEAR, _KIN), strict=True))


def idle_words(text: str, language: Language) -> set[int]:
    """Where the words of a text begin that say little: articles, prepositions, auxiliaries."""
    return {
        match.start()
        for match in find_words(text)
        if match.group().lower() in language.function_words
    }


def _words(
    reading: Reading, side: int, texts: Sequence[str], idle: AbstractSet[int]
) -> dict[int, float]:
    """The odds of the words of a side that say something, and that the other side has not got."""
    own, other = texts[side], texts[1 - side].casefold()
    found = {}
    for number, (start, end) in enumerate(reading.spans[side]):
        form = own[start:end]
        says = end - start >= _LETTERS and form.isalpha() and start not in idle
        if says and form.casefold() not in other:
            found[number] = float(reading.odds[side][number, _REPLACED])
    return found


def _facing(
    reading: Reading,
    words: Sequence[dict[int, float]],
    side: int,
    number: int,
    told: set[tuple[int, int]],
) -> int | None:
    """The doubted word of the other side that stands at about the place of a word."""
    least = words[side][number] - _LESS
    sizes = [max(1, len(spans)) for spans in reading.spans]
    place = (number + 0.5) / sizes[side]
    near = [
        (odds - _APART * abs((other + 0.5) / sizes[1 - side] - place), other)
        for other, odds in words[1 - side].items()
        if odds >= least and (1 - side, other) not in told
    ]
    value, other = max(near, default=(float("-inf"), 0))
    return other if value >= least - _LESS / 2 else None
