"""What is doubtful is believed of rough texts alone."""

from __future__ import annotations

from auditor.auditing import audit
from auditor.checks.rule import DOUBTED, NEVER, ROUGH
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Audit, Document, Finding, Segment, Severity, Span
from auditor.roughness import believed
from auditor.text.reading import read_text

CODES = ("fr", "de")
# Enough sentences, each of its own, with a pair of words that do not translate one another.
FRENCH = """Le pêcheur vend ses filets au marché.
La mairie ouvre à neuf heures.
Le chien de la voisine dort sur la table.
Mon frère répare la voiture de la voisine.
Le médecin boit un verre de lait.
La maîtresse lit une lettre à la classe."""
GERMAN = """Der Fischer verkauft seine Netze am Ufer.
Das Rathaus öffnet um neun Uhr.
Der Hund der Nachbarin schläft auf dem Tisch.
Mein Bruder repariert das Auto der Nachbarin.
Der Arzt trinkt ein Glas Milch.
Die Lehrerin liest der Klasse einen Brief vor."""


def audited(french: str, german: str) -> Audit:
    texts = zip(CODES, (french, german), strict=True)
    return audit(
        [read_text(text, id=code, path=code, language=language(code)) for code, text in texts],
        load_encoder(),
    )


def doubtful(result: Audit) -> list[str]:
    return [f.rule for f in result.findings if f.rule in ("mistranslated-word", "lone-words")]


def test_a_stranger_in_a_careful_text_is_left_in_peace():
    assert not doubtful(audited(FRENCH, GERMAN))


def test_in_a_rough_text_it_is_a_finding():
    rough = FRENCH.replace("neuf heures.", "neuf heures ."), GERMAN.replace("Glas ", "Glas , ")
    found = audited(*rough)
    assert "mistranslated-word" in doubtful(found)
    (pair,) = [f for f in found.findings if f.rule == "mistranslated-word"]
    assert [span.text for span in pair.spans] == ["marché", "Ufer"]
    assert (pair.severity, pair.suspect) == (Severity.NEUTRAL, None)


def document(code: str, sentences: int) -> Document:
    segment = Segment(0, 1, "x", 0, None, None)  # type: ignore[arg-type]
    return Document(code, code, code, "", None, "", (segment,) * sentences)  # type: ignore[arg-type]


def finding(rule: str, words: str, category: str, severity: Severity) -> Finding:
    spans = tuple(
        Span(code, 0, len(word), word, primary=True)
        for code, word in zip(CODES, words.split("/"), strict=False)
    )
    return Finding(rule, category, severity, 0.5, None, "", "", spans, None)


DOUBTFUL = finding("doubtful", "a/b", "accuracy/mistranslation", Severity.NEUTRAL)


def kept(
    sure: list[Finding], sentences: int = 10, doubts: int = 1, needs: float = ROUGH
) -> list[Finding]:
    found = [(f, 0.0) for f in sure] + [(DOUBTFUL, needs)] * doubts
    documents = {code: document(code, sentences) for code in CODES}
    return [f for f in believed(found, sure, documents) if f.rule == "doubtful"]


def test_different_faults_of_language_make_a_text_rough():
    faults = [finding("stray", word, "fluency/punctuation", Severity.MINOR) for word in "xyz"]
    assert kept(faults)
    assert not kept(faults, sentences=1000)
    assert not kept(faults[:1])


def test_the_same_fault_again_does_not():
    assert not kept([finding("stray", "x", "fluency/punctuation", Severity.MINOR)] * 9)


def test_faults_of_meaning_and_neutral_ones_do_not():
    assert not kept([finding("n", w, "accuracy/number", Severity.MAJOR) for w in "uvwxyz"])
    assert not kept([finding("n", w, "fluency/grammar", Severity.NEUTRAL) for w in "uvwxyz"])


def test_the_same_doubt_in_two_places_is_one_finding():
    faults = [finding("stray", word, "fluency/punctuation", Severity.MINOR) for word in "uvwxyz"]
    (found,) = kept(faults, doubts=2)
    assert len(found.spans) == 4


def is_silent(words: str, free: int, sentences: int = 10) -> bool:
    """Whether a doubt is not believed beside a fault for each word and some free renderings."""
    faults = [finding("stray", word, "fluency/punctuation", Severity.MINOR) for word in words]
    sure = [(fault, 0.0) for fault in faults]
    documents = {code: document(code, sentences) for code in CODES}
    found = [*sure, (DOUBTFUL, DOUBTED), *[(DOUBTFUL, NEVER)] * free]
    return "doubtful" not in [f.rule for f in believed(found, faults, documents)]


def test_where_every_other_sentence_is_rendered_freely_doubts_are_silent():
    assert not is_silent("uvwxyz", free=5)
    assert is_silent("uvwxyz", free=6)


def test_few_faults_beside_many_free_renderings_prove_nothing():
    # A rate of 8.7 faults for 100 sentences, with the fifteen that are added.
    assert not is_silent("uvwx", free=13, sentences=31)
    assert is_silent("uvwx", free=14, sentences=31)


def test_what_may_be_believed_tells_of_free_translation_where_it_needs_rough_texts():
    faults = [finding("stray", word, "fluency/punctuation", Severity.MINOR) for word in "uvwxyz"]
    assert kept(faults, sentences=10, doubts=5)
    assert not kept(faults, sentences=10, doubts=6)


def test_the_doubts_of_the_reader_do_not():
    faults = [finding("stray", word, "fluency/punctuation", Severity.MINOR) for word in "uvwxyz"]
    assert kept(faults, sentences=10, doubts=20, needs=DOUBTED)
