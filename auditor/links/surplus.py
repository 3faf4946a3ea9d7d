"""How probable it is that a sentence of several is one too many for what faces them.

Alignment puts two sentences before one where the one holds both, and also where the other
translation left one of them out that has much in common with its neighbour. The reader
(`auditor.links.reader`) tells the two apart: it reads the sentences together, and the others
without the one. If the other side is as well answered without it, and if its words are alone where
it stands, it is one too many. A logistic regression weighs this, fitted on translations beside
which a sentence of the same text was put (`scripts/fit_surplus.py`).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor.links.reader import KINDS, Reading
from auditor.links.reader_network import Floats

_LETTERS = 3  # of a word whose odds count
_CHARACTERS = 8  # added to lengths, so that short sides have no extreme ratios
_ALONE = KINDS.index("alone")


@dataclass(frozen=True, slots=True)
class Without:
    """Two sides, and one of them without one of its sentences.

    ``side``: that which has the sentence, at ``span``; ``rest``: what is left of this side.
    """

    texts: tuple[str, str]
    side: int
    span: tuple[int, int]

    @property
    def pair(self) -> tuple[str, str]:
        """What is left of the one side, and the other side."""
        own, (start, end) = self.texts[self.side], self.span
        rest = f"{own[:start].rstrip()} {own[end:].lstrip()}".strip()
        return (rest, self.texts[1]) if self.side == 0 else (self.texts[0], rest)


def seen(without: Without, whole: Reading, rest: Reading) -> dict[str, float]:
    """What the regression weighs; ``whole`` and ``rest``: readings with and without it."""
    other = 1 - without.side
    lengths = [len(text) + _CHARACTERS for text in without.texts]
    left = len(without.pair[without.side]) + _CHARACTERS
    return {
        "alone": _lone(whole, without.side, without.span),
        "facing": _lone(rest, other, (0, len(without.texts[other]))),
        "worse": float(rest.pair[_ALONE] - whole.pair[_ALONE]),
        "with": math.log(lengths[without.side] / lengths[other]),
        "without": math.log(left / lengths[other]),
    }


def surplus(values: Mapping[str, float]) -> float:
    """The chance that the sentence is one too many."""
    table = weights()
    total = table["bias"] + sum(table[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _lone(reading: Reading, side: int, span: tuple[int, int]) -> float:
    """Log odds that nothing answers a word, on average over the words of a stretch of a side."""
    odds: Floats = reading.odds[side][:, _ALONE]
    inside = [
        number
        for number, (start, end) in enumerate(reading.spans[side])
        if start < span[1] and span[0] < end and end - start >= _LETTERS
    ]
    return float(odds[inside].mean()) if inside else 0.0


@cache
def weights() -> Mapping[str, float]:
    """The weights of the regression."""
    path = files("auditor") / "data" / "lexicon" / "surplus.toml"
    table: dict[str, float] = tomllib.loads(path.read_text("utf-8"))
    return table
