"""Word forms that the ear has met, with all that it knows of each without its context.

Texts say the same words again and again: what was made of a form once is kept for the next time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.fluency.ear_network import Floats, Network
from auditor.fluency.ear_tokens import EITHER, GLUED, SPACED, TWICE, Token, binds, written

# Forms that are kept: those of many articles, within some 50 MB.
KEPT = 60_000
_FEW = 4_000


class Forms:
    """The forms of one language, a row each.

    `vectors` (rows, hidden) and `keys` (rows,) are what the network makes of them; the arrays have
    rows to spare.
    """

    def __init__(self, network: Network, language: str) -> None:
        self._network, self._language = network, language
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._same: dict[str, int] = {}  # numbers of the forms in lower case
        self.vectors: Floats = np.empty((_FEW, self._network.hidden), np.float32)
        self.keys = np.empty(_FEW, np.uint32)
        # By row: whether it binds at its start and end, begins with a letter; its form's number.
        self._signs = np.empty((4, _FEW), np.int32)

    def rows(self, texts: Sequence[str]) -> NDArray[np.intp]:
        """The rows of tokens, those of forms not met before made anew."""
        needed = set(texts)
        new = sorted(needed - self._rows.keys())
        if new and len(self._rows) + len(new) > KEPT:
            self._forget()
            new = sorted(needed)
        if new:
            self._learn(new)
        return np.fromiter(map(self._rows.__getitem__, texts), np.intp, len(texts))

    def _learn(self, texts: Collection[str]) -> None:
        start, end = len(self._rows), len(self._rows) + len(texts)
        self._make_room(end)
        forms = [written(text) for text in texts]
        self.vectors[start:end], self.keys[start:end] = self._network.encode(forms, self._language)
        self._signs[:, start:end] = np.array(
            [
                (
                    binds(form[0]),
                    binds(form[-1]),
                    form[0].isalpha(),
                    self._same.setdefault(form.lower(), len(self._same)),
                )
                for form in forms
            ]
        ).T
        self._rows.update(zip(texts, range(start, end), strict=True))

    def _make_room(self, rows: int) -> None:
        if rows > len(self.keys):
            spare = max(rows, len(self.keys))
            self.vectors = np.pad(self.vectors, ((0, spare), (0, 0)))
            self.keys = np.pad(self.keys, (0, spare))
            self._signs = np.pad(self._signs, ((0, 0), (0, spare)))

    def joints(
        self, rows: NDArray[np.intp], tokens: Sequence[Token], lengths: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """`ear_tokens.joints` of many sentences at once, `lengths` tokens each."""
        first, last, letter, same = self._signs[:, rows]
        starts = np.fromiter((token.start for token in tokens), np.intp, len(tokens))
        ends = np.fromiter((token.end for token in tokens), np.intp, len(tokens))
        ways = np.full(len(rows), EITHER, np.intp)
        telling = (last[:-1] & first[1:]) > 0
        ways[1:][telling] = np.where(starts[1:] > ends[:-1], SPACED, GLUED)[telling]
        ways[1:][(letter[1:] > 0) & (same[1:] == same[:-1])] = TWICE
        opening = (np.cumsum(lengths) - lengths)[lengths > 0]
        ways[opening] = EITHER
        return ways
