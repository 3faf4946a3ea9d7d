"""What a bead looks like: the features that the second pass weighs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from auditor.align.band import Band, shifted
from auditor.align.costs import Groups, groups
from auditor.align.evidence import Evidence
from auditor.align.lines import Floats, Lines

# Of a bead, behind the uncovered and the crossing masses.
BEAD = (
    "distance",  # one minus the cosine of the groups' vectors, per segment
    "relative",  # the same over the mean distance to the rest of the document, per segment
    "length",  # squared logarithm of the ratio of lengths, per segment
    "one-many",  # segments more than two
    "large",  # segments more than three
    "many-many",  # both sides of two segments or more
    "unfinished",  # segments inside the groups that do not end as a sentence does
    "finished",  # and such that do
    "ends",  # only one of the two groups ends as a sentence does
    "begins",  # only one of the two groups begins with a small letter
    "break",  # breaks between blocks inside the groups
    "apart",  # only one of the two groups opens a block
)
# Of leaving a segment alone.
ALONE = ("mass", "alone", "characters")
_WIDEST = 4.0


@dataclass(frozen=True, slots=True)
class Facing:
    """Two documents, what is known of their groups, and the evidence of their words in a band."""

    left: Lines
    right: Lines
    left_groups: Groups
    right_groups: Groups
    evidence: Evidence
    band: Band
    most: int

    @classmethod
    def of(cls, left: Lines, right: Lines, evidence: Evidence, band: Band, most: int) -> Facing:
        """Gather what the features need."""
        return cls(left, right, *groups(left, right), evidence, band, most)


def bead_features(facing: Facing) -> Iterator[Floats]:
    """The features of all beads that end in a row, row by row: (features, most, most, columns)."""
    recent: deque[tuple[int, Floats]] = deque(maxlen=facing.most)
    for row in range(1, len(facing.band.low)):
        low, high = int(facing.band.low[row]), int(facing.band.high[row])
        ours = facing.evidence.left[row - 1]
        recent.appendleft((low, np.concatenate([ours, _products(facing, row, low, high)])))
        yield _features(facing, recent, row, low, high)


def _products(facing: Facing, row: int, low: int, high: int) -> Floats:
    """Weighted products of a left segment with the last b right ones, shape (1, most, columns)."""
    first = max(0, low - facing.most)
    right = facing.right
    products = right.vectors[first : high - 1] @ facing.left.vectors[row - 1]
    weighted = products * right.weights[first : high - 1] * facing.left.weights[row - 1]
    sums = np.concatenate([[0.0], np.cumsum(weighted)])  # up to position first + k
    positions = np.arange(low, high)
    begins = positions - np.arange(1, facing.most + 1)[:, None]
    out: Floats = (
        sums[np.maximum(positions, first) - first] - sums[np.maximum(begins, first) - first]
    )
    return out[None]


def _features(
    facing: Facing, recent: deque[tuple[int, Floats]], row: int, low: int, high: int
) -> Floats:
    most = facing.most
    over_rows = _over_rows(recent, most, low, high)  # (features + 1, a, b, columns)
    over_columns = _over_columns(facing.evidence.right[row - 1], most)
    uncovered = over_rows[:-1] + over_columns
    return np.concatenate([uncovered, _shapes(facing, over_rows[-1], row, low, high)])


def _over_rows(recent: deque[tuple[int, Floats]], most: int, low: int, high: int) -> Floats:
    """Sums over the last a rows; where there are fewer, the search never looks."""
    sums = np.zeros((most, *recent[0][1].shape[:2], high - low))
    for a in range(most):
        if a < len(recent):
            sums[a] = shifted(recent[a][1], recent[a][0], low, high, 0.0)
    return np.cumsum(sums, axis=0).transpose(1, 0, 2, 3)


def _over_columns(table: Floats, most: int) -> Floats:
    """Sums over the last b columns: from (features, a, columns) to (features, a, b, columns)."""
    sums = np.zeros((*table.shape[:2], most, table.shape[2]))
    sums[:, :, 0] = table
    for b in range(1, most):
        sums[:, :, b] = sums[:, :, b - 1]
        sums[:, :, b, b:] += table[..., :-b]
    return sums


def _shapes(facing: Facing, products: Floats, row: int, low: int, high: int) -> Floats:
    """The features of BEAD, shape (features, a, b, columns)."""
    most = facing.most
    x = facing.left_groups.ending(np.array([row - 1]), most)
    y = facing.right_groups.ending(np.maximum(np.arange(low, high) - 1, 0), most)
    a, b = np.arange(1.0, most + 1)[:, None, None], np.arange(1.0, most + 1)[:, None]
    distance = 1 - products / (x.norms[:, None] * y.norms)
    out = np.empty((len(BEAD), *distance.shape))
    out[0] = distance * (a + b)
    out[1] = 2 * out[0] / (x.distances[:, None] + y.distances)
    out[2] = np.minimum((x.lengths[:, None] - y.lengths) ** 2, _WIDEST) * (a + b)
    out[3] = a + b - 2
    out[4] = np.maximum(a + b - 3, 0)
    out[5] = np.minimum(a, b) > 1
    out[6] = x.unfinished[:, None] + y.unfinished
    out[7] = out[3] - out[6]
    out[8] = np.abs(x.ends[:, None] - y.ends)
    out[9] = np.abs(x.begins[:, None] - y.begins)
    out[10] = x.breaks[:, None] + y.breaks
    out[11] = np.abs(x.opens[:, None] - y.opens)
    return out


def alone_features(lines: Lines, masses: Floats) -> Floats:
    """The features of leaving each segment alone, shape (segments, ALONE).

    ``masses`` (segments): how much its words weigh.
    """
    return np.column_stack([masses, np.ones(len(lines)), np.log(lines.lengths + 5.0)])
