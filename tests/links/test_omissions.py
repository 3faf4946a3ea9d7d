"""Omissions: what the reader says moves the chance that the links give."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.links.omissions import heard, missing
from auditor.links.reader import KINDS, Reading

TEXT = "une clause en plus"
SPANS = ((0, 3), (4, 10), (11, 13), (14, 18))


def reading(alone: float, replaced: float = -5.0) -> Reading:
    odds = np.full((4, len(KINDS)), -5.0, np.float32)
    odds[:, KINDS.index("alone")] = alone
    odds[:, KINDS.index("replaced")] = replaced
    return Reading((SPANS, SPANS), (odds, odds), odds[0])


def test_words_that_stand_alone_make_an_omission_likelier() -> None:
    low, high = (missing(0.6, reading(odds), 0, (0, 18), 0.1) for odds in (-5.0, 3.0))
    assert low < 0.7
    assert high > 0.9


def test_replaced_words_make_it_less_likely() -> None:
    assert missing(0.6, reading(0.0, 4.0), 0, (0, 18), 0.1) < missing(
        0.6, reading(0.0), 0, (0, 18), 0.1
    )


def test_the_links_count_still() -> None:
    chances = [missing(by_links, reading(0.0), 0, (0, 18), 0.1) for by_links in (0.05, 0.5, 0.99)]
    assert chances == sorted(chances)
    assert chances[0] < chances[2]


@pytest.mark.parametrize("by_links", [0.0, 1.0])
def test_any_chance_gives_a_chance(by_links: float) -> None:
    assert 0 < missing(by_links, reading(40.0), 0, (0, 18), 1.0) <= 1


def test_short_words_are_not_heard() -> None:
    values = heard(0.5, reading(2.0), 0, (11, 13), 0.0)
    assert values["alone"] == values["replaced"] == 0.0
