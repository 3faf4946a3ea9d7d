"""A calibration from true translations, tried with an encoder whose noise is known."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from auditor.calibrating import FEWEST, MOST, calibrate, usable
from auditor.drift import distance
from auditor.errors import AuditorError, NothingToAudit
from auditor.model import Calibration, Tokens

PAIRS = [(f"phrase {number}", f"Satz {number}") for number in range(200)]


class Fake:
    """Texts that end in the same number are alike, but for some noise."""

    name = "fake"
    signature = "fake@000000000000"
    dimension = 16
    calibration: Calibration | None = None

    def __init__(self, noise: float = 0.5) -> None:
        self.noise = noise

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._row(text) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32)

    def tokens(self, texts: Sequence[str]) -> Tokens | None:
        del texts
        return None

    def _row(self, text: str) -> NDArray[np.float64]:
        meaning = np.random.default_rng(int(text.rsplit(maxsplit=1)[-1])).normal(
            size=self.dimension
        )
        own = np.random.default_rng(zlib.crc32(text.encode())).normal(size=self.dimension)
        return np.asarray(meaning + self.noise * own)


class Constant(Fake):
    def _row(self, text: str) -> NDArray[np.float64]:
        del text
        return np.ones(self.dimension)


class Broken(Fake):
    def _row(self, text: str) -> NDArray[np.float64]:
        del text
        return np.full(self.dimension, np.nan)


def test_right_pairs_drift_less_than_wrong_ones():
    result = calibrate(PAIRS, Fake())
    assert result.mean_drift["right"] < 0.2
    assert min(result.mean_drift["neighbour"], result.mean_drift["random"]) > 0.8
    assert result.auc > 0.95
    assert 0 < result.brier < 0.1


def test_half_of_the_lines_is_fitted_and_half_is_measured():
    result = calibrate(PAIRS, Fake())
    assert (result.fitted, result.measured) == (100, 100)


def test_the_same_pairs_give_the_same_calibration():
    assert calibrate(PAIRS, Fake()) == calibrate(PAIRS, Fake())


@settings(max_examples=30, deadline=None)
@given(noise=st.floats(0, 2), count=st.integers(FEWEST, 120))
def test_drift_falls_as_similarity_grows(noise: float, count: int):
    try:
        calibration = calibrate(PAIRS[:count], Fake(noise)).calibration
    except NothingToAudit:
        return
    drifts = [distance(similarity, calibration) for similarity in np.linspace(-1, 1, 41)]
    assert all(later <= earlier for earlier, later in pairwise(drifts))
    assert drifts[-1] < 0.5 < drifts[0]


@pytest.mark.parametrize("encoder", [Fake(noise=50), Constant()], ids=["noise", "constant"])
def test_pairs_that_cannot_be_told_apart_are_refused(encoder: Fake):
    with pytest.raises(NothingToAudit, match="can't tell"):
        calibrate(PAIRS, encoder)


def test_pairs_in_disorder_are_refused():
    shifted = [(left, PAIRS[i - 50][1]) for i, (left, _) in enumerate(PAIRS)]
    with pytest.raises(NothingToAudit, match="line by line"):
        calibrate(shifted, Fake())


def test_vectors_that_are_no_numbers_are_refused():
    with pytest.raises(AuditorError, match="NaN"):
        calibrate(PAIRS, Broken())


def test_pairs_that_say_the_same_are_refused():
    alike = [("phrase 1", f"Satz {number}") for number in range(80)]
    with pytest.raises(AuditorError, match="too much alike"):
        calibrate(alike, Fake())


def test_neither_copies_nor_empty_sides_count():
    pairs = [*PAIRS[: FEWEST - 1], ("PHRASE  3", "satz 3"), ("phrase 300", ""), ("", "")]
    with pytest.raises(AuditorError, match=f"{FEWEST - 1} different pairs"):
        usable(pairs)


def test_of_very_many_pairs_blocks_are_taken_evenly():
    pairs = [(f"phrase {n}", f"Satz {n}") for n in range(3 * MOST)]
    taken = usable(pairs)
    assert MOST * 0.9 < len(taken) <= MOST
    assert taken[1] == pairs[1]
    assert taken[-1] in pairs[-20:]


def test_progress_is_told():
    steps: list[tuple[str, int, int]] = []
    calibrate(PAIRS, Fake(), lambda *step: steps.append(step))
    assert steps[-1] == ("Encoding", 400, 400)
