"""A comparison as Markdown for a comment on a pull request: short, and article text as code."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.comparing import Comparison
from auditor.render.check.facts import Finder
from auditor.render.comparison import facts
from auditor.render.markdown_text import quoted, text

_ROWS = 30  # of a table: a comment holds no more than 65,536 characters
# By this line a workflow finds its comment again, to write over it.
MARKER = "<!-- auditor compare -->"


def render(comparison: Comparison) -> str:
    """The answer first, then figures and tables."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield MARKER
    yield f"### Translations before and after: {facts.ANSWERS[comparison.status].lower()}"
    yield ""
    yield facts.counts(comparison)
    yield ""
    yield from (f"- **{text(reason)}**" for reason in comparison.regressions)
    yield from (f"- {text(entry)}" for entry in facts.missing(comparison))
    yield from _findings(comparison)
    yield from _scores(comparison)
    yield from _articles(comparison)


def _findings(comparison: Comparison) -> Iterator[str]:
    finder = Finder()
    for kind in ("new", "fixed"):
        found = comparison.all(kind)
        if not found:
            continue
        yield from ("", f"**{kind.capitalize()} findings**", "")
        yield from ("| severity | place | rule | finding |", "| --- | --- | --- | --- |")
        for seen in found[:_ROWS]:
            where, rule = quoted(facts.place(seen, finder)), quoted(seen.finding.rule)
            told = quoted(facts.told(seen, finder))
            yield f"| {seen.finding.severity.value} | {where} | {rule} | {told} |"
        if len(found) > _ROWS:
            yield from ("", f"… and {len(found) - _ROWS} more.")


def _scores(comparison: Comparison) -> Iterator[str]:
    rows = list(facts.scores(comparison))
    if rows:
        yield from ("", "**Against references** (sacreBLEU, paired bootstrap)", "")
        yield from (
            "| language | metric | before | after | p | signature |",
            "| --- | --- | ---: | ---: | ---: | --- |",
        )
        for code, name, before, after, p, signature in rows:
            yield f"| {code} | {name} | {before} | {after} | {p} | {quoted(signature)} |"
    sizes = list(facts.sizes(comparison))
    if sizes:
        yield from ("", "**Size of the change**", "")
        yield from (f"- {text(size)}" for size in sizes)


def _articles(comparison: Comparison) -> Iterator[str]:
    changes = facts.notable(comparison)
    if not changes:
        return
    yield from ("", f"<details><summary>{len(changes)} articles changed</summary>", "")
    yield from (
        "| article | drift before | after | new | fixed | remaining |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    )
    for change in changes[:_ROWS]:
        before, after = (facts.drift(value) for value in change.drifts)
        numbers = " | ".join(str(len(getattr(change, kind))) for kind in facts.KINDS)
        why = "".join(f" {quoted(reason)}" for reason in facts.failures(change))
        yield f"| {quoted(change.article)}{why} | {before} | {after} | {numbers} |"
    if len(changes) > _ROWS:
        yield from ("", f"… and {len(changes) - _ROWS} more.")
    yield from ("", "</details>")
