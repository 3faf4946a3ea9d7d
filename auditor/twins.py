"""Broken on both sides: where two translations stumble at the same place, the source had a seam.

A link, a label or a ticker that a pipeline took out of the sentence leaves a broken clause in every
language it translates into. Two findings about the language of one bead, one on each side and at
about the same place in it, say so to one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.model import Bitext, Document, Finding, Span

_DIMENSION = "fluency/grammar"
_NEAR = 0.25  # of the bead's length


def mention_twins(
    findings: Sequence[Finding], documents: Mapping[str, Document], bitexts: Sequence[Bitext]
) -> list[Finding]:
    """The same findings; those that have a twin on the other side tell what is broken there."""
    grammar: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        if finding.category == _DIMENSION and finding.bead and finding.suspect:
            grammar.setdefault((finding.bead.bitext, finding.bead.index), []).append(finding)
    return [
        _told(
            finding, grammar.get((finding.bead.bitext, finding.bead.index), []), documents, bitexts
        )
        if finding.bead
        else finding
        for finding in findings
    ]


def _told(
    finding: Finding,
    fellows: Sequence[Finding],
    documents: Mapping[str, Document],
    bitexts: Sequence[Bitext],
) -> Finding:
    if finding not in fellows or not finding.bead:
        return finding
    bitext = bitexts[finding.bead.bitext]
    place = _place(finding, bitext, documents)
    for other in fellows:
        apart = abs(_place(other, bitext, documents) - place)
        if other.suspect != finding.suspect and apart <= _NEAR:
            span = _first(other)
            return replace(
                finding,
                message=f"{finding.message} The other side is broken here too: a link or label was "
                "probably translated by itself.",
                evidence={
                    **finding.evidence,
                    "broken_on_both_sides": {"document": span.document, "text": span.text},
                },
            )
    return finding


def _first(finding: Finding) -> Span:
    return next(span for span in finding.spans if span.primary)


def _place(finding: Finding, bitext: Bitext, documents: Mapping[str, Document]) -> float:
    """Where in its side of the bead a finding stands, from 0 to 1."""
    span = _first(finding)
    bead = bitext.beads[finding.bead.index if finding.bead else 0]
    indices = bead.left if span.document == bitext.left else bead.right
    segments = documents[span.document].segments
    start, end = segments[indices[0]].start, segments[indices[-1]].end
    return ((span.start + span.end) / 2 - start) / max(1, end - start)
