"""Tokens: words, numbers and signs of a text, cut as the treebanks cut them.

An elided word keeps its apostrophe (« l' », « qu' »), a pronoun hung on a verb its hyphen
(« -t-il »); contracted words (« du », „im“) stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Characters of a text that may be one sentence; a longer one (a table, a file without full stops)
# is neither tagged nor heard: it takes time and memory, and what is said of it is no news.
LONGEST = 20_000
_APOSTROPHES = str.maketrans(
    {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{MODIFIER LETTER APOSTROPHE}": "'"}
)
# A number with its marks, a word with inner hyphens, full stops and apostrophes, or one sign.
_TOKEN = re.compile(
    r"[-+−]?\d+(?:[.,:\u202f\u00a0]\d+)*%?"
    r"|[^\W_]+(?:[-'’.&_][^\W_]+)*(?:['’](?!\w))?"
    r"|\.{2,}|[^\w\s]|_+"
)
_DOMAIN = re.compile(r"[A-Za-z0-9]\.[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a language cuts inside a written word; lower case, apostrophes straight.

    It does so behind an apostrophe and before a hyphen alone.
    """

    elided: frozenset[str] = frozenset()  # "l'", "qu'"
    uncut: frozenset[str] = frozenset()  # "aujourd'hui"
    enclitics: tuple[str, ...] = ()  # "-t-il", the longest first


class Token(NamedTuple):
    """A stretch of a text: code points ``start`` to ``end``, and what stands there."""

    start: int
    end: int
    text: str


def straight(text: str) -> str:
    """A text with straight apostrophes, of the same length."""
    return text.translate(_APOSTROPHES)


def tokenize(text: str, cuts: Cuts) -> list[Token]:
    """The tokens of a text in order."""
    even = straight(text)
    make = Token._make
    found: list[Token] = []
    for match in _TOKEN.finditer(even):
        word = match.group()
        if "'" in word or "-" in word:  # all that a language cuts at
            pieces = _pieces(word, match.start(), cuts)
            found += [Token(start, end, even[start:end]) for start, end in pieces]
        else:
            found.append(make((*match.span(), word)))
    return found


def _pieces(word: str, start: int, cuts: Cuts) -> Iterator[tuple[int, int]]:
    """Where the parts of a written word begin and end."""
    end = start + len(word)
    lower = word.lower()
    if lower not in cuts.uncut:
        while "'" in lower[1:]:
            cut = lower.index("'", 1) + 1
            if lower[:cut] not in cuts.elided or cut == len(lower):
                break
            yield start, start + cut
            start, lower = start + cut, lower[cut:]
            if lower in cuts.uncut:
                break
        tail = next((e for e in cuts.enclitics if lower.endswith(e) and len(lower) > len(e)), "")
        if tail and lower not in cuts.uncut:
            yield start, end - len(tail)
            start = end - len(tail)
    yield start, end
