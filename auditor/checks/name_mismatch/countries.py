"""A country that the other side names less often, where another one stands too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from auditor.checks.name_mismatch.counterparts import slipped
from auditor.checks.rule import Passage, Side
from auditor.text.exonyms import concepts, is_territory
from auditor.text.names import Name, find_capitals
from auditor.text.words import find_words


def other_countries(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[tuple[Name, Name]]:
    """Countries that one side has not got, with one of which the other side has less.

    Of the places where that one stands, the nearest is taken.
    """
    for index, names in enumerate(missing):
        side, other = passage.sides[index], passage.sides[1 - index]
        lost = [
            name
            for name in names
            if is_territory(name.text, side.language) and not slipped(passage, index, (name,))
        ]
        mates = _rarer(side, other) if lost else []
        for name in lost if mates else ():
            mate = min(mates, key=lambda m: _apart_by(passage, index, name, m))
            yield (name, mate) if index == 0 else (mate, name)


def _rarer(side: Side, other: Side) -> list[Name]:
    """The countries of the other side that a side speaks of less often."""
    found = []
    for mate in find_capitals(other.text):
        if is_territory(mate.text, other.language):
            meant = concepts(mate.text, other.language)
            if _mentions(side, meant) < _mentions(other, meant):
                found.append(mate)
    return found


def _mentions(side: Side, meant: AbstractSet[str]) -> int:
    """How many words of a side may stand for one of these: the country, or what belongs to it."""
    words = (match.group() for match in find_words(side.text))
    return sum(1 for word in words if concepts(word, side.language) & meant)


def _apart_by(passage: Passage, index: int, name: Name, mate: Name) -> float:
    """How far apart two names of the two sides stand, as shares of their passages."""
    side, other = passage.sides[index], passage.sides[1 - index]
    return abs(name.start / len(side.text) - mate.start / len(other.text))
