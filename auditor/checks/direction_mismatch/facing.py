"""Words of opposite poles that stand at one another's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from auditor.checks.direction_mismatch.hits import opposites
from auditor.checks.rule import Hit, Passage, Side
from auditor.languages import Language
from auditor.links.evidence import Linked
from auditor.text.negation import Negation, find_negations
from auditor.text.opposites import Pole, pairs

_REACH = 0.3  # share of a passage's length by which the two words may be apart
_NEAR = 25  # characters from a negation within which it may turn a word round
_OFF = 6.0  # words by which two words may stand off the place where the links expect them, together
_HEAD = 3  # words behind a word in which the one that it belongs to may stand
_SHORT = 80  # characters of a passage in which they may stand anywhere


def facing_words(passage: Passage, alone: Sequence[Sequence[Pole]]) -> Iterator[Hit]:
    """Pairs of opposites among the words of both sides that nothing answers."""
    for one, other, loose in pairs():
        for left, right in ((one, other), (other, one)):
            words = _at(alone[0], left), _at(alone[1], right)
            if all(words):
                yield from _nearest(passage, *words, loose=loose)


def _at(words: Sequence[Pole], pole: str) -> list[Pole]:
    return [word for word in words if pole in word.poles]


def _nearest(
    passage: Passage, left: Sequence[Pole], right: Sequence[Pole], *, loose: bool
) -> Iterator[Hit]:
    """The two words nearest to one another by their place in the passage."""
    lengths = [len(side.text) for side in passage.sides]
    distance, one, other = min(
        (
            (abs(a.start / lengths[0] - b.start / lengths[1]), a, b)
            for a in left[:10]
            for b in right[:10]
        ),
        key=lambda entry: (entry[0], entry[1].start, entry[2].start),
    )
    denied = list(map(is_denied, passage.sides, (one, other)))
    # Where both are denied, they are as opposite as where neither is; less surely.
    near = distance <= _REACH or max(lengths) <= _SHORT or _at_one_place(passage, one, other)
    if denied[0] == denied[1] and near:
        yield opposites(passage, one, other, loose=loose or denied[0])


def _at_one_place(passage: Passage, one: Pole, other: Pole) -> bool:
    """Whether the links expect two words at one another's place, or before the same word."""
    links = passage.links
    if links is None:
        return False
    i, j = links.sides[0].at(one.start, one.end), links.sides[1].at(other.start, other.end)
    if i is None or j is None:
        return False
    if abs(links.place(0, i, i) - j) + abs(links.place(1, j, j) - i) <= _OFF:
        return True
    return links.mutual().get(_behind(links, 0, i)) == _behind(links, 1, j)


def _behind(links: Linked, side: int, number: int) -> int:
    """The next word that is no article or particle, or -1."""
    words = links.sides[side]
    near = range(number + 1, min(len(words), number + 1 + _HEAD))
    return next((n for n in near if not words.free[n]), -1)


def is_denied(side: Side, word: Pole) -> bool:
    """Whether a negation stands near a word that is none, nor the end of one (« ne … jamais »)."""
    return any(
        negation.start - _NEAR < word.end
        and word.start < negation.end + _NEAR
        and negation.end != word.end
        and not (word.start <= negation.start and negation.end <= word.end)
        for negation in _negations(side.text, side.language)
    )


@lru_cache(maxsize=8)
def _negations(text: str, language: Language) -> tuple[Negation, ...]:
    """The negations of a text; those of the last few texts are remembered."""
    return tuple(find_negations(text, language))
