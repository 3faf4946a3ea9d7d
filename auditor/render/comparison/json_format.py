"""A comparison as JSON (``auditor-compare/1``)."""

from __future__ import annotations

from typing import Any

from auditor.comparing import Change, Comparison, Seen
from auditor.gate import Outcome
from auditor.render.check.facts import Finder
from auditor.render.comparison import facts
from auditor.render.json_text import pretty
from auditor.render.positions import blamed_first

SCHEMA = "auditor-compare/1"


def render(comparison: Comparison) -> str:
    """Figures, scores and every article with its findings."""
    finder = Finder()
    means = comparison.mean_drifts
    return pretty(
        {
            "schema": SCHEMA,
            "status": int(comparison.status),
            "regressions": list(comparison.regressions),
            "counts": {kind: len(comparison.all(kind)) for kind in facts.KINDS},
            "mean_drift": means and {"before": round(means[0], 4), "after": round(means[1], 4)},
            "scores": {
                code: {
                    score.name: {
                        "before": round(score.before, 2),
                        "after": round(score.after, 2),
                        "p_value": round(score.p_value, 4),
                        "units": score.units,
                        "signature": score.signature,
                    }
                    for score in scores
                }
                for code, scores in comparison.scores.items()
            },
            "similarity": {
                code: {"chrF": round(score, 2), "signature": signature}
                for code, (score, signature) in comparison.similarity.items()
            },
            "only_before": list(comparison.only_before),
            "only_after": list(comparison.only_after),
            "articles": [_article(change, finder) for change in comparison.changes],
        }
    )


def _article(change: Change, finder: Finder) -> dict[str, Any]:
    return {
        "id": change.article,
        "before": _side(change.before),
        "after": _side(change.after),
        "similarity": {code: round(score, 2) for code, score in change.similarity.items()},
        **{
            kind: [_finding(seen, finder) for seen in getattr(change, kind)] for kind in facts.KINDS
        },
    }


def _side(outcome: Outcome) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if outcome.unreadable or outcome.nothing:
        values["error"] = outcome.unreadable or outcome.nothing
    if outcome.audit:
        drift = outcome.audit.summary.mean_drift
        values["signature"] = outcome.audit.signature
        values["mean_drift"] = None if drift is None else round(drift, 4)
        scores = outcome.audit.summary.mqm_score
        values["mqm"] = {name: round(score, 2) for name, score in scores.items()}
    return values


def _finding(seen: Seen, finder: Finder) -> dict[str, Any]:
    where = finder.first(facts.judged(seen))
    return {
        "rule": seen.finding.rule,
        "severity": seen.finding.severity.value,
        "confidence": round(seen.finding.confidence, 3),
        "message": seen.finding.message,
        "fingerprint": seen.finding.fingerprint,
        "path": where.path,
        "line": where.line,
        "column": where.column,
        "text": blamed_first(seen.finding)[0].text,
    }
