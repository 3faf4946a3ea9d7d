"""The audit as a whole, through the library."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import auditor
from auditor import auditing
from auditor.encoders.base import Encoder
from auditor.errors import NothingToAudit
from auditor.languages import language
from auditor.model import Audit, Document, Finding, Role, Severity
from auditor.render import csv_report, html, json_report, terminal
from auditor.text.markup import Format
from auditor.text.reading import read_text
from tests.conftest import SEEDS

FRENCH = """Le port rouvre au printemps

La maire a promis 230 places de travail. Elle a dit : « Nous partons demain. »

Les pêcheurs attendent une réponse depuis 2019. Le quai reste fermé aux visiteurs.

Une nouvelle digue protège la ville contre les tempêtes d'hiver."""
GERMAN = """Der Hafen öffnet im Frühjahr wieder

Die Bürgermeisterin versprach 320 Arbeitsplätze. Sie sagte: „Wir gehen morgen los.“

Die Fischer warten seit 2019 auf eine Antwort. Der Kai bleibt für Besucher geschlossen.

Ein neuer Deich schützt die Stadt vor den Stürmen des Winters."""


@cache
def encoder() -> Encoder:
    return auditor.load_encoder()


def document(raw: str, code: str, markup: Format = Format.TEXT) -> Document:
    return read_text(
        raw, id=code, path=f"a.{code}", language=language(code), format=markup, sha256="0" * 64
    )


def audited(french: str, german: str, markup: Format = Format.TEXT) -> Audit:
    pair = [document(french, "fr", markup), document(german, "de", markup)]
    return auditing.audit(pair, encoder())


def only(audit: Audit) -> Finding:
    (finding,) = audit.findings
    return finding


def test_a_changed_number_is_found_with_both_spans():
    finding = only(audited(FRENCH, GERMAN))
    assert (finding.rule, finding.severity) == ("number-mismatch", Severity.MAJOR)
    assert [(span.document, span.text) for span in finding.spans] == [("fr", "230"), ("de", "320")]
    assert finding.suspect is None


def test_a_pair_without_faults_has_no_findings():
    assert not audited(FRENCH, GERMAN.replace("320", "230")).findings


def test_markup_is_seen_through_and_spans_quote_the_raw_text():
    french = "<p>La maire a promis 2<b>30</b>&nbsp;places de travail &agrave; la ville.</p>"
    german = "<p>Die Bürgermeisterin versprach der Stadt <i>320 Arbeitspl&auml;tze</i>.</p>"
    finding = only(audited(french, german, Format.HTML))
    assert [span.text for span in finding.spans] == ["2<b>30", "320"]


def test_fingerprints_survive_edits_elsewhere():
    before = only(audited(FRENCH, GERMAN)).fingerprint
    longer = "Un titre nouveau\n\n" + FRENCH, "Ein neuer Titel\n\n" + GERMAN
    assert before in {finding.fingerprint for finding in audited(*longer).findings}


def test_equal_faults_have_fingerprints_of_their_own():
    audit = audited(f"{FRENCH}\n\n{FRENCH}", f"{GERMAN}\n\n{GERMAN}")
    fingerprints = [finding.fingerprint for finding in audit.findings]
    assert len(fingerprints) == len(set(fingerprints)) == 2


def test_a_fault_of_one_text_is_shown_beside_its_counterpart():
    finding = only(audited(FRENCH, GERMAN.replace("320", "230").replace("los.“", "los.")))
    assert (finding.rule, finding.suspect) == ("unpaired-quotation", "de")
    assert [span.document for span in finding.spans] == ["de", "fr"]
    assert "« Nous partons demain. »" in finding.spans[1].text


def test_an_omitted_sentence_stands_alone_in_its_bead():
    (bitext,) = audited(
        FRENCH, GERMAN.replace(" Der Kai bleibt für Besucher geschlossen.", "")
    ).bitexts
    alone = [bead for bead in bitext.beads if not bead.right]
    assert [(bead.similarity, bead.drift) for bead in alone] == [(0.0, 1.0)]


def test_a_sentence_of_another_matter_is_major_although_its_bead_is_doubtful():
    other = "Der Arzt rät seinen Patienten, im Keller alte Zeitungen aus Papier zu sammeln."
    kept = "Ein neuer Deich schützt die Stadt vor den Stürmen des Winters."
    found = audited(FRENCH, GERMAN.replace("320", "230").replace(kept, other)).findings
    sentences = [f for f in found if f.rule == "mistranslated-span"]
    assert [(f.severity, f.spans[1].text) for f in sentences] == [(Severity.MAJOR, other)]


def test_the_score_follows_the_penalties():
    audit = audited(FRENCH, GERMAN)
    words = sum(len(segment.text.split()) for segment in audit.documents[0].segments)
    assert audit.summary.mqm_score["fr"] == pytest.approx(100 * (1 - 2.5 / words))
    assert audit.summary.findings[Severity.MAJOR] == 1


