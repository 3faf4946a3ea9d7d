"""One fault, one finding: what several bitexts say about the same place is put together.

With a source, a reference or a third translation the same fault shows in several bitexts. Findings
of one rule whose primary spans overlap are one finding, and who is blamed follows: the side
that a source or reference contradicts, or the one that two others contradict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model import Finding, Span


def consolidate(findings: Sequence[Finding]) -> list[Finding]:
    """Merge findings about the same fault, in the order of the first of each."""
    groups: list[list[Finding]] = []
    group_of: dict[tuple[str, str, int], int] = {}
    for finding in findings:
        places = list(_places(finding))
        known = sorted({group_of[place] for place in places if place in group_of})
        number = known[0] if known else len(groups)
        if not known:
            groups.append([])
        for other in known[1:]:
            groups[number] += groups[other]
            groups[other] = []
            group_of = {place: number if g == other else g for place, g in group_of.items()}
        groups[number].append(finding)
        group_of.update(dict.fromkeys(places, number))
    return [_merged(group) for group in groups if group]


def _places(finding: Finding) -> Iterator[tuple[str, str, int]]:
    """The characters that a finding marks; few enough for each to be a key."""
    for span in finding.spans:
        if span.primary:
            yield from ((finding.rule, span.document, i) for i in range(span.start, span.end))


def _merged(group: Sequence[Finding]) -> Finding:
    first = group[0]
    if len(group) == 1:
        return first
    spans = {(s.document, s.start, s.end): s for f in reversed(group) for s in _by_weight(f)}
    ordered = [span for finding in group for span in finding.spans]
    kept = list(dict.fromkeys(spans[s.document, s.start, s.end] for s in ordered))
    blamed = {finding.suspect for finding in group if finding.suspect} or _outvoted(group)
    return replace(
        first,
        spans=tuple(sorted(kept, key=lambda span: not span.primary)),
        suspect=blamed.pop() if len(blamed) == 1 else None,
        severity=max((f.severity for f in group), key=lambda severity: severity.rank),
        confidence=max(finding.confidence for finding in group),
    )


def _by_weight(finding: Finding) -> list[Span]:
    return sorted(finding.spans, key=lambda span: span.primary)


def _outvoted(group: Sequence[Finding]) -> set[str]:
    """The document that two others or more contradict, while they agree with one another."""
    against: dict[str, set[str]] = {}
    for finding in group:
        documents = {span.document for span in finding.spans}
        for document in documents:
            against.setdefault(document, set()).update(documents - {document})
    return {document for document, others in against.items() if len(others) > 1}
