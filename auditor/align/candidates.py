"""Which documents of many may be translations of one another: a cheap search before aligning.

Two sieves, neither of which asks how high a similarity is, only which one is higher: every
encoder has a range of its own. The direction of a document, the mean of its sentences, finds a few
neighbours of each among all; kinship, how many sentences of two documents are each other's nearest
in the same order, tells the neighbours apart.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from auditor.align.lines import Ints, Lines

_CHUNK = 512  # documents whose similarities to all others are held at once
_LONGEST = 256  # sentences: of a longer document several are taken together

Vectors = NDArray[np.float32]


def direction(lines: Lines, counts: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The mean of a document's sentences, of length 1; zeros where no sentence has a vector.

    ``counts`` tells the sentences that count; where none does, all of them do.
    """
    weights = lines.weights * (counts if counts.any() else True)
    mean = weights.astype(np.float32) @ lines.vectors
    scaled: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return scaled


def nearest(ours: Vectors, theirs: Vectors, most: int) -> Ints:
    """For each of some directions the numbers of up to ``most`` others, the nearest first."""
    kept = min(most, len(theirs))
    found = np.empty((len(ours), kept), np.int64)
    for start in range(0, len(ours), _CHUNK):
        far = -(ours[start : start + _CHUNK] @ theirs.T)
        few = np.argpartition(far, kept - 1, axis=1)[:, :kept]
        few.sort(axis=1)  # equals in the order of the documents
        order = np.argsort(np.take_along_axis(far, few, axis=1), axis=1, kind="stable")
        found[start : start + _CHUNK] = np.take_along_axis(few, order, axis=1)
    return found


def kinship(left: Lines, right: Lines) -> float:
    """How much two documents have in common at a glance, 0 to 1.

    The sentences that are each other's nearest and stand in the same order on both sides, as a
    share of each document's sentences; the mean of the two shares.
    """
    size = -(-max(len(left), len(right)) // _LONGEST)
    if size > 1:
        left, right = left.merged(size), right.merged(size)
    similarities = left.vectors @ right.vectors.T
    there, back = similarities.argmax(axis=1), similarities.argmax(axis=0)
    mutual = there[back[there] == np.arange(len(there))]
    common = _longest_rise(mutual.tolist())
    return common * (1 / len(left) + 1 / len(right)) / 2


def _longest_rise(numbers: list[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []  # the lowest end of a rise of each length
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)