def test_three_translations_are_held_against_each_other():
    english = Path(SEEDS / "harbour-wind.en.txt").read_text("utf-8")
    documents = [document(FRENCH, "fr"), document(GERMAN, "de"), document(english, "en")]
    audit = auditing.audit(documents, encoder())
    assert [(b.left, b.right, b.comparable) for b in audit.bitexts] == [
        ("fr", "de", True),
        ("fr", "en", False),
        ("de", "en", False),
    ]
    assert {finding.bead.bitext for finding in audit.findings if finding.bead} == {0}


ENGLISH = """The port reopens in spring

The mayor promised 230 jobs. She said: “We are leaving tomorrow.”

The fishermen have been waiting for an answer since 2019. The quay remains closed to visitors.

A new dyke protects the town from the winter storms."""


@pytest.mark.parametrize("role", [Role.SOURCE, Role.TRANSLATION])
def test_a_third_text_decides_which_side_is_suspect(role: Role):
    third = dataclasses.replace(document(ENGLISH, "en"), role=role)
    audit = auditing.audit([document(FRENCH, "fr"), document(GERMAN, "de"), third], encoder())
    finding = only(audit)
    assert finding.suspect == "de"
    assert {(span.document, span.text) for span in finding.spans} == {
        ("fr", "230"),
        ("de", "320"),
        ("en", "230"),
    }
    assert set(audit.summary.mqm_score) == {"fr", "de", "en"} - (
        {"en"} if role is Role.SOURCE else set()
    )


@pytest.mark.parametrize("role", [Role.SOURCE, Role.TRANSLATION])
@pytest.mark.parametrize("lacking", ["fr", "de"])
def test_what_a_side_lacks_is_one_finding_of_which_the_third_text_decides(role: Role, lacking: str):
    texts = {"fr": FRENCH, "de": GERMAN.replace("320", "230")}
    lost = {
        "fr": " Le quai reste fermé aux visiteurs.",
        "de": " Der Kai bleibt für Besucher geschlossen.",
    }
    texts[lacking] = texts[lacking].replace(lost[lacking], "")
    third = dataclasses.replace(document(ENGLISH, "en"), role=role)
    finding = only(auditing.audit([*(document(t, c) for c, t in texts.items()), third], encoder()))
    assert (finding.rule, finding.suspect) == ("omitted-passage", lacking)
    assert finding.category == "accuracy/omission"
    having = {"fr", "de"} - {lacking} | {"en"}
    assert {span.document for span in finding.spans if span.primary} == having


@pytest.mark.parametrize("role", [Role.SOURCE, Role.TRANSLATION])
def test_what_the_suspect_alone_has_is_an_addition(role: Role):
    longer = GERMAN.replace("320", "230").replace(
        "geschlossen.", "geschlossen. Die Möwen sammeln sich auf dem Dach der alten Fabrik."
    )
    third = dataclasses.replace(document(ENGLISH, "en"), role=role)
    documents = [document(FRENCH, "fr"), document(longer, "de"), third]
    finding = only(auditing.audit(documents, encoder()))
    assert (finding.rule, finding.suspect) == ("omitted-passage", "de")
    assert finding.category == "accuracy/addition"
    (open_one,) = audited(FRENCH, longer).findings
    assert (open_one.suspect, open_one.category) == (None, "accuracy/omission")


@pytest.mark.parametrize("role", [Role.SOURCE, Role.TRANSLATION])
@pytest.mark.parametrize(
    ("french", "german", "suspect"),
    [
        ("Elle n'a pas dit : « Nous partons demain. »", "Sie sagte: „Wir gehen morgen los.“", "fr"),
        ("Elle a dit : « Nous partons demain. »", "Sie sagte nicht: „Wir gehen morgen los.“", "de"),
    ],
)
def test_a_third_text_decides_who_denies(role: Role, french: str, german: str, suspect: str):
    changed = (
        FRENCH.replace("Elle a dit : « Nous partons demain. »", french),
        GERMAN.replace("Sie sagte: „Wir gehen morgen los.“", german).replace("320", "230"),
    )
    third = dataclasses.replace(document(ENGLISH, "en"), role=role)
    documents = [*map(document, changed, ("fr", "de")), third]
    found = [f for f in auditing.audit(documents, encoder()).findings if "negation" in f.rule]
    assert [finding.suspect for finding in found] == [suspect]
    assert {span.document for span in found[0].spans} == {"fr", "de", "en"}


@pytest.mark.parametrize("role", [Role.SOURCE, Role.TRANSLATION])
@pytest.mark.parametrize("wrong", ["fr", "de"])
def test_a_third_text_decides_which_address_and_which_name_is_wrong(role: Role, wrong: str):
    told = {
        "fr": "Écrivez à port@harbour.example ou à Aylin Brisk.",
        "de": "Schreiben Sie an port@harbour.example oder an Aylin Brisk.",
        "en": "Write to port@harbour.example or to Aylin Brisk.",
    }
    changed = {**told, wrong: told[wrong].replace("port@", "post@").replace("Brisk", "Morven")}
    texts = {"fr": FRENCH, "de": GERMAN.replace("320", "230"), "en": ENGLISH}
    documents = [document(f"{text}\n\n{changed[code]}", code) for code, text in texts.items()]
    documents[2] = dataclasses.replace(documents[2], role=role)
    found = auditing.audit(documents, encoder()).findings
    assert {finding.rule for finding in found} == {"literal-mismatch", "name-mismatch"}
    assert [finding.suspect for finding in found] == [wrong] * len(found)


