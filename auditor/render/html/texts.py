"""Documents as the page shows them: their segments, and the findings' marks on them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.model import Role
from auditor.render.html.marks import Mark, Piece, cut
from auditor.render.html.views import DocumentView, Paragraph
from auditor.render.positions import Lines, SegmentFinder, view_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.model import Audit, Document, Segment, Span
    from auditor.render.html.marks import Ref
    from auditor.render.html.words import Words

_QUOTED_CONTEXT = 400  # characters at each end of a long stretch without marks


class Text:
    """A document's segments, and the findings' marks on them."""

    def __init__(self, document: Document, facts: DocumentView) -> None:
        self.facts = facts
        self.segments = document.segments
        self._lines = Lines(document.raw)
        self._finder = SegmentFinder(document.segments)
        self._marks: defaultdict[int, list[tuple[int | None, Mark]]] = defaultdict(list)

    def marks(self, span: Span, ref: Ref) -> Iterator[tuple[int, Mark]]:
        """Yield the marks that a span makes, each with the index of its segment."""
        touched = self._finder.touched(span.start, span.end)
        for index in touched:
            low, high = view_range(self.segments[index].view, span.start, span.end)
            yield index, Mark(low, high, ref, span.primary, index == touched[-1])

    def mark(self, span: Span, ref: Ref, bitext: int | None) -> None:
        """Keep a span's marks for the display of the text."""
        for index, mark in self.marks(span, ref):
            self._marks[index].append((bitext, mark))

    def place(self, span: Span) -> tuple[int, int]:
        """Line and column where a span begins."""
        return self._lines.place(span.start)

    def paragraphs(
        self, indices: Iterable[int], bitext: int | None = None
    ) -> tuple[Paragraph, ...]:
        """Segments by block, under the marks of one bitext's findings (all, where None)."""
        blocks = groupby(indices, key=lambda index: self.segments[index].block)
        return tuple(self._paragraph(tuple(block), bitext) for _, block in blocks)

    def _paragraph(self, indices: Sequence[int], bitext: int | None) -> Paragraph:
        sentences = tuple(
            cut(self.segments[index].view.text, self._marks_of(index, bitext)) for index in indices
        )
        return Paragraph(self.segments[indices[0]].kind, sentences)

    def _marks_of(self, index: int, bitext: int | None) -> list[Mark]:
        return [
            mark
            for owner, mark in self._marks.get(index, ())
            if bitext is None or owner is None or owner == bitext
        ]


def facts(document: Document, audit: Audit, words: Words) -> DocumentView:
    """What the page says about a document."""
    score = audit.summary.mqm_score.get(document.id)
    translation = document.role is Role.TRANSLATION
    return DocumentView(
        id=document.id,
        label=_label(document, audit, words),
        language=document.language,
        path=document.path,
        sha256=document.sha256[:12],
        role="" if translation else words(f"role.{document.role.value}"),
        segments=len(document.segments),
        notices=document.notices,
        score="" if score is None else words.number(score, 1),
    )


def _label(document: Document, audit: Audit, words: Words) -> str:
    """Name a document's language, with its id where that alone is ambiguous."""
    name = words.language(document.language)
    alone = sum(other.language == document.language for other in audit.documents) == 1
    return name if alone else f"{name} ({document.id})"


def runs(
    segments: Sequence[Segment], indices: Sequence[int], marks: dict[int, list[Mark]]
) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    """Sentences in runs of neighbours, under a finding's marks."""
    found: list[list[tuple[Piece, ...]]] = []
    previous = None
    for index in indices:
        if previous is None or index != previous + 1:
            found.append([])
        pieces = cut(segments[index].view.text, marks.get(index, ()))
        found[-1].append(tuple(_shortened(piece) for piece in pieces))
        previous = index
    return tuple(tuple(run) for run in found)


def _shortened(piece: Piece) -> Piece:
    """Leave out the middle of a long unmarked stretch: it stands in the text side by side."""
    if piece.refs or len(piece.text) <= 3 * _QUOTED_CONTEXT:
        return piece
    return Piece(f"{piece.text[:_QUOTED_CONTEXT]} […] {piece.text[-_QUOTED_CONTEXT:]}")
