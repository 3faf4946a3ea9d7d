"""Marks in text: findings' spans cut into stretches, so that marks may nest and overlap."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.model import Severity


@dataclass(frozen=True, slots=True)
class Ref:
    """A finding as the text points to it: its number in the list, and where it stands."""

    number: int
    href: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's hold on the readable characters ``start`` to ``end`` of one segment."""

    start: int
    end: int
    ref: Ref
    primary: bool = True
    last: bool = True  # the finding's span ends in this segment


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; an empty text under marks is a caret."""

    text: str
    refs: tuple[Ref, ...] = ()
    primary: bool = False
    ends: tuple[Ref, ...] = ()

    @property
    def severity(self) -> Severity:
        """The worst severity among the marks."""
        return max((ref.severity for ref in self.refs), key=lambda severity: severity.rank)

    @property
    def numbers(self) -> str:
        """The findings that mark this piece, for the page's filter."""
        return " ".join(str(ref.number) for ref in self.refs)


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut the text into stretches under the same marks."""
    if not marks:
        return (Piece(text),)
    opening: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
    edges = sorted({0, len(text)}.union(*((mark.start, mark.end) for mark in marks)))
    active: list[Mark] = []
    pieces: list[Piece] = []
    for edge, following in pairwise([*edges, len(text)]):
        active = [mark for mark in active if mark.end > edge]
        points = [mark for mark in opening[edge] if mark.end <= edge]
        if points:
            pieces.append(_piece("", points, edge))
        active += (mark for mark in opening[edge] if mark.end > edge)
        if following > edge:
            pieces.append(_piece(text[edge:following], active, following))
    return tuple(pieces)


def _piece(text: str, marks: Sequence[Mark], end: int) -> Piece:
    """Make a piece under marks, with the findings whose marks end with it."""
    onward = {mark.ref for mark in marks if mark.end > end or not mark.last}
    return Piece(
        text,
        _in_order(mark.ref for mark in marks),
        any(mark.primary for mark in marks),
        _in_order(mark.ref for mark in marks if mark.ref not in onward),
    )


def _in_order(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(sorted(set(refs), key=lambda ref: ref.number))
