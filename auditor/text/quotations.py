"""Quotation marks: which opens, which closes, and which is left alone.

Single marks that double as apostrophes (``'`` and ``’``) are left out, for nothing tells the two
uses apart reliably, but where an inner quotation is open that only they can close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.languages import Language

_STRAIGHT = '"'
_ELIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,8})\"(?=([^\W\d_]{1,40}))")
_SINGLE = re.compile(r"(?<![^\s(\[—–:])['‘](?=\w)")
# What may close an opening mark besides its own mate: machine translation mixes the styles.
_LOOSE_MATES = {"„": '“”"', "“": '”"', "«": "»", _STRAIGHT: '"“”'}
_INNER, _APOSTROPHES = "‚", frozenset("'’")
# Marks that close in some language; where nothing is open they are left alone.
_CLOSERS = frozenset("”»‘‹")


@dataclass(frozen=True, slots=True)
class Quotations:
    """The pairs of a text as (opening, closing) positions, and the marks left alone."""

    pairs: tuple[tuple[int, int], ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]


def find_quotations(text: str, language: Language) -> Quotations:
    """Pair the quotation marks of one block of text.

    A mark that can both open and close (“ closes in German, opens in English) closes where the
    innermost open mark lets it, unless it stands like an opening mark. An inner quotation pairs
    first, so that of two opening marks and one closing mark the first is left alone.
    """
    mates = _mates(language)
    open_marks: list[int] = []
    pairs: list[tuple[int, int]] = []
    unopened: list[int] = []
    apostrophes = {match.end() - 1 for match in _mistyped(text, language)}
    for position, char in enumerate(text):
        if position in apostrophes:
            continue
        if char in _APOSTROPHES and open_marks and _ends_inner(text, open_marks[-1], position):
            pairs.append((open_marks.pop(), position))
            continue
        if char not in mates and char not in _CLOSERS:
            continue
        if char == _STRAIGHT and position and text[position - 1].isdigit() and not open_marks:
            continue  # an inch, a second of arc
        if open_marks and _closes(text, open_marks[-1], position, mates):
            pairs.append((open_marks.pop(), position))
        elif char in mates and not _strays(text, position, language):
            open_marks.append(position)
        elif char not in "‘‹":
            unopened.append(position)
    return Quotations(tuple(sorted(pairs)), tuple(open_marks), tuple(unopened))


def _ends_inner(text: str, opening: int, position: int) -> bool:
    """Whether an apostrophe closes an inner quotation: „‚so'“."""
    return text[opening] == _INNER and not text[position + 1 : position + 2].isalpha()


def find_mistyped(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Words in which a straight mark stands in the place of an apostrophe: « l"économie »."""
    return ((match.start(), match.end(2)) for match in _mistyped(text, language))


def _mistyped(text: str, language: Language) -> Iterator[re.Match[str]]:
    """An elided word, a straight mark, and (group 2, ahead) the word that it belongs to."""
    elided = language.spacing.elided
    return (m for m in _ELIDED.finditer(text) if m.group(1) in elided) if elided else iter(())


def opens_single(text: str, language: Language) -> bool:
    """Whether a mark that may be an apostrophe as well stands where a quotation may open.

    Only in languages that have such marks: 'so', ‘so’.
    """
    single = any(opening == "\N{LEFT SINGLE QUOTATION MARK}" for opening, _ in language.quotations)
    return single and _SINGLE.search(text) is not None


def _strays(text: str, position: int, language: Language) -> bool:
    """Whether a mark that the language closes with stands where only a closing one can."""
    closing = {closing for _, closing in language.quotations}
    return text[position] in closing and not _stands_like_opening(text, position)


def _mates(language: Language) -> Mapping[str, str]:
    """Opening marks of the language and of common use, each with all that may close it."""
    mates = dict(_LOOSE_MATES)
    for opening, closing in language.quotations:
        if closing != "\N{RIGHT SINGLE QUOTATION MARK}":
            mates[opening] = closing + mates.get(opening, "")
    return mates


def _closes(text: str, opening: int, position: int, mates: Mapping[str, str]) -> bool:
    """Whether the mark at ``position`` closes the one at ``opening``."""
    char, opened = text[position], text[opening]
    if char not in mates[opened]:
        return False
    can_open = char in mates and char != opened
    return not (can_open and mates[opened][0] != char and _stands_like_opening(text, position))


def _stands_like_opening(text: str, position: int) -> bool:
    """Whether a mark stands after a space or bracket and before a word."""
    before = text[position - 1 : position] or " "
    after = text[position + 1 : position + 2]
    return (before.isspace() or before in "([—–„“«‚") and bool(after) and not after.isspace()
