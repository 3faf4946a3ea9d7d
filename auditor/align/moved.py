"""Passages that stand elsewhere in the other document: no omission, but a change of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.align.lines import Lines
from auditor.model import Bead

Group = tuple[int, ...]

_LEAST = 40  # characters; shorter passages resemble others by chance
_MOST = 2000  # passages on a side that are compared


def gaps(beads: Sequence[Bead]) -> tuple[list[Group], list[Group]]:
    """Runs of segments that have no counterpart, for the left and for the right document."""
    runs: tuple[list[Group], list[Group]] = ([], [])
    open_side = -1
    for bead in beads:
        side = -1 if bead.left and bead.right else 0 if bead.left else 1
        if side >= 0:
            own = bead.left or bead.right
            if side == open_side:
                runs[side][-1] += own
            else:
                runs[side].append(own)
        open_side = side
    return runs


def moved(
    beads: Sequence[Bead], left: Lines, right: Lines, similar: float
) -> list[tuple[Group, Group, float]]:
    """Runs without counterpart in their place that translate one another across the documents.

    Two runs belong together where each is the other's most similar one, by at least ``similar``.
    Returns both, and how similar they are.
    """
    sides = [
        [run for run in runs if lines.lengths[list(run)].sum() >= _LEAST][:_MOST]
        for runs, lines in zip(gaps(beads), (left, right), strict=True)
    ]
    if not sides[0] or not sides[1]:
        return []
    vectors = [_vectors(runs, lines) for runs, lines in zip(sides, (left, right), strict=True)]
    return list(_mutual(sides[0], sides[1], vectors[0] @ vectors[1].T, similar))


def _vectors(runs: Sequence[Group], lines: Lines) -> NDArray[np.float32]:
    sums = np.stack([lines.weights[list(run)] @ lines.vectors[list(run)] for run in runs])
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (sums / np.maximum(norms, 1e-9)).astype(np.float32)
    return unit


def _mutual(
    left: Sequence[Group], right: Sequence[Group], similarity: NDArray[np.float32], similar: float
) -> Iterator[tuple[Group, Group, float]]:
    best, back = similarity.argmax(axis=1), similarity.argmax(axis=0)
    for number, run in enumerate(left):
        other = int(best[number])
        if back[other] == number and similarity[number, other] >= similar:
            yield run, right[other], float(similarity[number, other])
