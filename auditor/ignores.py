"""Comments in Markdown and HTML by which an editor silences findings where they stand.

``<!-- auditor: ignore-next number-mismatch -->`` covers the block behind it (the rest of its own,
if it stands within one); ``<!-- auditor: ignore-start -->`` all up to ``ignore-end``. Without names
of rules, all of them are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from auditor.model import Document, Finding, Notice

# Bounded, so that a page of a million comment openings is read in one go.
_COMMENT = re.compile(r"<!--\s{0,20}auditor\s{0,9}:([^>]{0,400}?)-->")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)
_NEXT, _START, _END = "ignore-next", "ignore-start", "ignore-end"


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment (``start`` to ``end``), the rules that it names, and the stretch that it covers."""

    document: str
    start: int
    end: int
    rules: frozenset[str]
    covers: tuple[int, int]

    def silences(self, finding: Finding) -> bool:
        """Whether a primary span of the finding begins in the covered stretch."""
        if self.rules and finding.rule not in self.rules:
            return False
        first, last = self.covers
        return any(
            span.primary and span.document == self.document and first <= span.start < last
            for span in finding.spans
        )


@dataclass(frozen=True, slots=True)
class _Comment:
    start: int
    end: int
    word: str
    rules: tuple[str, ...]


def read(
    document: Document, known: Collection[str], *, markdown: bool
) -> tuple[list[Ignore], list[Notice]]:
    """The ignores of a document, and what is wrong with its comments."""
    comments = list(_comments(document.raw, markdown=markdown))
    ignores: list[Ignore] = []
    notices = [_notice(document, c, m) for c in comments for m in _mistakes(c, known)]
    opened: _Comment | None = None
    for comment in comments:
        if comment.word == _NEXT:
            ignores.append(_ignore(document, comment, _next_block(document, comment.end)))
        elif comment.word == _START and opened is None:
            opened = comment
        elif comment.word == _START:
            notices.append(
                _notice(document, comment, f"{_START} within another one: end that one first.")
            )
        elif comment.word == _END and opened is None:
            notices.append(_notice(document, comment, f"{_END} without {_START}."))
        elif comment.word == _END and opened is not None:
            ignores.append(_ignore(document, opened, (opened.end, comment.start)))
            opened = None
    if opened is not None:
        ignores.append(_ignore(document, opened, (opened.end, len(document.raw) + 1)))
        message = f"{_START} never ends: it covers the rest of the file."
        notices.append(_notice(document, opened, message))
    return ignores, notices


def unused(ignores: Sequence[Ignore], used: Collection[Ignore], document: Document) -> list[Notice]:
    """A notice for each ignore of a document that silenced nothing."""
    return [
        Notice(document.id, ignore.start, ignore.end, "Unused ignore: it silences no finding.")
        for ignore in ignores
        if ignore.document == document.id and ignore not in used
    ]


def _comments(raw: str, *, markdown: bool) -> Iterator[_Comment]:
    """The auditor's comments, but for those that a Markdown text shows as code."""
    if "auditor" not in raw or "<!--" not in raw:
        return
    fences = list(_fences(raw)) if markdown else []
    starts = [start for start, _ in fences]
    for match in _COMMENT.finditer(raw):
        number = bisect_right(starts, match.start()) - 1
        if number >= 0 and match.start() < fences[number][1]:
            continue
        word, *rules = match.group(1).replace(",", " ").split() or [""]
        yield _Comment(match.start(), match.end(), word, tuple(rules))


def _fences(raw: str) -> Iterator[tuple[int, int]]:
    """The stretches of fenced code, in one pass."""
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(raw):
        if opened is None:
            opened = match
        elif match.group(1).startswith(opened.group(1)) and not match.group(2).strip():
            yield opened.start(), match.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(raw)


def _mistakes(comment: _Comment, known: Collection[str]) -> Iterator[str]:
    words = (_NEXT, _START, _END)
    if comment.word not in words:
        yield f"'{comment.word}' is no word of the auditor's: use {', '.join(words)}."
        return
    for rule in comment.rules:
        if rule not in known:
            near = get_close_matches(rule, list(known), 1)
            yield f"No rule is called '{rule}'." + (f" Is {near[0]} meant?" if near else "")


def _notice(document: Document, comment: _Comment, message: str) -> Notice:
    return Notice(document.id, comment.start, comment.end, message)


def _ignore(document: Document, comment: _Comment, covers: tuple[int, int]) -> Ignore:
    return Ignore(document.id, comment.start, comment.end, frozenset(comment.rules), covers)


def _next_block(document: Document, offset: int) -> tuple[int, int]:
    """From a comment's end to the end of the first block that has text behind it."""
    behind = [segment for segment in document.segments if segment.end > offset]
    block = behind[0].block if behind else None
    return offset, max((s.end for s in behind if s.block == block), default=offset)
