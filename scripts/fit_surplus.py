"""Fits what tells a sentence too many from one that was merged: `data/lexicon/surplus.toml`.

From held-out translations, which neither the encoder nor the lexicon nor the reader has seen. Too
many: to one side of a pair another one's sentence is added that is near to it, as its neighbours in
an article are. Not too many: the sentences of pairs that have several on a side, and the same two
pairs with both of their sentences on either side.

    python scripts/fit_surplus.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from reader_text import CODES, read
from sklearn.linear_model import LogisticRegression

from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.links import reader
from auditor.links.surplus import Without, seen
from auditor.text.reading import read_text

SEED = 7
NEAR = 5  # of so many nearest sentences one is the neighbour
SAME = 0.9  # cosine from which two sentences say the same
FEWEST = 4  # words of a sentence
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon" / "surplus.toml"

Texts = tuple[str, str]


def main() -> None:
    """Fit, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file to write")
    options = parser.parse_args()
    encoder = load_encoder()
    _, pairs = read(options.data)
    added, merged = neighbours(pairs, encoder)
    rows = [list(known(cases, encoder)) for cases in (merged, list(several(pairs)), added)]
    sizes = list(map(len, rows))
    names = list(rows[0][0])
    inputs = np.array([[values[name] for name in names] for some in rows for values in some])
    targets = np.repeat([0, 0, 1], sizes)
    # Real merged sentences are few, and harder to tell than those that were put together.
    weights = np.repeat(np.array([1, 1, 2]) / np.array(sizes) * sum(sizes) / 4, sizes)
    model = LogisticRegression(max_iter=3000).fit(inputs, targets, sample_weight=weights)
    print(f"{sizes[0]} pairs that were joined, {sizes[1]} sentences of others, {sizes[2]} too many")
    print(f"{model.score(inputs, targets):.3f} are told right")
    lines = [f"{name} = {weight:.4f}" for name, weight in zip(names, model.coef_[0], strict=True)]
    head = "# Made by scripts/fit_surplus.py: what each thing that is known of a sentence weighs."
    text = "\n".join([head, f"bias = {model.intercept_[0]:.4f}", *lines]) + "\n"
    options.out.write_text(text, "utf-8")
    print(text)


def neighbours(pairs: Sequence[Texts], encoder: Encoder) -> tuple[list[Without], list[Without]]:
    """Pairs beside which a near sentence was put: on one side, and on both."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    vectors = [encoder.encode([pair[k] for pair in pairs]) for k in (0, 1)]
    added, merged = [], []
    for number, pair in enumerate(pairs):
        side, order = chance.randrange(2), chance.randrange(2)
        cosines = vectors[side] @ vectors[side][number]
        nearest = [n for n in (-cosines).argsort()[: NEAR + 1].tolist() if cosines[n] < SAME]
        if not nearest:
            continue
        other = pairs[chance.choice(nearest)]
        both = [" ".join(texts[:: 1 - 2 * order]) for texts in zip(pair, other, strict=True)]
        start = both[side].find(other[side])
        span = start, start + len(other[side])
        texts = (both[0], pair[1]) if side == 0 else (pair[0], both[1])
        added.append(Without(texts, side, span))
        merged.append(Without((both[0], both[1]), side, span))
    return added, merged


def several(pairs: Sequence[Texts]) -> Iterator[Without]:
    """Each sentence of those pairs that have several on a side."""
    for pair in pairs:
        for side, code in enumerate(CODES):
            segments = read_text(pair[side], id=code, path=code, language=language(code)).segments
            for segment in segments if len(segments) > 1 else ():
                if len(segment.text.split()) >= FEWEST:
                    yield Without(pair, side, (segment.start, segment.end))


def known(cases: Sequence[Without], encoder: Encoder) -> Iterator[dict[str, float]]:
    """What the regression weighs of each."""
    wholes = reader.read([case.texts for case in cases], CODES, encoder)
    rests = reader.read([case.pair for case in cases], CODES, encoder)
    for case, whole, rest in zip(cases, wholes, rests, strict=True):
        if whole is not None and rest is not None:
            yield seen(case, whole, rest)


if __name__ == "__main__":
    main()
