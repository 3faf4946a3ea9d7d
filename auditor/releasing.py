"""Beads that hold a sentence too many let it go: it stands alone, as what the other side left out.

Alignment puts a sentence that one translation left out before the counterpart of its neighbour
where the two have much in common: a headline and the first sentence below it, two moves of one
match. The reader tells whether that counterpart answers both (see `auditor.links.surplus`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.align import Aligned
from auditor.encoders.base import Encoder
from auditor.links.reader import read
from auditor.links.surplus import Without, seen, surplus

# Chance from which a sentence is let go. Of 345 sentences in beads of several in the clean sets one
# reaches it, which was indeed left out; of those that were planted, 22 of 31.
_RELEASED = 0.7
_FEWEST = 4  # words: fewer are a label or a scrap

Texts = tuple[Sequence[str], Sequence[str]]
Edge = tuple[int, int]  # a side, and the place of a sentence: 0 for the first, -1 for the last


def release(
    aligned: Sequence[Aligned], texts: Texts, codes: tuple[str, str], encoder: Encoder
) -> list[Aligned]:
    """The same beads, without the sentences at their edges that nothing on the other side answers.

    ``texts``: the sentences of both documents; ``codes``: their languages. Each round lets one
    sentence of a bead go, and looks again at those that still hold several.
    """
    beads, fresh = list(aligned), set(range(len(aligned)))
    while fresh:
        surest = _surest(beads, fresh, texts, codes, encoder)
        fresh, kept = set(), list[Aligned]()
        for number, bead in enumerate(beads):
            if number in surest:
                fresh |= {len(kept), len(kept) + 1}
                kept += _parted(bead, *surest[number])
            else:
                kept.append(bead)
        beads = kept
    return beads


def _surest(
    beads: Sequence[Aligned],
    fresh: set[int],
    texts: Texts,
    codes: tuple[str, str],
    encoder: Encoder,
) -> dict[int, tuple[Edge, float]]:
    """By the numbers of beads, the sentence that is surest to be too many, and its chance."""
    found = [
        (number, edge, without)
        for number in sorted(fresh)
        for edge, without in _edges(beads[number], texts)
    ]
    wholes = read([without.texts for _, _, without in found], codes, encoder)
    rests = read([without.pair for _, _, without in found], codes, encoder)
    surest: dict[int, tuple[Edge, float]] = {}
    for (number, edge, without), whole, rest in zip(found, wholes, rests, strict=True):
        if whole is not None and rest is not None:
            chance = surplus(seen(without, whole, rest))
            if chance >= max(_RELEASED, surest.get(number, (edge, 0.0))[1]):
                surest[number] = edge, chance
    return surest


def _edges(bead: Aligned, texts: Texts) -> Iterator[tuple[Edge, Without]]:
    """The first and the last sentence of each side that has several and faces any."""
    if not (bead.left and bead.right):
        return
    sides = [
        [own[i] for i in group] for own, group in zip(texts, (bead.left, bead.right), strict=True)
    ]
    both = " ".join(sides[0]), " ".join(sides[1])
    for side, sentences in enumerate(sides):
        for place in (0, -1) if len(sentences) > 1 else ():
            length, whole = len(sentences[place]), len(both[side])
            span = (0, length) if place == 0 else (whole - length, whole)
            if len(sentences[place].split()) >= _FEWEST:
                yield (side, place), Without(both, side, span)


def _parted(bead: Aligned, edge: Edge, chance: float) -> list[Aligned]:
    """A bead without one of its sentences, and that sentence, in their order."""
    side, place = edge
    groups = [bead.left, bead.right]
    one = groups[side][place]
    groups[side] = groups[side][1:] if place == 0 else groups[side][:-1]
    alone = Aligned((one,), (), chance) if side == 0 else Aligned((), (one,), chance)
    rest = Aligned(groups[0], groups[1], chance)
    return [alone, rest] if place == 0 else [rest, alone]
