"""Quotation marks alone on both sides stood so in the source."""

from auditor import auditing
from auditor.checks.mistyped_apostrophe import RULE as MISTYPED
from auditor.checks.unpaired_quotation import RULE
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Severity
from auditor.text.reading import read_text

FRENCH = "Le port ferme lundi soir.\nLa maire paie le nouveau quai{}, a-t-elle dit.\nTout va bien."
GERMAN = (
    "Der Hafen schließt am Montagabend.\n"
    "Die Bürgermeisterin bezahlt den neuen Kai{}, sagte sie.\nAlles ist gut."
)


def severities(french: str, german: str) -> dict[tuple[str, str | None], Severity]:
    documents = [
        read_text(text, id=code, path=code, language=language(code))
        for code, text in (("fr", french), ("de", german))
    ]
    audit = auditing.audit(documents, load_encoder(), (RULE, MISTYPED))
    assert audit.bitexts[0].comparable
    return {(finding.rule, finding.suspect): finding.severity for finding in audit.findings}


def test_a_mark_alone_on_both_sides_is_neutral():
    assert severities(FRENCH.format(" »"), GERMAN.format("“")) == {
        (RULE.slug, "fr"): Severity.NEUTRAL,
        (RULE.slug, "de"): Severity.NEUTRAL,
    }


def test_a_mark_alone_on_one_side_is_that_side_s_fault():
    found = severities(FRENCH.format(" »"), GERMAN.format(""))
    assert found == {(RULE.slug, "fr"): Severity.MINOR}


def test_a_mark_in_the_place_of_an_apostrophe_is_never_inherited():
    french = FRENCH.format(" »").replace("le nouveau quai", 'l"eau du port')
    found = severities(french, GERMAN.format("“"))
    assert found[MISTYPED.slug, "fr"] is Severity.MINOR
