"""What a translation must leave as it is has changed: an address, handle, ticker, code or acronym.

A reader who types the wrong address gets nowhere, or somewhere else. Compared are web and e-mail
addresses, handles (``@name``), hashtags, stock tickers in brackets, file names, codes (``H100``,
``max_size``) and acronyms.

What counts as equal: acronyms of both languages for the same thing (``UE`` is ``EU``, ``ONU`` is
``UNO``; the list is in the language rows), letters in another order (``PIB``, ``BIP``), an acronym
within a compound or with a plural s, and addresses that differ by the language of the page only.
Two acronyms that stand for one another throughout are taken for a translation. Words that are
shouted in capitals and codes of currencies are no acronyms.

Limits: an acronym that one side spells out proves nothing; two acronyms that differ are reported
with little confidence unless they differ by a letter, and are neutral where they stand at different
places; there, one that is explained in brackets proves nothing. Two Roman numerals are compared as
numbers.

Authority: MQM-Core, accuracy/mistranslation (do-not-translate content).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.languages import Language
from auditor.model import Severity
from auditor.text.exonyms import concepts
from auditor.text.literals import Literal, LiteralKind, find_literals, stands_in
from auditor.text.names import words_of
from auditor.text.words import is_known

# One that stands in the place of the other is a mistake; two numerals are compared as numbers.
_CAPITALS = frozenset({LiteralKind.ACRONYM, LiteralKind.NUMERAL})
# Their absence is worth a word; names of files and hashtags may well be translated or dropped.
_MISSED = frozenset({LiteralKind.ADDRESS, LiteralKind.HANDLE, LiteralKind.TICKER})
_ALIKE = 0.6  # a share of letters in common by which an address is the other one, misspelt
_LONGEST = 100  # letters of two addresses that are compared
_REACH = 0.3  # share of a passage's length by which two acronyms may be apart
_MOST = 50  # literals of a side that are compared
_LOCALE = re.compile(r"(?<=[/.=])[a-z]{2}(?:-[a-z]{2})?(?=[/.&]|$)|(?<=//)[a-z]{2}(?=\.)", re.I)


def check(passage: Passage) -> Iterator[Hit]:
    """Pair the literals that only one side has; then those of which nothing is left."""
    only = [_only(side, other) for _, side, other in passage.opposites()]
    for one in list(only[0]):
        mate = next((other for other in only[1] if _stands_for(passage, one, other)), None)
        if mate and not (_slipped(one, passage.sides[1]) and _slipped(mate, passage.sides[0])):
            only[0].remove(one)
            only[1].remove(mate)
            hit = _difference(passage, one, mate)
            if hit.severity is not Severity.NEUTRAL or not _is_explained(passage, one, mate):
                yield hit
    for index, missing in enumerate(only):
        for one in missing:
            if one.kind in _MISSED and not _slipped(one, passage.sides[1 - index]):
                yield _absence(passage, index, one)


def _same_place(passage: Passage, one: Literal, other: Literal) -> bool:
    left, right = (len(side.text) for side in passage.sides)
    return abs(one.start / left - other.start / right) <= _REACH


def _is_explained(passage: Passage, one: Literal, other: Literal) -> bool:
    """Whether one of two literals stands in brackets or before some: its side spells it out."""
    for side, literal in zip(passage.sides, (one, other), strict=True):
        before, behind = side.text[: literal.start], side.text[literal.end :]
        if (before.endswith("(") and behind.startswith(")")) or behind.startswith(" ("):
            return True
    return False


def _slipped(literal: Literal, other: Side) -> bool:
    """Whether the beads around have the literal on the other side."""
    return stands_in(literal, other.nearby)


def _only(side: Side, other: Side) -> list[Literal]:
    """The literals of a side that the other has not."""
    theirs = {_localised(literal.text) for literal in find_literals(other.text)}
    meant = {_concept(literal, other.language) for literal in find_literals(other.text)} - {None}
    places = words_of(other.text, other.language).concepts
    return [
        literal
        for literal in find_literals(side.text)[:_MOST]
        if not (stands_in(literal, other.text) or _is_word(literal, side.language))
        and _localised(literal.text) not in theirs
        and _concept(literal, side.language) not in meant
        and not concepts(literal.text, side.language) & places
    ]


def _is_word(literal: Literal, language: Language) -> bool:
    """Whether capitals are a common word, which somebody shouts."""
    lower = literal.text.lower()
    if literal.kind is not LiteralKind.ACRONYM:
        return False
    return lower in language.function_words or (len(lower) > 3 and is_known(lower, language))


def _localised(text: str) -> str:
    """An address without the language of its page."""
    return _LOCALE.sub("", text).rstrip("/").lower() if "/" in text or "." in text else text


def _concept(literal: Literal, language: Language) -> str | None:
    if literal.kind is not LiteralKind.ACRONYM:
        return None
    return language.acronyms.get(literal.text, (None,))[0]


def _stands_for(passage: Passage, one: Literal, other: Literal) -> bool:
    if one.kind is not other.kind:
        return {one.kind, other.kind} == _CAPITALS
    if one.kind is LiteralKind.ACRONYM:
        return sorted(one.text) != sorted(other.text) and not _constant(passage, one, other)
    if one.kind is LiteralKind.NUMERAL:
        return False
    return one.kind is LiteralKind.CODE or _ratio(one.text, other.text) >= _ALIKE


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one[-_LONGEST:], other[-_LONGEST:], autojunk=False).ratio()


def _constant(passage: Passage, one: Literal, other: Literal) -> bool:
    """Whether two acronyms stand for one another throughout, each on its own side alone."""
    left, right = (side.vocabulary for side in passage.sides)
    return (
        left.count(one.text) > 1
        and right.count(other.text) > 1
        and not left.count(other.text)
        and not right.count(one.text)
    )


def _difference(passage: Passage, one: Literal, other: Literal) -> Hit:
    left, right = passage.sides
    elsewhere = [right.vocabulary.count(one.text) > 0, left.vocabulary.count(other.text) > 0]
    part = one.text.startswith(other.text) or other.text.startswith(one.text)
    near = _ratio(one.text, other.text) >= _ALIKE and not part
    sure = near or one.kind not in _CAPITALS
    kind = LiteralKind.ACRONYM if one.kind in _CAPITALS else one.kind
    severity = Severity.MINOR if _same_place(passage, one, other) else Severity.NEUTRAL
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Another {kind}: “{one.text}” in the {left.language.name}, “{other.text}” in "
        f"the {right.language.name}.",
        confidence=0.85 if sure else 0.5,
        severity=Severity.MAJOR if sure else severity,
        suspect=_suspect(elsewhere),
        evidence={"left": one.text, "right": other.text},
    )


def _suspect(elsewhere: Sequence[bool]) -> int | None:
    """The side that has the other side's form elsewhere strayed here."""
    if elsewhere[0] == elsewhere[1]:
        return None
    return 1 if elsewhere[0] else 0


