"""Who denies: where one side has a negation more, a third text that has the sentence decides.

A source, a reference or a third translation is asked how many negations its sentence has. If it has
as many as one side, the other side is suspect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.answers import Answers, Node
from auditor.languages import language
from auditor.model import Finding, Role, Span
from auditor.text.negation import find_negations

_RULE = "negation-mismatch"
_LONGEST = 2_000  # characters of a sentence that is shown


def with_opinions(findings: Sequence[Finding], answers: Answers) -> list[Finding]:
    """The same findings; those about a negation, whose side is open, heard by third texts."""
    return [
        _decided(finding, answers) if finding.rule == _RULE and not finding.suspect else finding
        for finding in findings
    ]


def _decided(finding: Finding, answers: Answers) -> Finding:
    if finding.bead is None:
        return finding
    bitext = answers.bitexts[finding.bead.bitext]
    bead = bitext.beads[finding.bead.index]
    sides = [
        [(document, number) for number in numbers]
        for document, numbers in ((bitext.left, bead.left), (bitext.right, bead.right))
    ]
    counts = [_count(nodes, answers) for nodes in sides]
    blamed: dict[str, list[Span]] = {}
    for nodes in _thirds(sides, answers):
        count = _count(nodes, answers)
        if counts[0] != counts[1] and count in counts:
            wrong = sides[1 - counts.index(count)][0][0]
            blamed.setdefault(wrong, []).extend(_spans(nodes, answers))
    if len(blamed) != 1:
        return finding
    [(suspect, spans)] = blamed.items()
    if answers.documents[suspect].role is not Role.TRANSLATION:
        return finding
    known = {(span.document, span.start) for span in finding.spans}
    new = tuple(span for span in spans if (span.document, span.start) not in known)
    decided = {"decided_by": sorted({span.document for span in spans})}
    return replace(
        finding,
        suspect=suspect,
        spans=finding.spans + new,
        evidence={**finding.evidence, **decided},
    )


def _thirds(sides: Sequence[Sequence[Node]], answers: Answers) -> list[list[Node]]:
    """The sentences of each other document that answer both sides."""
    left, right = (answers.of_nodes(nodes) for nodes in sides)
    both = sorted(left & right)
    documents = dict.fromkeys(document for document, _ in both)
    return [[node for node in both if node[0] == document] for document in documents]


def _count(nodes: Sequence[Node], answers: Answers) -> int:
    """How many negations some sentences of one document have."""
    document = answers.documents[nodes[0][0]]
    rows = language(document.language)
    texts = (document.segments[number].view.text for _, number in nodes)
    return sum(len(find_negations(text, rows)) for text in texts)


def _spans(nodes: Sequence[Node], answers: Answers) -> list[Span]:
    document = answers.documents[nodes[0][0]]
    segments = [document.segments[number] for _, number in nodes]
    start = segments[0].start
    end = min(segments[-1].end, start + _LONGEST)
    return [Span(document.id, start, end, document.raw[start:end], False)]
