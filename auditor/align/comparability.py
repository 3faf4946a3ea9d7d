"""Whether two documents are translations of one another at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.align.lines import Floats
from auditor.model import Bead

# A document of which less than this has a counterpart is no translation of the other. Measured by
# scripts/evaluate_comparability.py: true pairs score above, strangers below.
THRESHOLD = 0.5
# Beads that drift less than this hold a counterpart.
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Comparability:
    """How much of two documents says the same.

    ``score``: the share of characters of the better covered document that stand in beads of the
    same meaning (0 to 1). The better covered one decides, for a translation that lost its
    second half is a translation still.
    """

    score: float
    left_share: float
    right_share: float

    @property
    def comparable(self) -> bool:
        """Whether an audit of the two makes sense."""
        return self.score >= THRESHOLD


def comparability(
    beads: Sequence[Bead], left_lengths: Floats, right_lengths: Floats
) -> Comparability:
    """Measure two documents by their beads and the lengths of their segments in characters."""
    same = [bead for bead in beads if bead.left and bead.right and bead.drift < _SAME]
    left = _share([i for bead in same for i in bead.left], left_lengths)
    right = _share([j for bead in same for j in bead.right], right_lengths)
    return Comparability(max(left, right), left, right)


def _share(indices: list[int], lengths: Floats) -> float:
    total = float(lengths.sum())
    return float(lengths[indices].sum()) / total if total else 0.0
