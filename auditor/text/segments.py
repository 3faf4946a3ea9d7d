"""Sentences with their places in the raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model import Kind, Segment, View
from auditor.text.boundaries import boundaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.languages import Language
    from auditor.model import Block


def segment(raw: str, blocks: Sequence[Block], language: Language) -> tuple[Segment, ...]:
    """The sentences of all blocks, in reading order."""
    return tuple(
        _segment(raw, view, number, block.kind)
        for number, block in enumerate(blocks)
        for view in _sentences(block.view, language)
    )


def one_sentence_per_line(raw: str) -> tuple[Segment, ...]:
    """Each line that isn't blank as one sentence, in a block of its own."""
    views: list[View] = []
    position = 0
    for line in raw.splitlines(keepends=True):
        view = View.plain(raw, position, position + len(line)).stripped()
        if view.text:
            views.append(view)
        position += len(line)
    return tuple(_segment(raw, view, number, Kind.PROSE) for number, view in enumerate(views))


def _sentences(view: View, language: Language) -> Iterator[View]:
    """The views of the sentences of a block, without white space at their ends."""
    start = 0
    for end in boundaries(view.text, language):
        sentence = view.slice(start, end).stripped()
        if sentence.text:
            yield sentence
        start = end


def _segment(raw: str, view: View, block: int, kind: Kind) -> Segment:
    start, end = view.raw_span(0, len(view.text))
    return Segment(start, end, raw[start:end], block, kind, view)
