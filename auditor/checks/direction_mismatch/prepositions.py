"""Opposite prepositions before nouns that translate one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import contains

from auditor.checks.direction_mismatch.hits import opposites
from auditor.checks.rule import Hit, Passage
from auditor.fluency.tagger import Word, read_words
from auditor.links import prepositions
from auditor.text.opposites import Pole, governing, idle_places
from auditor.text.words import find_words

_LIKELIER = 10.0  # odds of prepositions from which they are reported
_UNSEEN = 1.0  # meetings that any two prepositions may have had


def of_nouns(passage: Passage) -> Iterator[Hit]:
    """Prepositions before nouns that translate one another, where an opposite fits far better.

    The odds hold how often the opposite of one met the other, in translations, against how often
    the two themselves met: so much likelier is a wrong word than a free rendering.
    """
    left, right = passage.sides
    met = prepositions.table(left.language.code, right.language.code)
    if met is None or passage.links is None or not _may_differ(passage, met):
        return
    words = [read_words([side.text], side.language.code)[0] for side in passage.sides]
    idle = [idle_places(side.text, side.language) for side in passage.sides]
    # One that has no opposite itself may stand for anything: « se présenter à la justice ».
    opposed = [governing(side.language) for side in passage.sides]
    for found in prepositions.governed(passage.links, words):
        one, other = found.prepositions
        if any(map(_is_idle, found.prepositions, idle)):
            continue
        pair = one.form.lower(), other.form.lower()
        noun = passage.links.sides[met.nouns].stems[found.nouns[met.nouns]]
        likelier = all(map(contains, opposed, pair)) and _odds(pair, met, passage) >= _LIKELIER
        if likelier and noun not in met.idioms.get(pair, ()):
            poles = [Pole(word.start, word.end, (word.form.lower(),)) for word in (one, other)]
            yield opposites(passage, *poles, loose=True)


def _is_idle(word: Word, idle: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands in a phrase in which it means something else."""
    return any(start < word.end and word.start < end for start, end in idle)


def _may_differ(passage: Passage, met: prepositions.Table) -> bool:
    """Whether any two words could be such prepositions: only then is it worth reading them."""
    left, right = ({m.group() for m in find_words(s.text.lower())} for s in passage.sides)
    return any(
        _odds((one, other), met, passage) >= _LIKELIER
        for one in left & met.known[0]
        for other in right & met.known[1]
    )


def _odds(pair: tuple[str, str], met: prepositions.Table, passage: Passage) -> float:
    """How many times likelier two prepositions meet with either of them turned round."""
    left, right = (governing(side.language) for side in passage.sides)
    turned = [(opposite, pair[1]) for opposite in left.get(pair[0], ())]
    turned += [(pair[0], opposite) for opposite in right.get(pair[1], ())]
    most = max((met.usual.get(other, 0) for other in turned), default=0)
    return most / (met.counts.get(pair, 0) + _UNSEEN)
