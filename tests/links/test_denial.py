"""Negations held against the other side: which face one another, and what answers."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.languages import language
from auditor.links.denial import (
    Denial,
    Side,
    chance_of,
    sides_of,
    tables,
    to_listed,
    unanswered,
    weigh,
)
from auditor.links.evidence import Linked
from auditor.links.reader import read
from auditor.text.negation import find_negations
from tests.links.test_links import links


def held(french: str, german: str) -> tuple[Linked, tuple[Side, Side]]:
    found = links(french, german)
    languages = language("fr"), language("de")
    texts = french, german
    negations = [find_negations(t, row) for t, row in zip(texts, languages, strict=True)]
    return found, sides_of(found, texts, languages, negations)


def lone(french: str, german: str, index: int) -> list[Denial]:
    found, sides = held(french, german)
    return [denial for denial, _ in unanswered(found, sides, index)]


def test_negations_at_the_same_place_face_one_another():
    left, right = (
        "Le pêcheur n’a pas vendu son bateau, et sa sœur n’a jamais quitté l’île.",
        "Der Fischer hat sein Boot verkauft, und seine Schwester hat die Insel nie verlassen.",
    )
    alone = lone(left, right, 0)
    assert [left[d.negation.start : d.negation.end] for d in alone] == ["n’a pas"]
    assert not lone(left, right, 1)


def test_a_listed_word_at_the_place_is_near_and_one_elsewhere_is_far():
    left = "La ville ne paie pas."
    for right, near in (
        ("Die Stadt verweigert die Zahlung.", True),
        ("Die Stadt zahlt, und der Hafen am anderen Ende des Landes verweigert alles.", False),
    ):
        found, sides = held(left, right)
        denial = next(d for d, _ in unanswered(found, sides, 0))
        assert (to_listed(sides[1], denial) <= 2) is near


@pytest.mark.parametrize(("code", "word"), [("fr", "impossibl"), ("de", "ungultig")])
def test_the_tables_know_words_that_deny(code: str, word: str):
    assert tables(code).answers[word] > 1


def test_a_language_without_a_table_has_an_empty_one():
    assert not tables("en").answers


def chance(french: str, german: str, index: int) -> float:
    found, sides = held(french, german)
    denial, nearest = next(unanswered(found, sides, index))
    [reading] = read([(french, german)], ("fr", "de"))
    return chance_of(weigh(found, sides, index, denial, nearest, 0.0, reading))


def test_a_literal_text_without_the_negation_is_likelier_to_lack_it_than_a_free_one():
    literal = chance(
        "Le gardien ne ferme pas la porte du phare.",
        "Der Wächter schließt die Tür des Leuchtturms.",
        0,
    )
    free = chance("Cette formule n’est pas valable.", "Diese Formel ist ungültig.", 0)
    assert literal > 0.8
    assert free < 0.5


def test_a_side_by_itself_gives_finite_values():
    found, sides = held("Non.", "Ja.")
    denial, nearest = next(unanswered(found, sides, 0))
    assert np.isfinite(weigh(found, sides, 0, denial, nearest, 1.0, None)).all()
