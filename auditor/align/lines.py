"""What alignment knows of a document's segments: vectors, lengths, blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lines:
    """The segments of one document as arrays.

    ``vectors`` (n, dimension): unit rows. ``lengths`` (n): readable characters, at least 1.
    ``blocks`` (n): the number of the block that each segment stands in, rising.
    """

    vectors: NDArray[np.float32]
    lengths: Floats
    blocks: Ints
    weights: Floats = field(init=False)  # how much each segment counts in the vector of a group

    def __post_init__(self) -> None:
        """A group's vector is a mean over words, roughly: a segment counts by its length's root."""
        object.__setattr__(self, "weights", np.sqrt(self.lengths))

    def __len__(self) -> int:
        """The number of segments."""
        return len(self.lengths)

    def merged(self, size: int) -> Lines:
        """Every ``size`` segments as one, for a coarse first pass."""
        weighted = self.vectors * self.weights[:, None].astype(np.float32)
        vectors = np.add.reduceat(weighted, range(0, len(self), size), axis=0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        lengths = np.add.reduceat(self.lengths, range(0, len(self), size))
        return Lines(vectors / np.maximum(norms, 1e-9), lengths, self.blocks[::size])
