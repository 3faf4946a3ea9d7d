"""An audit as plain values and back, without loss: what a cache keeps.

Not the published JSON (`render.json_report`), which rounds. A document's raw text stays out: it
is put back from the file, whose content the keeper has compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.model import (
    Audit,
    Bead,
    BeadReference,
    Bitext,
    Document,
    Finding,
    Kind,
    MetricScore,
    Role,
    Segment,
    Severity,
    Span,
    Summary,
    View,
)


def pack(audit: Audit) -> dict[str, Any]:
    """Plain values that JSON can hold."""
    return {
        "signature": audit.signature,
        "documents": [_pack_document(document) for document in audit.documents],
        "bitexts": [_pack_bitext(bitext) for bitext in audit.bitexts],
        "findings": [_pack_finding(finding) for finding in audit.findings],
        "summary": _pack_summary(audit.summary),
    }


def unpack(values: Mapping[str, Any], raw: Mapping[str, str]) -> Audit:
    """The audit again; ``raw`` is the text of each document by its id."""
    return Audit(
        signature=values["signature"],
        documents=tuple(_document(d, raw[d["id"]]) for d in values["documents"]),
        bitexts=tuple(_bitext(bitext) for bitext in values["bitexts"]),
        findings=tuple(_finding(finding, raw) for finding in values["findings"]),
        summary=_summary(values["summary"]),
    )


# --- documents --------------------------------------------------------------------------------


def _pack_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "language": document.language,
        "path": document.path,
        "sha256": document.sha256,
        "role": document.role.value,
        "notices": list(document.notices),
        "segments": [_pack_segment(segment) for segment in document.segments],
    }


def _pack_segment(segment: Segment) -> list[Any]:
    """Start, end, block and kind; and the view where it isn't just that stretch of raw text."""
    head = [segment.start, segment.end, segment.block, segment.kind.value]
    view = segment.view
    plain = view.starts == range(segment.start, segment.end) and view.text == segment.text
    return (
        head if plain else [*head, view.text, _pack_offsets(view.starts), _pack_offsets(view.ends)]
    )


def _pack_offsets(offsets: Sequence[int]) -> list[list[int]]:
    """Runs of neighbours as start and length."""
    runs: list[list[int]] = []
    for offset in offsets:
        if runs and offset == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([offset, 1])
    return runs


def _offsets(runs: Sequence[Sequence[int]]) -> Sequence[int]:
    if len(runs) == 1:
        return range(runs[0][0], runs[0][0] + runs[0][1])
    return tuple(offset for start, length in runs for offset in range(start, start + length))


def _document(values: Mapping[str, Any], raw: str) -> Document:
    return Document(
        id=values["id"],
        language=values["language"],
        path=values["path"],
        sha256=values["sha256"],
        role=Role(values["role"]),
        raw=raw,
        segments=tuple(_segment(segment, raw) for segment in values["segments"]),
        notices=tuple(values["notices"]),
    )


def _segment(values: Sequence[Any], raw: str) -> Segment:
    start, end, block, kind, *view = values
    shown = View(view[0], _offsets(view[1]), _offsets(view[2])) if view else None
    shown = shown or View.plain(raw, start, end)
    return Segment(start, end, raw[start:end], block, _KINDS[kind], shown)


_KINDS = {kind.value: kind for kind in Kind}


# --- bitexts ----------------------------------------------------------------------------------


def _pack_bitext(bitext: Bitext) -> dict[str, Any]:
    return {
        "left": bitext.left,
        "right": bitext.right,
        "comparable": bitext.comparable,
        "comparability": bitext.comparability,
        "reason": bitext.reason,
        "beads": _pack_beads(bitext.beads),
        "moved": _pack_beads(bitext.moved),
    }


def _pack_beads(beads: Sequence[Bead]) -> list[list[Any]]:
    return [[b.left, b.right, b.similarity, b.drift, b.confidence] for b in beads]


def _bitext(values: Mapping[str, Any]) -> Bitext:
    return Bitext(**{**values, **{name: _beads(values[name]) for name in ("beads", "moved")}})


def _beads(values: Sequence[Sequence[Any]]) -> tuple[Bead, ...]:
    return tuple(Bead(tuple(one), tuple(two), *figures) for one, two, *figures in values)


# --- findings and figures ---------------------------------------------------------------------


def _pack_finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "suspect": finding.suspect,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "spans": [[s.document, s.start, s.end, s.primary] for s in finding.spans],
        "bead": finding.bead and [finding.bead.bitext, finding.bead.index],
        "evidence": dict(finding.evidence),
    }


def _finding(values: Mapping[str, Any], raw: Mapping[str, str]) -> Finding:
    spans = tuple(
        Span(document, start, end, raw[document][start:end], primary)
        for document, start, end, primary in values["spans"]
    )
    bead = BeadReference(*values["bead"]) if values["bead"] else None
    severity = Severity(values["severity"])
    return Finding(**{**values, "severity": severity, "spans": spans, "bead": bead})


def _pack_summary(summary: Summary) -> dict[str, Any]:
    return {
        "findings": {severity.value: number for severity, number in summary.findings.items()},
        "mean_drift": summary.mean_drift,
        "mqm_profile": summary.mqm_profile,
        "mqm_score": dict(summary.mqm_score),
        "metrics": {
            name: [[metric.name, metric.score, metric.signature] for metric in metrics]
            for name, metrics in summary.metrics.items()
        },
    }


def _summary(values: Mapping[str, Any]) -> Summary:
    return Summary(
        findings={Severity(name): number for name, number in values["findings"].items()},
        mean_drift=values["mean_drift"],
        mqm_profile=values["mqm_profile"],
        mqm_score=values["mqm_score"],
        metrics={
            name: tuple(MetricScore(*metric) for metric in metrics)
            for name, metrics in values["metrics"].items()
        },
    )
