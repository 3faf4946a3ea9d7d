"""A verdict for people: a line for each finding, or each with its text around it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.gate import Judged, Standing, Verdict
from auditor.model import Span
from auditor.render.check.facts import Finder, failures, remarks, sentence, summary
from auditor.render.plain import line, shortened
from auditor.render.positions import blamed_first

_CONTEXT = 48  # characters around a marked stretch
_MARKED = 200  # characters of it


def render(verdict: Verdict) -> str:
    """A line for each new finding, worst first; then what else there is, and the figures."""
    finder = Finder()
    lines = [_concise(judged, finder) for judged in verdict.of(Standing.NEW)]
    return "\n".join([*lines, *_rest(verdict, finder)]) + "\n"


def render_full(verdict: Verdict) -> str:
    """Each new finding with both sides in their context, what is accepted, and the figures."""
    finder = Finder()
    blocks = ["\n".join(_full(judged, finder)) for judged in verdict.of(Standing.NEW)]
    accepted = [f"accepted: {_concise(j, finder)}" for j in verdict.of(Standing.ACCEPTED)]
    return (
        "\n".join([*(f"{block}\n" for block in blocks), *accepted, *_rest(verdict, finder)]) + "\n"
    )


def _concise(judged: Judged, finder: Finder) -> str:
    finding, place = judged.finding, finder.first(judged)
    head = f"{line(str(place))}: {finding.severity.value}: {finding.rule}:"
    return f"{head} {sentence(judged, finder)} {finding.fingerprint}"


def _rest(verdict: Verdict, finder: Finder) -> Iterator[str]:
    for breach in verdict.breaches:
        where = f"{line(str(finder.breach(breach)))}: " if breach.path else ""
        yield f"{where}limit: {breach.limit}: {line(breach.message)}"
    for name, why in failures(verdict):
        yield f"{name}: {why}"
    for remark in remarks(verdict, finder):
        yield f"{line(str(remark.place))}: notice: {remark.message}"
    yield from summary(verdict)


def _full(judged: Judged, finder: Finder) -> Iterator[str]:
    finding = judged.finding
    blocks = ", blocks" if judged.blocks else ""
    yield (
        f"{finding.severity.upper()}  {finding.rule}  {finding.category}  "
        f"confidence {finding.confidence:.2f}{blocks}"
    )
    yield f"  {line(finding.message)}"
    for span in blamed_first(finding):
        place = finder.of(judged.audit).of_span(span)
        yield f"  {line(str(place))}"
        yield f"    {_in_context(judged, span, finder)}"
    suspect = f"suspect {finding.suspect}, " if finding.suspect else ""
    yield f"  {suspect}fingerprint {finding.fingerprint}"


def _in_context(judged: Judged, span: Span, finder: Finder) -> str:
    raw = next(d.raw for d in judged.audit.documents if d.id == span.document)
    before = finder.of(judged.audit).text_before(span.document, span.start, _CONTEXT)
    after = raw[span.end : span.end + _CONTEXT].split("\n")[0]
    # Guarded, so that white space at the edges of a marked stretch stays.
    left, right = line(f"{before}|")[:-1], line(f"|{after}")[1:]
    return f"{left}[{shortened(span.text, _MARKED)}]{right}"
