"""Negations, and the words that deny in another way."""

from __future__ import annotations

import pytest

from auditor.languages import language
from auditor.text.negation import find_implicit, find_negations


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Le maire refuse."),
        ("fr", "Peu de barques partent."),
        ("fr", "Une tâche insurmontable et impossible."),
        ("fr", "Elle reste au lieu de partir."),
        ("de", "Der Wärter weigert sich."),
        ("de", "Das Boot ist unbeschädigt."),
        ("de", "Ein wolkenloser Tag."),
    ],
)
def test_words_and_phrases_that_may_deny(code: str, text: str):
    assert find_implicit(text, language(code))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Les barques peuvent partir."),  # « peu » is a whole word
        ("fr", "Elle informe et importe."),  # begin like adjectives that deny
        ("fr", "Un câble relie internet de la baie au port."),
        ("de", "Der erste Wagen, das Schwert und die Sperre am Ersten."),
        ("de", "Der Inhalt des Briefes, unsere Informationen."),
    ],
)
def test_words_that_only_look_so(code: str, text: str):
    assert not find_implicit(text, language(code))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Il ne part jamais.", "ne part jamais"),
        ("Personne n’a vu la barque.", "Personne n’"),
        ("Rien ne pousse ici.", "Rien ne"),
    ],
)
def test_both_halves_of_a_negation_in_either_order(text: str, quote: str):
    (found,) = find_negations(text, language("fr"))
    assert text[found.start : found.end] == quote


def test_set_phrases_deny_nothing():
    assert not find_negations("Une association sans but lucratif.", language("fr"))
    assert find_negations("Une association sans statuts.", language("fr"))


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "The mayor doesn't answer.", ["doesn't"]),
        ("en", "They couldn’t leave, and won't.", ["couldn’t", "won't"]),
        ("en", "The captain's boats leave at noon.", []),
        ("fr", "Il n'était pas là.", ["n'était pas"]),
    ],
)
def test_negations_with_an_apostrophe(code: str, text: str, expected: list[str]):
    found = find_negations(text, language(code))
    assert [text[negation.start : negation.end] for negation in found] == expected
