"""What several formats tell about a verdict: places, sentences, the summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.gate import Breach, Counts, Entry, Judged, Status, Verdict
from auditor.model import Audit, Span
from auditor.render.plain import line, shortened
from auditor.render.positions import Place, Places, blamed_first

_QUOTE = 60  # characters of a quoted stretch in a sentence
_NAMED = 20  # fixed entries that are named


class Finder:
    """Places of findings; each document's lines are counted once."""

    def __init__(self) -> None:
        self._places: dict[int, Places] = {}

    def of(self, audit: Audit) -> Places:
        """The places of an audit."""
        if id(audit) not in self._places:
            self._places[id(audit)] = Places(audit)
        return self._places[id(audit)]

    def first(self, judged: Judged) -> Place:
        """Where a finding is shown."""
        return self.of(judged.audit).of_span(blamed_first(judged.finding)[0])

    def other(self, judged: Judged) -> tuple[Place, Span] | None:
        """Where the other side of a finding stands, if it has one."""
        first, *others = blamed_first(judged.finding)
        for span in others:
            if span.document != first.document:
                return self.of(judged.audit).of_span(span), span
        return None

    def breach(self, breach: Breach) -> Place:
        """Where a limit is broken: one place, or the file as a whole."""
        if breach.audit and breach.span:
            return self.of(breach.audit).of_span(breach.span)
        return Place(breach.path, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Remark:
    """A notice with its place."""

    place: Place
    message: str


def sentence(judged: Judged, finder: Finder) -> str:
    """What a finding says, the quoted text, and where the other side stands."""
    first = blamed_first(judged.finding)[0]
    parts = [line(judged.finding.message)]
    quoted = shortened(first.text, _QUOTE)
    if quoted and quoted not in parts[0]:
        parts.append(f"[{quoted}]")
    if other := finder.other(judged):
        place, span = other
        compared = shortened(span.text, _QUOTE)
        parts.append(f"(compare {line(place.path)}:{place.line} [{compared}])")
    return " ".join(parts)


def remarks(verdict: Verdict, finder: Finder) -> Iterator[Remark]:
    """The notices about documents and ignores, with their places."""
    for outcome in verdict.outcomes:
        if outcome.audit:
            for document in outcome.audit.documents:
                place = Place(document.path, 1, 1, 1, 1)
                yield from (Remark(place, line(notice)) for notice in document.notices)
            for notice in outcome.notices:
                place = finder.of(outcome.audit).of(notice.document, notice.start, notice.end)
                yield Remark(place, line(notice.message))


def failures(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Articles without an audit: name, and the sentence that says why."""
    for outcome in verdict.outcomes:
        if outcome.unreadable or outcome.nothing:
            yield line(outcome.article), line(outcome.unreadable or outcome.nothing)


def summary(verdict: Verdict) -> Iterator[str]:
    """The lines at the end of every report: entries that are fixed, figures, the answer."""
    for entry in verdict.fixed[:_NAMED]:
        yield f"Fixed, no longer in the text: {_entry(entry)}"
    if len(verdict.fixed) > _NAMED:
        yield f"… and {len(verdict.fixed) - _NAMED} more are fixed."
    if verdict.fixed:
        yield "'auditor baseline prune' drops what is fixed."
    yield figures(verdict.counts)
    yield ANSWERS[verdict.status]


def _entry(entry: Entry) -> str:
    return (
        f"{line(entry.path)} {line(entry.rule)} {entry.fingerprint} {shortened(entry.text, _QUOTE)}"
    )


def figures(counts: Counts) -> str:
    """The counts in one sentence."""
    articles = f"{counts.articles} article{'' if counts.articles == 1 else 's'}"
    parts = [f"{counts.new} new ({counts.blocking} blocking)", f"{counts.accepted} accepted"]
    parts.append(f"{counts.fixed} fixed")
    parts += [f"{counts.unsure} below the confidence limit"] if counts.unsure else []
    parts += [f"{counts.ignored} ignored"] if counts.ignored else []
    return f"{articles} audited. Findings: {', '.join(parts)}."


ANSWERS = {
    Status.PASSED: "Passed.",
    Status.BLOCKED: "Blocked.",
    Status.UNUSABLE: "Not all of it could be read: no pass.",
    Status.NOTHING: "Nothing to audit in part of it: no pass.",
}
