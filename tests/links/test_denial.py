"""Negations held against the other side: which face one another, and what answers."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.languages import language
from auditor.links.denial import Denial, Side, chance_of, denials, sides_of, tables, weigh
from auditor.links.evidence import Linked
from auditor.links.reader import read
from auditor.text.negation import negations_of
from tests.links.test_links import links


def held(french: str, german: str) -> tuple[Linked, tuple[Side, Side]]:
    found = links(french, german)
    languages = language("fr"), language("de")
    texts = french, german
    return found, sides_of(found, texts, languages, negations_of(texts, languages))


def of(french: str, german: str, index: int) -> list[Denial]:
    found, sides = held(french, german)
    return denials(found, sides, index)


def test_negations_at_the_same_place_face_one_another():
    left, right = (
        "Le pêcheur n’a pas vendu son bateau, et sa sœur n’a jamais quitté l’île.",
        "Der Fischer hat sein Boot verkauft, und seine Schwester hat die Insel nie verlassen.",
    )
    assert [denial.mate for denial in of(left, right, 0)] == [None, 0]
    assert [denial.mate for denial in of(left, right, 1)] == [1]


def test_a_repeated_negation_is_the_one_that_is_left_over():
    left, right = (
        "La cabane n’a pas d’eau ni de lumière.",
        "Die Hütte hat kein Wasser und kein Licht.",
    )
    assert [(denial.echo, denial.mate) for denial in of(left, right, 1)] == [
        (False, 0),
        (True, None),
    ]


@pytest.mark.parametrize(
    ("right", "loose"),
    [
        ("Die Stadt verweigert die Zahlung.", ["verweigert"]),
        ("Die Stadt zahlt, und der Hafen verhindert den Verkauf.", []),  # as « empêche » says
    ],
)
def test_words_that_answer_one_another_answer_no_negation(right: str, loose: list[str]):
    _, (_, side) = held("La ville ne paie pas, et le port empêche la vente.", right)
    assert [side.words.texts[number] for number in side.loose] == loose


def test_a_word_that_refuses_makes_a_loss_less_probable():
    left = "La ville ne paie pas le nouveau pont."
    refused = chance(left, "Die Stadt verweigert das Geld für die neue Brücke.", 0)
    assert refused < chance(left, "Die Stadt bezahlt die neue Brücke.", 0) / 2


@pytest.mark.parametrize(("code", "word"), [("fr", "impossibl"), ("de", "ungultig")])
def test_the_tables_know_words_that_deny(code: str, word: str):
    assert tables(code).answers[word] > 1


def test_a_language_without_a_table_has_an_empty_one():
    assert not tables("it").answers


def chance(french: str, german: str, index: int) -> float:
    found, sides = held(french, german)
    denial = next(iter(denials(found, sides, index)))
    [reading] = read([(french, german)], ("fr", "de"))
    return chance_of(found, sides, index, denial, 0.0, reading)


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
    denial = next(iter(denials(found, sides, 0)))
    assert np.isfinite(weigh(found, sides, 0, denial, 1.0, None)).all()
