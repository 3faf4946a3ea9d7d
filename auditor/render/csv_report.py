"""The findings as CSV, one a line, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from auditor.model import Audit, Finding
from auditor.render.plain import cell

_COLUMNS = (
    "severity", "confidence", "rule", "category", "suspect", "message", "document", "start", "end",
    "text", "other_document", "other_start", "other_end", "other_text", "fingerprint",
)  # fmt: skip


def render(audit: Audit) -> str:
    """A header and a line for each finding, worst first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for finding in audit.findings:
        writer.writerow([cell(str(value)) for value in _row(finding)])
    return out.getvalue()


def _row(finding: Finding) -> list[object]:
    first = finding.spans[0]
    other = next((span for span in finding.spans if span.document != first.document), None)
    return [
        finding.severity.value,
        round(finding.confidence, 3),
        finding.rule,
        finding.category,
        finding.suspect or "",
        finding.message,
        *(first.document, first.start, first.end, first.text),
        *((other.document, other.start, other.end, other.text) if other else ("", "", "", "")),
        finding.fingerprint,
    ]
