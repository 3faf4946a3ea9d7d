"""A verdict as GitLab's code quality report (a subset of Code Climate's issues)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from auditor.gate import Standing, Verdict
from auditor.model import Severity
from auditor.render.check.facts import Finder, failures, sentence
from auditor.render.json_text import pretty
from auditor.render.plain import line
from auditor.render.positions import Place

_SEVERITIES = {
    Severity.NEUTRAL: "info",
    Severity.MINOR: "minor",
    Severity.MAJOR: "major",
    Severity.CRITICAL: "critical",
}


def render(verdict: Verdict) -> str:
    """New findings and broken limits as a list of issues with unique fingerprints."""
    return pretty(list(_issues(verdict)))


def _issues(verdict: Verdict) -> Iterator[dict[str, Any]]:
    finder = Finder()
    seen: dict[str, int] = {}
    for name, why in failures(verdict):
        yield _issue("unreadable", why, "blocker", Place(name, 1, 1, 1, 1), name, seen)
    for breach in verdict.breaches:
        place = finder.breach(breach)
        yield _issue(breach.limit, line(breach.message), "major", place, breach.article, seen)
    for judged in verdict.of(Standing.NEW):
        yield _issue(
            judged.finding.rule,
            sentence(judged, finder),
            _SEVERITIES[judged.finding.severity],
            finder.first(judged),
            judged.finding.fingerprint,
            seen,
        )


def _issue(
    name: str, description: str, severity: str, place: Place, identity: str, seen: dict[str, int]
) -> dict[str, Any]:
    """An issue; equal articles have equal findings, so path and ordinal are in its fingerprint."""
    base = f"{name}\n{place.path}\n{identity}"
    seen[base] = seen.get(base, 0) + 1
    fingerprint = hashlib.sha256(f"{base}\n{seen[base]}".encode("utf-8", "replace")).hexdigest()
    return {
        "description": description,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": place.path or "auditor",
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }
