"""A calibration from true translation pairs: each against wrong ones, made of the same lines.

Half of the lines are fitted, the other half measured; a wrong pair never mixes the two. Right and
wrong are equally likely, and half of the wrong pairs are neighbours: what stands next to a
sentence is on the same subject, and that is what an alignment confuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.drift import distance
from auditor.encoders.base import Encoder
from auditor.errors import AuditorError, NothingToAudit
from auditor.logistic import area_under_curve, fit, softened, weights_of
from auditor.model import Calibration

FEWEST, MOST = 50, 10_000  # pairs: fewer tell little, more tell nothing new
LOWEST_AUC = 0.7
SHARES = {"right": 0.5, "neighbour": 0.25, "random": 0.25}

_BLOCK = 5  # lines that stay in one half, so that most have their neighbours with them
_FEWEST_WRONG = 10  # in each half
_SEED = 11
_BATCH = 512  # texts that are encoded before the progress is told

Pair = tuple[str, str]
Tick = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration, the lines that it was fitted and measured on, and how it fares on the latter.

    ``auc``: the chance that a wrong pair drifts further than a right one. ``brier``: the mean
    square by which the drift misses what is known. ``mean_drift``: by kind of pair.
    """

    calibration: Calibration
    fitted: int
    measured: int
    auc: float
    brier: float
    mean_drift: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Case:
    """Two lines, whose left and right side make a pair that is right or wrong."""

    kind: str
    left: int
    right: int


def usable(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs to calibrate on: two sides, no pair twice, blocks of many spread evenly.

    Raises:
        AuditorError: where they are too few.
    """
    known: dict[Pair, Pair] = {}
    for left, right in pairs:
        known.setdefault((_plain(left), _plain(right)), (left, right))
    both = [pair for plain, pair in known.items() if all(plain)]
    if len(both) < FEWEST:
        raise AuditorError(
            f"{len(both)} different pairs with text on both sides are too few to calibrate on: "
            f"give {FEWEST} or more, better a thousand."
        )
    stride = -(-len(both) // MOST)
    return [pair for number, pair in enumerate(both) if number // _BLOCK % stride == 0]


def calibrate(pairs: Sequence[Pair], encoder: Encoder, tick: Tick = lambda *_: None) -> Calibrated:
    """Fit how the encoder's similarity becomes drift, on pairs that are true translations.

    Raises:
        AuditorError: where the pairs are too few, or the vectors hold no numbers.
        NothingToAudit: where the encoder can't tell them from wrong pairs.
    """
    lines = usable(pairs)
    halves = [_cases(lines, half) for half in (0, 1)]
    similarity = _similarities(lines, halves, encoder, tick)
    parts = [_Part.of(*part) for part in zip(halves, similarity, strict=True)]
    fitted, measured = parts
    for part in (fitted, measured):
        _refuse_alike(part.auc)
    calibration = _fitted(fitted)
    return Calibrated(calibration, fitted.lines, measured.lines, *_measured(measured, calibration))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _cases(lines: Sequence[Pair], half: int) -> list[_Case]:
    """The right and wrong pairs of one half."""
    own = [line for line in range(len(lines)) if line // _BLOCK % 2 == half]
    cases = list(_pairs_of(lines, own, np.random.default_rng(_SEED + half)))
    if sum(case.kind != "right" for case in cases) < _FEWEST_WRONG:
        raise AuditorError(
            "The pairs are too much alike to calibrate on: give pairs of different sentences."
        )
    return cases


def _pairs_of(
    lines: Sequence[Pair], own: Sequence[int], rng: np.random.Generator
) -> Iterator[_Case]:
    plain = {line: tuple(map(_plain, lines[line])) for line in own}
    for line in own:
        yield _Case("right", line, line)
        others = {"neighbour": _neighbour(line, plain), "random": own[int(rng.integers(len(own)))]}
        for kind, other in others.items():
            # Where one side says the same, the pair may be right after all.
            if all(a != b for a, b in zip(plain[line], plain[other], strict=True)):
                yield _Case(kind, line, other)


def _neighbour(line: int, known: dict[int, tuple[str, ...]]) -> int:
    """The next line, or the one before where that is in the other half."""
    return next((near for near in (line + 1, line - 1) if near in known), line)


def _similarities(
    lines: Sequence[Pair], halves: Sequence[Sequence[_Case]], encoder: Encoder, tick: Tick
) -> list[NDArray[np.float64]]:
    texts = [side for pair in zip(*lines, strict=True) for side in pair]
    vectors = []
    for start in range(0, len(texts), _BATCH):
        vectors.append(encoder.encode(texts[start : start + _BATCH]))
        tick("Encoding", min(start + _BATCH, len(texts)), len(texts))
    left, right = np.split(np.concatenate(vectors), 2)
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        raise AuditorError(
            f"The encoder {encoder.name!r} gives vectors that are no numbers (NaN or infinite): "
            "its weights are damaged, fetch or make them again."
        )
    return [
        np.array([left[c.left] @ right[c.right] for c in cases], np.float64) for cases in halves
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    """One half: similarities, which pairs are wrong, and what each weighs."""

    kinds: NDArray[np.str_]
    similarity: NDArray[np.float64]
    wrong: NDArray[np.bool_]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, cases: Sequence[_Case], similarity: NDArray[np.float64]) -> _Part:
        kinds = [case.kind for case in cases]
        wrong = np.array([kind != "right" for kind in kinds])
        weights = weights_of(kinds, SHARES)
        # One kind of wrong pairs may be missing: the rest stands for all of them.
        weights[wrong] *= weights[~wrong].sum() / weights[wrong].sum()
        return cls(np.array(kinds), similarity, wrong, weights)

    @property
    def lines(self) -> int:
        return int((~self.wrong).sum())

    @property
    def auc(self) -> float:
        return area_under_curve(-self.similarity, self.wrong, self.weights)


def _fitted(part: _Part) -> Calibration:
    slope, intercept = fit(part.similarity, softened(part.wrong), part.weights)
    if not (np.isfinite([slope, intercept]).all() and slope < 0):
        raise NothingToAudit(
            "No curve fits these pairs: are the two columns translations of one another, line "
            "by line?"
        )
    return Calibration(round(slope, 5), round(intercept, 5))


def _refuse_alike(auc: float) -> None:
    if auc < LOWEST_AUC:
        raise NothingToAudit(
            f"The encoder can't tell these pairs from wrong ones (AUC {auc:.2f}, wanted "
            f"{LOWEST_AUC} or more): are the two columns translations of one another, line by "
            "line, in languages that it knows?"
        )


def _measured(part: _Part, calibration: Calibration) -> tuple[float, float, dict[str, float]]:
    """AUC, Brier score and mean drift by kind."""
    drifts = np.array([distance(float(value), calibration) for value in part.similarity])
    brier = float(np.average((drifts - part.wrong) ** 2, weights=part.weights))
    kinds = [kind for kind in SHARES if (part.kinds == kind).any()]
    means = {kind: float(drifts[part.kinds == kind].mean()) for kind in kinds}
    return part.auc, brier, means
