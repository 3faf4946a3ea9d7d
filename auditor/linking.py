"""Two documents held against each other: translations, versions, copies, or strangers.

``comparability`` tells how much of two documents says the same. Whoever names two documents takes
them for translations; here many are tried, so that more is asked for: two thirds of both texts or,
where a translation was cut, a beginning or an end without gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from auditor.align import Comparability, Lines
from auditor.align.lines import Floats
from auditor.auditing import counted, matched
from auditor.encoders.base import Encoder
from auditor.model import Bead, Document

# A link: the share of both texts that says the same, on average; strangers that follow one template
# stay below (scripts/evaluate_pairing.py).
_WHOLE = 0.65
# A translation that was cut: within one stretch of both texts as much says the same; the stretch is
# nearly all of the cut text, and of the other no mere excerpt, but its beginning or its end.
_WITHOUT_GAP, _NO_EXCERPT, _AT_AN_END = 0.75, 0.25, 0.15
_DENSE = 0.35  # probability of the same meaning above which a bead lengthens a stretch
# Sentences that are the same character by character, as a share of a text: no translation.
_COPIED, _LONG_ENOUGH = 0.65, 20


class Verdict(StrEnum):
    """What two documents are to each other."""

    TRANSLATION = "translation"
    COPY = "copy"  # the same sentences, character by character
    VERSION = "version"  # says the same in the same language
    PASSAGES = "passages"  # some passages say the same
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents held against each other, and the evidence."""

    left: Document
    right: Document
    left_share: float
    right_share: float
    similarity: float  # mean over the beads with two sides, weighted by their length
    verdict: Verdict

    @property
    def same_language(self) -> bool:
        """Whether the two can't be translations of one another."""
        return self.left.language == self.right.language

    @property
    def comparability(self) -> float:
        """The share of the better covered document."""
        return max(self.left_share, self.right_share)

    @property
    def strength(self) -> float:
        """The share of both documents: of two links the stronger one is the better."""
        return (self.left_share + self.right_share) / 2

    def seen_from(self, document: Document) -> Link:
        """The same link with a document on the left."""
        if self.left.path == document.path:
            return self
        return replace(
            self,
            left=self.right,
            right=self.left,
            left_share=self.right_share,
            right_share=self.left_share,
        )


def link(left: Document, right: Document, lines: Mapping[str, Lines], encoder: Encoder) -> Link:
    """Align two documents and judge them by their beads; ``lines`` by id."""
    beads, shares = matched(left, right, lines, encoder)
    weights = [_weights(document) for document in (left, right)]
    sizes = np.array([_size(bead, weights) for bead in beads])
    two_sided = np.array([bool(bead.left and bead.right) for bead in beads])
    similarities = np.array([bead.similarity for bead in beads])
    total = float((sizes * two_sided).sum())
    similarity = float((sizes * two_sided * similarities).sum()) / total if total else 0.0
    verdict = _verdict(left, right, shares, _cover(beads, sizes, weights))
    return Link(left, right, shares.left_share, shares.right_share, similarity, verdict)


def _verdict(
    left: Document, right: Document, shares: Comparability, covers: Sequence[_Cover]
) -> Verdict:
    strength = (shares.left_share + shares.right_share) / 2
    if left.language == right.language:
        return Verdict.VERSION if strength >= _WHOLE else _unlike(shares)
    if max(_copied(left, right), _copied(right, left)) >= _COPIED:
        return Verdict.COPY
    if shares.comparable and (strength >= _WHOLE or _is_cut(shares, covers)):
        return Verdict.TRANSLATION
    return _unlike(shares)


def _unlike(shares: Comparability) -> Verdict:
    return Verdict.PASSAGES if shares.comparable else Verdict.STRANGERS


def _copied(left: Document, right: Document) -> float:
    """The share of the left text's longer sentences that the right one holds as they are."""
    theirs = {" ".join(segment.view.text.split()) for segment in right.segments}
    ours = [" ".join(segment.view.text.split()) for segment in left.segments]
    longer = [text for text in ours if len(text) >= _LONG_ENOUGH]
    total = sum(map(len, longer))
    return sum(len(text) for text in longer if text in theirs) / total if total else 0.0


# --- a translation that was cut ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cover:
    """The stretch of a text that the densest run of beads covers, as shares of its length."""

    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


def _is_cut(shares: Comparability, covers: Sequence[_Cover]) -> bool:
    """Whether one document translates the beginning or the end of the other, without a gap."""
    left, right = covers
    short, long = (left, right) if left.length >= right.length else (right, left)
    if short.length < _WITHOUT_GAP or long.length < _NO_EXCERPT:
        return False
    if long.start > _AT_AN_END and long.end < 1 - _AT_AN_END:
        return False
    return (shares.left_share / left.length + shares.right_share / right.length) / 2 >= _WHOLE


def _cover(
    beads: Sequence[Bead], sizes: Floats, weights: Sequence[Floats]
) -> tuple[_Cover, _Cover]:
    same = np.array([1 - bead.drift if bead.left and bead.right else 0.0 for bead in beads])
    first, last = _densest(sizes * (same - _DENSE))
    left, right = (
        _stretch([getattr(bead, side) for bead in beads], first, last, own)
        for side, own in zip(("left", "right"), weights, strict=True)
    )
    return left, right


def _stretch(sides: Sequence[tuple[int, ...]], first: int, last: int, weights: Floats) -> _Cover:
    """What some beads cover of one document; beads hold each of its segments once, in order."""
    before = sum(len(side) for side in sides[:first])
    inside = sum(len(side) for side in sides[first:last])
    total = max(float(weights.sum()), 1.0)
    start = float(weights[:before].sum()) / total
    return _Cover(start, start + float(weights[before : before + inside].sum()) / total)


def _densest(gains: Floats) -> tuple[int, int]:
    """The stretch with the largest sum (Kadane), half-open; an empty one where none is positive."""
    best = (0.0, 0, 0)
    gained, start = 0.0, 0
    for place, gain in enumerate(gains.tolist()):
        if gained <= 0:
            gained, start = 0.0, place
        gained += gain
        if gained > best[0]:
            best = (gained, start, place + 1)
    return best[1], best[2]


def _weights(document: Document) -> Floats:
    """The characters of each segment that counts."""
    lengths = np.array([float(max(1, len(s.view.text))) for s in document.segments])
    weighted: Floats = lengths * counted(document)
    return weighted


def _size(bead: Bead, weights: Sequence[Floats]) -> float:
    return float(weights[0][list(bead.left)].sum() + weights[1][list(bead.right)].sum())
