"""A name whose neighbour both sides have, and which stands beside another one there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from auditor.checks.name_mismatch.counterparts import missing
from auditor.checks.name_mismatch.looks import look
from auditor.checks.rule import Passage
from auditor.text.names import Name, find_capitals

_SHORTEST = 2  # letters of a neighbour, and of what stands beside it
_BETWEEN = frozenset((" ", "\N{NO-BREAK SPACE}"))


def beside_a_neighbour(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """Words with a capital beside the same word, neither of which the other side has.

    One of the two at least is a name and nothing else, or the other document uses it.
    """
    capitals = [find_capitals(side.text, _SHORTEST) for side in passage.sides]
    once = _once(capitals[0]) & _once(capitals[1])
    for step in (-1, 1):
        left, right = (
            _beside(side.text, names, step)
            for side, names in zip(passage.sides, capitals, strict=True)
        )
        for neighbour in (word for word in left if word in right and word in once):
            pair = left[neighbour], right[neighbour]
            if _both_lack(passage, pair) and _two_names(passage, pair):
                yield pair


def _once(names: Sequence[Name]) -> set[str]:
    return {word for word, count in Counter(name.text for name in names).items() if count == 1}


def _beside(text: str, names: Sequence[Name], step: int) -> Mapping[str, Name]:
    """What stands right before or behind each word with a capital."""
    pairs = [(a, b) for a, b in pairwise(names) if text[a.end : b.start] in _BETWEEN]
    return {(a if step > 0 else b).text: b if step > 0 else a for a, b in pairs}


def _both_lack(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether neither of two names is rendered on the other side."""
    return all(missing(passage, index, (name,)) for index, name in enumerate(pair))


def _two_names(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether one of two words is surely a name, and the other one no common word."""
    looks = [look(pair[index], side, other) for index, side, other in passage.opposites()]
    return any(one.sure for one in looks) and all(one.quoted or one.rare for one in looks)
