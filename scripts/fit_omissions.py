"""Fits what `omitted-words` makes of a stretch: `auditor/data/lexicon/omissions.toml`.

From held-out translations (which neither the encoder nor the lexicon nor the reader has seen) a
clause is taken on either side. A logistic regression weighs the chance by links with what the
reader says: are the stretches that face the gap like those of the unchanged pairs?

    python scripts/fit_omissions.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from near_misses import drop_clause
from reader_text import CODES, read
from sklearn.linear_model import LogisticRegression

from auditor.checks.omitted_words import FEWEST
from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.links import reader
from auditor.links.evidence import linked
from auditor.links.omissions import heard
from auditor.links.words import WordVectors

SEED = 5
LEAST = 0.05  # chance by links from which a stretch is looked at
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon" / "omissions.toml"

Texts = tuple[str, str]


def main() -> None:
    """Fit, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file to write")
    options = parser.parse_args()
    encoder = load_encoder()
    _, pairs = read(options.data)
    copies, sides = planted(pairs)
    clean = [values for _, values in stretches(pairs, encoder)]
    missing = [v for (n, side), v in stretches(copies, encoder) if side == sides[n]]
    names = list(clean[0])
    inputs = np.array([[values[name] for name in names] for values in (*clean, *missing)])
    targets = np.array([0] * len(clean) + [1] * len(missing))
    model = LogisticRegression(max_iter=1000).fit(inputs, targets)
    print(
        f"{len(pairs)} pairs with {len(clean)} stretches, {len(copies)} copies with {len(missing)}"
    )
    rows = [f"{name} = {weight:.4f}" for name, weight in zip(names, model.coef_[0], strict=True)]
    head = "# Made by scripts/fit_omissions.py: what each thing that is known of a stretch weighs."
    text = "\n".join([head, f"bias = {model.intercept_[0]:.4f}", *rows]) + "\n"
    options.out.write_text(text, "utf-8")
    print(text)


def planted(pairs: Sequence[Texts]) -> tuple[list[Texts], list[int]]:
    """Copies without a clause, and the side of each that still has it."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    copies: list[Texts] = []
    sides: list[int] = []
    for pair in pairs:
        side = chance.randrange(2)
        changed = drop_clause(pair[side], chance)
        if changed:
            copies.append((changed, pair[1]) if side == 0 else (pair[0], changed))
            sides.append(1 - side)
    return copies, sides


def stretches(
    pairs: Sequence[Texts], encoder: Encoder
) -> Iterator[tuple[tuple[int, int], dict[str, float]]]:
    """The stretches that may be missing: number of the pair and side, and what is known of it."""
    vectors = WordVectors.of([text for pair in pairs for text in pair], encoder)
    assert vectors and encoder.calibration
    encoded = [encoder.encode([pair[k] for pair in pairs]) for k in (0, 1)]
    cosines = np.einsum("ij,ij->i", *encoded)
    for number, reading in enumerate(reader.read(pairs, CODES)):
        links = linked(pairs[number], CODES, vectors)
        if links is None or reading is None:
            continue
        drift = distance(float(cosines[number]), encoder.calibration)
        for side in (0, 1):
            for stretch, chance in links.losses(side, drift, FEWEST):
                if chance >= LEAST:
                    span = links.span(side, stretch)
                    yield (number, side), heard(chance, reading, side, span, drift)


if __name__ == "__main__":
    main()
