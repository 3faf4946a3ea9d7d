"""Comments that silence findings, and the tuning that they are a part of."""

from __future__ import annotations

from dataclasses import replace

import pytest

import auditor
from auditor import auditing, ignores
from auditor.languages import language
from auditor.model import Audit, Severity
from auditor.text.markup import Format
from auditor.text.reading import read_text
from auditor.tuning import Tuning, tune

ENCODER = auditor.load_encoder()
RULES = ["number-mismatch", "untranslated-text"]
FRENCH = (
    "Le port rouvre au printemps.\n\n{first}La maire promet 230 places aux habitants.\n\n"
    "{second}Le musée attend 410 visiteurs par jour.\n\n{third}La fête dure jusqu'au soir.\n"
)
GERMAN = (
    "Der Hafen öffnet im Frühjahr.\n\nDie Bürgermeisterin verspricht den Bewohnern 320 Plätze.\n\n"
    "Das Museum erwartet 140 Besucher am Tag.\n\nDas Fest dauert bis zum Abend.\n"
)


def audited(first: str = "", second: str = "", third: str = "") -> Audit:
    texts = {"fr": FRENCH.format(first=first, second=second, third=third), "de": GERMAN}
    documents = [
        read_text(
            raw, id=code, path=f"a.{code}.md", language=language(code), format=Format.MARKDOWN
        )
        for code, raw in texts.items()
    ]
    return auditing.audit(documents, ENCODER)


MARKUP = {"fr": "markdown", "de": "markdown"}


def left(audit: Audit, tuning: Tuning | None = None) -> tuple[set[str], list[str]]:
    tuned = tune(audit, tuning or Tuning(), MARKUP, RULES)
    assert tuned.ignored == len(audit.findings) - len(tuned.audit.findings)
    quoted = {s.text for f in tuned.audit.findings for s in f.spans if s.document == "fr"}
    return quoted, [notice.message for notice in tuned.notices]


def test_both_faults_are_there_without_comments():
    assert left(audited()) == ({"230", "410"}, [])


def test_ignore_next_covers_the_next_paragraph_alone():
    quoted, notices = left(audited("<!-- auditor: ignore-next number-mismatch -->\n"))
    assert quoted == {"410"}
    assert notices == []


def test_ignore_next_with_a_blank_line_behind_it():
    assert left(audited("<!-- auditor: ignore-next -->\n\n"))[0] == {"410"}


def test_a_region_covers_all_up_to_its_end():
    audit = audited("<!-- auditor: ignore-start -->\n", "", "<!--auditor:ignore-end-->\n")
    assert left(audit) == (set(), [])


def test_a_region_without_end_covers_the_rest_and_says_so():
    quoted, notices = left(audited("", "<!-- auditor: ignore-start number-mismatch -->\n"))
    assert quoted == {"230"}
    (notice,) = notices
    assert "never ends" in notice


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("<!-- auditor: ignore-next -->\n", "Unused"),
        ("<!-- auditor: ignore-end -->\n", "without"),
        ("<!-- auditor: ignore-nxt -->\n", "no word"),
        ("<!-- auditor: ignore-next number-mismatsch -->\n", "Is number-mismatch meant?"),
    ],
)
def test_mistakes_are_noticed(comment: str, expected: str):
    quoted, notices = left(audited(third=comment))
    assert quoted == {"230", "410"}
    assert any(expected in notice for notice in notices)


def test_comments_that_are_shown_as_code_mean_nothing():
    quoted, notices = left(audited("```\n<!-- auditor: ignore-start -->\n```\n\n"))
    assert quoted == {"230", "410"}
    assert notices == []


def test_plain_text_has_no_comments():
    audit = audited("<!-- auditor: ignore-start -->\n")
    tuned = tune(audit, Tuning(), {"fr": "text", "de": "text"}, RULES)
    assert tuned.audit == audit


def test_a_page_of_comment_openings_is_read_in_one_go():
    audit = audited()
    raw = "<!-- auditor" * 200_000 + "\n" + "```\n~~~~\n" * 100_000
    document = replace(audit.documents[0], raw=raw)
    assert ignores.read(document, RULES, markdown=True) == ([], [])


class TestTuning:
    def test_severities_counts_and_scores_follow(self):
        audit = audited()
        tuned = tune(audit, Tuning("x", {"number-mismatch": Severity.MINOR}), {}, RULES).audit
        assert {finding.severity for finding in tuned.findings} == {Severity.MINOR}
        assert tuned.summary.findings[Severity.MINOR] == 2
        assert tuned.summary.mqm_score["fr"] > audit.summary.mqm_score["fr"]
        assert tuned.signature == f"{audit.signature}|config:x"

    def test_patterns_are_held_against_the_quoted_text(self):
        assert left(audited(), Tuning(ignored=lambda text: text == "230"))[0] == {"410"}

    def test_names_that_nobody_translates(self):
        audit = audited()
        foreign = replace(audit.findings[0], category="accuracy/untranslated")
        span = replace(foreign.spans[0], text="Harbour Light, Brack")
        audit = replace(audit, findings=(replace(foreign, spans=(span,)),))
        names = Tuning(do_not_translate=("Harbour Light", "Brack"))
        assert tune(audit, names, {}, RULES).audit.findings == ()
        some = Tuning(do_not_translate=("Harbour", "Brack"))
        assert len(tune(audit, some, {}, RULES).audit.findings) == 1

    def test_nothing_to_tune_changes_nothing(self):
        audit = audited()
        assert tune(audit, Tuning(), MARKUP, RULES).audit == audit
