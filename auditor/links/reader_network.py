"""The reader's network in numpy: `scripts/reader_network.py` trains the same with torch.

Gated convolutions mix a word with its neighbours; in between, each word looks at the words of the
other text, or at nobody, by attention that starts from the cosine of the two words' vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_SMALL = np.float32(1e-5)  # keeps a norm from dividing by nothing, as in training
_FAR = np.float32(-1e4)  # logit of a place where no word stands


@dataclass(frozen=True, slots=True)
class Layer:
    """A linear layer: `weight` (inputs, outputs), `bias` (outputs,)."""

    weight: Floats
    bias: Floats

    def __call__(self, values: Floats) -> Floats:
        """Outputs of values (..., inputs)."""
        flat = values.reshape(-1, values.shape[-1]) @ self.weight + self.bias
        return np.asarray(flat.reshape(*values.shape[:-1], -1), np.float32)

    def gated(self, values: Floats) -> Floats:
        """One half of the outputs, let through by the other."""
        both = self(values)
        half = both.shape[-1] // 2
        return np.asarray(both[..., :half] * np.maximum(both[..., half:], 0), np.float32)


@dataclass(frozen=True, slots=True)
class Look:
    """Weights of one look at the other text; those of the heads have shape (heads,)."""

    ask: Layer
    offer: Layer
    mix: Layer
    cosine: Floats
    apart: Floats
    nobody: Floats


@dataclass(frozen=True, slots=True)
class Side:
    """One text of each of several pairs, padded to one length.

    `values` (pairs, words, inputs) are what is known of each word, `unit` (pairs, words, dimension)
    its vector at length 1, `there` (pairs, words) is 1 where a word stands.
    """

    values: Floats
    unit: Floats
    there: Floats


class Network:
    """Scores pairs of texts; made from the tensors of the weights file."""

    def __init__(self, tensors: Mapping[str, NDArray[np.generic]]) -> None:
        self._encode = _layer(tensors, "encode")
        self.dilations = [int(d) for d in tensors["dilations"].tolist()]
        self._convs = [_layer(tensors, f"convs.{n}.mix") for n in range(len(self.dilations))]
        self._looks = [_look(tensors, f"looks.{n}") for n in range(2)]
        self._words = _layer(tensors, "words")
        self._pair = _layer(tensors, "pair")

    def score(self, left: Side, right: Side) -> tuple[Floats, Floats, Floats]:
        """Log odds of each fault: (pairs, words, kinds) of both sides, and (pairs, kinds)."""
        cosine = left.unit @ right.unit.transpose(0, 2, 1)
        places = _places(left.there), _places(right.there)
        apart = np.abs(places[0][:, :, None] - places[1][:, None, :]).astype(np.float32)
        keep = left.there[..., None], right.there[..., None]
        sides = left, right
        states = [
            np.maximum(self._encode(side.values), 0) * k
            for side, k in zip(sides, keep, strict=True)
        ]
        per = len(self._convs) // 3
        for stage in range(3):
            for n in range(stage * per, stage * per + per):
                for k in (0, 1):
                    states[k] = states[k] + self._conv(states[k], n) * keep[k]
            if stage < len(self._looks):
                look = self._looks[stage]
                turned = cosine.transpose(0, 2, 1), apart.transpose(0, 2, 1)
                states = [
                    states[0]
                    + _seen(look, states[0], states[1], cosine, apart, right.there) * keep[0],
                    states[1] + _seen(look, states[1], states[0], *turned, left.there) * keep[1],
                ]
        normed = [_normalised(state) for state in states]
        return self._words(normed[0]), self._words(normed[1]), self._pair(_pooled(normed, keep))

    def _conv(self, state: Floats, number: int) -> Floats:
        d = self.dilations[number]
        normed = _normalised(state)
        length = normed.shape[1]
        padded = np.pad(normed, ((0, 0), (d, d), (0, 0)))
        around = np.concatenate([padded[:, k * d : k * d + length] for k in range(3)], axis=-1)
        return self._convs[number].gated(around)


def _seen(
    look: Look, own: Floats, other: Floats, cosine: Floats, apart: Floats, there: Floats
) -> Floats:
    """What is added to `own` (pairs, n, hidden) by a look at `other` (pairs, m, hidden)."""
    pairs, count, hidden = own.shape
    heads = len(look.cosine)
    normed = _normalised(own)
    both = look.offer(_normalised(other))
    ask, key, value = (
        part.reshape(pairs, part.shape[1], heads, -1).transpose(0, 2, 1, 3)
        for part in (look.ask(normed), both[..., :hidden], both[..., hidden:])
    )
    logits = ask @ key.transpose(0, 1, 3, 2) / np.float32((hidden / heads) ** 0.5)
    column = (slice(None), None, None)
    logits += look.cosine[column] * cosine[:, None] - look.apart[column] * apart[:, None]
    logits = np.where(there[:, None, None, :] > 0, logits, _FAR)
    none = np.broadcast_to(look.nobody[column], (pairs, heads, count, 1))
    shares = _softmax(np.concatenate([logits, none], axis=-1))
    seen = (shares[..., :-1] @ value).transpose(0, 2, 1, 3).reshape(pairs, count, hidden)
    near = (shares[..., :-1] * cosine[:, None]).sum(axis=-1).transpose(0, 2, 1)
    alone = shares[..., -1].transpose(0, 2, 1)
    return look.mix.gated(np.concatenate([normed, seen, near, alone], axis=-1))


def _pooled(normed: list[Floats], keep: tuple[Floats, Floats]) -> Floats:
    """The highest of each number over all words, and the sum of both sides' means."""
    highest = [np.where(k > 0, n, _FAR).max(axis=1) for n, k in zip(normed, keep, strict=True)]
    means = [
        (n * k).sum(axis=1) / np.maximum(k.sum(axis=1), 1)
        for n, k in zip(normed, keep, strict=True)
    ]
    return np.concatenate([np.maximum(*highest), means[0] + means[1]], axis=-1)


def _places(there: Floats) -> Floats:
    """Where each word stands in its text, from 0 to 1."""
    count = np.maximum(there.sum(axis=1, keepdims=True), 1)
    return np.asarray((np.arange(there.shape[1])[None, :] + 0.5) / count, np.float32)


def _normalised(state: Floats) -> Floats:
    """Rows at mean 0 and variance 1."""
    centred = state - state.mean(axis=-1, keepdims=True)
    variance = np.einsum("...h,...h->...", centred, centred) / np.float32(state.shape[-1])
    return np.asarray(centred / np.sqrt(variance + _SMALL)[..., None], np.float32)


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def _look(tensors: Mapping[str, NDArray[np.generic]], name: str) -> Look:
    ask, offer, mix = (_layer(tensors, f"{name}.{part}") for part in ("ask", "offer", "mix"))
    cosine, apart, nobody = (
        tensors[f"{name}.{part}"].astype(np.float32) for part in ("cosine", "apart", "nobody")
    )
    return Look(ask, offer, mix, cosine, apart, nobody)


def _layer(tensors: Mapping[str, NDArray[np.generic]], name: str) -> Layer:
    """A layer of bytes with a scale for each output."""
    weight = tensors[f"{name}.weight"].astype(np.float32)
    scale = tensors[f"{name}.scale"].astype(np.float32)
    return Layer(
        np.ascontiguousarray((weight * scale[:, None]).T),
        tensors[f"{name}.bias"].astype(np.float32),
    )
