"""The part of the table that a search may visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor.align.lines import Floats, Ints

Step = tuple[int, int]  # the sizes of a bead's two sides


@dataclass(frozen=True, slots=True)
class Band:
    """For each row 0 … n the columns that the path may visit: from ``low`` up to ``high`` - 1."""

    low: Ints
    high: Ints

    @classmethod
    def full(cls, rows: int, columns: int) -> Band:
        """No restriction: every column of 0 … ``columns`` in every row."""
        return cls(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))

    @classmethod
    def around(cls, steps: Sequence[Step], rows: int, columns: int, margin: int) -> Band:
        """The positions within ``margin`` of a path, down or across: the same for swapped sides."""
        low = np.full(rows + 1, columns, np.int64)
        high = np.zeros(rows + 1, np.int64)
        row = column = 0
        for a, b in [(0, 0), *steps]:
            row, column = row + a, column + b
            part = slice(max(0, row - margin), row + margin + 1)
            low[part] = np.minimum(low[part], max(0, column - margin))
            high[part] = np.maximum(high[part], min(columns, column + margin) + 1)
        return cls(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))


def shifted(values: Floats, own_low: int, low: int, high: int, missing: float) -> Floats:
    """Values along the last axis that begin at column ``own_low``, for columns low to high."""
    out = np.full((*values.shape[:-1], high - low), missing)
    start, end = max(low, own_low), min(high, own_low + values.shape[-1])
    if start < end:
        out[..., start - low : end - low] = values[..., start - own_low : end - own_low]
    return out
