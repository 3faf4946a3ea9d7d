"""Alignment on vectors of the test's own making."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.align import Lines, align
from auditor.align.align import Beads

DIMENSION = 48


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def document(vectors: np.ndarray, lengths: list[float] | None = None) -> Lines:
    count = len(vectors)
    return Lines(
        unit(vectors) if count else np.zeros((0, DIMENSION), np.float32),
        np.array(lengths or [80.0] * count),
        np.zeros(count, np.int64),
    )


def meanings(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, DIMENSION))


def translated(vectors: np.ndarray, seed: int = 1) -> np.ndarray:
    """The same meanings, a little blurred."""
    return unit(vectors) + 0.04 * np.random.default_rng(seed).normal(size=vectors.shape)


def one_to_one(count: int) -> Beads:
    return [((i,), (i,)) for i in range(count)]


def test_equal_documents_align_one_to_one():
    vectors = meanings(40)
    assert align(document(vectors), document(translated(vectors))) == one_to_one(40)


def test_a_sentence_that_was_split_stays_in_one_bead():
    vectors = meanings(12)
    right = translated(vectors)
    apart = 0.9 * unit(meanings(1, 7))
    halves = unit(right[5:6]) + apart, unit(right[5:6]) - apart
    split = np.concatenate([right[:5], *halves, right[6:]])
    lengths = [80.0] * 5 + [40.0, 40.0] + [80.0] * 6
    beads = align(document(vectors), document(split, lengths))
    assert ((5,), (5, 6)) in beads


def test_a_long_passage_that_is_missing_is_an_omission():
    vectors = meanings(30)
    kept = np.delete(translated(vectors), range(10, 16), axis=0)
    beads = align(document(vectors), document(kept))
    omitted = {i for left, right in beads if not right for i in left}
    assert omitted == set(range(10, 16))


@pytest.mark.parametrize("kept", [0.5, 0.3])
def test_a_translation_that_was_cut_aligns_with_the_part_that_is_there(kept: float):
    ours = meanings(40)
    count = round(40 * kept)
    beads = align(document(ours), document(translated(ours)[:count]))
    assert beads == one_to_one(count) + [((i,), ()) for i in range(count, 40)]


@pytest.mark.parametrize("sides", [(0, 3), (3, 0), (0, 0)])
def test_an_empty_document_aligns_with_nothing(sides: tuple[int, int]):
    left, right = (document(meanings(count)) for count in sides)
    beads = align(left, right)
    assert all(not a or not b for a, b in beads)
    assert len(beads) == sum(sides)


def test_long_documents_are_searched_in_a_band_with_the_same_result():
    vectors = meanings(1300, 3)
    right = np.delete(translated(vectors), range(400, 440), axis=0)
    beads = align(document(vectors), document(right))
    gold = [((i,), (i - 40 * (i >= 440),)) for i in range(1300) if not 400 <= i < 440]
    assert len(set(gold) & set(beads)) >= 0.99 * len(gold)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Lines, Lines]:
    left, right = draw(st.integers(1, 25)), draw(st.integers(1, 25))
    vectors = meanings(left, draw(st.integers(0, 1000)))
    other = np.resize(translated(vectors), (right, DIMENSION)) + 1e-3 * meanings(right, 5)
    lengths = st.lists(st.integers(1, 400).map(float), min_size=left, max_size=left)
    others = st.lists(st.integers(1, 400).map(float), min_size=right, max_size=right)
    return document(vectors, draw(lengths)), document(other, draw(others))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_segment_stands_in_one_bead_in_order(pair: tuple[Lines, Lines]):
    beads = align(*pair)
    assert [i for left, _ in beads for i in left] == list(range(len(pair[0])))
    assert [j for _, right in beads for j in right] == list(range(len(pair[1])))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_same_documents_give_the_same_beads(pair: tuple[Lines, Lines]):
    assert align(*pair) == align(*pair)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_swapping_the_documents_mirrors_the_beads(pair: tuple[Lines, Lines]):
    def linked(beads: Beads) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        return {bead for bead in beads if bead[0] and bead[1]}

    mirrored = {(left, right) for right, left in linked(align(pair[1], pair[0]))}
    assert linked(align(*pair)) == mirrored