def test_a_human_translation_gives_metrics_and_decides_too():
    human = GERMAN.replace("320", "230").replace("geschlossen", "gesperrt")
    reference = dataclasses.replace(document(human, "de"), id="de-2", role=Role.REFERENCE)
    audit = auditing.audit([document(FRENCH, "fr"), document(GERMAN, "de"), reference], encoder())
    assert only(audit).suspect == "de"
    (chrf, bleu, ter) = audit.summary.metrics["de"]
    assert [chrf.name, bleu.name, ter.name] == ["chrF", "BLEU", "TER"]
    assert 70 < chrf.score < 100
    assert 0 < ter.score < 20
    assert "version:" in chrf.signature


def test_no_translation_is_nothing_to_audit():
    with pytest.raises(NothingToAudit, match="at least one"):
        auditing.audit([], encoder())
    with pytest.raises(NothingToAudit, match="at least one"):
        source = dataclasses.replace(document(FRENCH, "fr"), role=Role.SOURCE)
        auditing.audit([source], encoder())


def test_one_document_is_checked_by_the_rules_of_its_language():
    audit = auditing.audit([document("Le port n’ouvre pas , dit-elle.", "fr")], encoder())
    finding = only(audit)
    assert (finding.rule, finding.suspect, finding.bead) == ("stray-space", "fr", None)
    assert (audit.bitexts, audit.summary.mean_drift) == ((), None)
    assert audit.summary.mqm_score["fr"] < 100


FOUND_BY_RULES = {
    "magnitude-changed",
    "number-changed",
    "percentage-changed",
    "untranslated",
    "quotation-unclosed",
    "weekday-changed",
    "term-inconsistent",
    "name-translated",
    "name-mangled",
    "negation-added",
    "negation-lost",
    "direction-flipped",
    "sentence-omitted",
    "stray-space",
    "number-format",
    "missing-auxiliary",
    "clashing-verbs",
    "participle-for-finite-verb",
    "verb-misplaced",
    "missing-comma",
    "agreement",
}


def test_the_sample_article_is_judged_as_its_answer_key_says():
    key = json.loads((SEEDS / "harbour-wind.key.json").read_text("utf-8"))["faults"]
    audit = auditor.audit([str(SEEDS / f"harbour-wind.{code}.txt") for code in ("fr", "de")])
    spans = [
        {(s.document, i) for s in f.spans if s.primary for i in range(s.start, s.end)}
        for f in audit.findings
    ]
    places = {
        fault["id"]: {
            (side["language"], i)
            for side in (fault, fault["other"] or fault)
            for i in range(side["start"], side["end"])
        }
        for fault in key
    }
    missed = [
        fault["id"]
        for fault in key
        if fault["kind"] in FOUND_BY_RULES and not any(places[fault["id"]] & span for span in spans)
    ]
    assert not missed
    assert len([fault for fault in key if fault["kind"] in FOUND_BY_RULES]) == 24
    assert all(any(span & place for place in places.values()) for span in spans)


def test_the_clean_pair_has_no_findings():
    pair = [str(SEEDS / f"tidal-library.{code}.txt") for code in ("fr", "de")]
    assert not auditor.audit(pair).findings


def test_a_huge_sentence_full_of_faults_stays_in_bounds():
    french = " ".join(f"le port {i} de la ville attend {2 * i} bateaux et" for i in range(20_000))
    german = " ".join("der Hafen der Stadt wartet auf die Schiffe und" for _ in range(20_000))
    audit = audited(french + " « " * 5_000, german)
    assert audit.bitexts[0].comparable
    assert 0 < len(audit.findings) <= 1_100
    assert max(len(span.text) for finding in audit.findings for span in finding.spans) <= 2_000
    assert len(json_report.render(audit)) < 10_000_000
    assert len(html.render(audit, title="x")) < 10_000_000


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from('«»„“"<>&[]()*_`#|-+.,!?%0123456789\n\t ')),
    max_size=200,
)


@settings(max_examples=80, deadline=None)
@given(french=HOSTILE, german=HOSTILE, markup=st.sampled_from(Format), same=st.booleans())
def test_no_text_makes_an_audit_or_a_report_fail(
    french: str, german: str, markup: Format, same: bool
):
    tail = (
        "\n\nLe port de la ville rouvre au printemps.\n",
        "\n\nDer Hafen der Stadt öffnet im Mai.\n",
    )
    other = french if same else german
    try:
        audit = audited(french + tail[0], other + tail[1], markup)
    except NothingToAudit:
        return
    raw = {entry.id: entry.raw for entry in audit.documents}
    for finding in audit.findings:
        for span in finding.spans:
            assert span.text == raw[span.document][span.start : span.end]
    for text in (
        json_report.render(audit),
        html.render(audit, title="x"),
        csv_report.render(audit),
        terminal.render(audit),
    ):
        assert text.encode("utf-8", "surrogatepass")
