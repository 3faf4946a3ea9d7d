"""Which names have a counterpart on the other side, or in the passages around it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.checks.rule import Passage
from auditor.text.exonyms import concepts
from auditor.text.names import Name, find_capitals, groups, is_rendered, words_of

_OFTEN = 3  # times that a document has a word again and again
_MORE = 4  # times as often as the other one, if that hardly ever has it


def missing(passage: Passage, index: int, names: Sequence[Name]) -> list[Name]:
    """Those of some names of a side that nothing on the other side renders."""
    side, other = passage.sides[index], passage.sides[1 - index]
    there = words_of(other.text, other.language)
    return [
        name
        for name in names
        if not is_rendered(name.text, side.language, there)
        and not concepts(whole(side.text, name), side.language) & there.concepts
        and not is_kept_apart(passage, index, name)
    ]


def is_kept_apart(passage: Passage, index: int, name: Name) -> bool:
    """Whether one document has a word again and again, and the other one hardly ever.

    It says something else for it everywhere: « l’espace partenaires » for "Partner Center". Of what
    has a name in each language nothing can be told so.
    """
    side, other = passage.sides[index], passage.sides[1 - index]
    here, there = (each.vocabulary.count(name.text) for each in (side, other))
    return here >= _OFTEN and here >= _MORE * there and not concepts(name.text, side.language)


def is_rest(passage: Passage, index: int, name: Name) -> bool:
    """Whether the other side has the rest of a name, and only this part is lacking.

    "Yukio Mishima" is Mishima there: nothing need stand in the first name's place.
    """
    side, other = passage.sides[index], passage.sides[1 - index]
    there = words_of(other.text, other.language)
    group = next((g for g in groups(find_capitals(side.text), side.text) if name in g), ())
    return any(is_rendered(one.text, side.language, there) for one in group if one != name)


def whole(text: str, name: Name) -> str:
    """A name with what hyphens join to it: "Grande-Bretagne"."""
    start, end = name.start, name.end
    while start and (text[start - 1].isalpha() or text[start - 1] == "-"):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] == "-"):
        end += 1
    return text[start:end]


def slipped(passage: Passage, index: int, group: tuple[Name, ...]) -> bool:
    """Whether the beads around have a name on the other side."""
    side, other = passage.sides[index], passage.sides[1 - index]
    nearby = words_of(other.nearby, other.language)
    return all(is_rendered(name.text, side.language, nearby) for name in group)


def one_person(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Whether two names stand side by side somewhere: the first and last name of one person."""
    known = passage.sides[0].vocabulary.neighbours | passage.sides[1].vocabulary.neighbours
    return any((a.text, b.text) in known or (b.text, a.text) in known for a in one for b in other)
