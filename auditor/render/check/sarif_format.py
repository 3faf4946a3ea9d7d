"""New findings of a verdict as SARIF 2.1.0; limits and failures are notifications of the run."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from auditor.gate import Standing, Status, Verdict
from auditor.render import sarif
from auditor.render.check.facts import Finder, failures, remarks
from auditor.render.json_text import pretty
from auditor.render.plain import line
from auditor.render.positions import Place


def render(verdict: Verdict) -> str:
    """One run over all articles."""
    new = verdict.of(Standing.NEW)
    audits = [outcome.audit for outcome in verdict.outcomes if outcome.audit]
    documents = {d.path: d for audit in audits for d in audit.documents}
    run = sarif.run(
        [(judged.finding, judged.audit) for judged in new],
        list(documents.values()),
        verdict.signature or f"auditor:{version('translation-auditor')}",
    )
    counts = verdict.counts
    run["properties"] |= {
        "articles": counts.articles,
        "new": counts.new,
        "accepted": counts.accepted,
        "fixed": counts.fixed,
        "ignored": counts.ignored,
        "unsure": counts.unsure,
    }
    run["invocations"] = [
        {
            "executionSuccessful": verdict.status in (Status.PASSED, Status.BLOCKED),
            "exitCode": int(verdict.status),
            "toolExecutionNotifications": list(_notifications(verdict)),
        }
    ]
    return pretty(sarif.log(run))


def _notifications(verdict: Verdict) -> Iterator[dict[str, Any]]:
    finder = Finder()
    for name, why in failures(verdict):
        yield {"level": "error", "message": {"text": f"{name}: {why}"}}
    for breach in verdict.breaches:
        yield _notification("error", breach.message, finder.breach(breach))
    for remark in remarks(verdict, finder):
        yield _notification("note", remark.message, remark.place)


def _notification(level: str, message: str, place: Place) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": line(message)}}
    if place.path:
        location = {"artifactLocation": sarif.artifact(place.path)}
        region = {"startLine": place.line, "startColumn": place.column}
        notification["locations"] = [{"physicalLocation": {**location, "region": region}}]
    return notification
