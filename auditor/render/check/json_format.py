"""A verdict as JSON (``auditor-check/1``): figures, articles, and findings with their places."""

from __future__ import annotations

from typing import Any

from auditor.gate import Breach, Judged, Outcome, Verdict
from auditor.model import Audit, Finding
from auditor.render.check.facts import Finder, remarks
from auditor.render.json_text import pretty
from auditor.render.positions import Place, blamed_first

SCHEMA = "auditor-check/1"


def render(verdict: Verdict) -> str:
    """One object; findings are those of ``auditor/1`` with ``status`` and places added."""
    finder = Finder()
    counts = verdict.counts
    return pretty(
        {
            "schema": SCHEMA,
            "signature": verdict.signature,
            "status": int(verdict.status),
            "verdict": verdict.status.name.lower(),
            "counts": {
                "articles": counts.articles,
                "new": counts.new,
                "accepted": counts.accepted,
                "fixed": counts.fixed,
                "unsure": counts.unsure,
                "ignored": counts.ignored,
                "blocking": counts.blocking,
            },
            "articles": [_article(outcome) for outcome in verdict.outcomes],
            "findings": [_finding(judged, finder) for judged in verdict.findings],
            "limits": [_breach(breach, finder) for breach in verdict.breaches],
            "fixed": [
                {"fingerprint": e.fingerprint, "rule": e.rule, "path": e.path, "text": e.text}
                for e in verdict.fixed
            ],
            "notices": [
                {**_place(remark.place), "message": remark.message}
                for remark in remarks(verdict, finder)
            ],
        }
    )


def _article(outcome: Outcome) -> dict[str, Any]:
    values: dict[str, Any] = {"id": outcome.article}
    if outcome.unreadable or outcome.nothing:
        values["error"] = outcome.unreadable or outcome.nothing
    if outcome.audit:
        values |= _audited(outcome.audit)
    return {**values, "ignored": outcome.ignored}


def _audited(audit: Audit) -> dict[str, Any]:
    drifts = [bead.drift for b in audit.bitexts if b.comparable for bead in b.beads if bead.right]
    drift = audit.summary.mean_drift
    return {
        "documents": [
            {
                "id": document.id,
                "language": document.language,
                "path": document.path,
                "sha256": document.sha256,
                "role": document.role.value,
            }
            for document in audit.documents
        ],
        "comparable": any(bitext.comparable for bitext in audit.bitexts),
        "mean_drift": None if drift is None else round(drift, 4),
        "beads": len(drifts),
        "mqm": {
            "profile": audit.summary.mqm_profile,
            "score": {name: round(score, 2) for name, score in audit.summary.mqm_score.items()},
        },
    }


def _finding(judged: Judged, finder: Finder) -> dict[str, Any]:
    finding = judged.finding
    return {
        "status": judged.standing.value,
        "blocks": judged.blocks,
        "article": judged.article,
        **_place(finder.first(judged)),
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "suspect": finding.suspect,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "spans": [_span(finding, judged.audit, finder, n) for n in range(len(finding.spans))],
        "bead": finding.bead and {"bitext": finding.bead.bitext, "index": finding.bead.index},
        "evidence": dict(finding.evidence),
    }


def _span(finding: Finding, audit: Audit, finder: Finder, number: int) -> dict[str, Any]:
    span = blamed_first(finding)[number]
    return {
        "document": span.document,
        **_place(finder.of(audit).of_span(span)),
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "primary": span.primary,
    }


def _breach(breach: Breach, finder: Finder) -> dict[str, Any]:
    place = _place(finder.breach(breach)) if breach.path else {}
    return {"limit": breach.limit, "article": breach.article, "message": breach.message, **place}


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
