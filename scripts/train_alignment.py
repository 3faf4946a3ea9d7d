"""Fits the weights of the alignment's second pass and writes `auditor/align/weights.json`.

    python scripts/train_alignment.py --data ../shared

A conditional random field over whole alignments: the weights under which the gold alignments are
most probable among all alignments in a band around the first pass, with a quadratic penalty
(L-BFGS). Gold: the development file of Text+Berg, and every fifteenth article of `msdocs_sxs` with
segments taken out, once as running text and once in paragraphs. The latter teach what Text+Berg
has little of, paragraphs and omissions, and count less, for they are easy.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment_data import Gold, read_msdocs, read_textberg
from numpy.typing import NDArray

from auditor.align.align import first_pass
from auditor.align.band import Band, Step
from auditor.align.costs import LARGEST
from auditor.align.evidence import Words, gather
from auditor.align.features import ALONE, BEAD, Facing, alone_features, bead_features
from auditor.align.refine import BeadCosts, forward, posteriors
from auditor.encoders import load_encoder

Floats = NDArray[np.float64]
MARGIN = 10
# Ramps from "not covered at all" to "covered", of which the learnt functions are sums.
UNCOVERED = ((0.1, 0.2), (0.2, 0.35), (0.35, 0.5), (0.5, 0.65), (0.65, 0.9))
CROSSING = ((0.3, 0.5), (0.5, 0.7), (0.7, 0.9))


def ramps(of: tuple[tuple[float, float], ...]) -> Any:
    """The basis functions as one function: similarities to (len(of), *shape)."""

    def uncover(similarities: Floats) -> Floats:
        return np.stack([((high - similarities) / (high - low)).clip(0, 1) for low, high in of])

    return uncover


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of documents as features, and the gold path through it."""

    band: Band
    beads: Floats  # (features, most, most, columns of all rows)
    starts: NDArray[np.int64]  # where the columns of each row begin, and their end
    alone: tuple[Floats, Floats]  # (segments, features) each
    path: list[Step]
    weight: float


def case(gold: Gold, weight: float) -> Case:
    """Compute the features of a pair of documents in a band that holds the gold path too."""
    left, right = gold.left, gold.right
    assert left.tokens is not None
    assert right.tokens is not None
    path = gold_path(gold)
    band = widened(
        Band.around(first_pass(left, right), len(left), len(right), MARGIN),
        Band.around(path, len(left), len(right), 0),
    )
    words = Words.of(left.tokens), Words.of(right.tokens)
    evidence = gather(*words, band, LARGEST, ramps(UNCOVERED), ramps(CROSSING))
    facing = Facing.of(left, right, evidence, band, LARGEST)
    rows = list(bead_features(facing))
    starts = np.cumsum([0, *(row.shape[-1] for row in rows)])
    alone = (
        alone_features(left, words[0].totals()),
        alone_features(right, words[1].totals()),
    )
    return Case(band, np.concatenate(rows, axis=-1), starts, alone, path, weight)


def widened(one: Band, other: Band) -> Band:
    """The band that holds both."""
    return Band(np.minimum(one.low, other.low), np.maximum(one.high, other.high))


def gold_path(gold: Gold) -> list[Step]:
    """The gold beads as steps; beads that cross or hold gaps become one bead."""
    boxes: list[list[int]] = []
    for a, b in sorted((a, b) for a, b in gold.beads if a and b):
        box = [min(a), max(a) + 1, min(b), max(b) + 1]
        while boxes and (box[0] < boxes[-1][1] or box[2] < boxes[-1][3]):
            last = boxes.pop()
            box = [min(box[0], last[0]), max(box[1], last[1]),
                   min(box[2], last[2]), max(box[3], last[3])]  # fmt: skip
        boxes.append(box)
    steps: list[Step] = []
    row = column = 0
    ends = [len(gold.left)] * 2 + [len(gold.right)] * 2
    for begin, end, other_begin, other_end in [*boxes, ends]:
        steps += [(1, 0)] * (begin - row) + [(0, 1)] * (other_begin - column)
        if end > begin:
            steps.append((end - begin, other_end - other_begin))
        row, column = end, other_end
    return steps


