"""Passages without a counterpart in their place: lost, cut off, moved."""

from __future__ import annotations

import pytest

import auditor
from auditor import auditing
from auditor.languages import language
from auditor.model import Audit, Document, Severity
from auditor.text.reading import read_text
from tests.conftest import SEEDS


def paragraphs(code: str) -> list[str]:
    text = (SEEDS / f"tidal-library.{code}.txt").read_text("utf-8")
    return [line for line in text.split("\n") if line.strip()]


def document(code: str, lines: list[str]) -> Document:
    return read_text("\n\n".join(lines), id=code, path=code, language=language(code))


def audited(french: list[str], german: list[str]) -> Audit:
    pair = document("fr", french), document("de", german)
    return auditing.audit(pair, auditor.load_encoder())


def slugs(audit: Audit) -> list[str]:
    return [f.rule for f in audit.findings if f.rule in ("omitted-passage", "moved-passage")]


def test_two_whole_translations_have_no_gap():
    assert slugs(audited(paragraphs("fr"), paragraphs("de"))) == []


@pytest.mark.parametrize("kept", [0.5, 0.7])
def test_a_translation_that_lost_its_end_has_one_finding(kept: float):
    german = paragraphs("de")
    cut = german[: round(len(german) * kept)]
    audit = audited(paragraphs("fr"), cut)
    assert audit.bitexts[0].comparable
    assert slugs(audit) == ["omitted-passage"]
    finding = next(f for f in audit.findings if f.rule == "omitted-passage")
    assert finding.severity is Severity.MAJOR
    assert finding.category == "accuracy/omission"
    assert finding.spans[0].document == "fr"
    lost = "".join(paragraphs("fr")[len(cut) :])
    assert len(finding.spans[0].text) > 0.9 * len(lost)


def test_a_paragraph_that_is_missing_is_one_finding_that_quotes_it():
    german = paragraphs("de")
    gone = german.pop(4)
    audit = audited(paragraphs("fr"), german)
    assert slugs(audit) == ["omitted-passage"]
    finding = next(f for f in audit.findings if f.rule == "omitted-passage")
    assert finding.spans[0].text == paragraphs("fr")[4]
    assert gone not in finding.spans[0].text


def test_a_paragraph_that_was_moved_is_no_omission():
    german = paragraphs("de")
    german.insert(len(german) - 1, german.pop(3))
    audit = audited(paragraphs("fr"), german)
    assert slugs(audit) == ["moved-passage"]
    finding = next(f for f in audit.findings if f.rule == "moved-passage")
    assert {span.document for span in finding.spans if span.primary} == {"fr", "de"}
    assert audit.bitexts[0].moved


def test_beads_of_strangers_are_shaky():
    strangers = document("de", ["Die Mannschaft gewann das Spiel.", "Morgen regnet es im Süden."])
    pair = (
        document("fr", ["La banque centrale a relevé ses taux.", "Le pain coûte cher."]),
        strangers,
    )
    audit = auditing.audit(pair, auditor.load_encoder())
    assert not audit.bitexts[0].comparable
    assert max(bead.confidence for bead in audit.bitexts[0].beads if bead.left and bead.right) < 0.3


def test_in_a_bead_of_strangers_no_single_word_is_doubted():
    french, german = paragraphs("fr"), paragraphs("de")
    french[3] = "À Brackwede, le boulanger Obermeyer vend son pain devant la gare."
    german[3] = "Die Seglerin Petrowsky repariert abends in Tallgrund ihr Boot und singt."
    audit = audited(french, german)
    assert [finding.rule for finding in audit.findings] == ["mistranslated-span"]
    assert audit.findings[0].severity is Severity.MAJOR
