"""What it costs to take a group of segments and another for translations of one another.

The cost is Vecalign's (Thompson & Koehn 2019, "Vecalign: Improved Sentence Alignment in Linear
Time and Space"): one minus the cosine, times the sizes of both groups, over the mean
distance of each group to a sample of the other document, so that common phrases cost no less
than rare ones. Here a power of the sizes' product takes the place of the product. A
difference in length, a break between two paragraphs inside a group, and a group that is less
similar than some two of its segments alone (the rest is padding, probably an omission) cost
extra. The vector of a group is the sum of its segments' vectors, weighted by length: no group needs
encoding of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from auditor.align.lines import Floats, Ints, Lines, spread

LARGEST = 5  # segments on one side of a bead
MOST_LONGER = 1.25  # one language than another, in characters
_WIDEST = 4.0  # squared logarithm of a ratio of lengths: more is no worse
_SAMPLE = 128  # segments of the other document that distances are measured against


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the parts of a bead's cost, set on the development file of Text+Berg."""

    length: float = 0.5
    block: float = 0.12
    size: float = 0.15
    product: float = 0.75  # Vecalign takes the whole product of the sizes: 1
    padding: float = 2.0
    deletion_quantile: float = 0.02


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group of 1 to LARGEST segments of one document, by its last segment and its size.

    All arrays have shape (LARGEST, n); entry [a - 1, i] is the group of ``a`` segments that ends
    with segment ``i`` (meaningless where i + 1 < a).
    """

    norms: Floats  # length of the weighted sum of vectors
    lengths: Floats  # logarithm of the characters, evened out between the two documents
    distances: Floats  # mean distance to the sample of the other document
    breaks: Floats  # breaks between blocks inside the group
    opens: Floats  # 1 where the group's first segment opens a block
    unfinished: Floats  # segments, but for the last, that do not end as a sentence does
    ends: Floats  # 1 where the last one does
    begins: Floats  # 1 where the first one begins with a small letter

    def ending(self, last: slice | Ints, sizes: int) -> Groups:
        """The groups of up to ``sizes`` segments that end with some segments."""
        return Groups(*(getattr(self, entry.name)[:sizes, last] for entry in fields(self)))


@dataclass(frozen=True, slots=True)
class Costs:
    """All that the search needs to price a bead."""

    left: Lines
    right: Lines
    left_groups: Groups
    right_groups: Groups
    weights: Weights
    deletion: float
    blocks_matter: bool

    def cosines(self, row: int, start: int, end: int) -> Floats:
        """Cosines of left segment ``row`` with right segments ``start`` to ``end``."""
        cosines: Floats = (self.right.vectors[start:end] @ self.left.vectors[row]).astype(float)
        return cosines

    def beads(self, sums: Floats, peaks: Floats, row: int, first: int) -> Floats:
        """Costs of the beads that end with left segment ``row``, shape (a, b, columns).

        ``sums`` are the weighted products summed over both groups, for the right segments from
        ``first`` on, ``peaks`` the largest cosines of two segments in them. Where a group would
        begin before its document, the search holds no total to add the cost to.
        """
        most_a, most_b, width = sums.shape
        x = self.left_groups.ending(slice(row, row + 1), most_a)
        y = self.right_groups.ending(slice(first, first + width), most_b)
        shape = _shape(most_a, most_b, self.weights.product)
        cosines = sums / (x.norms[:, None] * y.norms)
        cost = shape.product * (1 - cosines) / (x.distances[:, None] + y.distances)
        ratios = np.minimum((x.lengths[:, None] - y.lengths) ** 2, _WIDEST)
        cost += self.weights.length * shape.total * ratios
        cost += self.weights.size * (shape.total - 2)
        cost += self.weights.padding * np.maximum(peaks - cosines, 0.0) * (shape.total > 2)
        if self.blocks_matter:
            apart = np.abs(x.opens[:, None] - y.opens)
            cost += self.weights.block * (x.breaks[:, None] + y.breaks + apart)
        return cost


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the sizes of the two groups make of a cost, shape (a, b, 1)."""

    product: Floats  # twice a power of the product of the sizes
    total: Floats


@cache
def _shape(most_a: int, most_b: int, power: float) -> _Shape:
    a, b = np.arange(1.0, most_a + 1)[:, None, None], np.arange(1.0, most_b + 1)[:, None]
    return _Shape(2 * (a * b) ** power, a + b)