def costs_of(case: Case, weights: Floats) -> BeadCosts:
    """The costs of the beads of a case under some weights."""
    own = len(weights) - len(ALONE)
    return BeadCosts(
        case.band,
        np.split(np.tensordot(weights[:own], case.beads, 1), case.starts[1:-1], axis=-1),
        case.alone[0] @ weights[own:],
        case.alone[1] @ weights[own:],
    )


def gold_features(case: Case, size: int) -> Floats:
    """The sum of the features along the gold path; beads too large for the model are left out."""
    own, total = size - len(ALONE), np.zeros(size)
    row = column = 0
    for a, b in case.path:
        row, column = row + a, column + b
        if a and b:
            if max(a, b) <= LARGEST:
                place = int(case.starts[row - 1]) + column - int(case.band.low[row])
                total[:own] += case.beads[:, a - 1, b - 1, place]
        else:
            total[own:] += case.alone[0][row - 1] if a else case.alone[1][column - 1]
    return total


def loss(weights: Floats, cases: list[Case], penalty: float) -> tuple[float, Floats]:
    """Minus the log-likelihood with its penalty, and the gradient."""
    own = len(weights) - len(ALONE)
    total, gradient = penalty * float(weights @ weights), 2 * penalty * weights
    for one in cases:
        costs = costs_of(one, weights)
        chance = posteriors(costs)
        expected = np.zeros_like(weights)
        beads = np.concatenate(chance.beads, axis=-1)
        expected[:own] = np.tensordot(one.beads, beads, 3)
        expected[own:] = chance.omissions @ one.alone[0] + chance.additions @ one.alone[1]
        gold = gold_features(one, len(weights))
        total += one.weight * (float(weights @ gold) - float(forward(costs, soft=True)[-1][-1]))
        gradient = gradient + one.weight * (gold - expected)
    return total, gradient


def fit(cases: list[Case], penalty: float, steps: int) -> Floats:
    """The best weights."""
    size = len(cases[0].beads) + len(ALONE)
    start = np.zeros(size)
    own = len(UNCOVERED) + len(CROSSING)
    start[: len(UNCOVERED)] = 0.1
    start[own : own + 4] = (1.0, 0.0, 1.0, 1.0)
    start[-len(ALONE) :] = (0.1, 2.0, 0.0)
    found = minimize(
        loss, start, (cases, penalty), jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    print(f"loss {found.fun:.2f} after {found.nit} steps")
    weights: Floats = found.x
    return weights


def document(weights: Floats, note: str) -> dict[str, object]:
    """The form of `weights.json`."""
    many, more = len(UNCOVERED), len(CROSSING)
    own = len(weights) - len(ALONE)
    return {
        "uncovered": ramp(UNCOVERED, weights[:many]),
        "crossing": ramp(CROSSING, weights[many : many + more]),
        "bead": dict(zip(BEAD, weights[many + more : own].round(4).tolist(), strict=True)),
        "alone": dict(zip(ALONE, weights[own:].round(4).tolist(), strict=True)),
        "script": "scripts/train_alignment.py",
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "fitted_on": note,
    }


def ramp(of: tuple[tuple[float, float], ...], weights: Floats) -> dict[str, list[float]]:
    """A sum of ramps as knots and costs."""
    knots = np.array(sorted({edge for pair in of for edge in pair}))
    costs = np.tensordot(weights, ramps(of)(knots), 1)
    return {"knots": knots.tolist(), "costs": costs.round(4).tolist()}


def main() -> None:
    """Run the command line."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--encoder", default="embedded")
    parser.add_argument("--penalty", type=float, default=0.05)
    parser.add_argument("--msdocs", type=float, default=0.1, help="weight of these articles")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--out", type=Path, default=root / "auditor" / "align" / "weights.json")
    options = parser.parse_args()
    encoder = load_encoder(options.encoder)
    cases = [case(gold, 1.0) for gold in read_textberg(options.data, encoder)]
    for joined in (True, False):
        articles = read_msdocs(
            options.data, encoder, every=slice(0, None, 15), joined=joined, lost=0.1
        )
        cases += [case(gold, options.msdocs) for gold in articles]
    weights = fit(cases, options.penalty, options.steps)
    note = f"Text+Berg dev and every fifteenth article of msdocs_sxs, with {encoder.signature}"
    options.out.write_text(json.dumps(document(weights, note), indent=2) + "\n", "utf8")
    print(options.out.read_text("utf8"))


if __name__ == "__main__":
    main()
