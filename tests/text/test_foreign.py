"""Stretches in another language: where they begin and end, and what they cost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from auditor.languages import language
from auditor.text.foreign import find_foreign, follows_name


def found(text: str, code: str) -> list[str]:
    return [text[f.start : f.end] for f in find_foreign(text, language(code))]


@pytest.mark.parametrize(
    ("code", "text", "stretches"),
    [
        (
            "fr",
            "Le facteur dit que the letters were lost near the bridge.",
            ["the letters were lost near the bridge"],
        ),
        (
            "de",
            "Der Briefträger sagt, his bag is empty, und geht; the dog is not amused.",
            ["his bag is empty", "the dog is not amused"],
        ),
        ("de", "Der Briefträger bringt das Paket und die Post.", []),
        ("fr", "Il écoute The Sound of the Sea chaque soir.", []),  # a title
        ("de", "Sie liest die Friends of Harbours jeden Tag.", []),  # the rest of a name
    ],
)
def test_stretches_are_found_where_the_words_of_the_other_language_stand(code, text, stretches):
    assert found(text, code) == stretches


def test_stretches_do_not_overlap_and_stand_in_order():
    text = (
        "Der Bote erzählt der Nachbarin von seinem Hund, and they all know why he is late, aber "
        "die Nachbarin glaubt ihm kein Wort und sagt, the cat is not at home today."
    )
    spans = [(f.start, f.end) for f in find_foreign(text, language("de"))]
    assert len(spans) > 1
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("text", ["the cat und ", "the cat is not here und ", "a ", "und the "])
def test_the_cost_grows_with_the_length(text: str):
    start = time.process_time()
    find_foreign(text * (40_000 // len(text)), language("de"))
    assert time.process_time() - start < 1


def test_a_name_before_a_place_is_told():
    german = language("de")
    assert follows_name("Das Ensemble Blaue Musik of", 25, german) is False
    assert follows_name("Die Firma Xarvox of", 17, german) is True
    assert follows_name("und of", 4, german) is False
    union = "Die Union des métiers", 10
    assert follows_name(*union, german) is False
    assert follows_name(*union, german, language("fr")) is True
