"""Where on the other side a word belongs, and what is left of it there."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.links.context import left_alone
from auditor.links.places import gaps, ordered
from tests.links.test_links import links

NONE = np.zeros(4, bool)


def strength(*mates: int | None) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Of words that are linked with one of four, or with none."""
    table = np.full((len(mates), 4), 0.1)
    for number, mate in enumerate(mates):
        if mate is not None:
            table[number, mate] = 0.9
    return table


def test_a_word_belongs_between_the_counterparts_of_its_neighbours():
    found = gaps(strength(0, None, None, 2), NONE)
    assert found.tolist() == [[-1, 0, 0, 0], [2, 2, 2, 4]]


def test_at_the_ends_there_is_no_neighbour():
    assert gaps(strength(None, 1, None), NONE).tolist() == [[-1, -1, 1], [1, 4, 4]]
    assert gaps(np.zeros((2, 0)), np.zeros(0, bool)).tolist() == [[-1, -1], [0, 0]]


def test_a_free_word_tells_no_place():
    free = np.array([False, True, False, False])
    assert gaps(strength(0, 1, None), free)[0, 2] == 0


@pytest.mark.parametrize(
    ("pair", "expected"), [((1, 3), (1, 3)), ((3, 1), (3, 4)), ((2, 2), (2, 3))]
)
def test_where_the_order_differs_the_first_neighbour_tells(pair, expected):
    assert ordered(*pair) == expected


def test_what_another_word_has_taken_is_not_to_be_had_again():
    twice = links("Le chien dort, chien dort.", "Der Hund schläft.")
    once = links("Le chien dort.", "Der Hund schläft.")
    left = [left_alone(*found.sides, found.links) for found in (twice, once)]
    place = once.sides[0].texts.index("chien")
    assert left[0][place] > left[1][place] + 0.2
    assert left[1][place] < 0.2
