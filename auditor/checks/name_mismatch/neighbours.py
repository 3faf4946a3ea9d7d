"""A name whose neighbour both sides have, and which stands beside another one there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.checks.rule import Passage
from auditor.text.names import Name, find_capitals, is_strong


def beside_a_neighbour(
    passage: Passage, missing: Sequence[list[Name]]
) -> Iterator[tuple[Name, Name]]:
    """Names whose neighbour both sides have, beside another word with a capital on each."""
    for index, names in enumerate(missing):
        side, other = passage.sides[index], passage.sides[1 - index]
        for name in names:
            mate = _beside(side.text, name, other.text, -1) or _beside(
                side.text, name, other.text, 1
            )
            if mate and mate.text not in side.text and is_strong(mate.text, other.language):
                yield (name, mate) if index == 0 else (mate, name)


def _beside(text: str, name: Name, other: str, step: int) -> Name | None:
    """The word that the other side has next to the neighbour of a name, before or behind it."""
    ours, theirs = find_capitals(text), find_capitals(other)
    at = next((i for i, n in enumerate(ours) if n.start == name.start), -1)
    if at < 0 or not 0 <= at + step < len(ours):
        return None
    neighbour = ours[at + step]
    if not _adjacent(text, neighbour, name) or text.count(neighbour.text) != 1:
        return None
    for one, two in pairwise(theirs):
        same, mate = (one, two) if step < 0 else (two, one)
        if same.text == neighbour.text and _adjacent(other, one, two):
            return mate
    return None


def _adjacent(text: str, one: Name, other: Name) -> bool:
    first, second = sorted((one, other), key=lambda name: name.start)
    return text[first.end : second.start] in (" ", "\N{NO-BREAK SPACE}")
