"""A comparison for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.comparing import Comparison
from auditor.render.check.facts import Finder
from auditor.render.comparison import facts
from auditor.render.plain import line


def render(comparison: Comparison) -> str:
    """New and fixed findings, articles whose drift changed, scores, the answer."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    finder = Finder()
    for kind in ("new", "fixed"):
        for seen in comparison.all(kind):
            head = f"{kind}: {facts.place(seen, finder)}: {seen.finding.severity.value}"
            yield f"{head}: {seen.finding.rule}: {facts.told(seen, finder)}"
    for change in facts.notable(comparison):
        before, after = (facts.drift(value) for value in change.drifts)
        found = f"{len(change.new)} new, {len(change.fixed)} fixed"
        yield f"{line(change.article)}: drift {before} → {after}, {found}"
        yield from (f"  {why}" for why in facts.failures(change))
    for code, name, before, after, p, signature in facts.scores(comparison):
        yield f"{code} {name}: {before} → {after} (p = {p}, {signature})"
    yield from facts.sizes(comparison)
    yield from facts.missing(comparison)
    yield facts.counts(comparison)
    yield from comparison.regressions
    yield facts.ANSWERS[comparison.status]
