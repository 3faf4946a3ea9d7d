"""One name in two spellings, one of which is a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Hit, Mark, Passage, Side
from auditor.model import Severity
from auditor.text.exonyms import concepts, full_name
from auditor.text.names import (
    Name,
    find_capitals,
    in_calendar,
    is_kept,
    is_misspelt,
    is_odd,
    words_of,
)
from auditor.text.spelling import edits, fold, skeleton
from auditor.text.words import is_known, is_thin

_ENDING = 2  # letters in which the two languages may differ as they like: "Mongolie", "Mongolei"
_LONG = 5  # letters that a word has more, if one letter off is to tell anything


def misspellings(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """Words of the two sides, each lacking on the other, that are nearly the same."""
    only = []
    for _, side, other in passage.opposites():
        there = words_of(other.text, other.language)
        only.append(
            [
                name
                for name in find_capitals(side.text)
                if not (is_kept(name.text, there) or in_calendar(name.text, side.language))
            ]
        )
    for one in only[0]:
        for mate in only[1]:
            if _near(passage, one.text, mate.text):
                only[1].remove(mate)
                yield one, mate
                break


def _near(passage: Passage, one: str, other: str) -> bool:
    """Whether one of two words is the other one, misspelt or strangely inflected."""
    left, right = passage.sides
    if full_name(one, left.language) & full_name(other, right.language):
        return False
    if _is_common(left, one) or _is_common(right, other):  # "Security" and « Sécurité »
        return False
    if _strays(right, other, one) or _strays(left, one, other):
        return True
    odd = (
        _is_odd(left, right, one, other)
        or _is_odd(right, left, other, one)
        or _slips(left, one, other)
        or _slips(right, other, one)
    )
    # Two languages may begin the name of one place differently, but not turn its letters round.
    swapped = fold(one)[:-_ENDING] != fold(other)[:-_ENDING] and sorted(fold(one)) == sorted(
        fold(other)
    )
    same_place = concepts(one, left.language) & concepts(other, right.language)
    return (
        odd
        and (swapped or not same_place)
        and is_misspelt(one, left.language, other, right.language)
    )


def _is_common(side: Side, word: str) -> bool:
    """Whether a document uses a word without its capital, too: then it is no name there."""
    return word != word.lower() and side.vocabulary.count(word.lower()) > 0


def _is_odd(side: Side, other: Side, word: str, mate: str) -> bool:
    """Whether a word may be a misspelling; that few listed words know it tells nothing."""
    return not is_thin(side.language) and is_odd(word, mate, side.language, other.language)


def _slips(side: Side, word: str, mate: str) -> bool:
    """Whether a long word that its language has not got is one letter off the other side's."""
    known = any(is_known(form, side.language) for form in (word, word.lower()))
    long = min(len(word), len(mate)) > _LONG + 1
    strange = not (known or is_thin(side.language))
    return long and strange and edits(fold(word), fold(mate), 1) == 1


def _strays(side: Side, word: str, mate: str) -> bool:
    """Whether a document has the other side's very word elsewhere, and here one letter is off."""
    return (
        len(word) > _LONG
        and side.vocabulary.count(mate) > side.vocabulary.count(word)
        and edits(fold(word), fold(mate), 1) == 1
        and fold(word).removeprefix(fold(mate)) not in side.language.names.inflections
    )


def two_spellings(passage: Passage, one: Name, other: Name) -> Hit:
    """A finding about one name, with the side to blame where the other documents tell it."""
    left, right = passage.sides
    elsewhere = right.vocabulary.count(one.text) > 0, left.vocabulary.count(other.text) > 0
    suspect = None
    if elsewhere[0] != elsewhere[1]:
        suspect = 1 if elsewhere[0] else 0
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"A name is spelt in two ways: “{one.text}” in the {left.language.name}, "
        f"“{other.text}” in the {right.language.name}." + _told(passage, suspect),
        confidence=0.9 if suspect is not None else 0.7,
        severity=_how_bad(one, other, suspect),
        suspect=suspect,
        evidence={"left": one.text, "right": other.text},
        # A long name that both sides have, if not alike, tells that they belong together.
        whole=min(len(one.text), len(other.text)) > _LONG,
    )


def _how_bad(one: Name, other: Name, suspect: int | None) -> Severity:
    """Two spellings of one sound may both be in use, for all that the documents show."""
    if suspect is not None:
        return Severity.MAJOR
    alike = skeleton(one.text) == skeleton(other.text)
    return Severity.NEUTRAL if alike else Severity.MINOR


def _told(passage: Passage, suspect: int | None) -> str:
    if suspect is None:
        return ""
    language = passage.sides[suspect].language.name
    return f" Elsewhere the {language} spells it as the other side does."
