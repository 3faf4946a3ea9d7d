"""Two outputs of a pipeline for the same articles: what became better, what worse.

A finding before and one after are the same where their fingerprints agree or, for a new engine
words the sentence anew, where one rule marks the same texts in the same article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.gate import Outcome, Status
from auditor.metrics import PairedScore, chrf, paired_scores
from auditor.model import Audit, Bead, Document, Finding, Role, Severity


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as a regression; None stands for no limit."""

    fail_on: Severity = Severity.MAJOR
    max_new: int = 0
    max_drift_rise: float | None = None
    max_score_drop: float | None = None
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding and the audit that it belongs to."""

    article: str
    audit: Audit
    finding: Finding


@dataclass(frozen=True, slots=True)
class Change:
    """One article before and after; ``similarity`` is chrF between the two, by language."""

    article: str
    before: Outcome
    after: Outcome
    new: tuple[Seen, ...] = ()
    fixed: tuple[Seen, ...] = ()
    remaining: tuple[Seen, ...] = ()
    similarity: Mapping[str, float] = field(default_factory=dict)

    @property
    def drifts(self) -> tuple[float | None, float | None]:
        """Mean drift before and after."""
        one, other = (
            outcome.audit.summary.mean_drift if outcome.audit else None
            for outcome in (self.before, self.after)
        )
        return one, other


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes of all articles, scores against references by language, and the answer."""

    changes: tuple[Change, ...]
    scores: Mapping[str, tuple[PairedScore, ...]]
    similarity: Mapping[str, tuple[float, str]]
    regressions: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    status: Status

    def all(self, kind: str) -> tuple[Seen, ...]:
        """All ``new``, ``fixed`` or ``remaining`` findings, worst first."""
        found = [seen for change in self.changes for seen in getattr(change, kind)]
        return tuple(sorted(found, key=lambda s: (-s.finding.severity.rank, -s.finding.confidence)))

    @property
    def mean_drifts(self) -> tuple[float, float] | None:
        """Mean over the articles that have a drift on both sides, before and after."""
        pairs = [change.drifts for change in self.changes]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        if not both:
            return None
        return sum(a for a, _ in both) / len(both), sum(b for _, b in both) / len(both)


def compare(
    pairs: Sequence[tuple[str, Outcome, Outcome]],
    limits: Limits,
    *,
    only_before: Sequence[str] = (),
    only_after: Sequence[str] = (),
    tolerant: bool = False,
) -> Comparison:
    """Hold two runs against each other, article by article."""
    changes = tuple(_change(name, before, after) for name, before, after in pairs)
    scores = _scores(changes)
    draft = Comparison(
        changes,
        scores,
        _similarity(changes),
        (),
        tuple(only_before),
        tuple(only_after),
        Status.PASSED,
    )
    regressions = tuple(_regressions(draft, limits))
    return Comparison(
        changes=changes,
        scores=scores,
        similarity=draft.similarity,
        regressions=regressions,
        only_before=draft.only_before,
        only_after=draft.only_after,
        status=_status(changes, blocked=bool(regressions) and not tolerant),
    )


def _status(changes: Sequence[Change], *, blocked: bool) -> Status:
    outcomes = [outcome for change in changes for outcome in (change.before, change.after)]
    if any(outcome.unreadable for outcome in outcomes):
        return Status.UNUSABLE
    if blocked:
        return Status.BLOCKED
    if not changes or any(outcome.nothing for outcome in outcomes):
        return Status.NOTHING
    return Status.PASSED


# --- findings ---------------------------------------------------------------------------------


def _change(name: str, before: Outcome, after: Outcome) -> Change:
    if before.audit is None or after.audit is None:
        return Change(name, before, after)
    old, new = (
        [Seen(name, audit, f) for f in audit.findings] for audit in (before.audit, after.audit)
    )
    remaining: list[Seen] = []
    for key in (_by_fingerprint, _by_texts):
        old, new, same = _matched(old, new, key)
        remaining += same
    similarity = {
        code: chrf([theirs], [ours])[0]
        for code, ours, theirs in _texts_of_both(before.audit, after.audit)
    }
    return Change(name, before, after, tuple(new), tuple(old), tuple(remaining), similarity)


def _by_fingerprint(seen: Seen) -> object:
    return seen.finding.fingerprint


def _by_texts(seen: Seen) -> object:
    marked = (span.text for span in seen.finding.spans if span.primary)
    return seen.finding.rule, tuple(sorted(" ".join(text.split()) for text in marked))


def _matched(
    old: Sequence[Seen], new: Sequence[Seen], key: Callable[[Seen], object]
) -> tuple[list[Seen], list[Seen], list[Seen]]:
    """What is old alone, new alone, and (as it is now) on both sides, one to one."""
    waiting: dict[object, list[Seen]] = {}
    for seen in old:
        waiting.setdefault(key(seen), []).append(seen)
    unmatched, same = [], []
    for seen in new:
        partners = waiting.get(key(seen))
        if partners:
            partners.pop(0)
            same.append(seen)
        else:
            unmatched.append(seen)
    return [seen for left in waiting.values() for seen in left], unmatched, same


