"""Joins two networks that `train_ear.py` wrote, apart from one another, to the ear of the package.

Both must know the same words and pairs (be trained from one pack). Their tables of words and
affixes are put into half bytes: each row is made of the sixteen levels that come nearest to the
rows on an average (Lloyd 1982), times a scale of its own.

    python scripts/join_ears.py first.safetensors second.safetensors --out model.safetensors.z
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from auditor.fluency.ear import SECOND
from auditor.fluency.ear_network import LEVELS, Table
from auditor.weights import write_weights

_SHARED = ("keys", "pairs")
_HALVED = ("words", "affixes")
_SAMPLE, _ROUNDS = 400_000, 40

Tensors = dict[str, np.ndarray]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path, help="hears every sentence")
    parser.add_argument("second", type=Path, help="hears those that the first has a doubt about")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    first, second = load_file(options.first), load_file(options.second)
    write_weights(joined(first, second), options.out)
    print(f"{options.out.stat().st_size:,} bytes")


def joined(first: Tensors, second: Tensors) -> Tensors:
    """The tensors of both; what they share stands there once."""
    for name in _SHARED:
        if not np.array_equal(first[name], second[name]):
            raise SystemExit(f"The networks differ in {name}: train both from one pack.")
    own = {f"{SECOND}{n}": t for n, t in halved(second).items() if n not in _SHARED}
    return {**halved(first), **own}


def halved(tensors: Tensors) -> Tensors:
    """The same with the tables of words and affixes in half bytes."""
    return {**tensors, **{k: t for name in _HALVED for k, t in _halved(tensors, name).items()}}


def _halved(tensors: Tensors, name: str) -> Tensors:
    """A table in half bytes, with its scales and levels."""
    rows = Table.of(tensors, name).take(np.arange(len(tensors[name])))
    spread = np.maximum(rows.std(axis=1, keepdims=True), 1e-6)
    levels = _levels(rows / spread)
    numbers = _nearest(rows / spread, levels)
    drawn = levels[numbers]
    scale = (rows * drawn).sum(axis=1) / np.maximum((drawn * drawn).sum(axis=1), 1e-6)
    return {
        name: (numbers[:, ::2] | (numbers[:, 1::2] << 4)).astype(np.uint8),
        f"{name}.scale": scale.astype(np.float16),
        f"{name}.levels": levels.astype(np.float16),
    }


def _levels(values: np.ndarray) -> np.ndarray:
    """The levels that are nearest to values on an average."""
    sample = np.random.default_rng(1).choice(values.ravel(), _SAMPLE)
    levels = np.quantile(sample, (np.arange(LEVELS) + 0.5) / LEVELS)
    for _ in range(_ROUNDS):
        numbers = _nearest(sample, levels)
        sums = np.bincount(numbers, sample, LEVELS)
        levels = sums / np.maximum(np.bincount(numbers, minlength=LEVELS), 1)
    return np.asarray(levels)


def _nearest(values: np.ndarray, levels: np.ndarray) -> np.ndarray:
    return np.searchsorted((levels[1:] + levels[:-1]) / 2, values)


if __name__ == "__main__":
    main()
