"""Poles, and the prepositions that are opposed."""

from __future__ import annotations

from auditor.languages import codes, language
from auditor.text.opposites import governing, opposite, pairs


def test_every_pole_of_a_pair_has_words_in_the_first_class_languages():
    for code in ("fr", "de"):
        named = {pole for poles in language(code).opposites.values() for pole in poles}
        lonely = [pair for pair in pairs() if (pair[0] in named) != (pair[1] in named)]
        assert not [pair for pair in lonely if pair[:2] != ("majority", "minority")], code


def test_no_language_names_a_pole_that_no_pair_has():
    for code in codes():
        named = {pole for poles in language(code).opposites.values() for pole in poles}
        paired = {pole for pair in pairs() for pole in pair[:2]}
        assert named - paired <= {"on", "under", "for", "against", "ahead", "behind"}, code


def test_opposites_are_mutual():
    assert "fall" in opposite("rise")
    assert "rise" in opposite("fall")
    assert opposite("enemy") == {"friend", "ally"}
    assert not opposite("no such pole")


def test_prepositions_know_their_opposites():
    assert governing(language("fr"))["sur"] == ("sous",)
    assert set(governing(language("de"))["unter"]) == {"auf", "über"}
    assert "nach" in governing(language("de"))["vor"]
