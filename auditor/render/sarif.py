"""The findings as SARIF 2.1.0 (OASIS 2020), for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from auditor.checks import RULES
from auditor.checks.rule import Rule
from auditor.model import Audit, Document, Finding, Severity, Span
from auditor.render.positions import Lines

_LEVELS = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}


def render(audit: Audit) -> str:
    """One run; regions count lines and columns from one, columns in code points."""
    lines = {document.id: Lines(document.raw) for document in audit.documents}
    documents = {document.id: document for document in audit.documents}
    index = {rule.slug: number for number, rule in enumerate(RULES)}
    run = {
        "tool": {
            "driver": {
                "name": "auditor",
                "version": audit.signature.split("|")[0].removeprefix("auditor:"),
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "properties": {"signature": audit.signature},
        "artifacts": [{"location": _artifact(document)} for document in audit.documents],
        "results": [
            _result(finding, documents, lines, index[finding.rule]) for finding in audit.findings
        ],
    }
    sarif = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(sarif, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.slug,
        "shortDescription": {"text": rule.fault},
        "fullDescription": {"text": " ".join(rule.page.split("\n\n")[1].split())},
        "help": {"text": rule.page.strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category},
    }


def _result(
    finding: Finding, documents: dict[str, Document], lines: dict[str, Lines], index: int
) -> dict[str, Any]:
    first, *others = (_location(span, documents, lines) for span in _blamed_first(finding))
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


def _blamed_first(finding: Finding) -> Iterator[Span]:
    """The spans, those of the suspect before the others."""
    yield from sorted(
        finding.spans, key=lambda span: (not span.primary, span.document != finding.suspect)
    )


def _location(
    span: Span, documents: dict[str, Document], lines: dict[str, Lines]
) -> dict[str, Any]:
    start, end = lines[span.document].place(span.start), lines[span.document].place(span.end)
    region: dict[str, Any] = {
        "startLine": start[0],
        "startColumn": start[1],
        "endLine": end[0],
        "endColumn": end[1],
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }
    if span.text:
        region["snippet"] = {"text": span.text}
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(documents[span.document]),
            "region": region,
        }
    }


def _artifact(document: Document) -> dict[str, str]:
    """A relative URI where the path is relative."""
    path = PurePath(document.path)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
