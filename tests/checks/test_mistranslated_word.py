"""What the cases cannot show of mistranslated words: what a whole document uses again and again."""

from __future__ import annotations

import pytest

from auditor.checks.mistranslated_word import RULE
from auditor.checks.rule import ROUGH, passage

FRENCH = (
    "Le chef ouvre l’espace voisins.",
    "La mairie aime l’espace voisins.",
    "Elle ferme l’espace voisins.",
    "Le chat dort dans l’espace voisins.",
)
GERMAN = (
    "Der Chef öffnet das Neighbor Center.",
    "Das Rathaus mag das Neighbor Center.",
    "Sie schließt das Neighbor Center.",
    "Die Katze schläft im Neighbor Center.",
)


def pairs(french: str, german: str) -> set[tuple[str, ...]]:
    """The pairs of words that are reported, without those that are only counted."""
    both = passage({"fr": french, "de": german})
    return {
        tuple(both.sides[mark.side].text[mark.start : mark.end] for mark in hit.marks)
        for hit in RULE.check(both)
        if hit.needs == ROUGH
    }


@pytest.mark.parametrize(("sentences", "reported"), [(1, True), (2, False), (4, False)])
def test_a_part_of_a_name_that_always_stands_for_a_word_is_acquitted(
    sentences: int, reported: bool
) -> None:
    found = pairs(" ".join(FRENCH[:sentences]), " ".join(GERMAN[:sentences]))
    assert (("espace", "Center") in found) is reported


def test_a_wrong_word_is_reported_however_often_it_stands() -> None:
    french = " ".join(line.replace("espace voisins", "hébergement") for line in FRENCH)
    german = " ".join(line.replace("Neighbor Center", "Nest") for line in GERMAN)
    assert ("hébergement", "Nest") in pairs(french, german)
