"""The gate: thresholds, baseline and outcomes to a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import auditor
from auditor import auditing
from auditor.gate import (
    Entry,
    EntryStatus,
    Outcome,
    Standing,
    Status,
    Thresholds,
    Verdict,
    entries_of,
    judge,
    slim,
)
from auditor.languages import language
from auditor.model import Audit, Severity
from auditor.text.reading import read_text
from tests.articles import article, people


def audited(number: int = 0, wrong: str = "999", path: str = "a") -> Audit:
    texts = article(number)
    texts["de"] = texts["de"].replace(people(number), wrong)
    documents = [
        read_text(raw, id=code, path=f"{path}.{code}.txt", language=language(code))
        for code, raw in texts.items()
    ]
    return auditing.audit(documents, auditor.load_encoder())


FAULTY = audited()
CLEAN = audited(wrong=people(0), path="b")


def outcome(audit: Audit = FAULTY, **limits: Any) -> Outcome:
    return Outcome(audit.documents[0].path, audit, thresholds=Thresholds(**limits))


def accepted(verdict: Verdict) -> tuple[Entry, ...]:
    return entries_of(verdict.findings)


def test_the_articles_of_the_tests_have_no_fault_but_the_planted():
    assert CLEAN.findings == ()
    assert [finding.severity for finding in FAULTY.findings] == [Severity.MAJOR]


class TestThresholds:
    @pytest.mark.parametrize(
        ("fail_on", "status"),
        [
            (Severity.MINOR, Status.BLOCKED),
            (Severity.MAJOR, Status.BLOCKED),
            (Severity.CRITICAL, Status.PASSED),
        ],
    )
    def test_severity(self, fail_on: Severity, status: Status):
        verdict = judge([outcome(fail_on=fail_on)])
        assert verdict.status is status
        assert verdict.counts.new == 1
        assert verdict.counts.blocking == (status is Status.BLOCKED)

    def test_confidence(self):
        unsure = FAULTY.findings[0].confidence + 0.01
        verdict = judge([outcome(min_confidence=unsure)])
        assert verdict.status is Status.PASSED
        assert [judged.standing for judged in verdict.findings] == [Standing.UNSURE]

    def test_mean_drift(self):
        drift = FAULTY.summary.mean_drift
        assert drift is not None
        assert judge([outcome(CLEAN, max_drift=1.0)]).status is Status.PASSED
        verdict = judge([outcome(CLEAN, max_drift=0.0)])
        assert verdict.status is Status.BLOCKED
        assert verdict.breaches[0].limit == "max-drift"

    def test_drift_of_a_bead_names_its_place(self):
        (bitext,) = CLEAN.bitexts
        worst = max(bead.drift for bead in bitext.beads)
        verdict = judge([outcome(CLEAN, max_bead_drift=worst - 1e-9)])
        assert verdict.status is Status.BLOCKED
        (breach,) = verdict.breaches
        assert breach.span is not None
        assert breach.span.text in CLEAN.documents[0].raw
        assert judge([outcome(CLEAN, max_bead_drift=worst)]).status is Status.PASSED

    def test_an_omission_is_no_drifting_bead(self):
        (bitext,) = CLEAN.bitexts
        alone = replace(bitext.beads[0], right=(), drift=1.0)
        bitext = replace(bitext, beads=(alone, *bitext.beads[1:]))
        audit = replace(CLEAN, bitexts=(bitext,))
        worst = max(bead.drift for bead in bitext.beads[1:])
        assert judge([outcome(audit, max_bead_drift=worst)]).status is Status.PASSED

    def test_score_counts_what_is_new(self):
        limits = {"min_score": 99.9, "fail_on": Severity.CRITICAL}
        first = judge([outcome(**limits)])
        assert {breach.limit for breach in first.breaches} == {"min-score"}
        assert judge([outcome(**limits)], accepted(first)).status is Status.PASSED

    def test_number_of_findings(self):
        limits = [outcome(fail_on=Severity.CRITICAL)]
        assert judge(limits, max_findings=1).status is Status.PASSED
        assert judge(limits, max_findings=0).status is Status.BLOCKED

    def test_exit_zero_lets_blocked_pass_but_nothing_else(self):
        assert judge([outcome()], tolerant=True).status is Status.PASSED
        unreadable = Outcome("x", unreadable="x does not exist.")
        assert judge([outcome(), unreadable], tolerant=True).status is Status.UNUSABLE


class TestWithoutTexts:
    def test_the_verdict_is_the_same(self):
        for limits in ({}, {"max_drift": 0.0}, {"min_score": 100.0}, {"max_bead_drift": 0.0}):
            for audit in (CLEAN, FAULTY):
                whole = outcome(audit, **limits)
                one, other = judge([whole]), judge([slim(whole)])
                assert (one.status, one.counts) == (other.status, other.counts)
                messages = [[breach.message for breach in v.breaches] for v in (one, other)]
                assert messages[0] == messages[1]

    def test_only_what_nobody_quotes_is_left_out(self):
        assert slim(outcome(FAULTY)) == outcome(FAULTY)
        assert slim(outcome(CLEAN, max_bead_drift=0.5)) == outcome(CLEAN, max_bead_drift=0.5)
        slimmed = slim(outcome(CLEAN)).audit
        assert slimmed is not None
        assert {document.raw for document in slimmed.documents} == {""}


class TestStatus:
    def test_what_cannot_be_read_weighs_most(self):
        unreadable = Outcome("x", unreadable="x does not exist.")
        verdict = judge([outcome(), unreadable, outcome(CLEAN)])
        assert verdict.status is Status.UNUSABLE
        assert verdict.counts.new == 1
        assert verdict.counts.articles == 2

    def test_nothing_to_audit_is_no_pass(self):
        nothing = Outcome("x", nothing="x is empty.")
        assert judge([outcome(CLEAN), nothing]).status is Status.NOTHING
        assert judge([outcome(), nothing]).status is Status.BLOCKED
        assert judge([]).status is Status.NOTHING


class TestBaseline:
    def test_what_is_accepted_blocks_no_more(self):
        verdict = judge([outcome()], accepted(judge([outcome()])))
        assert verdict.status is Status.PASSED
        assert (verdict.counts.new, verdict.counts.accepted) == (0, 1)

    def test_one_entry_accepts_one_finding(self):
        twin = audited(path="twin")
        entries = accepted(judge([outcome()]))
        verdict = judge([outcome(), outcome(twin)], entries)
        assert (verdict.counts.new, verdict.counts.accepted) == (1, 1)

    def test_a_false_alarm_is_silent_and_what_was_fixed_is_not(self):
        (entry,) = accepted(judge([outcome()]))
        silent = replace(entry, status=EntryStatus.FALSE_ALARM)
        fixed = replace(entry, status=EntryStatus.FIXED)
        assert judge([outcome()], [silent]).status is Status.PASSED
        assert judge([outcome()], [fixed]).status is Status.BLOCKED
        assert judge([outcome(replace(FAULTY, findings=()))], [fixed]).fixed == ()

    def test_what_is_fixed_is_named(self):
        entries = accepted(judge([outcome()]))
        verdict = judge([outcome(replace(FAULTY, findings=()))], entries)
        assert verdict.fixed == entries
        assert verdict.counts.fixed == 1

    def test_documents_that_were_not_looked_at_say_nothing(self):
        assert judge([outcome(CLEAN)], accepted(judge([outcome()]))).fixed == ()

    def test_texts_that_are_no_pair_fix_nothing(self):
        entries = accepted(judge([outcome()]))
        empty = replace(outcome(replace(FAULTY, findings=())), nothing="no pair")
        assert judge([empty], entries).fixed == ()

    def test_an_entry_follows_a_file_that_was_moved(self):
        entries = accepted(judge([outcome()]))
        moved = audited(path="elsewhere/a")
        gone = {entry.path for entry in entries}
        assert judge([outcome(moved)], entries, gone=gone).status is Status.PASSED
        assert judge([outcome(moved)], entries).status is Status.BLOCKED

    def test_the_order_of_the_documents_does_not_matter(self):
        turned = auditing.audit(FAULTY.documents[::-1], auditor.load_encoder())
        assert [f.fingerprint for f in turned.findings] == [f.fingerprint for f in FAULTY.findings]
        assert judge([outcome(turned)], accepted(judge([outcome()]))).status is Status.PASSED

    def test_an_entry_of_a_document_that_is_gone_is_fixed(self):
        entries = accepted(judge([outcome()]))
        gone = {entry.path for entry in entries}
        assert judge([outcome(CLEAN)], entries, gone=gone).fixed == entries
