"""The second pass: a linear model of beads, searched in a band around a first path.

A bead's cost is a weighted sum of features: words without counterpart on either side, distance of
the vectors, difference in length, breaks between blocks, and its sizes. The weights are those
of a conditional random field over whole alignments (Lafferty et al. 2001, "Conditional Random
Fields"), fitted by `scripts/train_alignment.py`. The same model gives each bead its posterior
probability: the bead's confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from auditor.align.band import Band, Step, shifted
from auditor.align.lines import Floats

NEVER = 1e9  # the cost of what cannot be


@dataclass(frozen=True, slots=True)
class BeadCosts:
    """Costs of every bead in a band.

    ``beads``, for each left position from 1 on: (most, most, columns), of the bead of a and b
    segments that ends there and at the right position ``low`` + column. ``omissions`` (left
    segments) and ``additions`` (right segments): of leaving a segment alone.
    """

    band: Band
    beads: list[Floats]
    omissions: Floats
    additions: Floats

    @property
    def most(self) -> int:
        """Segments on one side of a bead, at most."""
        return len(self.beads[0])


def forward(costs: BeadCosts, *, soft: bool, ways: list[Floats] | None = None) -> list[Floats]:
    """What it costs to come from the beginning to each position of the band, row by row.

    ``soft``: minus the logarithm of the sum over all ways there; else the cheapest way. ``ways``
    takes up the totals by last bead, and behind them by last omission, from the second row on.
    """
    totals: list[Floats] = []
    slopes = np.concatenate([[0.0], np.cumsum(costs.additions)])
    for row in range(len(costs.band.low)):
        low, high = int(costs.band.low[row]), int(costs.band.high[row])
        if row == 0:
            base = np.full(high - low, NEVER)
            base[0] = 0.0
        else:
            found = _from_above(costs, totals, row, low, high)
            base = _soft_minimum(found) if soft else found.min(axis=0)
            if ways is not None:
                ways.append(found)
        slope = slopes[low:high]
        if soft:
            totals.append(slope - np.logaddexp.accumulate(slope - base))
        else:
            totals.append(slope + np.minimum.accumulate(base - slope))
    return totals


def _ways(costs: BeadCosts, totals: list[Floats], row: int, low: int, high: int) -> Floats:
    """Totals by the bead that ends in this row, shape (most, most, columns)."""
    most, lows = costs.most, costs.band.low
    ways = costs.beads[row - 1].copy()
    ways[min(most, row) :] = NEVER
    for a in range(1, min(most, row) + 1):
        before = shifted(totals[row - a], int(lows[row - a]), low - most, high, NEVER)
        for b in range(1, most + 1):
            ways[a - 1, b - 1] += before[most - b : most - b + high - low]
    return ways


def _from_above(costs: BeadCosts, totals: list[Floats], row: int, low: int, high: int) -> Floats:
    """Totals by the last step, shape (most * most + 1, columns): each bead, then the omission."""
    ways = _ways(costs, totals, row, low, high).reshape(-1, high - low)
    last = shifted(totals[row - 1], int(costs.band.low[row - 1]), low, high, NEVER)
    return np.vstack([ways, last + costs.omissions[row - 1]])


def cheapest(costs: BeadCosts) -> list[Step]:
    """Sizes of the beads along the cheapest way, from the start."""
    totals = forward(costs, soft=False)
    return list(_walk(costs, totals))[::-1]


def _walk(costs: BeadCosts, totals: list[Floats]) -> Iterator[Step]:
    lows = costs.band.low
    row, column = len(lows) - 1, int(costs.band.high[-1]) - 1
    while row or column:
        step = _last_step(costs, totals, row, column, int(lows[row]))
        yield step
        row, column = row - step[0], column - step[1]


def _last_step(costs: BeadCosts, totals: list[Floats], row: int, column: int, low: int) -> Step:
    """The bead with which the cheapest way comes to a position; beads before single segments."""
    ways: dict[Step, float] = {}
    place = column - low
    if row:
        for a in range(1, min(costs.most, row) + 1):
            for b in range(1, min(costs.most, column) + 1):
                before = _at(costs, totals, row - a, column - b)
                ways[a, b] = before + float(costs.beads[row - 1][a - 1, b - 1, place])
        ways[1, 0] = _at(costs, totals, row - 1, column) + float(costs.omissions[row - 1])
    if column:
        ways[0, 1] = _at(costs, totals, row, column - 1) + float(costs.additions[column - 1])
    return min(ways, key=lambda step: ways[step])


def _at(costs: BeadCosts, totals: list[Floats], row: int, column: int) -> float:
    place = column - int(costs.band.low[row])
    return float(totals[row][place]) if 0 <= place < len(totals[row]) else NEVER


def backward(costs: BeadCosts) -> list[Floats]:
    """The soft cost of coming from each position of the band to the end, row by row."""
    lows, highs = costs.band.low, costs.band.high
    slopes = np.concatenate([[0.0], np.cumsum(costs.additions)])
    last = len(lows) - 1
    totals: list[Floats] = [np.empty(0)] * (last + 1)
    for row in range(last, -1, -1):
        low, high = int(lows[row]), int(highs[row])
        if row == last:
            base = np.full(high - low, NEVER)
            base[-1] = 0.0
        else:
            base = _from_below(costs, totals, row, low, high)
        slope = slopes[low:high]
        # From j to k > j costs slope[k] - slope[j].
        totals[row] = -slope - np.logaddexp.accumulate((-base - slope)[::-1])[::-1]
    return totals


def _from_below(costs: BeadCosts, totals: list[Floats], row: int, low: int, high: int) -> Floats:
    lows, most = costs.band.low, costs.most
    ways = [shifted(totals[row + 1], int(lows[row + 1]), low, high, NEVER)[None]]
    ways[0] += costs.omissions[row]
    for a in range(1, min(most, len(lows) - 1 - row) + 1):
        end = int(lows[row + a])
        after = totals[row + a] + costs.beads[row + a - 1][a - 1]
        wide = shifted(after, end, low, high + most, NEVER)
        # A bead of b segments ends b columns to the right.
        ways += [wide[b - 1 : b, b : b + high - low] for b in range(1, most + 1)]
    return _soft_minimum(np.concatenate(ways))


def _soft_minimum(ways: Floats) -> Floats:
    least = ways.min(axis=0)
    summed: Floats = least - np.log(np.exp(least - ways).sum(axis=0))
    return summed


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities over all alignments in the band.

    ``beads``: in the form of `BeadCosts.beads`. ``omissions`` (left segments) and ``additions``
    (right segments): that a segment is left alone.
    """

    band: Band
    beads: list[Floats]
    omissions: Floats
    additions: Floats

    def of(self, row: int, column: int, step: Step) -> float:
        """The probability of what ends at a position: a bead, or a segment that is left alone."""
        a, b = step
        if a and b:
            return float(self.beads[row - 1][a - 1, b - 1, column - self.band.low[row]])
        return float(self.omissions[row - 1] if a else self.additions[column - 1])