def _absence(passage: Passage, index: int, literal: Literal) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    end = literal.end
    if literal.kind is LiteralKind.TICKER:  # with its price change, which is missing as well
        end = side.text.index(")", end)
    return Hit(
        marks=(
            Mark(index, literal.start, end),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"The {side.language.name} has the {literal.kind} “{literal.text}”; "
        f"the {other.language.name} has not.",
        confidence=0.6,
        severity=Severity.MINOR,
        evidence={("left", "right")[index]: literal.text},
    )


RULE = Rule(
    slug="literal-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    custom=True,
    longest=LONGEST,
    examples=(
        Example({"fr": "L’UE et l’ONU protestent.", "de": "EU und UNO protestieren."}),
        Example({"fr": "Le PC tourne.", "de": "Die PC-Flotte läuft."}),
        Example(
            {"fr": "Écrivez à info@hafen.example.", "de": "Schreiben Sie an infos@hafen.example."},
            ("info@hafen.example", "infos@hafen.example"),
        ),
        Example(
            {"fr": "La puce H100 arrive.", "de": "Der Chip H200 kommt."},
            ("H100", "H200"),
        ),
        Example(
            {"fr": "Le Courrier (Le Courrier) recule.", "de": "Der Courrier (CRR−0,35 %) fällt."},
            ("CRR−0,35 %",),
        ),
    ),
)
