"""Fits what ear and reader add to drift, and writes `auditor/data/drift.json`.

    python scripts/fit_drift.py --data ../shared

A logistic curve for each witness, fitted on held-out French-German prose
(`calibrate_drift.held_out_pairs`; no encoder and no reader was trained on it): translations as they
are, against copies of which one side is damaged. The ear's curve tells them from copies in which
words are dropped, doubled, put in from elsewhere, replaced or out of order, as SEScore (Xu et al.
2022) makes them for metrics without human scores; the reader's two from copies that lost a clause
and copies with a negation put in or taken out (`near_misses.py`). Beforehand one pair in twenty is
broken, one in fifty lacks a clause, one in fifty is denied. Wrong pairs are the business of the
distance (`calibrate_drift.py`); they are measured beside, and so are changed numbers, names and
opposites. Half of the blocks are fitted, the other half measured.
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
from auditor.drift import FLOOR, Unshared
from auditor.encoders import load_encoder
from auditor.fluency.hearing import doubts
from auditor.links.reader import unshared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from auditor.encoders.base import Encoder

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Strings = NDArray[np.str_]

SEED = 5
LANGUAGES = ("fr", "de")
# How likely each kind of damage is beforehand, and the witness that tells it.
BEFOREHAND = {"broken": 0.05, "clause": 0.02, "negation": 0.02}
WITNESSES = {"broken": "broken", "unanswered": "clause", "denied": "negation"}
# The share of translations, the loudest, that a curve is not fitted on: of the eleven in which most
# stood alone, nine did leave something out.
LOUDEST = {"clause": 0.01}
CHANGES = ("number", "name", "negation", "antonym", "clause")
KINDS = ("right", "broken", *CHANGES, "wrong")
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
    """Each pair as it is, broken, changed in each way that it allows, and with another's side."""
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    samples = []
    for number, pair in enumerate(pairs):
        other = pairs[(number + 7) % len(pairs)]
        fitted = is_fitted(pair)
        samples.append(Sample("right", pair.left, pair.right, fitted))
        for kind in ("broken", *CHANGES):
            side = rng.randrange(2)
            own, facing = (pair.left, pair.right)[:: 1 if side == 0 else -1]
            lent = (other.left, other.right)[side]
            copy = damaged(kind, own, facing, lent, LANGUAGES[side], rng)
            if copy and copy != own:
                both = (copy, facing) if side == 0 else (facing, copy)
                samples.append(Sample(kind, *both, fitted))
        if number % 3 == 0:
            samples.append(Sample("wrong", pair.left, other.right, fitted))
    return samples


def damaged(kind: str, own: str, facing: str, lent: str, code: str, rng: Random) -> str | None:
    """One side, damaged; None where nothing could be done."""
    if kind == "broken":
        return " ".join(rng.choice(DAMAGES)(own.split(), lent.split(), rng))
    return near_miss(kind, own, facing, code, rng)


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


def read_of(samples: Sequence[Sample], encoder: Encoder) -> Floats:
    """What the reader finds alone, and denied: shape (samples, 2); NaN where it read nothing."""
    told = unshared([(s.left, s.right) for s in samples], LANGUAGES, encoder)
    nothing = Unshared(np.nan, np.nan)
    return np.array([(t.alone, t.denied) for t in (one or nothing for one in told)], np.float64)


def fit(samples: Sequence[Sample], encoder: Encoder) -> dict[str, object]:
    """The weights, and what they give on text that was not fitted."""
    kinds = np.array([sample.kind for sample in samples])
    fitted = np.array([sample.fitted for sample in samples])
    heard, read = heard_in(samples), read_of(samples, encoder)
    clean = float(np.nanmean(heard[fitted & (kinds == "right")]))
    values = np.column_stack([np.where(np.isnan(heard), clean, heard).sum(axis=1), read])
    same = 1 - distances(samples, encoder)
    curves = {}
    for column, (name, kind) in enumerate(WITNESSES.items()):
        slope, bias = curve(values[:, column], kinds, fitted, kind)
        curves[name] = {"slope": round(slope, 4), "bias": round(bias, 4)}
        chance = logistic.sigmoid(slope * values[:, column] + bias)
        same *= 1 - np.where(np.isnan(chance), 0.0, chance)
    test = ~fitted
    return {
        **curves,
        "clean": round(clean, 4),
        "encoder": encoder.signature,
        "script": "scripts/fit_drift.py",
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "fitted_on": f"{int(fitted.sum())} pairs of held-out prose, measured on {int(test.sum())}",
        "mean_drift": means(1 - same[test], kinds[test]),
        "auc_against_right": areas(1 - same[test], kinds[test]),
    }


def curve(values: Floats, kinds: Strings, fitted: Bools, kind: str) -> tuple[float, float]:
    """Slope and bias of one witness: right translations against its kind of damage."""
    right = fitted & (kinds == "right")
    loudest = np.nanquantile(values[right], 1 - LOUDEST.get(kind, 0.0))
    chosen = fitted & (kinds == kind) | right & (values <= loudest)
    chosen &= ~np.isnan(values)
    shares = {"right": 1 - BEFOREHAND[kind], kind: BEFOREHAND[kind]}
    own = kinds[chosen]
    weights = logistic.weights_of(own.tolist(), shares)
    return logistic.fit(values[chosen], own == kind, weights)


def means(drifts: Floats, kinds: Strings) -> dict[str, float]:
    """Mean drift of each kind."""
    return {kind: round(float(drifts[kinds == kind].mean()), 3) for kind in KINDS}


def areas(drifts: Floats, kinds: Strings) -> dict[str, float]:
    """How often a damaged copy drifts more than a right translation."""
    return {
        kind: round(
            logistic.area_under_curve(drifts[both], kinds[both] == kind, np.ones(both.sum())), 3
        )
        for kind in KINDS[1:]
        for both in [np.isin(kinds, ("right", kind))]
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
