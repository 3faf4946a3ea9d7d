"""Where on the other side a word belongs: between the counterparts of its neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from auditor.links.words import Floats

SURE = 0.6  # strength of a link from which its two words tell a place

Gaps = NDArray[np.intp]


def gaps(strength: Floats, free: NDArray[np.bool_]) -> Gaps:
    """Between which words of the other side each word belongs: shape (2, words).

    The counterparts of the nearest surely linked words before and behind it; -1 and the number of
    words where there is none. ``strength``: (words, others); ``free``: the others that tell
    nothing. The two may stand in the wrong order: see `ordered`.
    """
    count, size = strength.shape
    found = np.empty((2, count), np.intp)
    found[0], found[1] = -1, size
    if not strength.size:
        return found
    usable = np.where(free[None, :], -1.0, strength)
    best, sure = usable.argmax(axis=1), usable.max(axis=1) > SURE
    numbers = np.arange(count)
    before = np.maximum.accumulate(np.where(sure, numbers, -1))
    behind = np.minimum.accumulate(np.where(sure, numbers, count)[::-1])[::-1]
    held = np.append(best, [size, -1])  # of no word behind, and of none before
    found[0, 1:] = held[before[:-1]]
    found[1, :-1] = held[behind[1:]]
    return found


def ordered(before: int, behind: int) -> tuple[int, int]:
    """A gap between two words, where the order of the sides differs the place behind the first."""
    return (before, behind) if before < behind else (before, before + 1)
