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
        _segment(raw, view, number, block.kind, block.shape)
        for number, block in enumerate(blocks)
        for view in _sentences(block.view, language)
    )


def one_sentence_per_line(raw: str) -> tuple[Segment, ...]:
    """Each line that isn't blank as one sentence; blank lines set blocks apart."""
    segments: list[Segment] = []
    position = block = 0
    for line in raw.split("\n"):
        view = View.plain(raw, position, position + len(line)).stripped()
        if view.text:
            segments.append(_segment(raw, view, block, Kind.PROSE))
        elif segments and segments[-1].block == block:
            block += 1
        position += len(line) + 1
    return tuple(segments)


def _sentences(view: View, language: Language) -> Iterator[View]:
    """The views of the sentences of a block, without white space at their ends."""
    start = 0
    for end in boundaries(view.text, language):
        sentence = view.slice(start, end).stripped()
        if sentence.text:
            yield sentence
        start = end


def _segment(raw: str, view: View, block: int, kind: Kind, shape: str = "") -> Segment:
    start, end = view.raw_span(0, len(view.text))
    return Segment(start, end, raw[start:end], block, kind, view, shape)
