"""The ear: how likely each token of a sentence stands in a broken place.

Small networks learnt it from clean sentences into which faults had been put; what they were trained
on and how far they can be trusted is told in ``auditor/data/fluency/ear/README.md``. They hear one
sentence of one language at a time, without its neighbours and without the other language.

The first hears every sentence. Where it has a doubt, a second one, trained apart from it, hears the
sentence as well, and the mean of their log odds counts: two that learnt from other faults are
seldom wrong about the same words.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from auditor.weights import DEFLATED, inflated

_FOLDER = files("auditor") / "data" / "fluency" / "ear"
# Tokens that go through the network together: what is made of them fits a core's cache.
_BATCH = 384
# Tokens of one sentence that are heard together; what is longer is heard in parts.
_LONGEST = 120
# The first network's doubt about a token from which on the second one is asked about the sentence.
_ASKS = 0.2
_SENTENCE = 400  # tokens that a sentence may have: about what is longer no second one is asked
_ASKING = float(np.log(_ASKS / (1 - _ASKS)))
SECOND = "second."  # what the names of its tensors begin with


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
            tensors = load(weights)
            self.network = Network(tensors)
            self.second = _second(tensors)
        except (SafetensorError, KeyError) as fault:
            raise AuditorError(
                "The weights of the fluency model are damaged. Install translation-auditor again."
            ) from fault
        self._forms: dict[tuple[str, bool], Forms] = {}

    def listen(self, sentences: Sequence[str], language: str) -> list[Heard]:
        """What is heard in each sentence, in their order."""
        found = [tuple(tokenise(sentence)) for sentence in sentences]
        scores, known = self._scores(found, language, again=False)
        lengths = np.array([len(one) for one in found], np.intp)
        if self.second and len(scores):
            owners = np.repeat(np.arange(len(found)), lengths)
            asked = np.zeros(len(found), np.bool_)
            asked[owners[scores >= _ASKING]] = True
            asked &= lengths <= _SENTENCE
            others, _ = self._scores(
                [one for one, ask in zip(found, asked, strict=True) if ask], language, again=True
            )
            scores[asked[owners]] = (scores[asked[owners]] + others) / 2
        probabilities = np.asarray(1 / (1 + np.exp(-scores)), np.float32)
        ends = np.cumsum(lengths).tolist()
        return [
            Heard(one, probabilities[end - len(one) : end], known[end - len(one) : end])
            for one, end in zip(found, ends, strict=True)
        ]

    def _scores(
        self, sentences: Sequence[Sequence[Token]], language: str, *, again: bool
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Log odds of each token, and whether it is known; `again`: by the second network."""
        network = self.second if again and self.second else self.network
        tokens = [token for one in sentences for token in one]
        scores = np.zeros(len(tokens), np.float32)
        if not tokens:
            return scores, np.zeros(0, np.bool_)
        if (language, again) not in self._forms:
            self._forms[language, again] = Forms(network, language)
        forms = self._forms[language, again]
        lengths = np.array([len(one) for one in sentences], np.intp)
        rows = forms.rows([token.text for token in tokens])
        joints = forms.joints(rows, tokens, lengths)
        room = network.room(min(len(rows), _BATCH + _LONGEST))
        start = 0
        for batch in _batches(_parts(lengths.tolist())):
            runs = np.array(batch, np.intp)
            at = slice(start, start := start + sum(batch))
            ties = network.ties(joints[at], forms.keys[rows[at]], np.cumsum(runs) - runs)
            scores[at] = network.score(forms.vectors[rows[at]], ties, runs, room)
        return scores, forms.keys[rows] > 0


def _second(tensors: Mapping[str, NDArray[np.generic]]) -> Network | None:
    """The second network, which knows the same words and pairs; None in a file of one alone."""
    own = {
        name.removeprefix(SECOND): tensor
        for name, tensor in tensors.items()
        if name.startswith(SECOND)
    }
    return Network({**own, "keys": tensors["keys"], "pairs": tensors["pairs"]}) if own else None


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
        return inflated(_FOLDER / f"model{DEFLATED}")
    except (OSError, zlib.error) as fault:
        raise AuditorError(
            f"The weights of the fluency model cannot be read ({fault}). "
            "Install translation-auditor again."
        ) from fault
