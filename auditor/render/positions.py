"""Where things stand: lines and columns in the raw text, raw spans in the readable text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.model import Audit, Finding, Segment, Span, View

_STEP = 4096  # characters between two offsets whose bytes are remembered
_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """One-based lines and columns (in code points) of one raw text."""

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(raw))]

    def start(self, offset: int) -> int:
        """Tell where the line of the character at ``offset`` starts."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def place(self, offset: int) -> tuple[int, int]:
        """Tell the line and column of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file: one-based lines and columns, the end behind the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """The place as compilers write it."""
        return f"{self.path}:{self.line}:{self.column}"


class Places:
    """Finds spans of one audit in its files; each file's lines are counted once."""

    def __init__(self, audit: Audit) -> None:
        self._documents = {document.id: document for document in audit.documents}
        self._lines: dict[str, Lines] = {}
        self._steps: dict[str, list[int]] = {}

    def of(self, document: str, start: int, end: int) -> Place:
        """Where a stretch of a document stands."""
        lines = self._lines_of(document)
        path = self._documents[document].path
        return Place(path, *lines.place(start), *lines.place(end))

    def _lines_of(self, document: str) -> Lines:
        if document not in self._lines:
            self._lines[document] = Lines(self._documents[document].raw)
        return self._lines[document]

    def of_span(self, span: Span) -> Place:
        """Where a span stands."""
        return self.of(span.document, span.start, span.end)

    def text_before(self, document: str, offset: int, length: int) -> str:
        """What stands before an offset on its line, up to some characters."""
        start = max(self._lines_of(document).start(offset), offset - length)
        return self._documents[document].raw[start:offset]

    def byte_column(self, document: str, offset: int) -> int:
        """The column of an offset in bytes of UTF-8, from one."""
        start = self._lines_of(document).start(offset)
        return self._bytes(document, offset) - self._bytes(document, start) + 1

    def _bytes(self, document: str, offset: int) -> int:
        """How many bytes stand before an offset, counted from the nearest step before it."""
        raw = self._documents[document].raw
        steps = self._steps.setdefault(document, [0])
        while len(steps) <= offset // _STEP:
            last = (len(steps) - 1) * _STEP
            steps.append(steps[-1] + _size(raw[last : last + _STEP]))
        number = offset // _STEP
        return steps[number] + _size(raw[number * _STEP : offset])


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def blamed_first(finding: Finding) -> list[Span]:
    """The spans: primary ones first, and those of the suspect before the others."""
    return sorted(
        finding.spans, key=lambda span: (not span.primary, span.document != finding.suspect)
    )


class SegmentFinder:
    """Which segments of a document a raw span touches, found by bisection."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._starts = [segment.start for segment in segments]
        self._ends = [segment.end for segment in segments]

    def touched(self, start: int, end: int) -> range:
        """Find the segments that a span touches, by index; none where it lies outside them all.

        An empty span is a place for a caret: it belongs to one segment at most, the one that
        ends there rather than the one that begins there.
        """
        if start >= end:
            first = bisect_left(self._ends, start)
            held = first < len(self._starts) and self._starts[first] <= start
            return range(first, first + held)
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))


def view_range(view: View, start: int, end: int) -> tuple[int, int]:
    """Find the readable characters that came from the raw span ``start`` to ``end``.

    A span that reaches beyond the view is cut to it; one that holds hidden markup alone, or
    nothing, becomes a place between two characters: an empty range.
    """
    low = bisect_right(view.ends, start)
    if start >= end:
        return low, low
    return low, max(low, bisect_left(view.starts, end))
