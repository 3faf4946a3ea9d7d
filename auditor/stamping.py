"""Stamping: from a hit in readable text to a finding in the raw text, named after its rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.checks.rule import Hit, Mark, Passage, Rule, Side
from auditor.model import BeadReference, Bitext, Document, Finding, Role, Severity, Span

# Secondary spans show where to look; those of a huge passage are cut to this many characters.
_LONGEST_SECONDARY = 2_000
# Confidence of the alignment below which a finding about two sides is never more than minor.
_SHAKY = 0.5


@dataclass(slots=True)
class Seen:
    """What fingerprints need to know of those before: how often each came, digests of the beads."""

    counts: dict[str, int] = field(default_factory=dict)
    digests: dict[BeadReference, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage comes from: its documents, the bitexts by number, and its bead if any."""

    documents: Mapping[str, Document]
    bitexts: Mapping[int, Bitext]
    bead: BeadReference | None = None


def bead_index(bitexts: Mapping[int, Bitext]) -> dict[tuple[str, int], BeadReference]:
    """The first bead that holds each segment, by document id and segment number."""
    index: dict[tuple[str, int], BeadReference] = {}
    for number, bitext in bitexts.items():
        for position, bead in enumerate(bitext.beads):
            reference = BeadReference(number, position)
            for document, indices in ((bitext.left, bead.left), (bitext.right, bead.right)):
                for segment in indices:
                    index.setdefault((document, segment), reference)
    return index


def settled(place: Place, passage: Passage, hit: Hit) -> Place:
    """The place with its bead: for a passage of many beads that in which the first mark begins."""
    if place.bead is not None:
        return place
    (number, bitext), *_ = place.bitexts.items()
    side = passage.sides[hit.marks[0].side]
    segment = _segment(place.documents[side.document], side, hit)
    index = next(
        n
        for n, bead in enumerate(bitext.beads)
        if segment in (bead.left if side.document == bitext.left else bead.right)
    )
    return replace(place, bead=BeadReference(number, index))


def locate(
    document: Document,
    passage: Passage,
    hit: Hit,
    index: Mapping[tuple[str, int], BeadReference],
) -> BeadReference | None:
    """The bead in which the first mark of a hit on one document, or a part of it, begins."""
    return index.get((document.id, _segment(document, passage.sides[0], hit)))


def _segment(document: Document, side: Side, hit: Hit) -> int:
    """The number of the segment in which the first mark of a hit begins."""
    return document.segment_at(side.view.starts[hit.marks[0].start])


def stamp(
    rule: Rule,
    hit: Hit,
    passage: Passage,
    place: Place,
    seen: Seen,
    *,
    alone: bool = False,
) -> Finding:
    """Make a finding of a hit; ``seen`` counts equal fingerprints, so that each is unique.

    ``alone`` says that the check looked at one document only: the other side of the bead then
    comes in as a secondary span.
    """
    spans = list(_spans(hit.marks, passage, place.documents))
    shaky = len(passage.sides) > 1 and passage.confidence < _SHAKY and not hit.whole
    severity = hit.severity or rule.severity
    if alone and place.bead:
        spans += _counterpart(spans[0], place.bead, place)
    suspect = _suspect(hit, passage, place)
    return Finding(
        rule=rule.slug,
        category=rule.category,
        # What was put together wrongly by the alignment is no fault of the translation.
        severity=min(severity, Severity.MINOR, key=_rank) if shaky else severity,
        confidence=round(hit.confidence * passage.confidence, 3) if shaky else hit.confidence,
        suspect=suspect,
        message=_message(hit, passage, suspect),
        fingerprint=_fingerprint(rule, spans, place, seen),
        spans=tuple(spans),
        bead=place.bead,
        evidence=hit.evidence,
    )


def _rank(severity: Severity) -> int:
    return severity.rank


def _suspect(hit: Hit, passage: Passage, place: Place) -> str | None:
    """Whom the hit blames; where it does not say, the translation that faces a given text."""
    if hit.suspect is not None:
        return passage.sides[hit.suspect].document
    translations = [
        side.document
        for side in passage.sides
        if place.documents[side.document].role is Role.TRANSLATION
    ]
    return translations[0] if len(translations) < len(passage.sides) else None


def _message(hit: Hit, passage: Passage, suspect: str | None) -> str:
    """What the hit says, the more definite where it is known whom to blame."""
    if hit.blaming is None or suspect is None:
        return hit.message
    return hit.blaming[[side.document for side in passage.sides].index(suspect)]


def _spans(
    marks: Sequence[Mark], passage: Passage, documents: Mapping[str, Document]
) -> Iterator[Span]:
    """The marks as spans of the raw text, the primary ones first; empty marks vanish."""
    for mark in sorted(marks, key=lambda mark: not mark.primary):
        side = passage.sides[mark.side]
        if mark.start < mark.end:
            last = mark.end if mark.primary else min(mark.end, mark.start + _LONGEST_SECONDARY)
            start, end = side.view.raw_span(mark.start, last)
            raw = documents[side.document].raw
            yield Span(side.document, start, end, raw[start:end], mark.primary)


def _counterpart(span: Span, reference: BeadReference, place: Place) -> list[Span]:
    """The other side of a bead as a secondary span, for a hit that looked at one document only."""
    bitext = place.bitexts[reference.bitext]
    bead = bitext.beads[reference.index]
    ours = bitext.left == span.document
    other = place.documents[bitext.right if ours else bitext.left]
    indices = bead.right if ours else bead.left
    if not indices:
        return []
    start = other.segments[indices[0]].start
    end = min(other.segments[indices[-1]].end, start + _LONGEST_SECONDARY)
    return [Span(other.id, start, end, other.raw[start:end], primary=False)]


def _fingerprint(rule: Rule, spans: Sequence[Span], place: Place, seen: Seen) -> str:
    """Rule, normalised texts of the bead, marked text, and ordinal among equals.

    No line and no score goes in, so that it survives edits elsewhere in the file; and no order, so
    that it is the same whichever document is named first.
    """
    marked = sorted(span.text for span in spans if span.primary)
    parts = [rule.slug, _bead_digest(place, seen), *marked]
    base = "\N{INFORMATION SEPARATOR ONE}".join(" ".join(part.split()) for part in parts)
    ordinal = seen.counts[base] = seen.counts.get(base, 0) + 1
    return hashlib.sha256(f"{base}\N{INFORMATION SEPARATOR TWO}{ordinal}".encode()).hexdigest()[:16]


def _bead_digest(place: Place, seen: Seen) -> str:
    """Stands for the texts of a bead, which may be long and have many findings."""
    if place.bead is None:
        return ""
    if place.bead not in seen.digests:
        texts = " ".join("\n".join(sorted(_bead_texts(place))).split())
        seen.digests[place.bead] = hashlib.sha256(texts.encode()).hexdigest()
    return seen.digests[place.bead]


def _bead_texts(place: Place) -> list[str]:
    if place.bead is None:
        return []
    bitext = place.bitexts[place.bead.bitext]
    bead = bitext.beads[place.bead.index]
    sides = ((bitext.left, bead.left), (bitext.right, bead.right))
    return [
        " ".join(place.documents[document].segments[i].text for i in indices)
        for document, indices in sides
    ]
