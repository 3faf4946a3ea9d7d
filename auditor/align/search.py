"""The cheapest way through two documents, inside a band around a rough path."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.band import Band, Step
from auditor.align.costs import Costs
from auditor.align.lines import Floats

Moves = NDArray[np.int8]

_DELETE, _INSERT = 100, 101  # moves; below them stand the beads, a * 10 + b


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table, from column ``low`` on: the totals, and the cosines of its segment."""

    low: int
    totals: Floats
    cosines: Floats  # of this row's segment with the segment that ends at each column

    def within(self, values: Floats, low: int, high: int, missing: float) -> Floats:
        """Some of the row's values for the columns ``low`` to ``high``, whatever the row covers."""
        out = np.full(high - low, missing)
        start, end = max(low, self.low), min(high, self.low + len(values))
        if start < end:
            out[start - low : end - low] = values[start - self.low : end - self.low]
        return out


def search(costs: Costs, band: Band, largest: int) -> list[Step]:
    """Sizes of the beads along the cheapest path, from the start; up to ``largest`` on a side.

    A row is one step down the left document. Beads of all sizes come from the rows above and are
    priced at once; insertions run along the row, where a running minimum settles them.
    """
    rows: deque[_Row] = deque(maxlen=largest + 1)
    moves: list[Moves] = []
    for row in range(len(costs.left) + 1):
        low, high = int(band.low[row]), int(band.high[row])
        cosines = _cosines(costs, row, low, high)
        if row == 0:
            totals = np.full(high - low, np.inf)
            totals[0] = 0.0
            move = np.zeros(high - low, np.int8)
        else:
            rows.appendleft(_Row(low, np.empty(0), cosines))
            totals, move = _from_above(costs, rows, row, low, high, largest)
            rows.popleft()
        _along(totals, move, costs.deletion)
        rows.appendleft(_Row(low, totals, cosines))
        moves.append(move)
    return list(_steps(moves, band))[::-1]


def _cosines(costs: Costs, row: int, low: int, high: int) -> Floats:
    """Cosines for the columns of a row; column ``j`` ends with right segment ``j`` - 1."""
    cosines = np.zeros(high - low)
    first = max(low, 1)
    if row and high > first:
        cosines[first - low :] = costs.cosines(row - 1, first - 1, high - 1)
    return cosines


def _from_above(
    costs: Costs, rows: deque[_Row], row: int, low: int, high: int, largest: int
) -> tuple[Floats, Moves]:
    """The beads that end in this row, and the omission of its segment."""
    totals = rows[1].within(rows[1].totals, low, high, np.inf) + costs.deletion
    move = np.full(high - low, _DELETE, np.int8)
    first = max(low, 1)  # no bead ends before the first right segment
    if first < high:
        beads, sizes = _beads(costs, rows, row, first, high, largest)
        cheaper = beads < totals[first - low :]
        totals[first - low :][cheaper] = beads[cheaper]
        move[first - low :][cheaper] = sizes[cheaper]
    return totals, move


def _beads(
    costs: Costs, rows: deque[_Row], row: int, low: int, high: int, largest: int
) -> tuple[Floats, Moves]:
    """The cheapest bead that ends in each column of a row, as total and move.

    Arrays have shape (a, b, columns): sizes of the left and of the right group.
    """
    deepest = min(largest, row)
    width = high - low
    sums, peaks = _grouped(costs, rows, row, (low, high), (deepest, largest))
    totals = costs.beads(sums, peaks, row - 1, low - 1)
    above = np.stack(
        [rows[a].within(rows[a].totals, low - largest, high, np.inf) for a in range(1, deepest + 1)]
    )
    for b in range(1, largest + 1):
        totals[:, b - 1] += above[:, largest - b : largest - b + width]
    flat = totals.reshape(deepest * largest, width)
    best = flat.argmin(axis=0)
    move = ((best // largest + 1) * 10 + best % largest + 1).astype(np.int8)
    return flat[best, np.arange(width)], move


def _grouped(
    costs: Costs, rows: deque[_Row], row: int, columns: tuple[int, int], most: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Over the last a rows and the last b columns, shape (a, b, columns).

    The sums of the weighted products of segments, and the largest of their cosines.
    """
    reach, (low, high) = most[1] - 1, columns
    width, start = high - low, low - reach
    weights = np.zeros(width + reach)
    weights[max(0, 1 - start) :] = costs.right.weights[max(0, start - 1) : high - 1]
    ours = costs.left.weights[row - most[0] : row][::-1, None]
    cosines = np.stack([rows[a].within(rows[a].cosines, start, high, 0.0) for a in range(most[0])])
    by_rows = np.cumsum(cosines * weights * ours, axis=0)
    highest = np.maximum.accumulate(cosines, axis=0)
    sums, peaks = np.empty((*most, width)), np.empty((*most, width))
    sums[:, 0], peaks[:, 0] = by_rows[:, reach:], highest[:, reach:]
    for b in range(1, most[1]):
        shifted = slice(reach - b, reach - b + width)
        np.add(sums[:, b - 1], by_rows[:, shifted], out=sums[:, b])
        np.maximum(peaks[:, b - 1], highest[:, shifted], out=peaks[:, b])
    return sums, peaks


def _along(totals: Floats, move: Moves, deletion: float) -> None:
    """Insertions: D[j] = min over k <= j of D[k] + (j - k) * deletion."""
    slope = np.arange(len(totals)) * deletion
    lowest = np.minimum.accumulate(totals - slope) + slope
    inserted = lowest < totals - 1e-12
    totals[inserted] = lowest[inserted]
    move[inserted] = _INSERT


def _steps(moves: list[Moves], band: Band) -> Iterator[Step]:
    """Walk back from the end."""
    row, column = len(moves) - 1, int(band.high[-1]) - 1
    while row or column:
        move = int(moves[row][column - band.low[row]])
        a, b = (1, 0) if move == _DELETE else (0, 1) if move == _INSERT else divmod(move, 10)
        yield a, b
        row, column = row - a, column - b
