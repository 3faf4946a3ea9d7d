"""Whose fault it is, asked of a third text: a source, a reference, or a further translation.

Two questions that need no rule of their own. Where one side has a negation more: has the third text
as many negations as one of the sides? Then the other is suspect. Where two names, addresses or
numbers face one another: does one of them stand in the third text, letter by letter, and the
other does not? Several third texts must agree. And what the suspect alone has is an addition.

What two translations disagree about, and neither of them shows beside the source that both were
made of, may be rendered in two ways rather than wrong: where a rule can't tell these apart for
sure, it is one step less grave. Two units or dates are no two renderings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.answers import Answers, Node
from auditor.checks.rule import Rule
from auditor.languages import language
from auditor.links.reader import reads
from auditor.model import BeadReference, Finding, Role, Span
from auditor.text.negation import find_negations

_OMISSION, _ADDITION = "accuracy/omission", "accuracy/addition"
Sides = tuple[list[Node], list[Node]]
_LONGEST = 2_000  # characters of a sentence that is shown


@dataclass(frozen=True, slots=True)
class Opinion:
    """Which document a third text speaks against, and where it does so."""

    suspect: str
    span: Span


def with_opinions(
    findings: Sequence[Finding], answers: Answers, rules: Sequence[Rule]
) -> list[Finding]:
    """The same findings; those whose side is open heard by third texts. ``rules`` found them."""
    heard = _with_suspects(findings, answers)
    settled = [_as_addition(f) if f.category == _OMISSION else f for f in heard]
    free = frozenset(rule.slug for rule in rules if rule.free)
    return [_as_doubt(f, answers) if f.rule in free else f for f in settled]


def _as_doubt(finding: Finding, answers: Answers) -> Finding:
    """A step less grave where two translations differ and a source beside both blames neither."""
    if finding.suspect or not finding.bead:
        return finding
    sources = _read_beside(finding.bead, answers)
    if not sources:
        return finding
    return replace(
        finding,
        severity=finding.severity.milder,
        evidence={**finding.evidence, "unconfirmed_by": sources},
    )


def _read_beside(reference: BeadReference, answers: Answers) -> list[str]:
    """The sources that answer a bead of two translations, and can be read beside each."""
    bitext = answers.bitexts[reference.bitext]
    both = [answers.documents[name] for name in (bitext.left, bitext.right)]
    if any(document.role is not Role.TRANSLATION for document in both):
        return []
    thirds = [nodes[0][0] for nodes in _thirds(_sides(reference, answers), answers)]
    return sorted(
        third
        for third in thirds
        if answers.documents[third].role is Role.SOURCE
        and all(reads(answers.documents[third].language, own.language) for own in both)
    )


def _as_addition(finding: Finding) -> Finding:
    """What the suspect itself has beyond the others was not left out elsewhere: it was added."""
    having = {span.document for span in finding.spans if span.primary}
    return replace(finding, category=_ADDITION) if finding.suspect in having else finding


def _with_suspects(findings: Sequence[Finding], answers: Answers) -> list[Finding]:
    return [
        _heard(finding, _sides(bead, answers), answers)
        if (bead := finding.bead) and finding.rule in _RULES and not finding.suspect
        else finding
        for finding in findings
    ]


def _heard(finding: Finding, sides: Sides, answers: Answers) -> Finding:
    """A finding with the document that all opinions blame."""
    opinions = list(_RULES[finding.rule](finding, sides, answers))
    blamed = {opinion.suspect for opinion in opinions}
    if len(blamed) != 1 or answers.documents[min(blamed)].role is not Role.TRANSLATION:
        return finding
    known = {(span.document, span.start) for span in finding.spans}
    new = [o.span for o in opinions if (o.span.document, o.span.start) not in known]
    told = sorted({opinion.span.document for opinion in opinions})
    return replace(
        finding,
        suspect=blamed.pop(),
        spans=(*finding.spans, *new),
        evidence={**finding.evidence, "decided_by": told},
    )


def _who_denies(_finding: Finding, sides: Sides, answers: Answers) -> Iterator[Opinion]:
    """Third texts with as many negations as one side has."""
    counts = [_count(nodes, answers) for nodes in sides]
    if len(set(counts)) < 2:
        return
    for nodes in _thirds(sides, answers):
        count = _count(nodes, answers)
        if count in counts:
            suspect, _ = sides[1 - counts.index(count)][0]
            yield Opinion(suspect, _span(nodes, answers))


def _who_quotes(finding: Finding, sides: Sides, answers: Answers) -> Iterator[Opinion]:
    """Third texts in which the words of one side stand as they are, those of the other not."""
    marked = {span.document: span.text for span in finding.spans if span.primary}
    if len(marked) != 2 or len([span for span in finding.spans if span.primary]) != 2:
        return
    for nodes in _thirds(sides, answers):
        span = _span(nodes, answers)
        lacking = [document for document, text in marked.items() if not _stands_in(text, span.text)]
        if len(lacking) == 1 and span.document not in marked:
            yield Opinion(lacking[0], span)


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


_RULES: dict[str, Callable[[Finding, Sides, Answers], Iterator[Opinion]]] = {
    "negation-mismatch": _who_denies,
    "name-mismatch": _who_quotes,
    "literal-mismatch": _who_quotes,
    "number-mismatch": _who_quotes,
}


def _sides(reference: BeadReference, answers: Answers) -> Sides:
    """The sentences of both sides of a bead."""
    bitext = answers.bitexts[reference.bitext]
    bead = bitext.beads[reference.index]
    return (
        [(bitext.left, number) for number in bead.left],
        [(bitext.right, number) for number in bead.right],
    )


def _thirds(sides: Sides, answers: Answers) -> list[list[Node]]:
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


def _span(nodes: Sequence[Node], answers: Answers) -> Span:
    document = answers.documents[nodes[0][0]]
    segments = [document.segments[number] for _, number in nodes]
    start = segments[0].start
    end = min(segments[-1].end, start + _LONGEST)
    return Span(document.id, start, end, document.raw[start:end], False)
