"""Two broken clauses at the same place of a bead know of one another."""

from __future__ import annotations

from auditor.languages import language
from auditor.model import Bead, BeadReference, Bitext, Document, Finding, Severity, Span
from auditor.text.markup import Format
from auditor.text.reading import read_text
from auditor.twins import mention_twins

FRENCH = "La maire est s'inquiète du port, où tout le monde attend."
GERMAN = "Die Bürgermeisterin ist sorgt sich um den Hafen, wo alle warten."


def document(raw: str, code: str) -> Document:
    return read_text(
        raw, id=code, path=code, language=language(code), format=Format.TEXT, sha256="0" * 64
    )


DOCUMENTS = {"fr": document(FRENCH, "fr"), "de": document(GERMAN, "de")}
BITEXT = Bitext("fr", "de", True, 1.0, "", (Bead((0,), (0,), 0.9, 0.1),))


def finding(code: str, text: str, category: str = "fluency/grammar") -> Finding:
    start = DOCUMENTS[code].raw.index(text)
    span = Span(code, start, start + len(text), text, primary=True)
    bead = BeadReference(0, 0)
    return Finding("x", category, Severity.MINOR, 0.8, code, "It is broken.", code, (span,), bead)


def told(*findings: Finding) -> list[bool]:
    found = mention_twins(findings, DOCUMENTS, [BITEXT])
    return ["broken_on_both_sides" in each.evidence for each in found]


def test_twins_are_told_of_one_another():
    pair = finding("fr", "est s'inquiète"), finding("de", "ist sorgt")
    assert told(*pair) == [True, True]
    first = mention_twins(pair, DOCUMENTS, [BITEXT])[0]
    assert first.evidence["broken_on_both_sides"] == {"document": "de", "text": "ist sorgt"}
    assert "too" in first.message


def test_faults_at_other_places_or_of_other_kinds_are_no_twins():
    assert told(finding("fr", "est s'inquiète"), finding("de", "alle warten")) == [False, False]
    spelling = finding("de", "ist sorgt", "fluency/spelling")
    assert told(finding("fr", "est s'inquiète"), spelling) == [False, False]
    assert told(finding("fr", "est s'inquiète"), finding("fr", "La maire")) == [False, False]
