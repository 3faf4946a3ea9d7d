"""Passages for the rules that look at more than a bead, or at what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.align.moved import lonely_runs
from auditor.checks.rule import BLOCK_BREAK, Passage, Side, WordVectors
from auditor.languages import language
from auditor.model import Bead, BeadReference, Bitext, Document, Kind, View
from auditor.stamping import Place

_SURE = 0.5  # probability of a bead from which it counts

Found = Iterator[tuple[Place, Passage]]


def bitext_passages(
    documents: Mapping[str, Document], number: int, bitext: Bitext, words: WordVectors | None
) -> Found:
    """All beads with two sides that are surely aligned and no boilerplate, as one passage."""
    pair = documents[bitext.left], documents[bitext.right]
    beads = [bead for bead in bitext.beads if bead.confidence >= _SURE and _is_text(bead, *pair)]
    if beads:
        sides = (
            _whole(pair[0], [bead.left for bead in beads]),
            _whole(pair[1], [bead.right for bead in beads]),
        )
        place = Place(documents, {number: bitext})
        yield place, Passage(sides, words=words)


def _is_text(bead: Bead, left: Document, right: Document) -> bool:
    segments = [left.segments[i] for i in bead.left], [right.segments[j] for j in bead.right]
    return all(any(s.kind is not Kind.BOILERPLATE for s in side) for side in segments)


def _whole(document: Document, groups: Sequence[tuple[int, ...]]) -> Side:
    """The beads' parts of one document as one side."""
    segments = tuple(document.segments[i] for group in groups for i in group)
    views = [View.join([document.segments[i].view for i in group]) for group in groups]
    return Side(document.id, language(document.language), segments, View.join(views, BLOCK_BREAK))


def gap_passages(documents: Mapping[str, Document], number: int, bitext: Bitext) -> Found:
    """Each run of beads without a counterpart, and the segments around the place of the gap.

    What stands elsewhere in the other document is left out.
    """
    elsewhere = {("left", i) for bead in bitext.moved for i in bead.left}
    elsewhere |= {("right", j) for bead in bitext.moved for j in bead.right}
    for side, numbers in lonely_runs(bitext.beads):
        beads = [bitext.beads[n] for n in numbers]
        own = [i for bead in beads for i in (bead.left if side == "left" else bead.right)]
        if elsewhere.issuperset((side, i) for i in own):
            continue
        present, absent = _order(bitext, side)
        around = _around(bitext, numbers, side, documents[absent])
        sides = _side(documents[present], own), _side(documents[absent], around)
        confidence = sum(bead.confidence for bead in beads) / len(beads)
        place = Place(documents, {number: bitext}, BeadReference(number, numbers[0]))
        yield place, Passage(sides, 1.0, confidence)


def moved_passages(documents: Mapping[str, Document], number: int, bitext: Bitext) -> Found:
    """Each passage that stands in different places in the two documents."""
    of_segment = {i: n for n, bead in enumerate(bitext.beads) for i in bead.left}
    for bead in bitext.moved:
        sides = (
            _side(documents[bitext.left], bead.left),
            _side(documents[bitext.right], bead.right),
        )
        reference = BeadReference(number, of_segment[bead.left[0]])
        place = Place(documents, {number: bitext}, reference)
        yield place, Passage(sides, bead.drift, bead.confidence)


def _order(bitext: Bitext, side: str) -> tuple[str, str]:
    both = bitext.left, bitext.right
    return both if side == "left" else both[::-1]


def _around(bitext: Bitext, numbers: Sequence[int], side: str, absent: Document) -> list[int]:
    """The segment before the gap and the one behind it; boilerplate is passed over."""

    def other(bead: Bead) -> tuple[int, ...]:
        indices = bead.right if side == "left" else bead.left
        return tuple(i for i in indices if absent.segments[i].kind is not Kind.BOILERPLATE)

    before = next((other(b)[-1:] for b in reversed(bitext.beads[: numbers[0]]) if other(b)), ())
    behind = next((other(b)[:1] for b in bitext.beads[numbers[-1] + 1 :] if other(b)), ())
    return [*before, *behind]


def _side(document: Document, indices: Sequence[int]) -> Side:
    segments = tuple(document.segments[i] for i in indices)
    view = View.join([segment.view for segment in segments]) if segments else View.plain("")
    return Side(document.id, language(document.language), segments, view)
