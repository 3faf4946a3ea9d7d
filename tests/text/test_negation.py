"""Negations, and the words that deny in another way."""

from __future__ import annotations

import pytest

from auditor.languages import language
from auditor.text.negation import (
    find_beyond,
    find_echoes,
    find_implicit,
    find_negations,
    negations_of,
)


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


def quotes(code: str, text: str) -> list[str]:
    return [text[n.start : n.end] for n in find_negations(text, language(code))]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        # What says a negation once more is none of its own.
        ("fr", "Elle n’a plus aucun cheval.", ["n’a plus"]),
        ("fr", "Il ne boit jamais rien, et ne mange pas.", ["ne boit jamais", "ne mange pas"]),
        ("de", "Keine Katze, weder groß noch klein.", ["Keine", "weder"]),
        ("de", "Weder die Katze noch der Hund schläft.", ["Weder"]),
        # The first half may stand far before the second.
        ("fr", "Personne dans ce village n’a vu la barque.", ["Personne"]),
        ("fr", "Ni le maire ni le meunier n’ont répondu.", ["Ni"]),
        ("fr", "Ni pluie, ni vent.", ["Ni"]),
        # « ne » alone denies nothing behind « avant que », nor does one « ni » without « ne ».
        ("fr", "Avant qu’elle ne puisse partir.", []),
        ("fr", "La grange est ouverte, ni pour les chats.", []),
        ("fr", "Cette personne connue de tous ne manque de rien.", ["ne manque de rien"]),
        ("de", "Sie hat noch nie gelogen.", ["nie"]),
        # What is denied twice is said (litotes).
        ("fr", "La vallée n’est pas dénuée de charme.", []),
        ("fr", "Il part, non sans regret.", []),
        ("de", "Das Tal ist nicht ohne Reiz.", []),
        ("en", "The valley is not without charm.", []),
    ],
)
def test_what_counts_as_one_negation(code: str, text: str, expected: list[str]):
    assert quotes(code, text) == expected


def test_not_only_is_no_negation_by_itself():
    text = "Er kam nicht allein."
    assert not find_negations(text, language("de"))
    assert len(find_beyond(text, language("de"))) == 1


@pytest.mark.parametrize(
    ("french", "counts"),
    [
        ("Elle est venue seule.", [0, 1]),  # a word was lost
        ("Elle est venue non seulement lundi.", [0, 0]),
        ("Elle est venue avec sa sœur.", [0, 0]),
        ("Elle n’est pas venue seule.", [1, 1]),
    ],
)
def test_not_only_counts_where_the_other_side_says_only(french: str, counts: list[int]):
    rows = language("fr"), language("de")
    found = negations_of((french, "Sie kam nicht allein."), rows)
    assert [len(negations) for negations in found] == counts


@pytest.mark.parametrize(
    ("text", "echoes"),
    [
        ("Es gibt kein Öl und keine Kohle.", ["keine"]),
        ("Es gibt kein Öl, jedenfalls nicht hier.", ["nicht"]),
        ("Keine Katze weder hier noch dort.", ["weder"]),
        ("Es gibt kein Öl. Er braucht keine Kohle.", []),
        ("Ohne Öl fährt der Wagen nicht.", []),
    ],
)
def test_negations_that_repeat_one(text: str, echoes: list[str]):
    row = language("de")
    found = find_echoes(text, find_negations(text, row), row)
    assert [text[n.start : n.end] for n in found] == echoes


def test_the_end_of_a_word_with_a_hyphen_may_deny():
    assert find_implicit("Eine Öl-freie Welt.", language("de"))
    assert not find_implicit("Eine freie Welt.", language("de"))
