"""A list item or a heading of one translation is none in the other, or has another number or level.

A step whose number changed is not found again, an item without its mark runs into the one above it,
and a heading of another level moves whole parts of a page. Pipelines lose such marks where they
translate line by line.

Compared are the beginnings of blocks: what Markdown or HTML makes of them (item, numbered item,
heading and its level, cell of a table), and in plain text the bullet or the number that an item
begins with. An item or a cell counts as lost only beside one that both translations have, a heading
where both have two others, a number as wrong where that of the item before it was right, and the
level of a heading where those of two others and of most agree.

What counts as equal: another bullet; levels that are all higher by the same.

Limits: numbers of items that HTML leaves to the browser are not known, and those of plain text are
compared as any other number. A list that one translation has as running text from beginning to
end is not reported, nor is a text whose translation has another format.

Authority: MQM-Core, design and markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.checks.rule import BLOCK_BREAK, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity

_BULLET = re.compile(r"[•▪◦‣*·-][ \t\N{NO-BREAK SPACE}]{1,3}(?=\S)")
_NUMBER = re.compile(r"\d{1,3}[.)][ \t\N{NO-BREAK SPACE}]{1,3}(?=\S)")
_SHOWN = 40  # characters that a mark shows of a block
_AGREEING = 2  # headings that tell how the levels of two documents correspond
_PARTS = frozenset({"item", "cell"})


@dataclass(frozen=True, slots=True)
class _Start:
    """The beginning of a block: what it is ("item"), its number or level, and where it stands.

    ``kind`` is empty where a bead begins within a block or nothing is known of it.
    """

    kind: str
    number: int | None
    place: tuple[int, int]


_Pair = tuple[_Start, _Start]


def check(passage: Passage) -> Iterator[Hit]:
    """Compare the beginnings of the blocks that translate one another."""
    if len(passage.sides) < 2:
        return
    sides = [list(_starts(side)) for side in passage.sides]
    if len(sides[0]) != len(sides[1]):
        return
    pairs = list(zip(*sides, strict=True))
    headed = sum(one.kind == other.kind == "heading" for one, other in pairs) >= _AGREEING
    for number, pair in enumerate(pairs):
        near = [*pairs[max(0, number - 1) : number], *pairs[number + 1 : number + 2]]
        kinds = {one.kind for one in pair}
        if (headed and kinds == {"heading", "text"}) or _is_lost(pair, near):
            yield _hit(passage, pair, 0.75)
    yield from (_hit(passage, pair, 0.85) for pair in _renumbered(pairs))
    yield from (_hit(passage, pair, 0.7) for pair in _other_levels(pairs))


def _is_lost(pair: _Pair, near: Sequence[_Pair]) -> bool:
    """Whether an item or a cell has lost its mark: one beside it has it on both sides."""
    one, other = pair
    lost = {one.kind, other.kind} & _PARTS if one.kind != other.kind else set()
    if not (one.kind and other.kind):
        return False
    return any(a.kind == b.kind and a.kind in lost for a, b in near)


def _renumbered(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Numbered items whose numbers differ, where those of the item before did not."""
    numbered = [
        (one, other)
        for one, other in pairs
        if one.kind == other.kind == "item" and one.number is not None and other.number is not None
    ]
    for before, (one, other) in pairwise(numbered):
        if before[0].number == before[1].number and one.number != other.number:
            yield one, other


def _other_levels(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Headings whose levels do not correspond as those of the others do."""
    headings = [pair for pair in pairs if {one.kind for one in pair} == {"heading"}]
    steps = [(one.number or 0) - (other.number or 0) for one, other in headings]
    if not steps:
        return
    usual, count = Counter(steps).most_common(1)[0]
    if count >= max(_AGREEING, len(steps) / 2):
        yield from (pair for pair, step in zip(headings, steps, strict=True) if step != usual)


def _starts(side: Side) -> Iterator[_Start]:
    """What each part of a side begins with; without segments, its lines are plain text."""
    segments = iter(side.segments)
    position, block = 0, -1
    for part in side.text.split(BLOCK_BREAK):
        place = position, position + min(len(part), _SHOWN)
        position += len(part) + 1
        taken, shape, first = 0, "", True
        while side.segments and taken <= len(part):
            segment = next(segments, None)
            if segment is None:
                break
            if not taken:
                shape, first = segment.shape, segment.block != block
            block = segment.block
            taken += len(segment.view.text) + 1
        yield _start(shape, part, place) if first else _Start("", None, place)


def _start(shape: str, text: str, place: tuple[int, int]) -> _Start:
    """The beginning of a block, by its shape or, in plain text, by its first sign."""
    if shape:
        kind, _, number = shape.partition(" ")
        return _Start(kind, int(number) if number else None, place)
    if found := _BULLET.match(text) or _NUMBER.match(text):
        return _Start("item", None, (place[0], max(place[0] + found.end(), place[0] + 1)))
    return _Start("line", None, place)


def _hit(passage: Passage, pair: _Pair, confidence: float) -> Hit:
    names = [side.language.name for side in passage.sides]
    said = [_said(one) for one in pair]
    return Hit(
        marks=tuple(Mark(side, *one.place) for side, one in enumerate(pair)),
        message=f"{said[0].capitalize()} in the {names[0]} is {said[1]} in the {names[1]}.",
        confidence=confidence,
        evidence={"left": said[0], "right": said[1]},
    )


def _said(start: _Start) -> str:
    """A beginning in words."""
    if start.kind == "heading":
        return f"a heading of level {start.number}"
    if start.kind == "item":
        return "an item of a list" if start.number is None else f"item {start.number} of a list"
    return {"cell": "a cell of a table"}.get(start.kind, "a paragraph")


RULE = Rule(
    slug="structure-mismatch",
    category="design/markup",
    severity=Severity.MINOR,
    scope=Scope.BITEXT,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {
                "fr": "• Le quai nord\n• Le quai sud\n• Le phare",
                "de": "- Der Nordkai\n- Der Südkai\n- Der Leuchtturm",
            }
        ),
        Example(
            {
                "fr": "Au programme :\n• Visite du phare\n• Repas",
                "de": "Auf dem Programm:\n– Besuch des Leuchtturms\n– Essen",
            }
        ),
        Example(
            {
                "fr": "• Le quai nord\n• Le quai sud\n• Le phare",
                "de": "• Der Nordkai\nDer Südkai\n• Der Leuchtturm",
            },
            ("• ", "Der Südkai"),
        ),
    ),
)
