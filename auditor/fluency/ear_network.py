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


@dataclass(frozen=True, slots=True)
class Block:
    """Weights of a gated convolution: `mix` (3 * hidden, 2 * hidden), `bias` (2 * hidden,)."""

    mix: Floats
    bias: Floats
    dilation: int


class Network:
    """Scores tokens; made from the tensors of the weights file."""

    def __init__(self, tensors: Mapping[str, NDArray[np.generic]]) -> None:
        self._keys = tensors["keys"]
        self._words = tensors["words"], tensors["words.scale"]
        self._affixes = tensors["affixes"], tensors["affixes.scale"]
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
                _rows(*self._words, np.where(known, found + 1, 0)),
                _rows(*self._affixes, affixes).sum(axis=1),
                self._shapes[shapes],
            ],
            axis=1,
        )
        vectors = np.maximum(features @ self._encode + self._encode_bias, 0)
        return vectors, np.where(known, keys, 0).astype(np.uint32)

    def ties(self, joints: NDArray[np.intp], keys: NDArray[np.uint32]) -> NDArray[np.intp]:
        """How tokens follow one another, shape (batch, length) as both arguments.

        `joints` says how they are written, `keys` tells the words, 0 where one is unknown.
        """
        before, after = keys[:, :-1], keys[:, 1:]
        places = pair_bits(pair_keys(before, after))
        bits = (self._pairs[places >> 3] >> (places & 7)) & 1
        seen = np.where(bits.all(axis=0), SEEN, UNSEEN) * ((before > 0) & (after > 0))
        ties = joints * 3
        ties[:, 1:] += seen
        return ties

    def score(self, vectors: Floats, ties: NDArray[np.intp], mask: Floats) -> Floats:
        """Log odds of being broken, shape (batch, length).

        `vectors` (batch, length, hidden) are those of the forms, `ties` (batch, length) says how
        each token follows the last, `mask` (batch, length) is 1 at tokens and 0 beyond them.
        """
        keep = mask[:, :, None]
        state = (vectors + self._ties[ties]) * keep
        whole = bool(mask.all())
        for block in self._blocks:
            change = _mixed(_normed(state), block)
            if not whole:
                change *= keep
            state += change
        return np.asarray(_normed(state) @ self._head + self._head_bias, np.float32)


def _mixed(state: Floats, block: Block) -> Floats:
    batch, length, hidden = state.shape
    d = block.dilation
    around = np.zeros((batch, length, 3 * hidden), np.float32)
    around[:, :, hidden : 2 * hidden] = state
    if d < length:
        around[:, d:, :hidden] = state[:, :-d]
        around[:, :-d, 2 * hidden :] = state[:, d:]
    both = around.reshape(-1, 3 * hidden) @ block.mix
    both += block.bias
    gate = both[:, hidden:]
    np.maximum(gate, 0, out=gate)
    return (both[:, :hidden] * gate).reshape(batch, length, hidden)


def _normed(state: Floats) -> Floats:
    """Rows of mean 0 and variance 1; a row of zeros stays one."""
    centred = state - state.mean(axis=-1, keepdims=True)
    variance = np.einsum("blh,blh->bl", centred, centred)[:, :, None] / state.shape[-1]
    centred /= np.sqrt(variance + _SMALL)
    return np.asarray(centred, np.float32)


def _rows(table: NDArray[np.generic], scale: NDArray[np.generic], at: NDArray[np.intp]) -> Floats:
    """Rows of a table of bytes with a scale each."""
    return np.asarray(table[at].astype(np.float32) * scale[at].astype(np.float32)[..., None])


def _floats(array: NDArray[np.generic]) -> Floats:
    return np.ascontiguousarray(array, np.float32)
