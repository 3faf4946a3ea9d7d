"""From the segments of two documents to beads, in time that grows linearly with their length."""

from __future__ import annotations

import numpy as np

from auditor.align.costs import LARGEST, Weights, price
from auditor.align.lines import Lines
from auditor.align.search import Band, Step, search

# Up to so many cells the whole table is searched; beyond, a band around a coarse path.
_FULL_TABLE = 400_000
_MARGIN = 16
_COARSE = 4  # segments that the coarse pass takes for one
_LARGEST_COARSE = 2  # segments on one side of a bead in the coarse passes

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


def align(left: Lines, right: Lines, weights: Weights | None = None) -> Beads:
    """Align two documents.

    Returns beads as (left indices, right indices) in order: they never cross and hold every
    segment once; either side may be empty.
    """
    if not len(left) or not len(right):
        omissions: Beads = [((i,), ()) for i in range(len(left))]
        return omissions + [((), (j,)) for j in range(len(right))]
    steps = _steps(left, right, weights or Weights(), LARGEST)
    beads: Beads = []
    row = column = 0
    for a, b in steps:
        beads.append((tuple(range(row, row + a)), tuple(range(column, column + b))))
        row, column = row + a, column + b
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
