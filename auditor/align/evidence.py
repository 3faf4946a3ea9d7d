"""Which words of a segment have a counterpart in a group of segments of the other document.

A token is covered as well as its most similar counterpart is similar. What is not covered is
summed up over a segment, each token by its mass: the *uncovered* mass. A bead that holds what
belongs together leaves little uncovered on either side. Mass that is uncovered in a group but
would be covered by the segments just outside it is *crossing*: it says that the bead was cut in
the wrong place. (Words have guided sentence alignment since Moore 2002, "Fast and Accurate
Sentence Alignment of Bilingual Corpora"; here vectors take the place of a dictionary.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.align.band import Band, shifted
from auditor.align.lines import Floats, Ints
from auditor.model import Tokens

MOST_MASS = 60.0  # about that of a sentence of fifty words
# From similarities to what they leave uncovered: (features, *shape of the similarities).
Uncovering = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Uncovered mass around a path, for beads of up to ``most`` segments on a side.

    Both hold an array for each left position ``i`` from 1 on, of shape (features, most,
    columns), by the size of the group and the right position ``j`` from ``low[i]`` on. ``left``: of
    left segment ``i`` - 1 against the right segments ``j`` - size to ``j`` - 1. ``right``: of right
    segment ``j`` - 1 against the left segments ``i`` - size to ``i`` - 1.
    """

    left: list[Floats]
    right: list[Floats]


def gather(
    left: Words,
    right: Words,
    band: Band,
    most: int,
    uncovered: Uncovering,
    crossing: Uncovering,
) -> Evidence:
    """Measure uncovered and crossing mass in a band; the cost grows with its area.

    The features of ``crossing`` follow those of ``uncovered``.
    """

    def both(similarities: Floats) -> Floats:
        return np.concatenate([uncovered(similarities), crossing(similarities)])

    plain = len(uncovered(np.zeros(1)))
    ours, theirs = _tables(left, right, band, most + 2, both)
    for row in range(len(ours)):
        wider = theirs[row + 1][plain:] if row + 1 < len(theirs) else None
        _make_crossing(ours[row][plain:], theirs[row][plain:], wider, (row, band), most)
    return Evidence([o[:, :most] for o in ours], [t[:, :most] for t in theirs])


def _make_crossing(
    ours: Floats, theirs: Floats, wider: Floats | None, place: tuple[int, Band], most: int
) -> None:
    """Take from the uncovered mass what a wider group (one more at each end) leaves uncovered.

    A group that ends at ``j`` lies inside the one of two more segments that ends at ``j`` + 1.
    Where the band ends there is no wider group, and nothing crosses. ``wider``: of the next row.
    """
    row, band = place
    low, high = int(band.low[row + 1]), int(band.high[row + 1])
    ours[:, :most] -= shifted(ours[:, 2:].copy(), low - 1, low, high, np.inf)
    if wider is None:
        theirs[:, :most] = 0.0
    else:
        theirs[:, :most] -= shifted(wider[:, 2:], int(band.low[row + 2]), low, high, np.inf)
    np.maximum(ours, 0.0, out=ours)
    np.maximum(theirs, 0.0, out=theirs)


def _tables(
    left: Words, right: Words, band: Band, most: int, uncovered: Uncovering
) -> tuple[list[Floats], list[Floats]]:
    """Both sides of `Evidence`, without the crossing."""
    features = len(uncovered(np.zeros(1)))
    ours: list[Floats] = []
    theirs: list[Floats] = []
    above: deque[tuple[int, Floats]] = deque(maxlen=most)  # see _of_right; the newest first
    for row in range(1, len(band.low)):
        low, high = int(band.low[row]), int(band.high[row])
        first = max(low, 1)  # no bead ends before the first right segment
        block = _block(left, right, row - 1, first - 1, max(first, high) - 1)
        above.appendleft((block.begin, block.columns))
        for sides, found in (
            (ours, _of_left(block, most, uncovered)),
            (theirs, _of_right(block, above, most, uncovered)),
        ):
            sides.append(np.zeros((features, most, high - low)))
            sides[-1][..., first - low :] = found
    return ours, theirs


