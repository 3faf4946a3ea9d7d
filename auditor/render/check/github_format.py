"""A verdict as annotations of GitHub Actions, and a Markdown summary of the job.

GitHub shows ten errors, ten warnings and ten notices of a step: the worst come first, and what
does not fit is printed as plain lines of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.gate import Judged, Standing, Verdict
from auditor.model import Severity
from auditor.render.check.facts import (
    ANSWERS,
    Finder,
    failures,
    figures,
    remarks,
    sentence,
    summary,
)
from auditor.render.markdown_text import quoted, text
from auditor.render.plain import line
from auditor.render.positions import Place

_SHOWN = 10
_ROWS = 50  # of the summary, which GitHub cuts at a megabyte


@dataclass(frozen=True, slots=True)
class _Annotation:
    level: str
    title: str
    message: str
    place: Place | None = None

    def command(self) -> str:
        """The annotation as a command to the runner."""
        properties = [*_properties(self.place), f"title={_property(self.title)}"]
        return f"::{self.level} {','.join(properties)}::{_data(self.message)}"

    def plain(self) -> str:
        """The annotation as a line that the runner takes for none."""
        where = f"{line(str(self.place))}: " if self.place else ""
        return f"{self.level}: {where}{line(self.title)}: {line(self.message)}"


def render(verdict: Verdict) -> str:
    """Commands for what GitHub shows, worst first; the rest as lines, and the figures."""
    annotations = list(_annotations(verdict))
    lines: list[str] = []
    for level in ("error", "warning", "notice"):
        ours = [entry for entry in annotations if entry.level == level]
        lines += [entry.command() for entry in ours[:_SHOWN]]
        lines += [entry.plain() for entry in ours[_SHOWN:]]
        if len(ours) > _SHOWN:
            hidden = len(ours) - _SHOWN
            lines.append(f"{hidden} more {level}s than GitHub shows: see the lines above.")
    return "\n".join([*lines, *summary(verdict)]) + "\n"


def _annotations(verdict: Verdict) -> Iterator[_Annotation]:
    finder = Finder()
    for name, why in failures(verdict):
        yield _Annotation("error", "auditor: nothing audited", f"{name}: {why}")
    for judged in verdict.of(Standing.NEW):
        title = f"{judged.finding.rule} ({judged.finding.severity.value})"
        place = finder.first(judged)
        yield _Annotation(_level(judged), title, sentence(judged, finder), place)
    for breach in verdict.breaches:
        where = finder.breach(breach) if breach.path else None
        yield _Annotation("error", f"auditor: {breach.limit}", breach.message, where)
    for remark in remarks(verdict, finder):
        yield _Annotation("notice", "auditor", remark.message, remark.place)


def _level(judged: Judged) -> str:
    if judged.blocks:
        return "error"
    return "notice" if judged.finding.severity is Severity.NEUTRAL else "warning"


def _properties(place: Place | None) -> Iterator[str]:
    """File and lines; columns only on one line, for GitHub refuses them else."""
    if place is None:
        return
    yield f"file={_property(place.path)}"
    yield f"line={place.line}"
    yield f"endLine={place.end_line}"
    if place.line == place.end_line:
        yield f"col={place.column}"
        yield f"endColumn={place.end_column}"


def _data(value: str) -> str:
    """A message, escaped as the runner's toolkit does."""
    escaped = line(value).replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


# --- the summary of the job -------------------------------------------------------------------


def step_summary(verdict: Verdict) -> str:
    """Markdown for the page of the job; article text is escaped as a whole."""
    finder = Finder()
    counts = verdict.counts
    lines = [f"### Translation audit: {ANSWERS[verdict.status].lower()}", "", figures(counts), ""]
    new = verdict.of(Standing.NEW)
    if new:
        lines += ["| severity | place | rule | finding |", "| --- | --- | --- | --- |"]
        lines += [_row(judged, finder) for judged in new[:_ROWS]]
        lines += ["", f"… and {len(new) - _ROWS} more."] if len(new) > _ROWS else []
    lines += [f"- {quoted(b.path)} {text(b.message)}" for b in verdict.breaches[:_ROWS]]
    lines += [f"- {quoted(name)} {text(why)}" for name, why in list(failures(verdict))[:_ROWS]]
    return "\n".join([*lines, "", f"Signature: {quoted(verdict.signature, 600)}", ""]) + "\n"


def _row(judged: Judged, finder: Finder) -> str:
    finding = judged.finding
    severity = f"**{finding.severity.value}**" if judged.blocks else finding.severity.value
    cells = (severity, quoted(str(finder.first(judged))), quoted(finding.rule))
    return f"| {' | '.join(cells)} | {quoted(sentence(judged, finder), 300)} |"
