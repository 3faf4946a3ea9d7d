"""Whether two documents are translations of one another at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.lines import Floats, Ints, Lines, spread
from auditor.model import Bead

# Below this score two documents are no translations of one another: scripts/
# evaluate_comparability.py measures true pairs above and strangers on the same topic below it.
THRESHOLD = 0.5
_RIVALS = 512  # segments of the other document that a counterpart must outdo
_ALIKE = 0.9  # similarity within one language from which two sentences say the same
_CHUNK = 4096  # segments that are compared at once
_MARGIN = 0.1  # lead over the best rival from which a counterpart counts in full


@dataclass(frozen=True, slots=True)
class Comparability:
    """How much of two documents says the same.

    ``left_share`` and ``right_share``: the share of each document's characters that has a
    counterpart, each counted with the probability that the two mean the same. ``score`` (0 to 1) is
    the larger one, for a translation that lost its second half is a translation still.
    """

    left_share: float
    right_share: float

    @property
    def score(self) -> float:
        """The share of the better covered document."""
        return max(self.left_share, self.right_share)

    @property
    def comparable(self) -> bool:
        """Whether an audit of the two makes sense."""
        return self.score >= THRESHOLD


def comparability(
    beads: Sequence[Bead],
    left: Lines,
    right: Lines,
    counts: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Comparability:
    """Measure two documents by their beads.

    A segment has a counterpart where no segment elsewhere in the other document is more similar
    to it than those of its bead: strangers on the same topic fail here, for each of their
    sentences is as near to several others. ``counts`` tells the segments that count (boilerplate
    is alike in all articles of a site).
    """
    pairs = [(bead.left, bead.right, 1 - bead.drift) for bead in beads if bead.left and bead.right]
    mirrored = [(theirs, ours, same) for ours, theirs, same in pairs]
    return Comparability(
        _share(pairs, left, right, counts[0]), _share(mirrored, right, left, counts[1])
    )


def _share(
    pairs: Sequence[tuple[tuple[int, ...], tuple[int, ...], float]],
    ours: Lines,
    theirs: Lines,
    counts: NDArray[np.bool_],
) -> float:
    weights: Floats = ours.lengths * counts
    total = float(weights.sum())
    if not pairs or not total:
        return 0.0
    segments = np.array([i for group, _, _ in pairs for i in group])
    low = np.array([other[0] for group, other, _ in pairs for _ in group])
    high = np.array([other[-1] for group, other, _ in pairs for _ in group])
    same = np.array([probability for group, _, probability in pairs for _ in group])
    best, counterpart = _counterparts(ours, theirs, segments, low, high)
    lead = best - _best_rival(ours, theirs, segments, counterpart, low, high)
    found = np.clip(lead / _MARGIN, 0, 1)
    return float((weights[segments] * same * found).sum()) / total


def _counterparts(
    ours: Lines, theirs: Lines, segments: Ints, low: Ints, high: Ints
) -> tuple[Floats, Ints]:
    """The most similar segment of each segment's bead: its similarity and its number."""
    best, counterpart = np.full(len(segments), -2.0), low.copy()
    for offset in range(int((high - low).max()) + 1):
        inside = np.flatnonzero(low + offset <= high)
        others = low[inside] + offset
        similar = np.einsum("ij,ij->i", ours.vectors[segments[inside]], theirs.vectors[others])
        better = similar > best[inside]
        best[inside[better]], counterpart[inside[better]] = similar[better], others[better]
    return best, counterpart


def _best_rival(
    ours: Lines, theirs: Lines, segments: Ints, counterpart: Ints, low: Ints, high: Ints
) -> Floats:
    """The similarity of each segment to the most similar one outside its bead.

    A sentence that says nearly the same as the counterpart is no rival of it: a refrain, one entry
    of a list among others of its form.
    """
    rivals = spread(len(theirs), _RIVALS)
    candidates = theirs.vectors[rivals].T
    best = np.full(len(segments), -1.0)
    for start in range(0, len(segments), _CHUNK):
        part = slice(start, start + _CHUNK)
        similarities = ours.vectors[segments[part]] @ candidates
        own = (rivals >= low[part, None]) & (rivals <= high[part, None])
        alike = theirs.vectors[counterpart[part]] @ candidates > _ALIKE
        similarities[own | alike] = -1.0
        best[part] = similarities.max(axis=1)
    return best