@dataclass(frozen=True, slots=True)
class _Block:
    """Similarities of the tokens of one left segment and those of several right ones."""

    rows: Floats  # (left tokens, right segments): the best of each segment
    columns: Floats  # (right tokens): the best among the left tokens
    masses: Floats  # of the left tokens
    other_masses: Floats
    begin: int  # the number of the first right token
    ends: Ints  # of the right segments, in right tokens from there


def _block(left: Words, right: Words, row: int, first: int, last: int) -> _Block:
    vectors, masses, _ = left.between(row, row + 1)
    others, other_masses, ends = right.between(first, last)
    rows = np.full((len(vectors), last - first), -1.0)
    columns = np.full(len(others), -1.0)
    if len(vectors) and len(others):
        similarities = vectors @ others.T
        rows = _by_segment(np.maximum, similarities, ends, -1.0)
        columns = similarities.max(axis=0).astype(np.float64)
    return _Block(rows, columns, masses, other_masses, int(right.tokens.starts[first]), ends)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a document's segments with the mass of each where it stands.

    ``masses`` (tokens). However long a segment, its words weigh no more than MOST_MASS together:
    otherwise a huge one would rather be left alone than have some of them uncovered.
    """

    tokens: Tokens
    masses: Floats

    @classmethod
    def of(cls, tokens: Tokens) -> Words:
        """Weigh the tokens."""
        masses = tokens.masses[tokens.numbers]
        totals = _totals(masses, tokens.starts)
        factors = np.minimum(1.0, MOST_MASS / np.maximum(totals, 1e-9))
        return cls(tokens, masses * np.repeat(factors, np.diff(tokens.starts)))

    def totals(self) -> Floats:
        """The mass of each segment, shape (segments,)."""
        return _totals(self.masses, self.tokens.starts)

    def between(self, first: int, last: int) -> tuple[NDArray[np.float32], Floats, Ints]:
        """Vectors and masses of the tokens of segments ``first`` to ``last`` - 1, and their ends.

        The ends count from the first of these tokens on.
        """
        starts = self.tokens.starts
        begin, end = starts[first], starts[last]
        vectors = self.tokens.vectors[self.tokens.numbers[begin:end]]
        return vectors, self.masses[begin:end], starts[first + 1 : last + 1] - begin


def _totals(masses: Floats, starts: Ints) -> Floats:
    sums = np.concatenate([[0.0], np.cumsum(masses)])
    total: Floats = sums[starts[1:]] - sums[starts[:-1]]
    return total


def _by_segment(function: np.ufunc, values: NDArray[Any], ends: Ints, empty: float) -> Floats:
    """Reduce the last axis by segments, of which some may be empty."""
    starts = np.concatenate([[0], ends[:-1]])
    out = np.full((*values.shape[:-1], len(ends)), empty)
    filled = ends > starts
    if filled.any():
        out[..., filled] = function.reduceat(values, starts[filled], axis=-1)
    return out


def _of_left(block: _Block, most: int, uncovered: Uncovering) -> Floats:
    """Uncovered mass of the left segment, shape (features, most, right segments)."""
    best = np.empty((most, *block.rows.shape))
    best[0] = block.rows
    for size in range(1, most):
        best[size] = best[size - 1]
        np.maximum(best[size, :, size:], block.rows[:, :-size], out=best[size, :, size:])
    masses: Floats = np.einsum("t,fmts->fms", block.masses, uncovered(best))
    return masses


def _of_right(
    block: _Block, above: deque[tuple[int, Floats]], most: int, uncovered: Uncovering
) -> Floats:
    """Uncovered mass of each right segment, shape (features, most, right segments).

    ``above`` holds the ``columns`` of the last rows, each from its own first right token on.
    """
    best = np.empty((most, len(block.columns)))
    running = np.full(len(block.columns), -1.0)
    for size in range(most):
        if size < len(above):
            _raise_to(running, block.begin, *above[size])
        best[size] = running
    return _by_segment(np.add, uncovered(best) * block.other_masses, block.ends, 0.0)


def _raise_to(best: Floats, begin: int, other_begin: int, others: Floats) -> None:
    """Raise ``best`` to ``others`` where the two ranges of tokens overlap."""
    low, high = max(begin, other_begin), min(begin + len(best), other_begin + len(others))
    if low < high:
        part = best[low - begin : high - begin]
        np.maximum(part, others[low - other_begin : high - other_begin], out=part)
