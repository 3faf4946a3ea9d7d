"""The embedded encoder: one vector per token, a text is the sum of its tokens.

Reads the folder of a sentence-transformers `StaticEmbedding` with `tokenizers`, `safetensors` and
numpy alone, so that an audit never waits for torch.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load
from tokenizers import Tokenizer

from auditor.encoders.base import TokenVectors
from auditor.encoders.calibrations import read_calibration
from auditor.errors import AuditorError
from auditor.model import Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

    from auditor.model import Calibration

_FOLDER = "0_StaticEmbedding"
# Texts tokenized together: enough to keep every core busy, few enough to bound memory.
_BATCH = 2048
# Tokens of one text that are held against those of others: no sentence of an article has more.
_TOKENS = 256
# Tokens of one text that are added up together: a text of megabytes must not fill the memory.
_AT_ONCE = 65_536


class StaticEncoder:
    """A static embedding with 8-bit rows and one scale per row."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        weights, tokenizer = _read(folder)
        self._rows, self._scales = _table(weights)
        self._tokenizer = _parse_tokenizer(tokenizer, folder)
        self.dimension = int(self._rows.shape[1])
        # The tokenizer decides the vector as much as the weights do.
        digest = hashlib.sha256(weights + tokenizer).hexdigest()
        self.signature = f"{name}@{digest[:12]}"
        self._folder = folder

    @cached_property
    def calibration(self) -> Calibration | None:
        """Slope and intercept from `calibration.json`; None where the file is absent."""
        return read_calibration(self._folder)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension): see `Encoder.encode`."""
        out = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _BATCH):
            self._encode_batch(texts[start : start + _BATCH], out[start : start + _BATCH])
        return out

    def token_vectors(self, text: str) -> TokenVectors:
        """Every token of `text` with its place and its vector: evidence on the level of words."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids = np.array(encoding.ids, np.intp)
        vectors = self._rows[ids].astype(np.float32) * self._scales[ids, None]
        return _one_per_span(encoding.offsets, vectors)

    def word_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The words of texts (runs of letters, groups of digits, signs) with their vectors."""
        return [
            self._words(encoding)
            for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]

    def _words(self, encoding: Encoding) -> TokenVectors:
        """A word is the sum of its tokens; shape (words, dimension)."""
        ids = np.array(encoding.ids, np.intp)
        if not len(ids):
            return TokenVectors((), np.zeros((0, self.dimension), np.float32))
        owners = np.array(encoding.word_ids)
        first = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        rows = self._rows[ids].astype(np.float32) * self._scales[ids, None]
        offsets = encoding.offsets
        lasts = [*(first[1:] - 1).tolist(), len(ids) - 1]
        spans = [(offsets[a][0], offsets[b][1]) for a, b in zip(first.tolist(), lasts, strict=True)]
        return TokenVectors(tuple(spans), np.add.reduceat(rows, first))

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """The first tokens of texts; a token's mass is the square of its row's length."""
        numbers, lengths = self._numbers(texts, _TOKENS)
        distinct, places = np.unique(numbers, return_inverse=True)
        rows = self._rows[distinct].astype(np.float32) * self._scales[distinct, None]
        masses = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
        _scale_to_unit(rows)
        return Tokens(places, np.concatenate([[0], np.cumsum(lengths)]), rows, masses)

    def _encode_batch(self, texts: Sequence[str], out: NDArray[np.float32]) -> None:
        self._sum(*self._numbers(texts), out)
        _scale_to_unit(out)

    def _numbers(
        self, texts: Sequence[str], most: int | None = None
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Token numbers of all texts end to end (``most`` of each), and how many each text has."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        numbers = [encoding.ids[:most] for encoding in encodings]
        lengths = np.fromiter(map(len, numbers), np.intp, len(numbers))
        return np.fromiter(chain.from_iterable(numbers), np.intp, int(lengths.sum())), lengths

    def _sum(
        self, tokens: NDArray[np.intp], lengths: NDArray[np.intp], out: NDArray[np.float32]
    ) -> None:
        """Write the sum of each text's token vectors into `out`."""
        ends = np.cumsum(lengths)
        for index, (end, length) in enumerate(zip(ends.tolist(), lengths.tolist(), strict=True)):
            for start in range(end - length, end, _AT_ONCE):
                own = tokens[start : min(end, start + _AT_ONCE)]
                # A vector-matrix product adds the scaled rows in one pass.
                out[index] += self._scales[own] @ self._rows[own].astype(np.float32)


def _one_per_span(offsets: list[tuple[int, int]], vectors: NDArray[np.float32]) -> TokenVectors:
    """Add up tokens that share a span: the mark of a word's start may be a token of its own."""
    first = [i for i, span in enumerate(offsets) if i == 0 or span != offsets[i - 1]]
    spans = tuple(offsets[i] for i in first)
    return TokenVectors(spans, np.add.reduceat(vectors, first) if first else vectors)


def _scale_to_unit(vectors: NDArray[np.float32]) -> None:
    """Scale rows to length 1 in place; rows of zeros stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1.0
    vectors /= lengths[:, None]


def _read(folder: Path) -> tuple[bytes, bytes]:
    try:
        weights = (folder / _FOLDER / "model.safetensors").read_bytes()
        tokenizer = (folder / _FOLDER / "tokenizer.json").read_bytes()
    except OSError as fault:
        raise AuditorError(
            f"The encoder in {folder} cannot be read ({fault}). Install translation-auditor again."
        ) from fault
    return weights, tokenizer


def _table(weights: bytes) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    try:
        tensors = load(weights)
        return tensors["embeddings"], tensors["weights"].astype(np.float32)
    except (SafetensorError, KeyError) as fault:
        raise AuditorError(
            "The encoder's weights are damaged. Install translation-auditor again."
        ) from fault


def _parse_tokenizer(content: bytes, folder: Path) -> Tokenizer:
    try:
        return Tokenizer.from_str(content.decode("utf8"))
    except Exception as fault:  # the Rust side raises bare Exception
        raise AuditorError(
            f"The tokenizer in {folder} is damaged. Install translation-auditor again."
        ) from fault
