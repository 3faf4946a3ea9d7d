"""A name in the place of another one, where neither has a counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.name_mismatch.counterparts import missing as lacking
from auditor.checks.name_mismatch.counterparts import one_person, slipped
from auditor.checks.name_mismatch.looks import is_used, look
from auditor.checks.rule import Hit, Mark, Passage, Side
from auditor.model import Severity
from auditor.text.exonyms import concepts
from auditor.text.names import Name, find_capitals, groups, is_strong

_COMPOUND = 14  # letters: a longer word is hardly one name
_REACH = 0.3  # share of a passage's length by which a name and what replaces it may be apart


def in_their_order(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[Hit]:
    """Names of both sides that have no counterpart, paired in their order."""
    left, right = (list(groups(m, s.text)) for m, s in zip(missing, passage.sides, strict=True))
    for one, other in zip(left, right, strict=False):
        both_slipped = slipped(passage, 0, one) and slipped(passage, 1, other)
        single = len(left) == len(right) == 1
        placed = _same_place(passage, one, other)
        if not both_slipped and not one_person(passage, one, other):
            hit = replacement(passage, one, other)
            sure = hit.severity is Severity.MAJOR and (
                single or placed or _both_places(passage, one, other)
            )
            if sure or (single and placed and _both_strong(passage, one, other)):
                yield hit


def expected(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[tuple[Name, Name]]:
    """A name that one side alone has, once, where the other one has a name that both know.

    Of either kind there is but one: no word around has to tell that they face one another.
    """
    for index, side, other in passage.opposites():
        new = [
            name
            for name in missing[index]
            if is_strong(name.text, side.language)
            and side.vocabulary.count(name.text) == 1
            and not other.vocabulary.count(name.text)
        ]
        shared = _shared(passage, 1 - index) if len(new) == 1 else []
        for mate in shared if len(shared) == 1 else ():
            pair = (new[0], mate) if index == 0 else (mate, new[0])
            both_slipped = all(slipped(passage, *one) for one in ((0, pair[:1]), (1, pair[1:])))
            if not both_slipped and not one_person(passage, pair[:1], pair[1:]):
                yield pair


def _shared(passage: Passage, index: int) -> list[Name]:
    """The names of a side that the other one has not got here, and its document elsewhere has."""
    side, other = passage.sides[index], passage.sides[1 - index]
    return [
        name
        for name in lacking(passage, index, find_capitals(side.text))
        if look(name, side, other).sure
        and other.vocabulary.count(name.text)
        and not other.vocabulary.count(name.text.lower())
    ]


def _same_place(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    left, right = (len(side.text) for side in passage.sides)
    return abs(one[0].start / left - other[0].start / right) <= _REACH


def replacement(
    passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...], *, sure: bool = False
) -> Hit:
    """A finding about two names, major where it is known that they are two."""
    left, right = passage.sides
    sure = sure or _kept(right, one) or _kept(left, other) or _both_places(passage, one, other)
    sure = sure and _both_strong(passage, one, other)
    spans = [(group[0].start, group[-1].end) for group in (one, other)]
    quotes = [side.text[slice(*span)] for side, span in zip(passage.sides, spans, strict=True)]
    return Hit(
        marks=(Mark(0, *spans[0]), Mark(1, *spans[1])),
        message=f"Another name: “{quotes[0]}” in the {left.language.name}, “{quotes[1]}” in the "
        f"{right.language.name}.",
        confidence=0.8 if sure else 0.5,
        severity=Severity.MAJOR if sure else Severity.NEUTRAL,
        evidence={"left": quotes[0], "right": quotes[1]},
    )


def _both_strong(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Whether all are names and nothing else, and none a compound that may hold the other."""
    return all(
        is_strong(name.text, side.language) and len(name.text) <= _COMPOUND
        for side, group in zip(passage.sides, (one, other), strict=True)
        for name in group
    )


def _kept(side: Side, group: tuple[Name, ...]) -> bool:
    """Whether a document uses the other side's name elsewhere, so that it could have done here."""
    return any(is_used(name.text, side) for name in group)


def _both_places(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    left, right = passage.sides
    return any(concepts(name.text, left.language) for name in one) and any(
        concepts(name.text, right.language) for name in other
    )
