"""Two against one: the side that left a clause out is blamed where a third text has it."""

from __future__ import annotations

from dataclasses import replace

from auditor import auditing
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Document, Finding, Role, Severity
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
ENGLISH = (
    "The library closed its doors on Monday.\n"
    "It opens at nine o'clock, except during the school holidays.\n"
    "The mayor did not answer our questions.\n"
)


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


def found_with_source(french: str, german: str) -> list[Finding]:
    documents = [
        document(french, "fr", "fr"),
        document(german, "de", "de"),
        document(ENGLISH, "en", "en", Role.SOURCE),
    ]
    return [*auditing.audit(documents, load_encoder()).findings]


def test_an_english_source_tells_what_was_left_out():
    found = found_with_source(FRENCH, SHORT)
    assert [(f.rule, f.category, f.suspect) for f in found] == [
        ("omitted-words", "accuracy/omission", "de")
    ]
    assert found[0].message.endswith("was left out in the German.")
    assert {span.document for span in found[0].spans if span.primary} == {"fr", "en"}


def test_an_english_source_tells_what_was_added():
    longer = GERMAN.replace("neun Uhr", "neun Uhr und verleiht auch Werkzeug für den Garten")
    found = found_with_source(FRENCH, longer)
    assert [(f.rule, f.category, f.suspect) for f in found] == [
        ("omitted-words", "accuracy/addition", "de")
    ]
    assert "was added in the German" in found[0].message


def test_an_english_source_tells_who_denies():
    wrong = FRENCH.replace("n’a pas répondu", "a répondu")
    found = found_with_source(wrong, GERMAN)
    assert [(f.rule, f.suspect) for f in found] == [("negation-mismatch", "fr")]


def test_nothing_is_told_of_two_faithful_translations():
    assert found_with_source(FRENCH, GERMAN) == []


def test_what_the_source_blames_neither_for_is_a_step_less_grave():
    texts = {
        "fr": "Le port compte une quarantaine de bateaux.\nLa mairie l’a annoncé lundi.\n",
        "de": "Der Hafen zählt 39 Boote.\nDas Rathaus gab das am Montag bekannt.\n",
        "en": "The harbour has some thirty-nine boats.\nThe town hall said so on Monday.\n",
    }
    told = [document(texts[code], code, code) for code in ("fr", "de")]
    source = document(texts["en"], "en", "en", Role.SOURCE)
    [alone] = auditing.audit(told, load_encoder()).findings
    [beside] = auditing.audit([*told, source], load_encoder()).findings
    assert (alone.rule, alone.severity, beside.rule, beside.severity) == (
        "number-mismatch", Severity.MINOR, "number-mismatch", Severity.NEUTRAL,
    )  # fmt: skip
    assert beside.evidence["unconfirmed_by"] == ["en"]
    assert "unconfirmed_by" not in alone.evidence
