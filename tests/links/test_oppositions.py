"""Whether the opposite of a word would fit its translation better."""

from __future__ import annotations

from auditor.links.oppositions import beside, features, models, weigh


def doubt(own: str, word: str, other: str, codes: tuple[str, str], poles: tuple[str, str]) -> float:
    words = own.lower().split()
    found = list(features(words, words.index(word), other.lower().split()))
    return weigh(models(*codes)[poles[0]][poles[1]], found).total


def test_a_word_that_the_other_side_contradicts_is_doubted():
    german = "Die Kinder spielen nach dem Essen im Hof"
    poles = ("after", "before")
    wrong = doubt(
        german, "nach", "Les enfants jouent dans la cour avant le repas", ("de", "fr"), poles
    )
    right = doubt(
        german, "nach", "Les enfants jouent dans la cour après le repas", ("de", "fr"), poles
    )
    assert wrong > 2
    assert right < 0


def test_a_model_turned_round_says_the_reverse():
    known = models("fr", "de")
    assert known["with"]["without"]["=ohne"] == -known["without"]["with"]["=ohne"]


def test_what_stands_beside_a_word_at_the_edges_of_a_sentence():
    assert list(beside(["sans", "bruit"], 0)) == ["-2", "-1", "+1bruit", "+2", "- ", "+bruit "]


def test_languages_without_models_have_none():
    assert not models("en", "fr")
