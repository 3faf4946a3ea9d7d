"""The ear: how likely each token of a sentence stands in a broken place.

A small network learnt it from clean sentences into which faults had been put; what it was trained
on and how far it can be trusted is told in ``auditor/data/fluency/ear/README.md``. It hears one
sentence of one language at a time, without its neighbours and without the other language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from auditor.errors import AuditorError
from auditor.fluency.ear_forms import Forms
from auditor.fluency.ear_network import Floats, Network
from auditor.fluency.ear_tokens import Token, tokenise

_FOLDER = files("auditor") / "data" / "fluency" / "ear"
# Tokens that go through the network together: what is made of them fits a core's cache.
_BATCH = 384
# Tokens of one sentence that are heard together; what is longer is heard in parts.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Heard:
    """The tokens of a sentence, and for each the probability of standing in a broken place.

    `known` tells which of them are words that the ear knows; names and loan words are often none.
    """

    tokens: tuple[Token, ...]
    probabilities: Floats
    known: NDArray[np.bool_]


class Ear:
    """Listens to sentences; made from the bytes of a weights file."""

    def __init__(self, weights: bytes) -> None:
        try:
            self.network = Network(load(weights))
        except (SafetensorError, KeyError) as fault:
            raise AuditorError(
                "The weights of the fluency model are damaged. Install translation-auditor again."
            ) from fault
        self._forms: dict[str, Forms] = {}

    def listen(self, sentences: Sequence[str], language: str) -> list[Heard]:
        """What is heard in each sentence, in their order."""
        found = [tuple(tokenise(sentence)) for sentence in sentences]
        tokens = [token for one in found for token in one]
        probabilities = np.zeros(len(tokens), np.float32)
        known = np.zeros(len(tokens), np.bool_)
        lengths = np.array([len(one) for one in found], np.intp)
        if tokens:
            if language not in self._forms:
                self._forms[language] = Forms(self.network, language)
            forms = self._forms[language]
            rows = forms.rows([token.text for token in tokens])
            self._hear(forms, rows, forms.joints(rows, tokens, lengths), lengths, probabilities)
            known = forms.keys[rows] > 0
        ends = np.cumsum(lengths).tolist()
        return [
            Heard(one, probabilities[end - len(one) : end], known[end - len(one) : end])
            for one, end in zip(found, ends, strict=True)
        ]

    def _hear(
        self,
        forms: Forms,
        rows: NDArray[np.intp],
        joints: NDArray[np.intp],
        lengths: NDArray[np.intp],
        out: Floats,
    ) -> None:
        """Write what is heard of each token."""
        parts = _parts(lengths.tolist())
        room = self.network.room(min(len(rows), _BATCH + _LONGEST))
        start = 0
        for batch in _batches(parts):
            runs = np.array(batch, np.intp)
            at = slice(start, start := start + sum(batch))
            ties = self.network.ties(joints[at], forms.keys[rows[at]], np.cumsum(runs) - runs)
            scores = self.network.score(forms.vectors[rows[at]], ties, runs, room)
            out[at] = 1 / (1 + np.exp(-scores))


def _parts(lengths: Sequence[int]) -> Iterator[int]:
    """Lengths of the runs of tokens that are heard as one: sentences, or parts of long ones."""
    for length in lengths:
        whole, rest = divmod(length, _LONGEST)
        yield from [_LONGEST] * whole
        if rest:
            yield rest


def _batches(parts: Iterable[int]) -> Iterator[Sequence[int]]:
    """Parts in batches of a bounded size."""
    batch: list[int] = []
    size = 0
    for part in parts:
        batch.append(part)
        size += part
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@cache
def load_ear() -> Ear:
    """The ear that the package brings along."""
    return Ear(_weights())


@cache
def digest() -> str:
    """What tells one version of the ear and its limits from another: eight hexadecimal digits."""
    return hashlib.sha256(_weights() + (_FOLDER / "limits.toml").read_bytes()).hexdigest()[:8]


def _weights() -> bytes:
    try:
        return (_FOLDER / "model.safetensors").read_bytes()
    except OSError as fault:
        raise AuditorError(
            f"The weights of the fluency model cannot be read ({fault}). "
            "Install translation-auditor again."
        ) from fault
