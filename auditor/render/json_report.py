"""The audit as JSON, written field by field after the published contract (schema auditor/1)."""

from __future__ import annotations

from typing import Any

from auditor.model import Audit, Bead, Bitext, Document, Finding, Summary
from auditor.render.json_text import pretty

SCHEMA = "auditor/1"


def render(audit: Audit) -> str:
    """The audit as a JSON text; offsets are code points in the decoded raw text."""
    return pretty(_audit(audit))


def _audit(audit: Audit) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "signature": audit.signature,
        "documents": [_document(document) for document in audit.documents],
        "bitexts": [_bitext(bitext) for bitext in audit.bitexts],
        "findings": [_finding(finding) for finding in audit.findings],
        "summary": _summary(audit.summary),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "language": document.language,
        "path": document.path,
        "sha256": document.sha256,
        "role": document.role.value,
        "notices": list(document.notices),
        "segments": [
            {
                "start": segment.start,
                "end": segment.end,
                "text": segment.text,
                "block": segment.block,
                "kind": segment.kind.value,
            }
            for segment in document.segments
        ],
    }


def _bitext(bitext: Bitext) -> dict[str, Any]:
    return {
        "left": bitext.left,
        "right": bitext.right,
        "comparable": bitext.comparable,
        "comparability": round(bitext.comparability, 4),
        "reason": bitext.reason,
        "beads": [_bead(bead) for bead in bitext.beads],
        "moved": [_bead(bead) for bead in bitext.moved],
    }


def _bead(bead: Bead) -> dict[str, Any]:
    return {
        "left": list(bead.left),
        "right": list(bead.right),
        "similarity": round(bead.similarity, 4),
        "drift": round(bead.drift, 4),
        "confidence": round(bead.confidence, 4),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "suspect": finding.suspect,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "spans": [
            {
                "document": span.document,
                "start": span.start,
                "end": span.end,
                "text": span.text,
                "primary": span.primary,
            }
            for span in finding.spans
        ],
        "bead": finding.bead and {"bitext": finding.bead.bitext, "index": finding.bead.index},
        "evidence": dict(finding.evidence),
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "findings": {severity.value: count for severity, count in summary.findings.items()},
        "mean_drift": None if summary.mean_drift is None else round(summary.mean_drift, 4),
        "mqm": {
            "profile": summary.mqm_profile,
            "score": {name: round(score, 2) for name, score in summary.mqm_score.items()},
        },
        "metrics": {
            name: {
                metric.name: {"score": round(metric.score, 2), "signature": metric.signature}
                for metric in metrics
            }
            for name, metrics in summary.metrics.items()
        },
    }
