"""The short summary on the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.languages import language
from auditor.model import Audit, Bitext, Document, Finding, Kind, Severity, Span

_WORST = 5
_CONTEXT = 48  # characters around a marked stretch
_SMALL_SAMPLE = 1500  # words under which one score says little


def render(audit: Audit) -> str:
    """Documents, sentences, beads, mean drift and the worst findings, as plain lines."""
    return "\n".join(_lines(audit))


def printable(text: str) -> str:
    """Text on one line that can't steer the terminal: no control or direction characters."""
    line = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(char) else char for char in line)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\u00ad\u200d"


def _lines(audit: Audit) -> Iterator[str]:
    for document in audit.documents:
        yield _document(document)
    documents = {document.id: document for document in audit.documents}
    for bitext in audit.bitexts:
        yield from _bitext(bitext)
    if not audit.summary.mqm_score:
        return
    scores = ", ".join(f"{name} {score:.1f}" for name, score in audit.summary.mqm_score.items())
    small = any(_words(document) < _SMALL_SAMPLE for document in audit.documents)
    drift = audit.summary.mean_drift
    yield f"{f'Mean drift {drift:.2f}. ' if drift is not None else ''}Findings: {_counts(audit)}."
    yield f"MQM score ({audit.summary.mqm_profile}{', small sample' if small else ''}): {scores}."
    for name, metrics in audit.summary.metrics.items():
        figures = ", ".join(f"{metric.name} {metric.score:.1f}" for metric in metrics)
        yield f"{name} against its reference: {figures}."
    for finding in audit.findings[:_WORST]:
        yield ""
        yield from _finding(finding, documents)
    if hidden := len(audit.findings) - _WORST:
        yield f"\n… and {hidden} more in the report." if hidden > 0 else ""


def _document(document: Document) -> str:
    sentences = sum(segment.kind is not Kind.BOILERPLATE for segment in document.segments)
    role = "" if document.role.value == "translation" else f", {document.role.value}"
    name = language(document.language).name
    return f"{document.id}: {printable(document.path)} ({name}{role}, {sentences} sentences)"


def _bitext(bitext: Bitext) -> Iterator[str]:
    if bitext.comparable:
        yield (
            f"{bitext.left}–{bitext.right}: {len(bitext.beads)} beads, "
            f"comparability {bitext.comparability:.2f}."
        )
    else:
        yield (
            f"{bitext.left}–{bitext.right}: not translations of one another: {bitext.reason} "
            f"(comparability {bitext.comparability:.2f})."
        )


def _counts(audit: Audit) -> str:
    counts = audit.summary.findings
    named = [f"{counts[level]} {level}" for level in reversed(Severity) if counts.get(level)]
    return ", ".join(named) or "none"


def _words(document: Document) -> int:
    return sum(len(segment.view.text.split()) for segment in document.segments)


def _finding(finding: Finding, documents: dict[str, Document]) -> Iterator[str]:
    suspect = f"suspect: {finding.suspect}" if finding.suspect else "suspect: open"
    yield (
        f"{finding.severity.upper()}  {finding.rule}  {finding.category}  "
        f"confidence {finding.confidence:.2f}, {suspect}"
    )
    yield f"  {printable(finding.message)}"
    for span in finding.spans:
        yield f"  {span.document}  {_in_context(span, documents[span.document])}"


def _in_context(span: Span, document: Document) -> str:
    before = printable(
        document.raw[max(0, span.start - _CONTEXT) : span.start].split("\n")[-1] + "|"
    )
    after = printable("|" + document.raw[span.end : span.end + _CONTEXT].split("\n")[0])
    marked = printable(span.text)
    shown = marked if len(marked) <= 4 * _CONTEXT else marked[: 4 * _CONTEXT] + "…"
    return f"{before[:-1]}[{shown}]{after[1:]}" if span.primary else shown
