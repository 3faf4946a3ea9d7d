"""The ear: how likely each token of a sentence stands in a broken place.

A small network learnt it from clean sentences into which faults had been put; what it was trained
on and how far it can be trusted is told in ``auditor/data/fluency/ear/README.md``. It hears one
sentence of one language at a time, without its neighbours and without the other language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from auditor.errors import AuditorError
from auditor.fluency.ear_network import Floats, Network
from auditor.fluency.ear_tokens import Token, joints, tokenise, written

_FOLDER = files("auditor") / "data" / "fluency" / "ear"
# Tokens that go through the network together, padding counted in: they fit a core's cache.
_BATCH = 1_024
# Tokens of one sentence that are heard together; what is longer is heard in parts.
_LONGEST = 120
# Word forms whose vectors are kept: those of many articles, within some 50 MB.
_KEPT = 60_000


@dataclass(frozen=True, slots=True)
class Heard:
    """The tokens of a sentence, and for each the probability of standing in a broken place.

    `known` tells which of them are words that the ear knows; names and loan words are often none.
    """

    tokens: tuple[Token, ...]
    probabilities: Floats
    known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of tokens that is heard at once."""

    sentence: int
    start: int
    forms: tuple[str, ...]
    joints: tuple[int, ...]


class Ear:
    """Listens to sentences; made from the bytes of a weights file."""

    def __init__(self, weights: bytes) -> None:
        try:
            self._network = Network(load(weights))
        except (SafetensorError, KeyError) as fault:
            raise AuditorError(
                "The weights of the fluency model are damaged. Install translation-auditor again."
            ) from fault
        self._known: dict[tuple[str, str], tuple[Floats, int]] = {}

    def listen(self, sentences: Sequence[str], language: str) -> list[Heard]:
        """What is heard in each sentence, in their order."""
        tokens = [tuple(tokenise(sentence)) for sentence in sentences]
        heard = [
            Heard(found, np.zeros(len(found), np.float32), np.zeros(len(found), np.bool_))
            for found in tokens
        ]
        parts = sorted(_parts(tokens), key=lambda part: len(part.forms))
        known = self._known_forms(parts, language)
        for batch in _batches(parts):
            self._hear(batch, known, heard)
        return heard

    def _known_forms(self, parts: Sequence[_Part], language: str) -> dict[str, tuple[Floats, int]]:
        """Vectors and keys of all forms; those that were met before are not computed anew."""
        needed = {form for part in parts for form in part.forms}
        known = self._known
        new = sorted(form for form in needed if (language, form) not in known)
        if len(known) + len(new) > _KEPT:
            known = self._known = {}
            new = sorted(needed)
        if new:
            vectors, keys = self._network.encode(new, language)
            known.update(
                ((language, form), (vector, key))
                for form, vector, key in zip(new, vectors, keys.tolist(), strict=True)
            )
        return {form: known[language, form] for form in needed}

    def _hear(
        self,
        batch: Sequence[_Part],
        known: dict[str, tuple[Floats, int]],
        out: Sequence[Heard],
    ) -> None:
        """Write what is heard of a batch's tokens."""
        length = len(batch[-1].forms)
        forms = sorted({form for part in batch for form in part.forms})
        rows = {form: number for number, form in enumerate(forms, 1)}
        vectors = [known[form][0] for form in forms]
        table = np.stack([np.zeros_like(vectors[0]), *vectors])
        keys = np.array([0, *(known[form][1] for form in forms)], np.uint32)
        places = np.zeros((len(batch), length), np.intp)
        written_ = np.zeros((len(batch), length), np.intp)
        for row, part in enumerate(batch):
            places[row, : len(part.forms)] = [rows[form] for form in part.forms]
            written_[row, : len(part.forms)] = part.joints
        mask = (places > 0).astype(np.float32)
        words = keys[places]
        ties = self._network.ties(written_, words)
        scores = 1 / (1 + np.exp(-self._network.score(table[places], ties, mask)))
        for row, part in enumerate(batch):
            at = slice(part.start, part.start + len(part.forms))
            out[part.sentence].probabilities[at] = scores[row, : len(part.forms)]
            out[part.sentence].known[at] = words[row, : len(part.forms)] > 0


def _parts(sentences: Sequence[tuple[Token, ...]]) -> Iterator[_Part]:
    for number, tokens in enumerate(sentences):
        forms = [written(token.text) for token in tokens]
        ends = [0, *(token.end for token in tokens)]
        spaced = [token.start > end for token, end in zip(tokens, ends, strict=False)]
        ties = joints(forms, spaced)
        for start in range(0, len(forms), _LONGEST):
            at = slice(start, start + _LONGEST)
            yield _Part(number, start, tuple(forms[at]), tuple(ties[at]))


def _batches(parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Parts of rising length in batches of a bounded size."""
    start = 0
    while start < len(parts):
        end = start + 1
        while end < len(parts) and (end + 1 - start) * len(parts[end].forms) <= _BATCH:
            end += 1
        yield parts[start:end]
        start = end


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
