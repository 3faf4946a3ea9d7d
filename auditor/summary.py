"""The figures of an audit: counts, mean drift, MQM scores, and the signature of the run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from auditor import drift, languages
from auditor.align import weighing
from auditor.align.costs import LARGEST
from auditor.checks.rule import Rule
from auditor.fluency import ear, tagger
from auditor.links import coverage
from auditor.metrics import against_reference
from auditor.model import (
    Bitext,
    Calibration,
    Document,
    Finding,
    Kind,
    MetricScore,
    Role,
    Severity,
    Summary,
)

PROFILE = "mqm-core"
# MQM's default severity weights.
_PENALTIES = {Severity.NEUTRAL: 0, Severity.MINOR: 1, Severity.MAJOR: 5, Severity.CRITICAL: 25}


def summarise(
    documents: Sequence[Document], bitexts: Sequence[Bitext], findings: Sequence[Finding]
) -> Summary:
    """Counts by severity, mean drift of the comparable bitexts, and MQM score by document."""
    counts = count(findings)
    judged = audited(documents, bitexts)
    scores = {document.id: mqm_score(document, findings) for document in judged}
    metrics = dict(_metrics(documents, bitexts))
    return Summary(counts, mean_drift(documents, bitexts), PROFILE, scores, metrics)


def audited(documents: Sequence[Document], bitexts: Sequence[Bitext]) -> list[Document]:
    """The translations that are judged: one that stands alone, or what has a partner.

    Documents that are no translations of one another were mixed up: nothing is said about them.
    """
    partners = {d for bitext in bitexts if bitext.comparable for d in (bitext.left, bitext.right)}
    alone = len(documents) == 1
    return [d for d in documents if d.role is Role.TRANSLATION and (alone or d.id in partners)]


def count(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the worst first."""
    return {level: sum(f.severity is level for f in findings) for level in reversed(Severity)}


def worst_first(finding: Finding) -> tuple[int, float, str, int]:
    """The order in which findings are shown."""
    first = finding.spans[0]
    return -finding.severity.rank, -finding.confidence, first.document, first.start


def _metrics(
    documents: Sequence[Document], bitexts: Sequence[Bitext]
) -> Iterator[tuple[str, tuple[MetricScore, ...]]]:
    """Each translation that has a reference in its own language, measured bead by bead."""
    by_id = {document.id: document for document in documents}
    for bitext in bitexts:
        reference, translation = by_id[bitext.left], by_id[bitext.right]
        same = reference.language == translation.language
        if bitext.comparable and reference.role is Role.REFERENCE and same:
            ours = [_text(translation, bead.right) for bead in bitext.beads]
            theirs = [_text(reference, bead.left) for bead in bitext.beads]
            yield translation.id, against_reference(ours, theirs)


def _text(document: Document, indices: Sequence[int]) -> str:
    return " ".join(document.segments[index].view.text for index in indices)


def mean_drift(documents: Sequence[Document], bitexts: Sequence[Bitext]) -> float | None:
    """Mean over the beads of comparable bitexts without boilerplate; None where there are none."""
    boilerplate = {
        (document.id, index)
        for document in documents
        for index, segment in enumerate(document.segments)
        if segment.kind is Kind.BOILERPLATE
    }
    drifts = [
        bead.drift
        for bitext in bitexts
        if bitext.comparable
        for bead in bitext.beads
        if not boilerplate.issuperset(
            {(bitext.left, i) for i in bead.left} | {(bitext.right, j) for j in bead.right}
        )
    ]
    return sum(drifts) / len(drifts) if drifts else None


def mqm_score(document: Document, findings: Sequence[Finding]) -> float:
    """100 · (1 − penalty / words), penalties 1, 5 and 25 for minor, major and critical (MQM-Core).

    A finding that leaves open which side is wrong counts half for each of them.
    """
    words = sum(len(segment.view.text.split()) for segment in document.segments)
    penalty = 0.0
    for finding in findings:
        if finding.suspect == document.id:
            penalty += _PENALTIES[finding.severity]
        elif finding.suspect is None and any(s.document == document.id for s in finding.spans):
            penalty += _PENALTIES[finding.severity] / 2
    return 100 * (1 - penalty / max(1, words))


def signature(
    encoder: str, calibration: Calibration | None, rules: Sequence[Rule], glossary: str = ""
) -> str:
    """What a number in the audit depends on, as sacreBLEU's signatures do.

    ``glossary`` is the digest of the glossary, where there is one.
    """
    pages = "\n".join(f"{rule.slug} {rule.category} {rule.severity} {rule.page}" for rule in rules)
    parts = {
        "auditor": version("translation-auditor"),
        "encoder": encoder,
        "drift": f"{_curve(calibration)}+{drift.digest()}",
        "segmenter": f"sentencex-{version('sentencex')}+rows-{languages.digest()}",
        "align": f"beads-{LARGEST}x{LARGEST}.3-{weighing.digest()}",
        "links": coverage.digest(),
        "fluency": f"tagger-{tagger.digest()}+ear-{ear.digest()}",
        "rules": f"{len(rules)}-{hashlib.sha256(pages.encode()).hexdigest()[:8]}",
    }
    if glossary:
        parts["glossary"] = glossary
    return "|".join(f"{name}:{value}" for name, value in parts.items())


def _curve(calibration: Calibration | None) -> str:
    """Which calibration turned similarity into drift: its slope and intercept."""
    if calibration is None:
        return "generic"
    return f"calibrated({calibration.slope:.8g},{calibration.intercept:.8g})"
