"""One fault, one finding: what several bitexts say about the same place is put together.

With a source, a reference or a third translation the same fault shows in several bitexts. Findings
of one rule whose primary spans overlap are one finding, and who is blamed follows: the side
that a source or reference contradicts, or the one that two others contradict. What one side lacks
is marked on the other sides alone: such findings are one where they face the same document, and
their primary spans stand at the same place of sentences that answer one another.

Several rules may see one fault as well: a number, its unit and its date. Findings of different
rules in one bead, or in a document alone, of one MQM dimension, whose primary spans overlap are one
finding, as grave as the gravest of them. The surest of those that name the fault leads, and
lists what the others say; a general rule, which only says that something is wrong, leads nobody,
and makes nothing graver that others have named. Quotation marks that one side lacks are a fault of
their own, whatever is wrong inside them.

Where a source or reference contradicts two translations alike in what customs decide (quotation
marks, the form of a name, how a number is told), the two may well be right: that is one step less
grave.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from auditor.answers import Answers
from auditor.checks.rule import Rule
from auditor.model import Finding, Span

# Longer spans are passages, which may well hold another fault.
_SHORT = 60
_APART = 0.35  # of a sentence: where in it two languages may say the same


def consolidate(
    findings: Sequence[Finding], rules: Sequence[Rule] = (), answers: Answers | None = None
) -> list[Finding]:
    """Merge findings about the same fault, in the order of the first of each.

    ``rules``: those that found them; ``answers``: which sentences of the documents answer one
    another.
    """
    general, frames, customs = (
        frozenset(rule.slug for rule in rules if is_so(rule))
        for is_so in (attrgetter("general"), attrgetter("frame"), attrgetter("custom"))
    )
    links = [*_overlapping(findings), *(_lacking(findings, answers) if answers else ())]
    by_rule = [_merged(group, customs) for group in _groups(findings, links)]
    return [_gathered(group, general) for group in _groups(by_rule, _touching(by_rule, frames))]


def _groups(
    findings: Sequence[Finding], links: Iterable[tuple[int, int]]
) -> Iterable[list[Finding]]:
    """Findings that are linked, directly or by others, together."""
    leader = list(range(len(findings)))
    for one, other in links:
        low, high = sorted((_follow(leader, one), _follow(leader, other)))
        leader[high] = low
    groups: dict[int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(_follow(leader, number), []).append(finding)
    return groups.values()


def _follow(leader: list[int], number: int) -> int:
    """The first finding of a group; paths are halved on the way, so that they stay short."""
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _overlapping(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Pairs of findings of one rule whose primary spans overlap, enough to link each group."""
    return _linked(findings, lambda finding, span: (finding.rule, span.document))


def _lacking(findings: Sequence[Finding], answers: Answers) -> Iterator[tuple[int, int]]:
    """Pairs of findings of one rule that miss the same thing in the same document."""
    met: dict[Hashable, list[int]] = {}
    for number, finding in enumerate(findings):
        spans = [span for span in finding.spans if span.primary]
        documents = {span.document for span in spans}
        if not finding.bead or len(documents) != 1 or not finding.category.startswith("accuracy/"):
            continue
        about = finding.rule, answers.other(finding.bead, *documents)
        nodes = {answers.node(span) for span in spans}
        for node in answers.of_nodes(nodes):
            for other in met.get((about, node), ()):
                if _is_at(finding, findings[other], answers):
                    yield other, number
        for node in nodes:
            met.setdefault((about, node), []).append(number)


def _is_at(one: Finding, other: Finding, answers: Answers) -> bool:
    """Whether what two findings mark stands at about the same place; passages are as they are."""
    first, second = (next(s for s in finding.spans if s.primary) for finding in (one, other))
    if max(span.end - span.start for span in (first, second)) > _SHORT:
        return True
    return abs(answers.place(first) - answers.place(second)) <= _APART


def _touching(findings: Sequence[Finding], frames: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Pairs of findings in one bead, of one dimension, whose short primary spans overlap."""
    return _linked(
        findings,
        lambda finding, span: (
            (finding.category.partition("/")[0], finding.bead, span.document)
            if span.end - span.start <= _SHORT and finding.rule not in frames
            else None
        ),
    )


def _linked(
    findings: Sequence[Finding], key: Callable[[Finding, Span], Hashable]
) -> Iterator[tuple[int, int]]:
    """Pairs of findings with overlapping primary spans of one key; those without one are apart."""
    spans: dict[Hashable, list[tuple[int, int, int]]] = {}
    for number, finding in enumerate(findings):
        for span in finding.spans:
            place = key(finding, span) if span.primary else None
            if place is not None:
                spans.setdefault(place, []).append((span.start, span.end, number))
    for entries in spans.values():
        entries.sort()
        reach, furthest = -1, -1
        for start, end, number in entries:
            if start < reach:
                yield furthest, number
            if end > reach:
                reach, furthest = end, number


def _gathered(group: Sequence[Finding], general: frozenset[str]) -> Finding:
    """The leading finding of several rules, with what the others say."""
    best = max(group, key=lambda f: (f.rule not in general, f.severity.rank, f.confidence))
    others = [finding for finding in group if finding is not best]
    if not others:
        return best
    blamed = {finding.suspect for finding in group if finding.suspect}
    also = [{"rule": other.rule, "message": other.message} for other in others]
    named = [finding for finding in group if finding.rule not in general] or group
    grave = [f for f in group if f in named or not _is_explained(f, named)]
    return replace(
        best,
        severity=max((f.severity for f in grave), key=lambda severity: severity.rank),
        suspect=best.suspect or (blamed.pop() if len(blamed) == 1 else None),
        evidence={**best.evidence, "also": also},
    )


def _is_explained(finding: Finding, named: Sequence[Finding]) -> bool:
    """Whether what a general rule marks is all marked by rules that name the fault."""
    spans = [span for other in named for span in other.spans if span.primary]
    return all(
        any(
            other.document == span.document and other.start <= span.start and span.end <= other.end
            for other in spans
        )
        for span in finding.spans
        if span.primary
    )


def _merged(group: Sequence[Finding], customs: frozenset[str]) -> Finding:
    first = group[0]
    if len(group) == 1:
        return first
    spans = {(s.document, s.start, s.end): s for f in reversed(group) for s in _by_weight(f)}
    ordered = [span for finding in group for span in finding.spans]
    kept = list(dict.fromkeys(spans[s.document, s.start, s.end] for s in ordered))
    blamed = {finding.suspect for finding in group if finding.suspect} or _outvoted(group)
    severity = max((f.severity for f in group), key=lambda severity: severity.rank)
    alike = len(blamed) > 1 and first.rule in customs and not _differ(group, blamed)
    suspect = blamed.pop() if len(blamed) == 1 else None
    # Who names the suspect says it in so many words.
    telling = next((f for f in group if suspect and f.suspect == suspect), first)
    return replace(
        first,
        spans=tuple(sorted(kept, key=lambda span: not span.primary)),
        suspect=suspect,
        message=telling.message,
        severity=severity.milder if alike else severity,
        confidence=max(finding.confidence for finding in group),
    )


def _differ(group: Sequence[Finding], blamed: set[str]) -> bool:
    """Whether a finding holds two of the blamed documents against one another."""
    return any(
        len(blamed & {span.document for span in finding.spans if span.primary}) > 1
        for finding in group
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
