"""All findings of a verdict as CSV, one a line, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from auditor.gate import Judged, Verdict
from auditor.render.check.facts import Finder
from auditor.render.plain import cell
from auditor.render.positions import blamed_first

_COLUMNS = (
    "status", "blocks", "severity", "confidence", "rule", "category", "article", "path", "line",
    "column", "end_line", "end_column", "suspect", "message", "text", "other_path", "other_line",
    "other_column", "other_text", "fingerprint",
)  # fmt: skip


def render(verdict: Verdict) -> str:
    """A header and a line for each finding, blocking ones first; every cell in quotation marks."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    finder = Finder()
    for judged in verdict.findings:
        writer.writerow([cell(str(value)) for value in _row(judged, finder)])
    return out.getvalue()


def _row(judged: Judged, finder: Finder) -> list[object]:
    finding, place, other = judged.finding, finder.first(judged), finder.other(judged)
    there = (other[0].path, other[0].line, other[0].column, other[1].text) if other else [""] * 4
    return [
        judged.standing.value,
        "yes" if judged.blocks else "no",
        finding.severity.value,
        round(finding.confidence, 3),
        finding.rule,
        finding.category,
        judged.article,
        *(place.path, place.line, place.column, place.end_line, place.end_column),
        finding.suspect or "",
        finding.message,
        blamed_first(finding)[0].text,
        *there,
        finding.fingerprint,
    ]
