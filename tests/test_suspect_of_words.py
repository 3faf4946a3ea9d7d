"""Two against one: the side that left a clause out is blamed where a third text has it."""

from __future__ import annotations

from dataclasses import replace

from auditor import auditing
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Document, Role
from auditor.text.reading import read_text

FRENCH = (
    "La bibliothèque a fermé ses portes lundi.\n"
    "Elle ouvre à neuf heures, sauf pendant les vacances scolaires.\n"
    "Le maire n’a pas répondu à nos questions.\n"
)
GERMAN = (
    "Die Bibliothek hat am Montag ihre Türen geschlossen.\n"
    "Sie öffnet um neun Uhr, außer in den Schulferien.\n"
    "Der Bürgermeister hat unsere Fragen nicht beantwortet.\n"
)
SHORT = GERMAN.replace(", außer in den Schulferien", "")


def document(text: str, name: str, code: str, role: Role = Role.TRANSLATION) -> Document:
    return replace(read_text(text, id=name, path=name, language=language(code)), role=role)


def test_a_reference_decides_which_side_left_a_clause_out():
    documents = [
        document(FRENCH, "fr", "fr", Role.REFERENCE),
        document(SHORT, "de", "de"),
    ]
    audit = auditing.audit(documents, load_encoder())
    found = [finding for finding in audit.findings if finding.rule == "omitted-words"]
    assert [finding.suspect for finding in found] == ["de"]
    assert "vacances scolaires" in found[0].spans[0].text


def test_without_one_it_stays_open():
    documents = [document(FRENCH, "fr", "fr"), document(SHORT, "de", "de")]
    found = [
        finding
        for finding in auditing.audit(documents, load_encoder()).findings
        if finding.rule == "omitted-words"
    ]
    assert [finding.suspect for finding in found] == [None]


def test_a_complete_translation_has_no_finding():
    documents = [document(FRENCH, "fr", "fr"), document(GERMAN, "de", "de")]
    audit = auditing.audit(documents, load_encoder())
    assert not [f for f in audit.findings if f.rule in {"omitted-words", "mistranslated-span"}]
