"""One fault, one finding."""

from auditor.checks import RULES
from auditor.consolidation import consolidate
from auditor.model import BeadReference, Finding, Severity, Span

BEAD = BeadReference(0, 3)


def finding(
    rule: str,
    *spans: tuple[str, int, int],
    severity: Severity = Severity.MAJOR,
    category: str = "accuracy/mistranslation",
    bead: BeadReference | None = BEAD,
    suspect: str | None = None,
) -> Finding:
    marks = tuple(Span(document, start, end, "x", True) for document, start, end in spans)
    return Finding(rule, category, severity, 0.9, suspect, f"{rule}.", rule, marks, bead)


def test_what_several_rules_say_about_one_place_is_one_finding_the_worst():
    merged = consolidate(
        [
            finding("number-mismatch", ("fr", 10, 14), severity=Severity.MINOR),
            finding("unit-mismatch", ("fr", 10, 20), ("de", 5, 9), suspect="de"),
            finding("date-mismatch", ("fr", 18, 30), severity=Severity.MINOR),
        ]
    )
    assert [f.rule for f in merged] == ["unit-mismatch"]
    assert merged[0].suspect == "de"
    assert merged[0].evidence["also"] == [
        {"rule": "number-mismatch", "message": "number-mismatch."},
        {"rule": "date-mismatch", "message": "date-mismatch."},
    ]


def test_the_one_that_blames_somebody_tells_the_suspect():
    sure = finding("number-mismatch", ("fr", 10, 14))
    other = finding("date-mismatch", ("fr", 12, 20), severity=Severity.MINOR, suspect="fr")
    assert [f.suspect for f in consolidate([sure, other])] == ["fr"]


def test_faults_apart_stay_apart():
    findings = [
        finding("number-mismatch", ("fr", 10, 14)),
        finding("date-mismatch", ("fr", 14, 20)),
        finding("unpaired-quotation", ("fr", 10, 14), category="fluency/punctuation"),
        finding("number-mismatch", ("fr", 11, 13), bead=BeadReference(0, 4), suspect="de"),
    ]
    assert len(consolidate(findings)) == 3  # the same rule at the same place is one fault


def test_a_passage_does_not_swallow_what_stands_in_it():
    findings = [
        finding("quotation-mismatch", ("fr", 0, 200), severity=Severity.MINOR),
        finding("number-mismatch", ("fr", 10, 14)),
    ]
    assert len(consolidate(findings)) == 2


def test_in_a_document_alone_one_place_is_one_finding_too():
    findings = [
        finding("missing-linker", ("fr", 10, 24), category="fluency/grammar", bead=None),
        finding("broken-sentence", ("fr", 12, 24), category="fluency/grammar", bead=None),
        finding("broken-sentence", ("de", 12, 24), category="fluency/grammar", bead=None),
    ]
    merged = consolidate(findings)
    assert [(f.rule, f.spans[0].document) for f in merged] == [
        ("missing-linker", "fr"),
        ("broken-sentence", "de"),
    ]


def test_what_only_says_that_something_is_wrong_makes_no_named_fault_graver():
    general = [rule for rule in RULES if rule.slug == "broken-sentence"]
    named = finding(
        "stray-space", ("fr", 10, 19), severity=Severity.MINOR, category="fluency/spelling"
    )
    within = finding("broken-sentence", ("fr", 12, 19), category="fluency/grammar")
    beyond = finding("broken-sentence", ("fr", 12, 40), category="fluency/grammar")
    merged = [consolidate([named, other], general)[0] for other in (within, beyond)]
    assert [(f.rule, f.severity) for f in merged] == [
        ("stray-space", Severity.MINOR),
        ("stray-space", Severity.MAJOR),  # more is broken than the space
    ]


def test_what_is_wrong_inside_quotation_marks_that_one_side_lacks_is_told_apart():
    findings = [
        finding("quotation-mismatch", ("fr", 10, 50), severity=Severity.MINOR),
        finding("name-mismatch", ("fr", 20, 26), ("de", 20, 26), severity=Severity.NEUTRAL),
    ]
    assert len(consolidate(findings, RULES)) == 2
    assert len(consolidate(findings)) == 1  # unless nothing is known of the rules


def test_translations_that_contradict_their_source_alike_may_follow_a_custom():
    def against_the_source(rule: str, severity: Severity) -> list[Finding]:
        return [
            finding(rule, ("en", 4, 8), ("fr", 4, 8), suspect="fr", severity=severity),
            finding(rule, ("en", 4, 8), ("de", 4, 8), suspect="de", severity=severity),
        ]

    graver = [
        (f.severity, f.suspect)
        for rule, severity in (
            ("number-mismatch", Severity.MAJOR),
            ("quotation-mismatch", Severity.MINOR),
            ("omitted-passage", Severity.MAJOR),
        )
        for f in consolidate(against_the_source(rule, severity), RULES)
    ]
    assert graver == [(Severity.MINOR, None), (Severity.NEUTRAL, None), (Severity.MAJOR, None)]
    apart = finding("number-mismatch", ("fr", 4, 8), ("de", 4, 8))
    numbers = [*against_the_source("number-mismatch", Severity.MAJOR), apart]
    assert [f.severity for f in consolidate(numbers, RULES)] == [Severity.MAJOR]
