"""Which preposition governs a noun, and which prepositions translate one another."""

from __future__ import annotations

import pytest

from auditor.fluency.tagger import read_words
from auditor.links.prepositions import governed, table
from tests.links.test_links import links


def pairs(french: str, german: str) -> set[tuple[str, str]]:
    words = [read_words([text], code)[0] for text, code in ((french, "fr"), (german, "de"))]
    return {
        (found.prepositions[0].form.lower(), found.prepositions[1].form.lower())
        for found in governed(links(french, german), words)
    }


def test_prepositions_before_nouns_that_translate_one_another():
    found = pairs(
        "Le vieux chat dort sous la table de la cuisine.",
        "Die alte Katze schläft unter dem Tisch der Küche.",
    )
    assert ("sous", "unter") in found


def test_a_noun_without_a_preposition_pairs_nothing():
    assert not pairs("Le pêcheur vend la barque.", "Der Fischer verkauft das Boot.")


def test_the_table_is_the_same_from_either_side():
    one, other = table("fr", "de"), table("de", "fr")
    assert one is not None
    assert other is not None
    assert one.counts["sous", "unter"] == other.counts["unter", "sous"] > 100
    assert (one.nouns, other.nouns) == (0, 1)
    assert ("avec", "mit") in one.usual
    assert ("avec", "ohne") not in one.usual


@pytest.mark.parametrize("codes", [("fr", "en"), ("en", "de")])
def test_languages_without_a_table_have_none(codes: tuple[str, str]):
    assert table(*codes) is None
