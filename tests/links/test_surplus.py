"""A sentence too many is told from one that was merged into its neighbour."""

from __future__ import annotations

import pytest

from auditor.links.reader import read
from auditor.links.surplus import Without, seen, surplus

CODES = ("fr", "de")
WINE = "Les vignerons de la vallée commencent la récolte en septembre."
RAIN = "La pluie a retardé les travaux de deux semaines."
WEIN = "Die Winzer des Tals beginnen die Ernte im September."
BOTH = "Die Winzer beginnen die Ernte im September, der Regen hat sie zwei Wochen verzögert."


def chance(left: str, right: str, sentence: str) -> float:
    start = left.index(sentence)
    without = Without((left, right), 0, (start, start + len(sentence)))
    whole, rest = read([without.texts, without.pair], CODES)
    assert whole
    assert rest
    return surplus(seen(without, whole, rest))


def test_a_sentence_that_nothing_answers_is_too_many() -> None:
    assert chance(f"{WINE} {RAIN}", WEIN, RAIN) > 0.9
    assert chance(f"{RAIN} {WINE}", WEIN, RAIN) > 0.9


def test_a_sentence_that_was_merged_is_not() -> None:
    assert chance(f"{WINE} {RAIN}", BOTH, RAIN) < 0.2


def test_the_sentence_that_is_answered_is_not() -> None:
    assert chance(f"{WINE} {RAIN}", WEIN, WINE) < 0.3


@pytest.mark.parametrize(
    ("side", "span", "pair"),
    [
        (0, (0, 5), ("Zwei.", "Un.")),
        (0, (6, 11), ("Eins.", "Un.")),
        (1, (0, 3), ("Eins. Zwei.", "")),
    ],
)
def test_without_takes_the_sentence_out(side, span, pair) -> None:
    assert Without(("Eins. Zwei.", "Un."), side, span).pair == pair
