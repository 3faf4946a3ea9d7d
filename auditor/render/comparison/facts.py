"""What the formats of a comparison tell: rows of figures, places of findings, the answer."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.comparing import Change, Comparison, Seen
from auditor.gate import Judged, Standing, Status
from auditor.render.check.facts import Finder, sentence
from auditor.render.plain import line

KINDS = ("new", "fixed", "remaining")
ANSWERS = {
    Status.PASSED: "No regression.",
    Status.BLOCKED: "Regression.",
    Status.UNUSABLE: "Not all of it could be read: no answer.",
    Status.NOTHING: "Nothing to compare in part of it: no answer.",
}


def judged(seen: Seen) -> Judged:
    """A finding in the form that the formats of a verdict read."""
    return Judged(seen.article, seen.audit, seen.finding, Standing.NEW)


def place(seen: Seen, finder: Finder) -> str:
    """Where a finding stands."""
    return line(str(finder.first(judged(seen))))


def told(seen: Seen, finder: Finder) -> str:
    """What a finding says."""
    return sentence(judged(seen), finder)


def drift(value: float | None) -> str:
    """A drift, or a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def counts(comparison: Comparison) -> str:
    """The figures of all articles in one sentence."""
    found = ", ".join(f"{len(comparison.all(kind))} {kind}" for kind in KINDS)
    articles = len(comparison.changes)
    means = comparison.mean_drifts
    drifts = f" Mean drift {drift(means[0])} → {drift(means[1])}." if means else ""
    return f"{articles} article{'' if articles == 1 else 's'} compared. Findings: {found}.{drifts}"


def scores(comparison: Comparison) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Language, metric, before, after, p-value and signature of each score."""
    for code, measured in comparison.scores.items():
        for score in measured:
            p = f"{score.p_value:.3f}"
            figures = (f"{score.before:.1f}", f"{score.after:.1f}")
            yield code, score.name, *figures, p, score.signature


def sizes(comparison: Comparison) -> Iterator[str]:
    """How much of the text changed, by language."""
    for code, (score, signature) in comparison.similarity.items():
        yield f"{code}: chrF of the texts after to those before {score:.1f} ({signature})"


def failures(change: Change) -> Iterator[str]:
    """Why an article has no audit on one side or both."""
    for side, outcome in (("before", change.before), ("after", change.after)):
        if outcome.unreadable or outcome.nothing:
            yield f"{side}: {line(outcome.unreadable or outcome.nothing)}"


def notable(comparison: Comparison) -> list[Change]:
    """The articles in which something changed, the largest rise of drift first."""
    changed = [
        change
        for change in comparison.changes
        if change.new or change.fixed or change.drifts[0] != change.drifts[1] or [*failures(change)]
    ]
    return sorted(changed, key=lambda c: (-len(c.new), (c.drifts[0] or 0) - (c.drifts[1] or 0)))


def missing(comparison: Comparison) -> Iterator[str]:
    """Articles that stand on one side alone."""
    for side, names in (("before", comparison.only_before), ("after", comparison.only_after)):
        if names:
            shown = ", ".join(line(name) for name in names[:10])
            more = f" and {len(names) - 10} more" if len(names) > 10 else ""
            yield f"Only {side}: {shown}{more}."
