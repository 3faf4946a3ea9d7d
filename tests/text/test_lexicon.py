"""Stems and the learnt lexicon."""

from __future__ import annotations

import time

import pytest

from auditor.text.lexicon import UNSEEN, lexicon
from auditor.text.stems import fold, stem


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("fr", ["vendait", "vendaient", "vendons"]),
        ("fr", ["grande", "grandes", "grand"]),
        ("de", ["Hauses", "Häuser", "Haus"]),
        ("de", ["kleine", "kleinen", "kleiner"]),
    ],
)
def test_forms_of_a_word_meet_in_one_stem(code: str, forms: list[str]):
    assert len({stem(form, code) for form in forms}) == 1


def test_a_short_word_keeps_its_ending():
    assert stem("est", "fr") == "est"
    assert fold("Über") == "uber"


@pytest.mark.parametrize(
    ("french", "german"),
    [("sans", "ohne"), ("grand", "groß"), ("vote", "Abstimmung"), ("juge", "Richter")],
)
def test_words_know_their_translations_in_both_directions(french: str, german: str):
    known = lexicon("fr", "de")
    assert known
    ours, theirs = stem(french, "fr"), stem(german, "de")
    assert theirs in known.translations(ours, "fr")
    assert known.translations(ours, "fr")[theirs] == known.translations(theirs, "de")[ours]


def test_rarity_tells_an_article_from_a_noun():
    known = lexicon("de", "fr")
    assert known
    assert known.rarity("der", "de") < 6 < known.rarity(stem("Fischer", "de"), "de") < UNSEEN
    assert known.rarity("qqqq", "de") == UNSEEN
    assert known.translations("qqqq", "de") == {}


def test_there_is_none_for_a_language_with_itself():
    assert lexicon("fr", "fr") is None


def test_it_loads_fast():
    start = time.process_time()
    lexicon.__wrapped__("fr", "de")
    assert time.process_time() - start < 0.2  # 40 ms on an idle machine
