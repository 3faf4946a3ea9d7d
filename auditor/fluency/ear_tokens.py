"""Tokens as the ear hears them, and the features by which it knows a word form.

The split is deliberately plain and the same at training and at run time: numbers, runs of letters
and digits (a French elided word keeps its apostrophe: « l’ »), and every other sign by itself. A
hyphen is a sign, so that the parts of „H100-Chip“ are known although the compound is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

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

SPACED, GLUED, EITHER, TWICE = 0, 1, 2, 3  # how a token follows the one before it
UNKNOWN, UNSEEN, SEEN = 0, 1, 2  # whether it was ever seen to follow that one
TIES = 12  # ways to follow: one of the four times one of the three
PAIR_BITS = 1 << 23  # of the table that remembers pairs of words, two for each pair
AFFIX_ROWS = 16_384
SHAPE_ROWS = 256
AFFIXES = 7  # of lower-case letters: three beginnings and four endings


class Token(NamedTuple):
    """A token and its half-open span of code points in its sentence."""

    text: str
    start: int
    end: int


def tokenise(sentence: str) -> list[Token]:
    """The tokens of a sentence; white space is all that they leave out."""
    make = Token._make
    return [make((m.group(), *m.span())) for m in _TOKEN.finditer(sentence)]


def written(text: str) -> str:
    """A token's form with digits and typographic variants made one."""
    return _DIGIT.sub("0", text.translate(_SAME))


def joints(tokens: Sequence[str], spaced: Sequence[bool]) -> list[int]:
    """How each token follows the one before it: `SPACED`, `GLUED`, `EITHER`, or the same `TWICE`.

    Around punctuation a space is typography, and told apart nowhere; around letters, apostrophes
    and hyphens a space more or less makes another word.
    """
    found = []
    before = ""
    for token, gap in zip(tokens, spaced, strict=True):
        telling = binds(before[-1:]) and binds(token[:1])
        way = (SPACED if gap else GLUED) if telling else EITHER
        if token[0].isalpha() and token.lower() == before.lower():
            way = TWICE
        found.append(way)
        before = token
    return found


def pair_bits(pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Places of pairs of words in the table of pairs, two for each: shape (2, *pairs)."""
    shifted = np.stack([pairs >> np.uint64(40), pairs >> np.uint64(16)])
    return np.asarray(shifted.astype(np.int64) % PAIR_BITS, np.int64)


def pair_keys(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """What stands for two words in a row: 64 bits made of their `word_key`s."""
    # Fibonacci hashing: odd multipliers near 2**64 over the golden ratio, overflow wanted.
    one = first.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    two = second.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed = one ^ (two >> np.uint64(7)) ^ (two << np.uint64(21))
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), np.uint64)


def binds(sign: str) -> bool:
    """Whether a space beside a sign makes another word of it."""
    return sign.isalnum() or sign in ("'", "’", "-")


def word_key(form: str, language: str) -> int:
    """What stands for a form in the list of known words: 32 bits, whatever its case."""
    return crc32(f"{language}={form.lower()}".encode())


def affix_rows(form: str, language: str) -> list[int]:
    """Rows of the affix table, one for each beginning and ending."""
    lower = form.lower()
    # A sum goes on from that of what stands before it: each beginning needs one more letter.
    rows = []
    sum_ = crc32(f"{language}<".encode())
    for letter in (lower[:1], lower[1:2], lower[2:3]):
        sum_ = crc32(letter.encode(), sum_)
        rows.append(sum_ % AFFIX_ROWS)
    sum_ = crc32(f"{language}>".encode())
    return rows + [crc32(lower[-n:].encode(), sum_) % AFFIX_ROWS for n in (1, 2, 3, 4)]


def shape_row(form: str, language: str) -> int:
    """Row of the shape table: the kinds of its signs, repeats folded („H100“ is X0)."""
    single = "1" if len(form) == 1 else ""
    return crc32(f"{language}{single}{_shape(form)}".encode()) % SHAPE_ROWS


def _shape(form: str) -> str:
    if form.isalpha():  # nearly all words: told without a look at each letter
        if form.islower():
            return "x"
        if form[0].isupper() and form[1:].islower():
            return "Xx"
    shape: list[str] = []
    for sign in form[:24]:
        kind = "0" if sign.isdigit() else "X" if sign.isupper() else "x" if sign.isalpha() else sign
        if not shape or shape[-1] != kind:
            shape.append(kind)
    return "".join(shape[:6])
