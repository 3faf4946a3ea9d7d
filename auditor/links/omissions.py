"""How probable it is that a stretch of one side is missing on the other, once the reader was heard.

The networks of `auditor.links.stretches` judge by links between single words. The reader
(`auditor.links.reader`) has read the sentences as wholes. A logistic regression weighs both, fitted
on translations from which a clause had been taken (`scripts/fit_omissions.py`).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from auditor.links.reader import KINDS, Reading

_LETTERS = 3  # of a word whose odds count
_SURE = 1e-6
_ALONE, _REPLACED = KINDS.index("alone"), KINDS.index("replaced")


def heard(
    chance: float, reading: Reading, side: int, span: tuple[int, int], drift: float
) -> dict[str, float]:
    """What the regression weighs: the networks' chance, and what the reader says of the words."""
    inside = [
        number
        for number, (start, end) in enumerate(reading.spans[side])
        if start < span[1] and span[0] < end and end - start >= _LETTERS
    ]
    odds = reading.odds[side][inside]
    chance = min(max(chance, _SURE), 1 - _SURE)
    return {
        "links": math.log(chance / (1 - chance)),
        "alone": float(odds[:, _ALONE].mean()) if inside else 0.0,
        "replaced": float(odds[:, _REPLACED].mean()) if inside else 0.0,
        "pair": float(reading.pair[_ALONE]),
        "drift": drift,
    }


def missing(
    chance: float, reading: Reading, side: int, span: tuple[int, int], drift: float
) -> float:
    """The chance that a stretch is missing on the other side; ``chance`` is that by links alone."""
    values, table = heard(chance, reading, side, span, drift), weights()
    total = table["bias"] + sum(table[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def weights() -> Mapping[str, float]:
    """The weights of the regression."""
    path = files("auditor") / "data" / "lexicon" / "omissions.toml"
    table: dict[str, float] = tomllib.loads(path.read_text("utf-8"))
    return table
