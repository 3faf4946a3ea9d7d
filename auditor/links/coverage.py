"""How probable it is that a word has no counterpart on the other side.

A small network (one hidden layer) reads what the witnesses say of a word and of its neighbours. It
was trained on translations from which stretches were taken, or into which they were put
(`scripts/train_spans.py`), so that no threshold is set by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from safetensors.numpy import load

from auditor.links.linking import Matrices
from auditor.links.words import Floats, Words

NEAR = 0.25  # of a side's length: about the same place
AROUND = 2  # neighbours on either side that the network sees


def features(own: Words, other: Words, links: Matrices) -> Floats:
    """What is known of each word of ``own``, and of its neighbours: shape (words, features)."""
    plain = np.concatenate([_alone(own, other, links), _around(own, other)], axis=1)
    count, width = plain.shape
    padded = np.zeros((count + 2 * AROUND, width + 1))
    padded[AROUND : AROUND + count, :width] = plain
    padded[AROUND : AROUND + count, width] = 1.0  # a word stands here
    return np.asarray(np.hstack([padded[k : k + count] for k in range(2 * AROUND + 1)]))


def _alone(own: Words, other: Words, links: Matrices) -> Floats:
    """What the witnesses say of each word by itself."""
    full = ~other.free
    if not full.any():
        full = np.ones(len(other), bool)
    places = [(np.arange(len(side)) + 0.5) / max(1, len(side)) for side in (own, other)]
    near = (np.abs(places[0][:, None] - places[1][None, :]) <= NEAR) & full[None, :]
    strength = np.where(full[None, :], links.strength, -1.0)
    best = strength.argmax(axis=1)
    rows = np.arange(len(own))
    return np.stack(
        [
            links.cosine[:, full].max(axis=1),
            np.where(near, links.cosine, 0.0).max(axis=1),
            links.lexicon.max(axis=1),
            links.part.max(axis=1),
            links.alike[:, full].max(axis=1),
            strength[rows, best],
            _lead(strength, best),
            *_with_groups(own, other, links),
            np.sqrt(links.cosine[:, full].clip(0, 1)).mean(axis=1),
        ],
        axis=1,
    )


def _lead(strength: Floats, best: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    """By how much a word is nearer to its best counterpart than any other word is."""
    rows = np.arange(len(strength))
    if len(strength) < 2:
        return np.ones(len(strength))
    two = np.partition(strength, -2, axis=0)[-2:]  # (2, others): second best and best
    mine = strength[rows, best]
    rival = np.where(mine >= two[1, best], two[0, best], two[1, best])
    return np.asarray((mine - rival).clip(-1, 1))


def _grouped(cosines: Floats, grouped: Words) -> Floats:
    """The cosine of each word with every two neighbours of the other side taken together.

    From ``cosines`` (words, grouped) alone: shape (words, grouped - 1).
    """
    weights = np.sqrt(grouped.masses)
    one, two = weights[:-1], weights[1:]
    near = np.einsum("ij,ij->i", grouped.rows[:-1], grouped.rows[1:]).astype(np.float64)
    lengths = np.sqrt(np.maximum(one**2 + two**2 + 2 * one * two * near, 1e-12))
    both = (cosines[:, :-1] * one + cosines[:, 1:] * two) / lengths
    return np.asarray(both.clip(0, 1))


def _with_groups(own: Words, other: Words, links: Matrices) -> tuple[Floats, Floats]:
    """Each word's best group on the other side, and, in a group of its own, its best word there."""
    best, joint = np.zeros(len(own)), np.zeros(len(own))
    if len(other) > 1:
        best = _grouped(links.raw, other).max(axis=1)
    if len(own) > 1:
        pairs = _grouped(links.raw.T, own).max(axis=0)
        joint = np.maximum(np.append(pairs, 0.0), np.insert(pairs, 0, 0.0))
    return best, joint


def _around(own: Words, other: Words) -> Floats:
    """What is known of each word without its counterparts, and of the two sides as wholes."""
    mass = [float(side.masses[~side.free].sum()) + 1.0 for side in (own, other)]
    count = len(own)
    return np.stack(
        [
            own.rarity / 20,
            np.log1p(own.masses),
            own.free.astype(float),
            np.array([float(text[0].isupper()) for text in own.texts]),
            np.array([min(len(text), 20) / 20 for text in own.texts]),
            np.full(count, np.log(mass[0] / mass[1]).clip(-1.5, 1.5)),
            np.full(count, np.log1p(min(count, 60)) / 4),
        ],
        axis=1,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One hidden layer; inputs are standardised first."""

    mean: Floats
    scale: Floats
    hidden: Floats  # (features, hidden)
    hidden_bias: Floats
    out: Floats  # (hidden)
    out_bias: float

    def log_odds(self, inputs: Floats) -> Floats:
        """Of each row being a word without counterpart."""
        inner = (inputs - self.mean) / self.scale @ self.hidden + self.hidden_bias
        return np.asarray(np.maximum(inner, 0.0) @ self.out + self.out_bias)


def network(tensors: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> Network:
    """The network of its tensors."""
    wide = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    return Network(
        wide["mean"],
        wide["scale"],
        wide["hidden"],
        wide["hidden_bias"],
        wide["out"],
        float(wide["out_bias"][0]),
    )


@cache
def packaged(name: str) -> Network:
    """A network of the package."""
    path = files("auditor") / "data" / "lexicon" / f"{name}.safetensors"
    return network(load(path.read_bytes()))


@cache
def digest() -> str:
    """Eight hexadecimal digits that change when a network, lexicon or table does."""
    return digest_of(files("auditor") / "data" / "lexicon")


def digest_of(folder: Traversable) -> str:
    """The same of all files of a folder but its card."""
    found = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".md"):
            found.update(path.read_bytes())
    return found.hexdigest()[:8]


def uncovered(own: Words, other: Words, links: Matrices) -> Floats:
    """Log odds of each word of ``own`` having no counterpart; 0 where it needs none."""
    odds = packaged("coverage").log_odds(features(own, other, links))
    return np.where(own.free, 0.0, odds)
