"""What alignment knows of a document's segments: vectors, lengths, blocks, punctuation, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from auditor.model import Tokens

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# A full stop, question mark or the like, and what may close behind it.
_FINISHED = re.compile(r"[.!?…][\s»”“\"’')\]]*\Z")
_TAIL = 12  # characters that are looked at
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Lines:
    """The segments of one document as arrays.

    ``vectors`` (n, dimension): unit rows. ``lengths`` (n): readable characters, at least 1.
    ``blocks`` (n): the number of the block that each segment stands in, rising. ``finished`` (n):
    whether a segment ends as a sentence does; ``small`` (n): whether it begins with a small
    letter. ``tokens``: the words, where the encoder knows them.
    """

    vectors: NDArray[np.float32]
    lengths: Floats
    blocks: Ints
    finished: Flags
    small: Flags
    tokens: Tokens | None = None
    weights: Floats = field(init=False)  # how much each segment counts in the vector of a group

    def __post_init__(self) -> None:
        """A group's vector is a mean over words, roughly: a segment counts by its length's root."""
        object.__setattr__(self, "weights", np.sqrt(self.lengths))

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        blocks: Sequence[int] | None = None,
        tokens: Tokens | None = None,
    ) -> Lines:
        """The lines of some segments' texts; without ``blocks`` they all stand in one."""
        return cls(
            vectors,
            np.array([float(max(1, len(text))) for text in texts]),
            np.array(blocks if blocks is not None else [0] * len(texts), np.int64),
            np.array([_is_finished(text) for text in texts], np.bool_),
            np.array([_is_small(text) for text in texts], np.bool_),
            tokens,
        )

    def __len__(self) -> int:
        """The number of segments."""
        return len(self.lengths)

    def merged(self, size: int) -> Lines:
        """Every ``size`` segments as one, for a coarse first pass."""
        weighted = self.vectors * self.weights[:, None].astype(np.float32)
        vectors = np.add.reduceat(weighted, range(0, len(self), size), axis=0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        lengths = np.add.reduceat(self.lengths, range(0, len(self), size))
        first = slice(None, None, size)
        return Lines(
            vectors / np.maximum(norms, 1e-9),
            lengths,
            self.blocks[first],
            self.finished[first],
            self.small[first],
        )


def _is_finished(text: str) -> bool:
    return bool(_FINISHED.search(text[-_TAIL:]))


def _is_small(text: str) -> bool:
    first = _WORD.search(text)
    return bool(first and first.group().islower())


def spread(count: int, most: int) -> Ints:
    """Up to ``most`` positions, evenly spread: a sample without chance in it."""
    places = np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)
    # Not np.unique: its first call imports numpy.ma, which takes longer than an article's audit.
    return np.array(sorted(set(places.tolist())), dtype=np.int64)
