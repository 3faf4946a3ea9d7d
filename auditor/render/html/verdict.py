"""The audit in a sentence or two, and how its findings are counted and ordered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditor.model import Role, Severity
from auditor.render.html.words import ENGLISH, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.model import Audit, Bitext, Finding
    from auditor.render.html.words import Words

_SCORE_GAP = 1.0  # points of MQM score below which no text "looks worse"


def ranked(audit: Audit) -> list[Finding]:
    """Order the findings: worst first, then the surest, then in the order of the text."""

    def key(finding: Finding) -> tuple[int, float, int, int]:
        bead = finding.bead
        place = (bead.bitext, bead.index) if bead else (len(audit.bitexts), 0)
        return -finding.severity.rank, -finding.confidence, *place

    return sorted(audit.findings, key=key)


def severities(audit: Audit) -> dict[Severity, int]:
    """How many findings there are of each severity, the worst first."""
    counts = Counter(finding.severity for finding in audit.findings)
    return {severity: counts[severity] for severity in reversed(Severity)}


def verdict(audit: Audit, labels: Mapping[str, str], words: Words) -> tuple[Phrase, ...]:
    """Say the audit in phrases; ``labels`` are the documents' names by id."""
    estranged = [pair for pair in audit.bitexts if not pair.comparable]
    phrases = [phrase for pair in estranged for phrase in _estranged(pair, labels, words)]
    if audit.findings or not estranged:
        phrases.append(Phrase(_tally(audit, words)))
    if audit.findings and not estranged and (leaning := _leaning(audit, labels, words)):
        phrases.append(Phrase(leaning))
    return tuple(phrases)


def _estranged(pair: Bitext, labels: Mapping[str, str], words: Words) -> Iterator[Phrase]:
    """Says that a bitext is none, and why; the reason is the aligner's own, in English."""
    reason = pair.reason.strip()
    ending = "" if not reason or reason.endswith((".", "!", "?")) else "."
    key = "strangers" if len(labels) == 2 else "strangers_of"
    names = f" {words('page.and')} ".join(labels[name] for name in (pair.left, pair.right))
    values = {} if len(labels) == 2 else {"documents": names}
    yield Phrase(words(f"page.{key}_because" if reason else f"page.{key}", **values))
    if reason:
        yield Phrase(reason + ending, ENGLISH)


def _tally(audit: Audit, words: Words) -> str:
    """How many findings in how much text."""
    extent = (
        words.count("page.beads", sum(len(pair.beads) for pair in audit.bitexts))
        if audit.bitexts
        else words.count("page.sentences", sum(len(each.segments) for each in audit.documents))
    )
    if not audit.findings:
        return words("page.no_findings_in", extent=extent)
    counts = [
        words.count(f"counted.{severity.value}", count)
        for severity, count in severities(audit).items()
        if count
    ]
    findings = words.count("page.findings", len(audit.findings))
    return words("page.findings_in", findings=findings, extent=extent, counts=", ".join(counts))


def _leaning(audit: Audit, labels: Mapping[str, str], words: Words) -> str:
    """Which translation looks worse, where the scores lie apart."""
    scores = {
        document.id: audit.summary.mqm_score[document.id]
        for document in audit.documents
        if document.role is Role.TRANSLATION and document.id in audit.summary.mqm_score
    }
    if len(scores) < 2 or max(scores.values()) - min(scores.values()) < _SCORE_GAP:
        return ""
    key = "page.worse" if len(scores) == 2 else "page.worst"
    return words(key, document=labels[min(scores, key=lambda name: scores[name])])
