"""The cheapest way through two documents, inside a band around a rough path."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.costs import LARGEST, Costs
from auditor.align.lines import Floats

Ints = NDArray[np.int64]
Moves = NDArray[np.int8]
Step = tuple[int, int]

_SIZES = [(a, b) for a in range(1, LARGEST + 1) for b in range(1, LARGEST + 1)]
_DELETE, _INSERT = len(_SIZES), len(_SIZES) + 1


@dataclass(frozen=True, slots=True)
class Band:
    """For each row 0 … n the columns that the path may visit: from ``low`` up to ``high`` - 1."""

    low: Ints
    high: Ints

    @classmethod
    def full(cls, rows: int, columns: int) -> Band:
        """No restriction: every column of 0 … ``columns`` in every row."""
        return cls(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))


@dataclass(slots=True)
class _Row:
    """A row of the table: totals by column from ``low`` on, and products summed over groups."""

    low: int
    totals: Floats
    products: Floats  # of this row's segment with the segment that ends at each column

    @property
    def high(self) -> int:
        """The column behind the last one."""
        return self.low + len(self.totals)


def search(costs: Costs, band: Band) -> list[Step]:
    """Sizes of the beads along the cheapest path, from the start.

    A row is one step down the left document. Beads of several sizes come from rows above;
    insertions run along the row, where a running minimum settles them all at once.
    """
    rows: deque[_Row] = deque(maxlen=LARGEST + 1)
    moves: list[Moves] = []
    for row in range(len(costs.left) + 1):
        low, high = int(band.low[row]), int(band.high[row])
        best = np.full(high - low, np.inf)
        move = np.full(high - low, -1, np.int8)
        rows.appendleft(_Row(low, best, _products(costs, row, low, high)))
        if row == 0:
            best[0] = 0.0
        else:
            _from_above(costs, rows, row, best, move)
        _along(best, move, costs.deletion)
        moves.append(move)
    return _trace(moves, band)


def _products(costs: Costs, row: int, low: int, high: int) -> Floats:
    """Products for the columns of a row; column ``j`` ends with right segment ``j`` - 1."""
    products = np.zeros(high - low)
    if row and high > 1:
        first = max(low, 1)
        products[first - low :] = costs.dots(row - 1, first - 1, high - 1)
    return products


def _from_above(costs: Costs, rows: deque[_Row], row: int, best: Floats, move: Moves) -> None:
    """Enter the omission of this row's segment, and the beads that end in this row."""
    low, high = rows[0].low, rows[0].low + len(best)
    start, end = max(low, rows[1].low), min(high, rows[1].high)
    if start < end:
        omitted = rows[1].totals[start - rows[1].low : end - rows[1].low] + costs.deletion
        _relax(best[start - low : end - low], move[start - low : end - low], _DELETE, omitted)
    for index, (a, b) in enumerate(_SIZES):
        if a >= len(rows):
            break
        start = max([low, rows[a].low + b, *(rows[k].low + b - 1 for k in range(a))])
        end = min([high, rows[a].high + b, *(rows[k].high for k in range(a))])
        if start < end:
            prices = costs.beads(_summed(rows, a, b, start, end), row - 1, a, b, start - 1)
            totals = rows[a].totals[start - b - rows[a].low : end - b - rows[a].low] + prices
            _relax(best[start - low : end - low], move[start - low : end - low], index, totals)


def _summed(rows: deque[_Row], a: int, b: int, start: int, end: int) -> Floats:
    """Products summed over the last ``a`` rows and, for each column, the last ``b`` columns."""
    total = np.zeros(end - start)
    for k in range(a):
        row = rows[k]
        for back in range(b):
            total += row.products[start - back - row.low : end - back - row.low]
    return total


def _relax(best: Floats, move: Moves, index: int, totals: Floats) -> None:
    """Take a move wherever it is cheaper than what is known so far."""
    cheaper = totals < best
    best[cheaper] = totals[cheaper]
    move[cheaper] = index


def _along(best: Floats, move: Moves, deletion: float) -> None:
    """Insertions: D[j] = min over k <= j of D[k] + (j - k) * deletion."""
    slope = np.arange(len(best)) * deletion
    lowest = np.minimum.accumulate(best - slope)
    inserted = lowest + slope < best - 1e-12
    best[inserted] = (lowest + slope)[inserted]
    move[inserted] = _INSERT


def _trace(moves: list[Moves], band: Band) -> list[Step]:
    """Walk back from the end."""
    return list(_steps(moves, band))[::-1]


def _steps(moves: list[Moves], band: Band) -> Iterator[Step]:
    row, column = len(moves) - 1, int(band.high[-1]) - 1
    while row or column:
        index = int(moves[row][column - band.low[row]])
        a, b = (1, 0) if index == _DELETE else (0, 1) if index == _INSERT else _SIZES[index]
        yield a, b
        row, column = row - a, column - b
