"""The ear's network in numpy: `scripts/ear_network.py` trains the same with torch.

A word form is the sum of what is known of it, made one vector; residual blocks of gated
convolutions mix each token with its neighbours; a last layer says how broken the place is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.fluency.ear_tokens import (
    SEEN,
    UNSEEN,
    affix_rows,
    pair_bits,
    pair_keys,
    shape_row,
    word_key,
)

Floats = NDArray[np.float32]
_SMALL = np.float32(1e-5)  # keeps a norm from dividing by nothing, as in training
LEVELS = 16  # of a table whose numbers take half a byte each


@dataclass(frozen=True, slots=True)
class Block:
    """Weights of a gated convolution: `mix` (3 * hidden, 2 * hidden), `bias` (2 * hidden,)."""

    mix: Floats
    bias: Floats
    dilation: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of numbers in few bits: bytes, or two to a byte where there are `levels` that they name.

    `scale` (rows,) is what a row is multiplied with.
    """

    rows: NDArray[np.generic]
    scale: NDArray[np.generic]
    levels: Floats | None

    @classmethod
    def of(cls, tensors: Mapping[str, NDArray[np.generic]], name: str) -> Table:
        """A table of the weights file."""
        levels = tensors.get(f"{name}.levels")
        return cls(
            tensors[name],
            tensors[f"{name}.scale"],
            None if levels is None else _floats(levels),
        )

    def take(self, at: NDArray[np.intp]) -> Floats:
        """The rows of some numbers: shape (*at, width)."""
        rows = self.rows[at]
        if self.levels is not None:
            halves = np.stack([rows % LEVELS, rows // LEVELS], axis=-1)
            rows = self.levels[halves].reshape(*at.shape, -1)
        return np.asarray(
            rows.astype(np.float32) * self.scale[at].astype(np.float32)[..., None], np.float32
        )


@dataclass(frozen=True, slots=True)
class Room:
    """Memory to work in: `around` (tokens, 3 * hidden), `both` (tokens, 2 * hidden)."""

    around: Floats
    both: Floats


class Network:
    """Scores tokens; made from the tensors of the weights file."""

    def __init__(self, tensors: Mapping[str, NDArray[np.generic]]) -> None:
        self._keys = tensors["keys"]
        self._words = Table.of(tensors, "words")
        self._affixes = Table.of(tensors, "affixes")
        self._shapes = _floats(tensors["shapes"])
        self._encode = _floats(tensors["encode"])
        self._encode_bias = _floats(tensors["encode.bias"])
        self._ties = _floats(tensors["ties"])
        self._pairs = tensors["pairs"]
        self._blocks = [
            Block(
                _floats(tensors[f"block{n}"]) * _floats(tensors[f"block{n}.scale"]),
                _floats(tensors[f"block{n}.bias"]),
                int(dilation),
            )
            for n, dilation in enumerate(tensors["dilations"].tolist())
        ]
        self._head = _floats(tensors["head"])
        self._head_bias = float(tensors["head.bias"][0])

    @property
    def hidden(self) -> int:
        """Numbers in a vector."""
        return len(self._head)

    def encode(self, forms: Sequence[str], language: str) -> tuple[Floats, NDArray[np.uint32]]:
        """Vectors (forms, hidden) and keys (forms,) of word forms; the key of an unknown one is 0.

        It is all that does not depend on context.
        """
        keys = np.array([word_key(form, language) for form in forms], np.uint32)
        found = np.searchsorted(self._keys, keys).clip(0, len(self._keys) - 1)
        known = self._keys[found] == keys
        affixes = np.array([affix_rows(form, language) for form in forms], np.intp)
        shapes = np.array([shape_row(form, language) for form in forms], np.intp)
        features = np.concatenate(
            [
                self._words.take(np.where(known, found + 1, 0)),
                self._affixes.take(affixes).sum(axis=1),
                self._shapes[shapes],
            ],
            axis=1,
        )
        vectors = np.maximum(features @ self._encode + self._encode_bias, 0)
        return vectors, np.where(known, keys, 0).astype(np.uint32)

    def knows(self, form: str, language: str) -> bool:
        """Whether a form is one of the known words."""
        key = word_key(form, language)
        at = int(np.searchsorted(self._keys, key))
        return at < len(self._keys) and int(self._keys[at]) == key

    def seen(self, first: str, second: str, language: str) -> bool:
        """Whether two words were seen in a row (now and then it says so of two that were not)."""
        keys = np.array([word_key(form, language) for form in (first, second)], np.uint32)
        places = pair_bits(pair_keys(keys[:1], keys[1:]))
        return bool(((self._pairs[places >> 3] >> (places & 7)) & 1).all())

    def ties(
        self, joints: NDArray[np.intp], keys: NDArray[np.uint32], starts: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """How tokens follow one another, shape (tokens,) as `joints` and `keys`.

        `joints` says how they are written, `keys` tells the words, 0 where one is unknown; no token
        before those at `starts` is known.
        """
        before, after = keys[:-1], keys[1:]
        places = pair_bits(pair_keys(before, after))
        bits = (self._pairs[places >> 3] >> (places & 7)) & 1
        seen = np.zeros(len(keys), np.intp)
        seen[1:] = np.where(bits.all(axis=0), SEEN, UNSEEN) * ((before > 0) & (after > 0))
        seen[starts] = 0
        return joints * 3 + seen

    def room(self, tokens: int) -> Room:
        """Room for the tokens that are scored at once; it is used again for the next ones."""
        hidden = self.hidden
        return Room(
            np.empty((tokens, 3 * hidden), np.float32), np.empty((tokens, 2 * hidden), np.float32)
        )

    def score(
        self, vectors: Floats, ties: NDArray[np.intp], lengths: NDArray[np.intp], room: Room
    ) -> Floats:
        """Log odds of being broken, shape (tokens,), of runs of tokens that don't hear one another.

        `vectors` (tokens, hidden) are those of the forms, `ties` (tokens,) says how each token
        follows the last, `lengths` (runs,) how many of the tokens are those of each run.
        """
        ends = np.cumsum(lengths)
        here = np.arange(len(vectors))
        behind = here - np.repeat(ends - lengths, lengths)  # tokens before it in its run
        ahead = np.repeat(ends, lengths) - 1 - here
        state = vectors + self._ties[ties]
        for block in self._blocks:
            d = block.dilation
            state += _mixed(
                state, block, np.flatnonzero(behind < d), np.flatnonzero(ahead < d), room
            )
        normed = np.empty_like(state)
        _normalise(state, normed)
        return np.asarray(normed @ self._head + self._head_bias, np.float32)


def _mixed(
    state: Floats,
    block: Block,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    room: Room,
) -> Floats:
    """What a block adds; `first` and `last` are the tokens without a neighbour on that side."""
    tokens, hidden = state.shape
    d = block.dilation
    around, both = room.around[:tokens], room.both[:tokens]
    own = around[:, hidden : 2 * hidden]
    _normalise(state, own)
    around[d:, :hidden] = own[:-d]
    around[first, :hidden] = 0
    around[:-d, 2 * hidden :] = own[d:]
    around[last, 2 * hidden :] = 0
    np.matmul(around, block.mix, out=both)
    both += block.bias
    change, gate = both[:, :hidden], both[:, hidden:]
    np.maximum(gate, 0, out=gate)
    change *= gate
    return change


def _normalise(state: Floats, out: Floats) -> None:
    """Write the rows at mean 0 and variance 1."""
    width = state.shape[-1]
    np.subtract(state, state.mean(axis=-1, keepdims=True), out=out)
    variance = np.einsum("th,th->t", out, out) / np.float32(width)
    out *= (1 / np.sqrt(variance + _SMALL))[:, None]


def _floats(array: NDArray[np.generic]) -> Floats:
    return np.ascontiguousarray(array, np.float32)
