"""From the segments of two documents to beads, in time that grows linearly with their length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor.align.band import Band, Step
from auditor.align.costs import Weights, price
from auditor.align.evidence import Words
from auditor.align.lines import Lines
from auditor.align.refine import Posteriors, cheapest, posteriors
from auditor.align.search import search
from auditor.align.weighing import Weighing, learnt, price_beads

# Up to so many cells the whole table is searched; beyond, a band around a coarse path.
_FULL_TABLE = 400_000
_MARGIN = 16
_COARSE = 4  # segments that the coarse pass takes for one
_LARGEST_COARSE = 2  # segments on one side of a bead in the coarse passes
_LARGEST_FIRST = 4  # … and in the first pass
_REFINED = 5  # positions around the first path that the second pass searches

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Segments that translate one another, by index; either side may be empty.

    ``confidence``: the probability that exactly these belong together; where the encoder knows no
    words, it is that of a bead of its size.
    """

    left: Group
    right: Group
    confidence: float


def align(left: Lines, right: Lines, weighing: Weighing | None = None) -> list[Aligned]:
    """Align two documents.

    Beads come in order; they never cross and hold every segment once.
    """
    if not len(left) or not len(right):
        alone = [Aligned((i,), (), 1.0) for i in range(len(left))]
        return alone + [Aligned((), (j,), 1.0) for j in range(len(right))]
    first = first_pass(left, right)
    if left.tokens is None or right.tokens is None:
        return _beads(first, None)
    band = Band.around(first, len(left), len(right), _REFINED)
    words = Words.of(left.tokens), Words.of(right.tokens)
    costs = price_beads(left, right, words, band, weighing or learnt())
    return _beads(cheapest(costs), posteriors(costs))


def first_pass(left: Lines, right: Lines) -> list[Step]:
    """The sizes of the beads along the cheapest path by vectors, lengths and blocks alone."""
    return _steps(left, right, Weights(), _LARGEST_FIRST)


# Without words nothing tells how sure a bead is: how often the first pass is right about its kind
# on the development file of Text+Berg.
_PRIOR_SINGLE, _PRIOR_OTHER = 0.91, 0.78


def _beads(steps: list[Step], known: Posteriors | None) -> list[Aligned]:
    beads: list[Aligned] = []
    row = column = 0
    for a, b in steps:
        group, other = tuple(range(row, row + a)), tuple(range(column, column + b))
        row, column = row + a, column + b
        if known:
            confidence = known.of(row, column, (a, b))
        else:
            confidence = _PRIOR_SINGLE if a == b == 1 else _PRIOR_OTHER
        beads.append(Aligned(group, other, confidence))
    return beads


def _steps(left: Lines, right: Lines, weights: Weights, largest: int) -> list[Step]:
    """The cheapest path, found at a coarser resolution first where the table is large."""
    band = Band.full(len(left), len(right))
    if len(left) * len(right) > _FULL_TABLE and min(len(left), len(right)) > 4 * _MARGIN:
        coarse = _steps(left.merged(_COARSE), right.merged(_COARSE), weights, _LARGEST_COARSE)
        band = _around(coarse, len(left), len(right))
    return search(price(left, right, weights), band, largest)


def _around(coarse: list[Step], rows: int, columns: int) -> Band:
    """The band around a path that was found at the coarser resolution."""
    low = np.full(rows + 1, columns, np.int64)
    high = np.zeros(rows + 1, np.int64)
    row = column = 0
    for a, b in [(0, 0), *coarse]:
        fine = slice(_COARSE * row, _COARSE * (row + a + 1))
        low[fine] = np.minimum(low[fine], _COARSE * column)
        high[fine] = np.maximum(high[fine], _COARSE * (column + b) + 1)
        row, column = row + a, column + b
    low = np.minimum.accumulate(low[::-1])[::-1] - _MARGIN
    high = np.maximum.accumulate(high) + _MARGIN + 1
    low[0], high[-1] = 0, columns + 1
    return Band(np.clip(low, 0, columns), np.clip(high, 1, columns + 1))
