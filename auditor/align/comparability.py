"""Whether two documents are translations of one another at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.lines import Floats, Lines
from auditor.model import Bead

# Below this score two documents are no translations of one another: scripts/
# evaluate_comparability.py measures true pairs above and strangers on the same topic below it.
THRESHOLD = 0.45
_RIVALS = 512  # segments of the other document that a counterpart must outdo
_TIE = 1e-6  # a sentence that stands twice in a document is no rival of itself


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
    rivals = np.unique(np.linspace(0, len(theirs) - 1, min(len(theirs), _RIVALS)).round().astype(int))
    covered = 0.0
    for group, counterparts, same in pairs:
        similarities = ours.vectors[list(group)] @ theirs.vectors.T[:, list(counterparts)]
        others = rivals[~np.isin(rivals, counterparts)]
        best_rival = (ours.vectors[list(group)] @ theirs.vectors[others].T).max(axis=1, initial=-1)
        found = similarities.max(axis=1) >= best_rival - _TIE
        covered += same * float(weights[list(group)][found].sum())
    total = float(weights.sum())
    return covered / total if total else 0.0
