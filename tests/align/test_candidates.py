"""The cheap search: directions, neighbours, kinship."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.align import Lines
from auditor.align.candidates import direction, kinship, nearest


def lines(vectors: np.ndarray) -> Lines:
    count = len(vectors)
    return Lines(vectors.astype(np.float32), np.full(count, 50.0), np.zeros(count, np.int64))


APART = np.eye(10)


def test_a_direction_is_the_mean_of_what_counts():
    counts = np.array([True, True, *[False] * 8])
    assert direction(lines(APART), counts)[:3] == pytest.approx([0.5**0.5, 0.5**0.5, 0])


def test_where_nothing_counts_everything_does():
    assert (direction(lines(APART), np.zeros(10, bool)) > 0).all()


def test_a_document_without_a_vector_has_no_direction():
    assert not direction(lines(np.zeros((3, 4))), np.ones(3, bool)).any()


def test_the_nearest_come_first_and_equals_in_their_order():
    ours = np.array([[1.0, 0.0]], np.float32)
    theirs = np.array([[0.0, 1.0], [0.6, 0.8], [1.0, 0.0], [0.6, 0.8]], np.float32)
    assert nearest(ours, theirs, 3).tolist() == [[2, 1, 3]]


def test_no_more_neighbours_than_there_are():
    some = np.eye(3, dtype=np.float32)
    assert nearest(some, some[:2], 8).shape == (3, 2)


def test_many_documents_are_compared_in_parts():
    random = np.random.default_rng(0).normal(size=(1200, 8)).astype(np.float32)
    whole = np.argsort(-(random @ random.T), axis=1, kind="stable")[:, :3]
    assert (nearest(random, random, 3) == whole).all()


def test_kinship_counts_what_is_nearest_both_ways_and_in_order():
    assert kinship(lines(APART), lines(APART)) == 1
    assert kinship(lines(APART), lines(APART[::-1])) == pytest.approx(0.1)


def test_kinship_of_a_half_is_shared_out():
    assert kinship(lines(APART), lines(APART[:5])) == pytest.approx((0.5 + 1) / 2)


def test_kinship_of_long_documents_is_looked_at_coarsely():
    vectors = np.random.default_rng(1).normal(size=(2000, 32))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert kinship(lines(vectors), lines(vectors)) == 1
