"""How alike two spellings are: case and accents folded, transliterations brought together."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "’": "'", "đ": "d"})
# One sound, many spellings, the longest first.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|dsch|ch|sch|sh|cz", "S"),
        (r"ph", "f"),
        (r"kh|ck|qu?|c", "k"),
        (r"x", "ks"),
        (r"th", "t"),
        (r"dj", "j"),
        (r"ou|oo|w(?=o)", "u"),
        (r"[yj]", "i"),
        (r"[wv]", "v"),
        (r"z", "s"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"(?<=[aeiou])h", ""),
        (r"(.)\1+", r"\1"),
    )
)
_LONGEST = 60  # letters of words that are compared
_VOWELS = re.compile(r"[aeiouy]")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no accents; as long as it is folded both times, equal texts stay equal."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """How a word sounds, roughly, whoever transliterated it."""
    sound = fold(word)
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound


@lru_cache(maxsize=100_000)
def consonants(word: str) -> str:
    """The consonants of a word's sound, behind its first letter."""
    sound = skeleton(word)
    return sound[:1] + _VOWELS.sub("", sound[1:])


def shared_start(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def edits(one: str, other: str, most: int) -> int:
    """Letters to insert, drop, change or swap with their neighbour, up to ``most + 1``."""
    if abs(len(one) - len(other)) > most or max(len(one), len(other)) > _LONGEST:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