# --- scores -----------------------------------------------------------------------------------


def _texts_of_both(before: Audit, after: Audit) -> Iterator[tuple[str, str, str]]:
    """Each language that has a translation on both sides, with the two texts."""
    ours, theirs = ({d.language: d for d in _translations(audit)} for audit in (before, after))
    for code in sorted(ours.keys() & theirs.keys()):
        if ours[code].sha256 != theirs[code].sha256 or ours[code].path != theirs[code].path:
            yield code, _text(ours[code]), _text(theirs[code])


def _translations(audit: Audit) -> Iterator[Document]:
    return (document for document in audit.documents if document.role is Role.TRANSLATION)


def _text(document: Document, indices: Sequence[int] | None = None) -> str:
    chosen = range(len(document.segments)) if indices is None else indices
    return " ".join(document.segments[index].view.text for index in chosen)


def _similarity(changes: Sequence[Change]) -> dict[str, tuple[float, str]]:
    """How like all texts after are to those before (chrF), by language, with its signature."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for change in changes:
        if change.before.audit and change.after.audit:
            for code, ours, theirs in _texts_of_both(change.before.audit, change.after.audit):
                texts.setdefault(code, []).append((ours, theirs))
    return {
        code: chrf([after for _, after in pairs], [before for before, _ in pairs])
        for code, pairs in texts.items()
    }


def _scores(changes: Sequence[Change]) -> dict[str, tuple[PairedScore, ...]]:
    """BLEU, chrF and TER before and after, by language, over all that has a reference."""
    units: dict[str, list[tuple[str, str, str]]] = {}
    for change in changes:
        if change.before.audit and change.after.audit:
            for code, unit in _units(change.before.audit, change.after.audit):
                units.setdefault(code, []).append(unit)
    return {
        code: paired_scores(*([unit[k] for unit in found] for k in range(3)))
        for code, found in sorted(units.items())
    }


def _units(before: Audit, after: Audit) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Stretches of a reference with what both sides made of them: reference, before, after."""
    ours, theirs = _with_reference(before), _with_reference(after)
    for code in sorted(ours.keys() & theirs.keys()):
        reference, old, old_beads = ours[code]
        again, new, new_beads = theirs[code]
        if reference.sha256 != again.sha256:
            continue
        groups = _common_groups(len(reference.segments), old_beads, new_beads)
        for group in groups:
            sides = (_aligned(group, old_beads), _aligned(group, new_beads))
            texts = (_text(old, sides[0]), _text(new, sides[1]))
            yield code, (_text(reference, group), *texts)


def _with_reference(audit: Audit) -> dict[str, tuple[Document, Document, tuple[Bead, ...]]]:
    """By language: a reference, the translation that it is for, and their beads."""
    documents = {document.id: document for document in audit.documents}
    found: dict[str, tuple[Document, Document, tuple[Bead, ...]]] = {}
    for bitext in audit.bitexts:
        left, right = documents[bitext.left], documents[bitext.right]
        if left.role is Role.REFERENCE and left.language == right.language and bitext.comparable:
            found.setdefault(left.language, (left, right, bitext.beads))
    return found


def _common_groups(count: int, *sides: Sequence[Bead]) -> list[list[int]]:
    """The finest groups of reference segments that no bead of either side cuts."""
    joined = [False] * count  # whether a segment belongs to the one before it
    for beads in sides:
        for bead in beads:
            for index in bead.left[1:]:
                joined[index] = True
    groups: list[list[int]] = []
    for index in range(count):
        if joined[index] and groups:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _aligned(group: Sequence[int], beads: Sequence[Bead]) -> list[int]:
    """The segments that a side aligns with a group, and what it adds behind it."""
    wanted = set(group)
    found: list[int] = []
    inside = group[0] == 0  # what stands before the first bead belongs to the first group
    for bead in beads:
        if bead.left:
            inside = bool(wanted.intersection(bead.left))
        if inside:
            found += bead.right
    return found


# --- regressions ------------------------------------------------------------------------------


def _regressions(comparison: Comparison, limits: Limits) -> Iterator[str]:
    severe = [
        seen
        for seen in comparison.all("new")
        if seen.finding.severity.rank >= limits.fail_on.rank
        and seen.finding.confidence >= limits.min_confidence
    ]
    if len(severe) > limits.max_new:
        allowed = f"{limits.max_new} allowed"
        yield f"New findings that are {limits.fail_on} or worse: {len(severe)} ({allowed})."
    drifts = comparison.mean_drifts
    if limits.max_drift_rise is not None and drifts:
        rise = drifts[1] - drifts[0]
        if rise > limits.max_drift_rise:
            yield f"Mean drift rose by {rise:.3f}, more than {limits.max_drift_rise:g}."
    if limits.max_score_drop is not None:
        for code, scores in comparison.scores.items():
            for score in scores:
                if score.worse_by > limits.max_score_drop and score.significant:
                    yield (
                        f"{score.name} of {code} is worse by {score.worse_by:.1f} "
                        f"(p = {score.p_value:.3f}), more than {limits.max_score_drop:g}."
                    )
