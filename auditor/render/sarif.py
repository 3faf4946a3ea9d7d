"""The findings as SARIF 2.1.0 (OASIS 2020), for code scanning and editors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from auditor.checks import RULES
from auditor.checks.rule import Rule
from auditor.model import Audit, Document, Finding, Severity, Span
from auditor.render.json_text import pretty
from auditor.render.positions import Places, blamed_first

_LEVELS = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}


def render(audit: Audit) -> str:
    """One run; regions count lines and columns from one, columns in code points."""
    findings = [(finding, audit) for finding in audit.findings]
    return pretty(log(run(findings, audit.documents, audit.signature)))


def log(of: dict[str, Any]) -> dict[str, Any]:
    """A log of one run."""
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [of],
    }


def run(
    findings: Sequence[tuple[Finding, Audit]], documents: Sequence[Document], signature: str
) -> dict[str, Any]:
    """A run that found some things in the documents of one audit or more."""
    index = {rule.slug: number for number, rule in enumerate(RULES)}
    places = {id(audit): Places(audit) for _, audit in findings}
    return {
        "tool": {
            "driver": {
                "name": "auditor",
                "version": signature.partition("|")[0].removeprefix("auditor:"),
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "properties": {"signature": signature},
        "artifacts": [{"location": artifact(document.path)} for document in documents],
        "results": [
            _result(finding, places[id(audit)], index[finding.rule]) for finding, audit in findings
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.slug,
        "shortDescription": {"text": rule.fault},
        "fullDescription": {"text": " ".join(rule.page.split("\n\n")[1].split())},
        "help": {"text": rule.page.strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category},
    }


def _result(finding: Finding, places: Places, index: int) -> dict[str, Any]:
    first, *others = (_location(span, places) for span in blamed_first(finding))
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [first],
        "relatedLocations": [{"id": number, **other} for number, other in enumerate(others, 1)],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
        "rank": round(100 * finding.confidence, 1),
        "properties": {
            "category": finding.category,
            "severity": finding.severity.value,
            "confidence": round(finding.confidence, 3),
            "suspect": finding.suspect,
        },
    }


def _location(span: Span, places: Places) -> dict[str, Any]:
    place = places.of_span(span)
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }
    if span.text:
        region["snippet"] = {"text": span.text}
    return {"physicalLocation": {"artifactLocation": artifact(place.path), "region": region}}


def artifact(path: str) -> dict[str, str]:
    """A relative URI where the path is relative."""
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    # A first part with a colon would read as a scheme.
    return {"uri": quote(pure.as_posix(), errors="replace")}
