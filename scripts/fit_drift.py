"""Fits what the ear adds to drift, and writes `auditor/data/drift.json`.

    python scripts/fit_drift.py --data ../shared

A logistic regression on held-out French-German prose (`calibrate_drift.held_out_pairs`; no
encoder was trained on it): translations as they are, against copies of which one side is damaged:
a number, name, negation, antonym or clause changed (`near_misses.py`), or, twice as often, words
that are dropped, doubled, put in from elsewhere, replaced or out of order, as SEScore (Xu et al.
2022) makes them for metrics without human scores. Beforehand one pair in twenty is damaged. Wrong
pairs are the business of the distance (`calibrate_drift.py`); they are measured beside. Half of
the blocks are fitted, the other half measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from calibrate_drift import Pair, held_out_pairs, is_fitted
from near_misses import near_miss

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor import logistic
from auditor.drift import FLOOR
from auditor.encoders import load_encoder
from auditor.fluency.hearing import doubts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from auditor.encoders.base import Encoder

    Floats = NDArray[np.float64]

SEED = 5
LANGUAGES = ("fr", "de")
SHARES = {"right": 0.95, "changed": 0.017, "broken": 0.033, "wrong": 0.0}
CHANGES = ("number", "name", "negation", "antonym", "clause")
OUT = Path(__file__).resolve().parent.parent / "auditor" / "data" / "drift.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """Two texts and what was done to them."""

    kind: str
    left: str
    right: str
    fitted: bool


# --- damage -----------------------------------------------------------------------------------


def drop(words: list[str], _lent: list[str], rng: Random) -> list[str]:
    """One to five words are lost."""
    count = rng.randint(1, max(1, min(5, len(words) // 3)))
    place = rng.randrange(len(words) - count + 1)
    return words[:place] + words[place + count :]


def double(words: list[str], _lent: list[str], rng: Random) -> list[str]:
    """A word stands twice."""
    place = rng.randrange(len(words))
    return [*words[: place + 1], *words[place:]]


def insert(words: list[str], lent: list[str], rng: Random) -> list[str]:
    """One to four words of another sentence are put in."""
    count = rng.randint(1, min(4, len(lent)))
    start, place = rng.randrange(len(lent) - count + 1), rng.randrange(len(words))
    return words[:place] + lent[start : start + count] + words[place:]


def replace(words: list[str], lent: list[str], rng: Random) -> list[str]:
    """A longer word gives way to one of another sentence."""
    own = [place for place, word in enumerate(words) if len(word) > 4]
    others = [word for word in lent if len(word) > 4]
    if not own or not others:
        return words
    place = rng.choice(own)
    return [*words[:place], rng.choice(others), *words[place + 1 :]]


def disorder(words: list[str], _lent: list[str], rng: Random) -> list[str]:
    """Two words that are near change places."""
    place = rng.randrange(len(words) - 2)
    swapped = [*words]
    swapped[place], swapped[place + 2] = swapped[place + 2], swapped[place]
    return swapped


DAMAGES: tuple[Callable[[list[str], list[str], Random], list[str]], ...] = (
    drop,
    double,
    insert,
    replace,
    disorder,
)


def make_samples(pairs: Sequence[Pair]) -> list[Sample]:
    """Each pair as it is and damaged, and every third one with a side of another."""
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    samples = []
    for number, pair in enumerate(pairs):
        other = pairs[(number + 7) % len(pairs)]
        fitted = is_fitted(pair)
        samples.append(Sample("right", pair.left, pair.right, fitted))
        if copy := damaged(pair, other, rng):
            samples.append(Sample(*copy, fitted))
        if number % 3 == 0:
            samples.append(Sample("wrong", pair.left, other.right, fitted))
    return samples


def damaged(pair: Pair, other: Pair, rng: Random) -> tuple[str, str, str] | None:
    """What was done, and both sides; None where nothing could be done."""
    side = rng.randrange(2)
    own, facing = (pair.left, pair.right)[:: 1 if side == 0 else -1]
    kind = rng.choice(("changed", "broken", "broken"))
    if kind == "changed":
        copy = near_miss(rng.choice(CHANGES), own, facing, LANGUAGES[side], rng)
    else:
        lent = (other.left, other.right)[side].split()
        copy = " ".join(rng.choice(DAMAGES)(own.split(), lent, rng))
    if not copy or copy == own:
        return None
    return (kind, copy, facing) if side == 0 else (kind, facing, copy)


# --- fit --------------------------------------------------------------------------------------


def distances(samples: Sequence[Sample], encoder: Encoder) -> Floats:
    """What the vectors say above the floor: shape (samples,)."""
    left, right = (
        encoder.encode(texts) for texts in ([s.left for s in samples], [s.right for s in samples])
    )
    curve = encoder.calibration
    if curve is None:
        raise SystemExit("The encoder has no calibration: run scripts/calibrate_drift.py first.")
    similarity = (left * right).sum(1).astype(np.float64)
    far = logistic.sigmoid(curve.slope * similarity + curve.intercept)
    return np.asarray(np.maximum(0.0, far - FLOOR) / (1 - FLOOR))


def heard_in(samples: Sequence[Sample]) -> Floats:
    """What is heard in both sides: log1p of the doubts, shape (samples, 2)."""
    sides = [sample.left for sample in samples], [sample.right for sample in samples]
    heard = [np.log1p(doubts(texts, code)) for texts, code in zip(sides, LANGUAGES, strict=True)]
    return np.stack(heard, axis=1)


def fit(samples: Sequence[Sample], encoder: Encoder) -> dict[str, object]:
    """The weights, and what they give on text that was not fitted."""
    heard = heard_in(samples)
    kinds = np.array([sample.kind for sample in samples])
    fitted = np.array([sample.fitted for sample in samples])
    clean = float(np.nanmean(heard[fitted & (kinds == "right")]))
    both = np.where(np.isnan(heard), clean, heard).sum(axis=1)
    worse = kinds != "right"
    weights = logistic.weights_of(kinds.tolist(), SHARES)
    slope, bias = logistic.fit(both[fitted], worse[fitted], weights[fitted])
    drift = 1 - (1 - distances(samples, encoder)) * (1 - logistic.sigmoid(slope * both + bias))
    test = ~fitted
    return {
        "bias": round(bias, 4),
        "doubt": round(slope, 4),
        "clean": round(clean, 4),
        "encoder": encoder.signature,
        "script": "scripts/fit_drift.py",
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "fitted_on": f"{int(fitted.sum())} pairs of held-out prose, measured on {int(test.sum())}",
        "auc_damaged": round(logistic.area_under_curve(drift[test], worse[test], weights[test]), 4),
        "mean_drift": {
            kind: round(float(drift[test & (kinds == kind)].mean()), 3) for kind in SHARES
        },
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("AUDITOR_DATA"))
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data DIR or AUDITOR_DATA is required: the folder with data/ and eval/")
    pairs = [pair for pair in held_out_pairs(options.data) if pair.languages == LANGUAGES]
    text = json.dumps(fit(make_samples(pairs), load_encoder()), indent=2)
    OUT.write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
