"""Doubted words: found with the word that they face, and acquitted where the two are known."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.checks.rule import Passage, passage
from auditor.languages import language
from auditor.links.doubts import Doubt, doubts, idle_words, is_known
from auditor.links.reader import KINDS, Reading

FRENCH = "Le pêcheur vend ses filets au marché."
GERMAN = "Der Fischer verkauft seine Netze am Ufer."


def reading(left: str, right: str, odds: dict[tuple[int, str], float]) -> Reading:
    """A reading of two texts in words, with the odds of some of them, by side and word."""
    spans, values = [], []
    for side, text in enumerate((left, right)):
        own, position = [], 0
        for word in text.split():
            start = text.index(word, position)
            own.append((start, start + len(word)))
            position = start + len(word)
        spans.append(tuple(own))
        table = np.full((len(own), len(KINDS)), -9.0, np.float32)
        for number, (start, end) in enumerate(own):
            table[number, 0] = odds.get((side, text[start:end].strip(".")), -9.0)
        values.append(table)
    return Reading(
        (spans[0], spans[1]), (values[0], values[1]), np.full(len(KINDS), -9.0, np.float32)
    )


def found(odds: dict[tuple[int, str], float], least: float = 0.0) -> list[Doubt]:
    left, right = FRENCH.strip("."), GERMAN.strip(".")
    return list(doubts(reading(left, right, odds), (left, right), least))


def test_two_words_at_one_place_are_one_doubt() -> None:
    [doubt] = found({(0, "marché"): 2.0, (1, "Ufer"): 1.0})
    assert doubt.side == 0
    assert FRENCH[slice(*doubt.span)] == "marché"
    assert doubt.facing and GERMAN[slice(*doubt.facing)] == "Ufer"


def test_a_word_far_away_is_not_faced() -> None:
    two = found({(0, "pêcheur"): 2.0, (1, "Ufer"): 2.0})
    assert [doubt.facing for doubt in two] == [None, None]


def test_what_is_below_the_limit_is_no_doubt() -> None:
    assert not found({(0, "marché"): -0.1, (1, "Ufer"): -0.2})


def test_short_words_and_shared_ones_are_passed_over() -> None:
    assert not found({(0, "au"): 5.0})
    shared = "Colossus tourne"
    assert not list(
        doubts(
            reading(shared, "Colossus läuft", {(0, "Colossus"): 5.0}),
            (shared, "Colossus läuft"),
            0.0,
        )
    )


def test_words_that_say_little_are_passed_over_and_face_none() -> None:
    french, german = "Le lait tourne ensuite", "Die Milch wird dann sauer"
    read = reading(french, german, {(0, "tourne"): 2.0, (1, "wird"): 2.0, (1, "sauer"): 1.0})
    idle = [idle_words(text, language(code)) for code, text in (("fr", french), ("de", german))]
    [doubt] = doubts(read, (french, german), 0.0, idle)
    assert french[slice(*doubt.span)] == "tourne"
    assert doubt.facing and german[slice(*doubt.facing)] == "sauer"


def held(french: str, german: str) -> Passage:
    return passage({"fr": french, "de": german})


@pytest.mark.parametrize(("right", "known"), [("Netze", True), ("Ufer", False)])
def test_words_that_translate_one_another_are_acquitted(right: str, known: bool) -> None:
    both = held(FRENCH, GERMAN)
    assert both.links
    start, other = FRENCH.index("filets"), GERMAN.index(right)
    doubt = Doubt(0, (start, start + 6), (other, other + len(right)), 1.0)
    assert is_known(both.links, doubt) is known
    turned = Doubt(1, (other, other + len(right)), (start, start + 6), 1.0)
    assert is_known(both.links, turned) is known


def test_a_word_without_one_that_faces_it_is_not_acquitted() -> None:
    both = held(FRENCH, GERMAN)
    assert both.links
    assert not is_known(both.links, Doubt(0, (0, 2), None, 1.0))
