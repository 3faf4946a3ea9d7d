"""Whether two documents are translations of one another."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.align import Comparability, Lines, comparability
from auditor.model import Bead


def lines(vectors: np.ndarray) -> Lines:
    count = len(vectors)
    return Lines.of(["X" * 50] * count, vectors.astype(np.float32))


def measure(beads: list[Bead], left: np.ndarray, right: np.ndarray) -> Comparability:
    counts = np.ones(len(left), bool), np.ones(len(right), bool)
    return comparability(beads, lines(left), lines(right), counts)


def diagonal(drift: float, numbers: range) -> list[Bead]:
    return [Bead((i,), (i,), 1 - drift, drift) for i in numbers]


APART = np.eye(10)


def test_a_translation_is_comparable():
    measured = measure(diagonal(0.1, range(10)), APART, APART)
    assert measured.score == pytest.approx(0.9)
    assert measured.comparable


def test_texts_that_differ_are_not():
    assert not measure(diagonal(0.9, range(10)), APART, APART).comparable


def test_a_few_shared_sentences_do_not_make_a_translation():
    beads = diagonal(0.1, range(3)) + diagonal(0.9, range(3, 10))
    assert not measure(beads, APART, APART).comparable


def test_sentences_that_are_as_near_to_others_have_no_counterpart():
    vague = np.ones((10, 10)) + 0.05 * np.eye(10)
    vague /= np.linalg.norm(vague, axis=1, keepdims=True)
    assert measure(diagonal(0.3, range(10)), vague, APART).left_share < 0.2


def test_a_translation_that_lost_its_second_half_is_one_still():
    beads = diagonal(0.1, range(5)) + [Bead((i,), (), 0, 1) for i in range(5, 10)]
    measured = measure(beads, APART, APART[:5])
    assert measured.comparable
    assert measured.left_share == pytest.approx(0.45)
    assert measured.right_share == pytest.approx(0.9)


def test_boilerplate_does_not_count():
    beads = diagonal(0.0, range(6)) + diagonal(0.9, range(6, 10))
    prose = np.arange(10) >= 6
    assert comparability(beads, lines(APART), lines(APART), (prose, prose)).score < 0.2


def test_a_text_of_refrains_is_comparable():
    refrains = np.repeat(np.eye(3), 4, axis=0)
    assert measure(diagonal(0.1, range(12)), refrains, refrains).comparable
