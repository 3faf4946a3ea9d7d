"""How well each word of one side corresponds to each word of the other.

Four witnesses: the cosine of the two words' vectors, the lexicon, a part of a compound that the
lexicon links ("Wettbewerbsbehörde" with "concurrence"), and letters in common (names, numbers of
models, loan words). A noisy or puts them together: one good witness is enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor.links.words import Floats, Words
from auditor.text.lexicon import Lexicon

_PART = 4  # letters of a part of a compound
_LIKE = 4  # letters in common from which two words look alike
_COMPOUND = 9  # letters of a word that may be a compound
# What each witness is worth at its best.
_WEIGHTS = {"cosine": 0.97, "lexicon": 0.97, "part": 0.85, "alike": 0.9}
_APART = 0.25  # what is taken off where the two words stand at opposite ends


@dataclass(frozen=True, slots=True)
class Matrices:
    """The witnesses, each of shape (left words, right words), and what they say together.

    ``raw``: the cosines as they are; ``cosine``: those below 0 as 0.
    """

    raw: Floats
    cosine: Floats
    lexicon: Floats
    part: Floats
    alike: Floats
    strength: Floats

    def turned(self) -> Matrices:
        """Seen from the other side."""
        return Matrices(
            self.raw.T, self.cosine.T, self.lexicon.T, self.part.T, self.alike.T, self.strength.T
        )


def link(left: Words, right: Words, lexicon: Lexicon) -> Matrices:
    """Hold every word against every other; the cost grows with the product of their numbers."""
    raw = (left.rows @ right.rows.T).astype(np.float64)
    cosine = raw.clip(0, 1)
    listed, part = np.zeros(cosine.shape), np.zeros(cosine.shape)
    _look_up(left, right, lexicon, listed, part)
    _look_up(right, left, lexicon, listed.T, part.T)
    alike = _alike(left, right)
    doubt = np.ones(cosine.shape)
    for name, matrix in (("cosine", cosine), ("lexicon", listed), ("part", part), ("alike", alike)):
        doubt *= 1 - _WEIGHTS[name] * matrix
    apart = np.abs(_places(left)[:, None] - _places(right)[None, :])
    return Matrices(raw, cosine, listed, part, alike, 1 - doubt - _APART * apart)


def _places(words: Words) -> Floats:
    """Where each word stands, from 0 to 1."""
    return (np.arange(len(words)) + 0.5) / max(1, len(words))


def _look_up(ours: Words, theirs: Words, lexicon: Lexicon, listed: Floats, part: Floats) -> None:
    """Enter the lexicon's links, whole words and parts of theirs."""
    places: dict[str, list[int]] = {}
    for j, stem in enumerate(theirs.stems):
        places.setdefault(stem, []).append(j)
    compounds = [(j, word) for j, word in enumerate(theirs.folded) if len(word) >= _COMPOUND]
    for i, stem in enumerate(ours.stems):
        if ours.free[i]:
            continue
        for other, score in lexicon.translations(stem, ours.code).items():
            value = min(1.0, 1.5 * score)
            for j in places.get(other, ()):
                listed[i, j] = max(listed[i, j], value)
            if len(other) >= _PART and score >= 0.05:
                for j, word in compounds:
                    if other in word and part[i, j] < value:
                        part[i, j] = value


def _alike(left: Words, right: Words) -> Floats:
    """The share of the longer word that two words have in common from their beginning on."""
    alike = np.zeros((len(left), len(right)))
    starts: dict[str, list[int]] = {}
    for j, word in enumerate(right.folded):
        starts.setdefault(word[:_LIKE], []).append(j)
    for i, word in enumerate(left.folded):
        for j in starts.get(word[:_LIKE], ()):
            other = right.folded[j]
            if word == other:
                alike[i, j] = 1.0
            elif len(word) >= _LIKE:
                shared = next(
                    (k for k, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
                    min(len(word), len(other)),
                )
                alike[i, j] = shared / max(len(word), len(other))
    return alike
