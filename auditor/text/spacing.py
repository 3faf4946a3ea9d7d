"""Spaces that stand where none belongs, and spaces that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor.languages import Language

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_SIGNS = ".,;:!?"
_HYPHENS = "\\-\N{NON-BREAKING HYPHEN}\N{HYPHEN}"
_WORD = re.compile(r"[^\W_]+")
_GUILLEMET = "»"
_NEAR = 24  # characters of the words around that are marked with it
# So many spaces before signs are the habit of a text that was cut into tokens, not slips.
_FEW, _PER_SLIP = 5, 400


@dataclass(frozen=True, slots=True)
class Slip:
    """A space too many or too few: offsets with the words around, and what is wrong."""

    start: int
    end: int
    fault: str


def find_slips(text: str, language: Language) -> list[Slip]:
    """All slips in the order of the text; one paragraph or many."""
    before_signs = list(_before_signs(text, language))
    if len(before_signs) > _FEW + len(text) // _PER_SLIP:
        before_signs = []
    found = [*before_signs, *_at_hyphens(text, language), *_at_joints(text, language)]
    # Where the language's own marks have spaces within, others may have them too.
    if _GUILLEMET not in language.spacing.before:
        found += _inside_quotation_marks(text)
    return sorted(found, key=lambda slip: (slip.start, slip.end))


def _before_signs(text: str, language: Language) -> Iterator[Slip]:
    """Such as "word ." where the language has no space before the sign."""
    for match in _before_sign(language).finditer(text):
        yield _slip(text, match, "a space stands before the sign")


def _at_hyphens(text: str, language: Language) -> Iterator[Slip]:
    """Such as "H100 -Chips", "IPv4- Adresse", „Audio-und“."""
    for match in _BEFORE_HYPHEN.finditer(text):
        slip = _slip(text, match, "a space stands before the hyphen")
        # In "und -Dienste" the hyphen stands for the first half of a compound.
        if text[slip.start : match.start()].lower() not in language.spacing.suspended:
            yield slip
    if language.capitalised_nouns:
        for match in _AFTER_HYPHEN.finditer(text):
            yield _slip(text, match, "a space stands behind the hyphen")
    suspended = _suspended(language)
    for match in suspended.finditer(text) if suspended else ():
        yield _slip(text, match, "a space is missing behind the hyphen")


def _at_joints(text: str, language: Language) -> Iterator[Slip]:
    """Such as "word,word", « d' une »."""
    for match in _GLUED.finditer(text):
        yield _slip(text, match, "a space is missing behind the sign")
    elision = _elision(language)
    for match in elision.finditer(text) if elision else ():
        yield _slip(text, match, "a space stands behind the apostrophe")


def _inside_quotation_marks(text: str) -> Iterator[Slip]:
    """Such as: Click " Close " now."""
    for match in _QUOTED.finditer(text):
        yield Slip(match.start(), match.end(), "spaces stand inside the quotation marks")


_QUOTED = re.compile(
    rf"(?<![^\s(])[\"„“][{_SPACES}][^\s\"„“”][^\"„“”]{{0,60}}[{_SPACES}][\"“”](?![^\s.,;:!?)])"
)
_BEFORE_HYPHEN = re.compile(rf"(?<=[^\W_])[{_SPACES}][{_HYPHENS}](?=[^\W\d_a-zà-ÿ][^\W\d_])")
_AFTER_HYPHEN = re.compile(rf"(?<=[^\W_])[{_HYPHENS}][{_SPACES}](?=[A-ZÄÖÜ][a-zäöüß])")
_GLUED = re.compile(r"(?<=[^\W\d_][^\W\d_][^\W\d_])[,;](?=[^\W\d_]{3})")


@cache
def _before_sign(language: Language) -> re.Pattern[str]:
    signs = "".join(sign for sign in _SIGNS if sign not in language.spacing.before)
    # Not before dots that stand for something left out, nor before a number or a name: ".NET".
    closing = r"[\s»”“\"')\]]"
    return re.compile(rf"(?<=[^\s.,;:!?…])[{_SPACES}][{re.escape(signs)}](?={closing}|\Z)")


@cache
def _suspended(language: Language) -> re.Pattern[str] | None:
    words = sorted(language.spacing.suspended)
    if not words:
        return None
    return re.compile(
        rf"(?<=[^\W_])[{_HYPHENS}](?:{'|'.join(map(re.escape, words))})(?![\w{_HYPHENS}])"
    )


@cache
def _elision(language: Language) -> re.Pattern[str] | None:
    words = sorted(language.spacing.elided)
    if not words:
        return None
    return re.compile(
        rf"(?<![\w'’])(?:{'|'.join(map(re.escape, words))})['’][{_SPACES}](?=[^\W\d_])"
    )


def _slip(text: str, match: re.Match[str], fault: str) -> Slip:
    """A match with the words at both of its ends."""
    first = max(0, match.start() - _NEAR)
    before = [m for m in _WORD.finditer(text, first, match.start()) if m.end() == match.start()]
    behind = _WORD.match(text, match.end(), match.end() + _NEAR)
    return Slip(
        before[-1].start() if before else match.start(),
        behind.end() if behind else match.end(),
        fault,
    )
