"""inconsistent-term within an audit: where it is marked, told once, and quick on long documents."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import auditing
from auditor.checks import inconsistent_term
from auditor.checks.rule import passage
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Audit, Finding
from auditor.text.reading import read_text

ENCODER = load_encoder()
FRENCH = (
    "La bibliothèque garde cette solution depuis longtemps.",
    "Ouvrez la solution dans la fenêtre de gauche et attendez un peu.",
    "Sans la solution, aucun lecteur ne trouve le catalogue des cartes.",
    "La solution est livrée avec un manuel de trente pages.",
    "Le soir, la directrice ferme la solution et range les clés.",
)
GERMAN = (
    "Die Bibliothek bewahrt diese Lösung seit langem auf.",
    "Öffnen Sie die Lösung im linken Fenster und warten Sie ein wenig.",
    "Ohne die Lösung findet kein Leser den Katalog der Karten.",
    "Die Lösung wird mit einem Handbuch von dreißig Seiten geliefert.",
    "Am Abend schließt die Leiterin die Projektmappe und räumt die Schlüssel weg.",
)


def audit(french: list[str], german: list[str]) -> Audit:
    documents = [
        read_text("\n".join(lines), id=code, path=f"a.{code}.txt", language=language(code))
        for code, lines in (("fr", french), ("de", german))
    ]
    return auditing.audit(documents, ENCODER)


def found(audited: Audit) -> list[Finding]:
    return [f for f in audited.findings if f.rule == "inconsistent-term"]


def test_it_is_marked_on_both_sides_in_its_bead():
    audited = audit([*FRENCH], [*GERMAN])
    (finding,) = found(audited)
    assert [(s.document, s.text) for s in finding.spans if s.primary] == [
        ("de", "Projektmappe"),
        ("fr", "solution"),
    ]
    assert finding.bead is not None
    bead = audited.bitexts[finding.bead.bitext].beads[finding.bead.index]
    assert (bead.left, bead.right) == ((4,), (4,))
    assert finding.severity == "minor"
    assert finding.suspect is None
    assert "“Lösung” in 4 other sentences" in finding.message


def test_it_is_told_once_with_all_its_places():
    german = [line.replace("Ohne die Lösung", "Ohne die Projektmappe") for line in GERMAN]
    more = "Nous aimons la solution.", "Wir mögen die Lösung."
    (finding,) = found(audit([*FRENCH, more[0]], [*german, more[1]]))
    assert [s.text for s in finding.spans].count("Projektmappe") == 2
    assert "(and 1 more)" in finding.message


def test_an_edit_elsewhere_keeps_the_fingerprint():
    (before,) = found(audit([*FRENCH], [*GERMAN]))
    edited = [*FRENCH], [*GERMAN]
    edited[0][0], edited[1][0] = "La solution est ancienne.", "Die Lösung ist alt."
    (after,) = found(audit(*edited))
    assert before.fingerprint == after.fingerprint


def test_without_vectors_of_words_it_is_silent():
    texts = {"fr": "\n".join(FRENCH), "de": "\n".join(GERMAN)}
    assert list(inconsistent_term.check(passage(texts, words=ENCODER.encode)))
    assert not list(inconsistent_term.check(passage(texts)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*FRENCH, *GERMAN, "", "\u2029", "Auto Auto", "\0"]), max_size=8),
    st.text(max_size=200),
)
def test_no_text_makes_it_fail(lines: list[str], text: str):
    given_passage = passage({"fr": "\n".join(lines), "de": text}, words=ENCODER.encode)
    for hit in inconsistent_term.check(given_passage):
        for mark in hit.marks:
            assert mark.end <= len(given_passage.sides[mark.side].text)


@pytest.mark.parametrize("times", [400])
def test_a_long_document_takes_no_long_time(times: int):
    texts = {"fr": "\n".join(FRENCH * times), "de": "\n".join(GERMAN * times)}
    started = time.process_time()
    list(inconsistent_term.check(passage(texts, words=ENCODER.encode)))
    assert time.process_time() - started < 5


def hits(french: str, german: str) -> list[tuple[str, str]]:
    """What is said to stand for what, and how severe it is."""
    both = passage({"fr": french, "de": german}, words=ENCODER.encode)
    return [
        (str(hit.evidence["here"]), str(hit.severity)) for hit in inconsistent_term.RULE.check(both)
    ]


def test_a_common_word_that_translates_another_one_is_no_second_name():
    french = "Lisez les informations.\n" * 4 + "Lisez les informations."
    german = "Lesen Sie die Informationen.\n" * 4 + "Lesen Sie die Details."
    assert not hits(french, german)


def test_a_part_of_a_compound_with_a_hyphen_is_no_second_name():
    french = "Le support répond.\n" * 5 + "L’agent du support répond."
    german = "Der Support antwortet.\n" * 5 + "Der Helpdesk-Agent antwortet."
    assert "Helpdesk" not in {here for here, _ in hits(french, german)}


def test_a_part_of_a_name_is_no_usual_translation():
    french = "Le gouvernement paie le nuage.\n" * 5 + "Le gouvernement siège à Berne."
    german = "Die Hafen Government zahlt die Cloud.\n" * 5 + "Die Regierung sitzt in Bern."
    assert not hits(french, german)
