"""The gate: what an audit found, what is known already, and what a build tolerates → a verdict.

Opens no file and prints nothing: the same outcomes, baseline and thresholds give the same verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from auditor.model import Audit, Bead, Bitext, Document, Finding, Kind, Notice, Severity, Span
from auditor.summary import mqm_score, worst_first


class Status(IntEnum):
    """Exit status, the same for every command and format."""

    PASSED = 0
    BLOCKED = 1
    UNUSABLE = 2
    NOTHING = 3


class Standing(StrEnum):
    """How the gate takes a finding."""

    NEW = "new"
    ACCEPTED = "accepted"  # the baseline knows it
    UNSURE = "unsure"  # less confident than is asked for


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is tolerated in one article; None stands for no limit."""

    fail_on: Severity = Severity.MAJOR
    min_confidence: float = 0.0
    max_drift: float | None = None
    max_bead_drift: float | None = None
    min_score: float | None = None


class EntryStatus(StrEnum):
    """What somebody said about a finding."""

    ACCEPTED = "accepted"
    FALSE_ALARM = "false-alarm"
    FIXED = "fixed"  # silences nothing: what comes back is new


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding that somebody has looked at."""

    fingerprint: str
    rule: str
    path: str
    status: EntryStatus = EntryStatus.ACCEPTED
    note: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article: an audit, or the sentence that says why there is none."""

    article: str
    audit: Audit | None = None
    unreadable: str = ""
    nothing: str = ""
    ignored: int = 0
    notices: tuple[Notice, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def path(self) -> str:
        """The first document's path, or the article's name."""
        return self.audit.documents[0].path if self.audit else self.article


def slim(outcome: Outcome) -> Outcome:
    """The outcome without its texts, where the gate and its reports need none of them.

    Thousands of articles without a finding then fit into memory.
    """
    audit = outcome.audit
    if not audit or audit.findings or outcome.notices:
        return outcome
    if outcome.thresholds.max_bead_drift is not None:
        return outcome
    documents = tuple(replace(document, raw="", segments=()) for document in audit.documents)
    return replace(outcome, audit=replace(audit, documents=documents))


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, where it was found, and how the gate takes it."""

    article: str
    audit: Audit
    finding: Finding
    standing: Standing
    blocks: bool = False

    @property
    def path(self) -> str:
        """The document that the finding is about: the suspect, or where it is first marked."""
        return document_of(self.finding, self.audit).path


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that an article does not keep; ``span`` where one place breaks it."""

    article: str
    limit: str
    message: str
    path: str
    audit: Audit | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures that every output tells."""

    articles: int
    new: int
    accepted: int
    fixed: int
    unsure: int
    ignored: int
    blocking: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: findings worst first, limits broken, baseline entries that are fixed."""

    status: Status
    outcomes: tuple[Outcome, ...]
    findings: tuple[Judged, ...]
    breaches: tuple[Breach, ...]
    fixed: tuple[Entry, ...]
    counts: Counts

    @property
    def signature(self) -> str:
        """The signatures of the run, which differ only where settings differ by path."""
        audits = (outcome.audit for outcome in self.outcomes)
        return " ".join(dict.fromkeys(audit.signature for audit in audits if audit))

    def of(self, standing: Standing) -> tuple[Judged, ...]:
        """The findings of one standing, worst first."""
        return tuple(judged for judged in self.findings if judged.standing is standing)


def judge(
    outcomes: Sequence[Outcome],
    baseline: Sequence[Entry] = (),
    *,
    gone: Collection[str] = (),
    max_findings: int | None = None,
    tolerant: bool = False,
) -> Verdict:
    """Weigh the outcomes.

    ``gone`` are documents of the baseline that are no longer there; ``tolerant`` lets blocked
    articles pass (``--exit-zero``).
    """
    known = _Known(baseline, gone)
    findings = [judged for outcome in outcomes for judged in known.judged(outcome)]
    findings.sort(key=lambda judged: (not judged.blocks, *worst_first(judged.finding)))
    breaches = [b for outcome in outcomes for b in _breaches(outcome, findings)]
    breaches += _too_many(findings, max_findings)
    fixed = known.fixed()
    counts = _counts(outcomes, findings, len(fixed))
    blocked = not tolerant and bool(counts.blocking or breaches)
    return Verdict(
        _status(outcomes, blocked=blocked),
        tuple(outcomes),
        tuple(findings),
        tuple(breaches),
        fixed,
        counts,
    )


def document_of(finding: Finding, audit: Audit) -> Document:
    """The suspect, or the document in which the finding is first marked."""
    marked = [span.document for span in finding.spans if span.primary]
    wanted = finding.suspect if finding.suspect in marked else None
    first = wanted or (marked or [finding.spans[0].document])[0]
    return next(document for document in audit.documents if document.id == first)


def _status(outcomes: Sequence[Outcome], *, blocked: bool) -> Status:
    """What cannot be read weighs most, then what blocks; nothing to audit is never a pass."""
    if any(outcome.unreadable for outcome in outcomes):
        return Status.UNUSABLE
    if blocked:
        return Status.BLOCKED
    if not outcomes or any(outcome.nothing for outcome in outcomes):
        return Status.NOTHING
    return Status.PASSED


def _counts(outcomes: Sequence[Outcome], findings: Sequence[Judged], fixed: int) -> Counts:
    by = Counter(judged.standing for judged in findings)
    return Counts(
        articles=sum(outcome.audit is not None for outcome in outcomes),
        new=by[Standing.NEW],
        accepted=by[Standing.ACCEPTED],
        fixed=fixed,
        unsure=by[Standing.UNSURE],
        ignored=sum(outcome.ignored for outcome in outcomes),
        blocking=sum(judged.blocks for judged in findings),
    )


# --- the baseline -----------------------------------------------------------------------------


class _Known:
    """The baseline's entries, each used up by the finding that it stands for."""

    def __init__(self, baseline: Sequence[Entry], gone: Collection[str]) -> None:
        self.gone = gone
        self.looked_at: set[str] = set()
        self.left: dict[str, list[Entry]] = {}
        for entry in baseline:
            if entry.status is not EntryStatus.FIXED:
                self.left.setdefault(entry.fingerprint, []).append(entry)

    def judged(self, outcome: Outcome) -> Iterator[Judged]:
        """How each finding of an outcome stands, and whether it blocks."""
        if outcome.audit is None or outcome.nothing:
            return
        paths = {document.path for document in outcome.audit.documents}
        self.looked_at |= paths
        limits = outcome.thresholds
        for finding in outcome.audit.findings:
            standing = Standing.NEW
            if self._take(finding.fingerprint, paths):
                standing = Standing.ACCEPTED
            elif finding.confidence < limits.min_confidence:
                standing = Standing.UNSURE
            severe = finding.severity.rank >= limits.fail_on.rank
            blocks = severe and standing is Standing.NEW
            yield Judged(outcome.article, outcome.audit, finding, standing, blocks)

    def _take(self, fingerprint: str, paths: Collection[str]) -> bool:
        """Use up an entry of these documents, or of one that is gone: its file was moved."""
        entries = self.left.get(fingerprint, [])
        for among in (paths, self.gone):
            for number, entry in enumerate(entries):
                if entry.path in among:
                    del entries[number]
                    return True
        return False

    def fixed(self) -> tuple[Entry, ...]:
        """The entries left over whose documents were looked at, or are gone."""
        left = [entry for entries in self.left.values() for entry in entries]
        return tuple(e for e in left if e.path in self.looked_at or e.path in self.gone)


# --- limits -----------------------------------------------------------------------------------


def _breaches(outcome: Outcome, findings: Sequence[Judged]) -> Iterator[Breach]:
    audit, limits = outcome.audit, outcome.thresholds
    if audit is None or outcome.nothing:
        return
    drift = audit.summary.mean_drift
    if limits.max_drift is not None and drift is not None and drift > limits.max_drift:
        message = f"Mean drift {drift:.3f} is above {limits.max_drift:g}."
        yield Breach(outcome.article, "max-drift", message, outcome.path)
    if limits.max_bead_drift is not None:
        yield from _drifting_beads(outcome.article, audit, limits.max_bead_drift)
    if limits.min_score is not None:
        ours = [j.finding for j in findings if j.audit is audit and j.standing is Standing.NEW]
        yield from _low_scores(outcome.article, audit, ours, limits.min_score)


def _drifting_beads(article: str, audit: Audit, limit: float) -> Iterator[Breach]:
    """Beads with two sides that drift too far; what has no counterpart is for a rule to say."""
    documents = {document.id: document for document in audit.documents}
    for bitext in audit.bitexts:
        for bead in bitext.beads if bitext.comparable else ():
            if bead.drift > limit and bead.left and bead.right:
                left, right = documents[bitext.left], documents[bitext.right]
                if not _boilerplate(bead, left, right):
                    yield _drifting(article, audit, bitext, bead, left, limit)


def _boilerplate(bead: Bead, left: Document, right: Document) -> bool:
    segments = [left.segments[i] for i in bead.left] + [right.segments[j] for j in bead.right]
    return all(segment.kind is Kind.BOILERPLATE for segment in segments)


def _drifting(
    article: str, audit: Audit, bitext: Bitext, bead: Bead, left: Document, limit: float
) -> Breach:
    start, end = left.segments[bead.left[0]].start, left.segments[bead.left[-1]].end
    span = Span(left.id, start, end, left.raw[start:end], primary=True)
    message = f"Drift {bead.drift:.3f} between {bitext.left} and {bitext.right} is above {limit:g}."
    return Breach(article, "max-bead-drift", message, left.path, audit, span)


def _low_scores(
    article: str, audit: Audit, findings: Sequence[Finding], limit: float
) -> Iterator[Breach]:
    """The MQM score counts what is new: a baseline must be able to silence it."""
    for document in audit.documents:
        if document.id in audit.summary.mqm_score:
            score = mqm_score(document, findings)
            if score < limit:
                message = f"MQM score {score:.1f} ({audit.summary.mqm_profile}) is below {limit:g}."
                yield Breach(article, "min-score", message, document.path)


def _too_many(findings: Sequence[Judged], limit: int | None) -> Iterator[Breach]:
    new = sum(judged.standing is Standing.NEW for judged in findings)
    if limit is not None and new > limit:
        yield Breach("", "max-findings", f"{new} new findings are more than {limit}.", "")


def entries_of(findings: Sequence[Judged]) -> tuple[Entry, ...]:
    """Baseline entries that accept some findings."""
    return tuple(
        Entry(
            judged.finding.fingerprint,
            judged.finding.rule,
            judged.path,
            text=next((s.text for s in judged.finding.spans if s.primary), ""),
        )
        for judged in findings
    )
