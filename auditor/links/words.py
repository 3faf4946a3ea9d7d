"""The words of a side, with all that linking needs to know of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.encoders.base import Encoder
from auditor.text.lexicon import Lexicon
from auditor.text.stems import fold, stem
from auditor.text.words import find_words

Floats = NDArray[np.float64]
_DIGITS = re.compile(r"\d+")
_CLAUSE = frozenset(',;:.!?…()[]–—«»„“”"\n')
# Bits: what is more frequent (once in 400 words) is an article, a particle, an auxiliary.
FREE = 8.6


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A vector for each distinct word: ``rows`` (words, dimension) of length 1, and its mass."""

    numbers: Mapping[str, int]
    rows: NDArray[np.float32]
    masses: Floats

    @classmethod
    def of(cls, texts: Iterable[str], encoder: Encoder) -> WordVectors | None:
        """Encode every word of some texts by itself; None where the encoder has no tokens."""
        distinct = sorted({match.group() for text in texts for match in find_words(text)})
        tokens = encoder.tokens(distinct)
        if tokens is None:
            return None
        sums = np.concatenate([[0.0], np.cumsum(tokens.masses[tokens.numbers])])
        masses = sums[tokens.starts[1:]] - sums[tokens.starts[:-1]]
        numbers = {word: number for number, word in enumerate(distinct)}
        return cls(numbers, encoder.encode(distinct), np.asarray(masses))

    def take(self, words: Iterable[str]) -> tuple[NDArray[np.float32], Floats]:
        """The rows and masses of words."""
        numbers = [self.numbers[word] for word in words]
        return self.rows[numbers], self.masses[numbers]


@dataclass(frozen=True)
class Words:
    """The words of one side of a bead, in order; ``spans`` are offsets into its readable text.

    ``breaks`` (words + 1): whether a sign that parts clauses, or an end of the text, stands
    before each word, and behind the last one. ``digits``: the numbers between each word and the
    one before, as they are written: they are no words.
    """

    code: str
    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    rows: NDArray[np.float32]
    masses: Floats
    rarity: Floats
    breaks: NDArray[np.bool_]
    digits: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str, code: str, vectors: WordVectors, lexicon: Lexicon) -> Words:
        """Find and look up the words of a text."""
        matches = list(find_words(text))
        texts = tuple(match.group() for match in matches)
        stems = tuple(stem(word, code) for word in texts)
        rows, masses = vectors.take(texts)
        rarity = np.array([lexicon.rarity(s, code) for s in stems])
        spans = tuple(match.span() for match in matches)
        breaks, digits = _breaks(text, spans), _digits(text, spans)
        return cls(code, texts, spans, stems, rows, masses, rarity, breaks, digits)

    def take(self, chosen: NDArray[np.int64]) -> Words:
        """Some of the words, in a new order."""
        return Words(
            self.code,
            tuple(self.texts[n] for n in chosen),
            tuple(self.spans[n] for n in chosen),
            tuple(self.stems[n] for n in chosen),
            self.rows[chosen],
            self.masses[chosen],
            self.rarity[chosen],
            np.append(self.breaks[chosen], self.breaks[-1]),
            tuple(self.digits[n] for n in chosen),
        )

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.texts)

    def at(self, start: int, end: int) -> int | None:
        """The number of the first word that a stretch of the text touches."""
        touched = (n for n, (a, b) in enumerate(self.spans) if a < end and start < b)
        return next(touched, None)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words in lower case, without accents."""
        return tuple(map(fold, self.texts))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the side, and what stands before a word read as one: 25 000."""
        runs = {_bare(number) for found in self.digits for number in found}
        return frozenset(runs | {_bare("".join(found)) for found in self.digits if found})

    def has(self, digits: tuple[str, ...]) -> bool:
        """Whether a side has all of some numbers, or the one that they make together."""
        return _bare("".join(digits)) in self.numbers or all(
            _bare(number) in self.numbers for number in digits
        )

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Which words may be missing without a loss."""
        return np.asarray(self.rarity < FREE)


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"


def _digits(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[str, ...], ...]:
    """The numbers in front of each word, the last word's with those behind it."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    found = [tuple(_DIGITS.findall(text, *gap)) for gap in zip(ends, starts, strict=True)]
    return (*found[:-2], found[-2] + found[-1]) if spans else ()


def _breaks(text: str, spans: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    """Where clauses may end."""
    between = [text[before[1] : behind[0]] for before, behind in pairwise(spans)]
    return np.array([True, *(not _CLAUSE.isdisjoint(part) for part in between), True])