def posteriors(costs: BeadCosts) -> Posteriors:
    """How probable each bead is, and each omission and addition."""
    ways: list[Floats] = []
    whole = float(forward(costs, soft=True, ways=ways)[-1][-1])
    behind, most = backward(costs), costs.most
    beads: list[Floats] = []
    omissions = np.zeros(len(costs.omissions))
    for row, found in enumerate(ways):
        chances = np.exp(np.minimum(whole - found - behind[row + 1], 0.0))
        beads.append(chances[:-1].reshape(most, most, -1))
        omissions[row] = min(1.0, float(chances[-1].sum()))
    return Posteriors(
        costs.band, beads, omissions, 1 - _covered(costs.band, beads, costs.additions)
    )


def _covered(band: Band, beads: list[Floats], additions: Floats) -> Floats:
    """The probability that a bead of both sides holds each right segment."""
    most = len(beads[0])
    covered = np.zeros(most + len(additions))  # segment j at place most + j
    for low, own in zip(band.low[1:].tolist(), beads, strict=True):
        # Of the beads that end at a position, those of b segments or more hold the b-th last one.
        at_least = np.cumsum(own.sum(axis=0)[::-1], axis=0)[::-1]
        for b in range(most):
            start = most + low - 1 - b
            covered[start : start + own.shape[2]] += at_least[b]
    return np.minimum(covered[most:], 1.0)
