"""Passages that stand elsewhere in the other document: no omission, but a change of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from auditor.align.lines import Lines
from auditor.model import Bead

Group = tuple[int, ...]

_LEAST = 40  # characters; shorter passages resemble others by chance
_MOST = 2000  # passages on a side that are compared


def lonely_runs(beads: Sequence[Bead]) -> Iterator[tuple[str, list[int]]]:
    """Neighbouring beads that have the same side alone: that side, and their numbers."""

    def alone(number: int) -> str:
        bead = beads[number]
        return "" if bead.left and bead.right else "left" if bead.left else "right"

    for side, numbers in groupby(range(len(beads)), alone):
        if side:
            yield side, list(numbers)


def _segments(beads: Sequence[Bead], wanted: str) -> list[Group]:
    """The segments of each run of one side."""
    return [
        tuple(i for n in numbers for i in beads[n].left or beads[n].right)
        for side, numbers in lonely_runs(beads)
        if side == wanted
    ]


def moved(
    beads: Sequence[Bead], left: Lines, right: Lines, similar: float
) -> list[tuple[Group, Group, float]]:
    """Runs without counterpart in their place that translate one another across the documents.

    Two runs belong together where each is the other's most similar one, by at least ``similar``.
    Returns both, and how similar they are.
    """
    sides = [
        [run for run in _segments(beads, side) if lines.lengths[list(run)].sum() >= _LEAST][:_MOST]
        for side, lines in (("left", left), ("right", right))
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
