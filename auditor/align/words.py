"""Which words of two texts answer to one another, for a reader who knows one of the two languages.

A word's vector is the sum of its tokens'. Two words are linked where each is the other's most
similar (competitive linking, Melamed 2000; mutual argmax as in SimAlign, Jalili Sabet et al. 2020)
and the two are similar enough. Among words that are alike, those in like places are preferred. The
links only help the eye: no finding rests on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# The same words as those that the report's script finds: runs of letters and digits.
_WORD = re.compile(r"[^\W_]+")
LONGEST = 120  # words on one side: more are no sentence that an eye compares
_LEAST = 0.45  # similarity below which even the best answer is none
_SAME = 0.5  # added where both words are written the same: names and numbers
_DISTANCE = 0.25  # taken off where two words stand at opposite ends

Vectors = NDArray[np.float32]
Spans = Sequence[tuple[int, int]]


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word."""
    return [match.span() for match in _WORD.finditer(text)]


def links(left: str, right: str, ours: tuple[Spans, Vectors], theirs: tuple[Spans, Vectors]) -> str:
    """The links as pairs of word numbers, ``0-0 1-2`` (Pharaoh's form).

    ``ours`` and ``theirs``: the spans of each text's tokens, and their vectors (tokens, dimension).
    """
    spans = words(left), words(right)
    if not all(0 < len(side) <= LONGEST for side in spans):
        return ""
    scores = _scores(left, right, spans, (_vectors(spans[0], *ours), _vectors(spans[1], *theirs)))
    best, back = scores.argmax(axis=1), scores.argmax(axis=0)
    return " ".join(
        f"{word}-{answer}"
        for word, answer in enumerate(best)
        if back[answer] == word and scores[word, answer] >= _LEAST
    )


def _vectors(spans: Spans, tokens: Spans, vectors: Vectors) -> Vectors:
    """The sum of the tokens within each word, of length 1; zeros for a word without any."""
    out = np.zeros((len(spans), vectors.shape[1] if vectors.ndim == 2 else 1), np.float32)
    place = 0
    for (start, end), vector in zip(tokens, vectors, strict=True):
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and end > spans[place][0]:
            out[place] += vector
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    out /= np.maximum(lengths, 1e-9)
    return out


def _scores(
    left: str, right: str, spans: tuple[Spans, Spans], vectors: tuple[Vectors, Vectors]
) -> NDArray[np.float64]:
    """How well each word answers to each, shape (left words, right words)."""
    scores = (vectors[0] @ vectors[1].T).astype(np.float64)
    numbers: dict[str, int] = {}
    written = [
        np.array([numbers.setdefault(text[a:b].casefold(), len(numbers)) for a, b in side])
        for text, side in ((left, spans[0]), (right, spans[1]))
    ]
    scores[written[0][:, None] == written[1][None, :]] += _SAME
    places = [np.linspace(0, 1, len(side)) if len(side) > 1 else np.array([0.5]) for side in spans]
    distances: NDArray[np.float64] = np.abs(places[0][:, None] - places[1][None, :])
    return scores - _DISTANCE * distances
