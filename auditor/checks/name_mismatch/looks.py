"""How much a word with a capital looks like a name."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.checks.rule import Side
from auditor.text.names import (
    Name,
    begins_sentence,
    is_abbreviation,
    is_strong,
    may_be_name,
    stands_as_noun,
)
from auditor.text.words import is_listed, is_listed_elsewhere


@dataclass(frozen=True, slots=True)
class Look:
    """What tells a word with a capital from a common one.

    ``strong``: it is a name and nothing else. ``sure``: or it stands in both documents.
    ``quoted``: or it is a word of another language, as those of titles and products are.
    ``apt``: its capital is no matter of course; ``odd``: nor would that of any word be. ``rare``:
    its own language has no such word. ``noun``: it stands where nouns do that have a capital.
    """

    name: Name
    strong: bool
    sure: bool
    quoted: bool
    apt: bool
    odd: bool
    rare: bool
    noun: bool


def look(name: Name, side: Side, other: Side) -> Look:
    """How much a word of a side looks like a name."""
    if is_abbreviation(name.text, side.language):  # a title: "Mrs"
        return Look(name, *[False] * 7)
    forms = (name.text, name.text.lower())
    strong = is_strong(name.text, side.language)
    placed = strong or not begins_sentence(side.text, name.start)
    shared = placed and is_used(name.text, other)
    foreign = placed and any(is_listed_elsewhere(form, side.language) for form in forms)
    apt = may_be_name(side.text, name, side.language)
    return Look(
        name,
        strong,
        sure=strong or (shared and not side.vocabulary.count(forms[1])),
        quoted=strong or shared or foreign,
        apt=apt,
        odd=apt and not side.language.capitalised_nouns,
        rare=placed and not any(is_listed(form, side.language) for form in forms),
        noun=stands_as_noun(side.text, name, side.language),
    )


def is_used(word: str, side: Side) -> bool:
    """Whether a document uses a word somewhere, other than as a particle of its own language."""
    return word.lower() not in side.language.function_words and side.vocabulary.count(word) > 0
