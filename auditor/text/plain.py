"""Plain text as drafts: a paragraph a line, or paragraphs of hard-wrapped lines.

Most articles come with one paragraph a line. Where a program wrapped the lines instead, a break
falls wherever the next word would not have fitted; that is how the two are told apart.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from auditor.model import View
from auditor.text.markup import Draft

_WIDEST = 120  # hard-wrapped lines are no longer
_NARROWEST = 40
_FEWEST_BREAKS = 3  # fewer prove nothing
_WRAPPED_SHARE = 0.8  # of all breaks within a run of lines
_OPEN_SHARE = 0.5  # of the wrapped breaks stand in mid-sentence
_ENDS = tuple(".!?…:;»”“\"'’)")


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    group: int


def drafts(raw: str) -> list[Draft]:
    """The paragraphs of a plain text."""
    lines = _lines(raw)
    width = _wrap_width(lines)
    paragraphs: list[list[_Line]] = []
    for line in lines:
        if width and paragraphs and _continues(paragraphs[-1][-1], line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_draft(raw, paragraph) for paragraph in paragraphs]


def _draft(raw: str, lines: list[_Line]) -> Draft:
    views = [View.plain(raw, line.start, line.end) for line in lines]
    return Draft(View.join(views), group=lines[0].group)


def _lines(raw: str) -> list[_Line]:
    """The lines that are not blank, without white space at their ends; blank lines part groups."""
    found: list[_Line] = []
    position = group = 0
    for full in raw.splitlines(keepends=True):
        text = full.strip()
        if text:
            start = position + full.index(text[0])
            found.append(_Line(start, start + len(text), text, group))
        else:
            group += 1
        position += len(full)
    return found


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the lines were wrapped, or 0 where they were not."""
    runs = [(left, right) for left, right in pairwise(lines) if left.group == right.group]
    width = max((len(line.text) for line in lines), default=0)
    if len(runs) < _FEWEST_BREAKS or not _NARROWEST <= width <= _WIDEST:
        return 0
    wrapped = [left for left, right in runs if _continues(left, right, width)]
    in_sentence = [left for left in wrapped if not left.text.endswith(_ENDS)]
    if len(wrapped) < _WRAPPED_SHARE * len(runs) or len(in_sentence) < _OPEN_SHARE * len(wrapped):
        return 0
    return width


def _continues(left: _Line, right: _Line, width: int) -> bool:
    """Whether the break between two lines is there because the next word did not fit."""
    if left.group != right.group:
        return False
    word = right.text.split(maxsplit=1)[0]
    return len(left.text) + 1 + len(word) > width
