"""A verdict in reviewdog's diagnostic format (rdjson), whose columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.gate import Judged, Standing, Verdict
from auditor.model import Audit, Severity, Span
from auditor.render.check.facts import Finder, failures, remarks, sentence
from auditor.render.json_text import pretty
from auditor.render.plain import line
from auditor.render.positions import Place, blamed_first


def render(verdict: Verdict) -> str:
    """One result; new findings, broken limits, and what could not be audited."""
    worst = "ERROR" if verdict.status else "WARNING"
    return pretty(
        {
            "source": {"name": "auditor"},
            "severity": worst,
            "diagnostics": list(_diagnostics(verdict)),
        }
    )


def _diagnostics(verdict: Verdict) -> Iterator[dict[str, Any]]:
    finder = Finder()
    for name, why in failures(verdict):
        yield _diagnostic(why, {"path": name}, "ERROR", "unreadable")
    for breach in verdict.breaches:
        location: dict[str, Any] = {"path": breach.path}
        if breach.audit and breach.span:
            location["range"] = _range(finder.breach(breach), breach.span, breach.audit, finder)
        yield _diagnostic(line(breach.message), location, "ERROR", breach.limit)
    for judged in verdict.of(Standing.NEW):
        span = blamed_first(judged.finding)[0]
        place = finder.first(judged)
        location = {"path": place.path, "range": _range(place, span, judged.audit, finder)}
        message = sentence(judged, finder)
        yield _diagnostic(message, location, _severity(judged), judged.finding.rule)
    for remark in remarks(verdict, finder):
        location = {"path": remark.place.path, "range": {"start": {"line": remark.place.line}}}
        yield _diagnostic(remark.message, location, "INFO", "notice")


def _diagnostic(message: str, location: dict[str, Any], severity: str, code: str) -> dict[str, Any]:
    return {
        "message": message,
        "location": location,
        "severity": severity,
        "code": {"value": code},
    }


def _severity(judged: Judged) -> str:
    if judged.blocks:
        return "ERROR"
    return "INFO" if judged.finding.severity is Severity.NEUTRAL else "WARNING"


def _range(place: Place, span: Span, audit: Audit, finder: Finder) -> dict[str, Any]:
    places = finder.of(audit)
    return {
        "start": {"line": place.line, "column": places.byte_column(span.document, span.start)},
        "end": {"line": place.end_line, "column": places.byte_column(span.document, span.end)},
    }
