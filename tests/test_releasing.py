"""Beads let a sentence go that nothing on the other side answers."""

from __future__ import annotations

import pytest

from auditor import auditing
from auditor.align import Aligned
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.releasing import release
from auditor.text.reading import read_text

FRENCH = [
    "Les vignerons de la vallée commencent la récolte en septembre.",
    "La pluie a retardé les travaux de deux semaines.",
    "Le maire a promis une aide aux familles.",
]
GERMAN = [
    "Die Winzer des Tals beginnen die Ernte im September.",
    "Der Regen hat die Arbeiten um zwei Wochen verzögert.",
    "Der Bürgermeister hat den Familien Hilfe versprochen.",
]


def released(left, right, texts=(FRENCH, GERMAN), codes=("fr", "de")):
    return [
        (bead.left, bead.right)
        for bead in release([Aligned(left, right, 0.6)], texts, codes, load_encoder())
    ]


@pytest.mark.parametrize(
    ("left", "right", "beads"),
    [
        ((0, 1), (0,), [((0,), (0,)), ((1,), ())]),
        ((0, 1), (1,), [((0,), ()), ((1,), (1,))]),
        ((2,), (1, 2), [((), (1,)), ((2,), (2,))]),
        ((0, 1, 2), (0,), [((0,), (0,)), ((1,), ()), ((2,), ())]),
    ],
)
def test_a_sentence_without_an_answer_is_let_go(left, right, beads) -> None:
    assert released(left, right) == beads


@pytest.mark.parametrize(
    ("left", "right"), [((0,), (0,)), ((0, 1), (0, 1)), ((0,), ()), ((), (1,))]
)
def test_what_belongs_together_stays(left, right) -> None:
    assert released(left, right) == [(left, right)]


def test_a_merged_sentence_stays() -> None:
    merged = ["Die Winzer beginnen im September, doch der Regen hat sie zwei Wochen aufgehalten."]
    assert released((0, 1), (0,), (FRENCH, merged)) == [((0, 1), (0,))]


def test_languages_that_the_reader_does_not_know_stay_as_they_are() -> None:
    assert released((0, 1), (0,), codes=("it", "de")) == [((0, 1), (0,))]


def test_a_headline_that_one_side_lacks_is_a_finding() -> None:
    headline = "Le musée du port de Brenne présente les bateaux de pêche d’autrefois"
    french = [
        headline,
        "Le musée du port de Brenne présente à partir de samedi quarante maquettes de bateaux.",
        *FRENCH,
    ]
    german = [
        "Das Hafenmuseum von Brenne zeigt ab Samstag vierzig Modelle von Schiffen.",
        *GERMAN,
    ]
    documents = [
        read_text("\n".join(side), id=code, path=code, language=language(code))
        for code, side in (("fr", french), ("de", german))
    ]
    found = [f for f in auditing.audit(documents, load_encoder()).findings if "omitted" in f.rule]
    assert [finding.spans[0].text for finding in found] == [headline]