def price(left: Lines, right: Lines, weights: Weights) -> Costs:
    """The costs of aligning two documents; the same, mirrored, when they are swapped."""
    to_right = 1 - left.vectors @ _sample(right).T
    left_groups, right_groups = groups(left, right)
    rows = spread(len(left), _SAMPLE)
    scale = (
        left_groups.distances[0, rows][:, None]
        + right_groups.distances[0, spread(len(right), _SAMPLE)]
    )
    strangers = 2 * to_right[rows] / np.maximum(scale, 1e-9)
    deletion = _deletion(strangers, weights.deletion_quantile)
    blocks_matter = bool(weights.block and (left.blocks.any() or right.blocks.any()))
    return Costs(left, right, left_groups, right_groups, weights, deletion, blocks_matter)


def groups(left: Lines, right: Lines) -> tuple[Groups, Groups]:
    """All groups of both documents, each measured against the other document."""
    to_right = 1 - left.vectors @ _sample(right).T
    to_left = 1 - right.vectors @ _sample(left).T
    ratio = _ratio(left, right) ** 0.5
    return (
        _groups(left, to_right.mean(axis=1).astype(np.float64), 1 / ratio),
        _groups(right, to_left.mean(axis=1).astype(np.float64), ratio),
    )


def _ratio(left: Lines, right: Lines) -> float:
    """How much longer the left document's language is, told by the total lengths.

    Beyond MOST_LONGER it is no longer the languages that differ: one document lacks a part.
    """
    ratio = float(left.lengths.sum() / right.lengths.sum())
    return min(max(ratio, 1 / MOST_LONGER), MOST_LONGER)


def _deletion(strangers: Floats, quantile: float) -> float:
    """What leaving a segment alone costs: a low quantile of what strangers cost.

    The best match of each segment is left out, for it may be no stranger.
    """
    best = (strangers == strangers.min(axis=0)) | (strangers == strangers.min(axis=1)[:, None])
    others = strangers[~best]
    return float(np.quantile(others, quantile)) if others.size else float(strangers.max())


def _sample(lines: Lines) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return lines.vectors[spread(len(lines), _SAMPLE)]


def _groups(lines: Lines, distances: Floats, scale: float) -> Groups:
    """The groups of a document; ``scale`` evens out the total lengths of the two documents."""
    blocks = np.concatenate([[1.0], (np.diff(lines.blocks) != 0).astype(float)])
    unfinished = 1.0 - lines.finished.astype(np.float64)
    sizes = range(1, LARGEST + 1)
    small = lines.small.astype(np.float64)
    lengths = np.stack([_window_sum(lines.lengths, size) * scale for size in sizes])
    return Groups(
        norms=_norms(lines),
        # Five characters more, so that very short segments may differ more.
        lengths=np.log(lengths + 5.0),
        distances=np.stack([_window_sum(distances, size) / size for size in sizes]).clip(1e-9),
        breaks=np.stack([_window_sum(blocks, size) - np.roll(blocks, size - 1) for size in sizes]),
        opens=np.stack([np.roll(blocks, size - 1) for size in sizes]),
        unfinished=np.stack([_window_sum(unfinished, size) - unfinished for size in sizes]),
        ends=np.stack([lines.finished.astype(float) for _ in sizes]),
        begins=np.stack([np.roll(small, size - 1) for size in sizes]),
    )


def _norms(lines: Lines) -> Floats:
    """The length of each group's weighted sum of vectors."""
    count, weights = len(lines), lines.weights
    squares, norms = np.zeros(count), np.ones((LARGEST, count))
    for lag in range(min(LARGEST, count)):
        for back in range(lag + 1):
            # The new first segment of the group against each one behind it (itself included).
            first, other = slice(0, count - lag), slice(lag - back, count - back)
            dots = np.einsum("ij,ij->i", lines.vectors[first], lines.vectors[other])
            squares[lag:] += dots * weights[first] * weights[other] * (1 if back == lag else 2)
        norms[lag] = np.sqrt(np.maximum(squares, 1e-9))
    return norms


def _window_sum(values: Floats, size: int) -> Floats:
    """Sums of each value and the ``size`` - 1 before it (fewer at the start)."""
    sums: Floats = np.convolve(values, np.ones(size))[: len(values)]
    return sums
