"""Tokens as the ear hears them, and the features by which it knows a word form.

The split is deliberately plain and the same at training and at run time: numbers, runs of letters
and digits (a French elided word keeps its apostrophe: « l’ »), and every other sign by itself. A
hyphen is a sign, so that the parts of „H100-Chip“ are known although the compound is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’](?=[^\W_]))?|[^\s]")
_DIGIT = re.compile(r"\d")
# One sign for each family: corpora differ in their typography, and the ear must not care.
_SAME = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟‹›″", '"'),
        **dict.fromkeys("‘’‚`´ʼ", "'"),
        **dict.fromkeys("‐‑‒", "-"),
        "—": "–",
    }
)

SPACED, GLUED, EITHER = 0, 1, 2  # how a token follows the one before it
AFFIX_ROWS = 16_384
SHAPE_ROWS = 256
AFFIXES = 7  # of lower-case letters: three beginnings and four endings


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its half-open span of code points in its sentence."""

    text: str
    start: int
    end: int


def tokenise(sentence: str) -> list[Token]:
    """The tokens of a sentence; white space is all that they leave out."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(sentence)]


def written(text: str) -> str:
    """A token's form with digits and typographic variants made one."""
    return _DIGIT.sub("0", text.translate(_SAME))


def joints(tokens: list[str], spaced: list[bool]) -> list[int]:
    """How each token follows the one before it: `SPACED`, `GLUED` or `EITHER`.

    Around punctuation this is typography, and told apart nowhere; around letters, apostrophes and
    hyphens a space more or less makes another word.
    """
    found = []
    before = ""
    for token, gap in zip(tokens, spaced, strict=True):
        telling = _binds(before[-1:]) and _binds(token[:1])
        found.append((SPACED if gap else GLUED) if telling else EITHER)
        before = token
    return found


def _binds(sign: str) -> bool:
    return sign.isalnum() or sign in ("'", "’", "-")


def word_key(form: str, language: str) -> int:
    """What stands for a form in the list of known words: 32 bits, whatever its case."""
    return crc32(f"{language}={form.lower()}".encode())


def affix_rows(form: str, language: str) -> list[int]:
    """Rows of the affix table, one for each beginning and ending."""
    lower = form.lower()
    parts = [f"<{lower[:n]}" for n in (1, 2, 3)]
    parts += [f">{lower[-n:]}" for n in (1, 2, 3, 4)]
    return [crc32(f"{language}{part}".encode()) % AFFIX_ROWS for part in parts]


def shape_row(form: str, language: str) -> int:
    """Row of the shape table: the kinds of its signs, repeats folded („H100“ is X0)."""
    shape: list[str] = []
    for sign in form[:24]:
        kind = "0" if sign.isdigit() else "X" if sign.isupper() else "x" if sign.isalpha() else sign
        if not shape or shape[-1] != kind:
            shape.append(kind)
    single = "1" if len(form) == 1 else ""
    return crc32(f"{language}{single}{''.join(shape[:6])}".encode()) % SHAPE_ROWS
