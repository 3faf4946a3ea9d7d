"""The words of an audit's beads that answer to one another, where the encoder knows words."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.align.words import links
from auditor.encoders.base import Encoder, WordEncoder
from auditor.model import Audit, Document

MOST_BEADS = 3_000  # of one bitext, from its start: more would take longer than the audit itself


def word_links(audit: Audit, encoder: Encoder) -> dict[tuple[int, int], str]:
    """Links by number of the bitext and of the bead; none where the encoder knows no words."""
    if not isinstance(encoder, WordEncoder):
        return {}
    documents = {document.id: document for document in audit.documents}
    found: dict[tuple[int, int], str] = {}
    for number, bitext in enumerate(audit.bitexts):
        left, right = documents[bitext.left], documents[bitext.right]
        for place, bead in enumerate(bitext.beads[:MOST_BEADS]):
            one, other = _text(left, bead.left), _text(right, bead.right)
            pairs = _links(one, other, encoder) if one and other else ""
            if pairs:
                found[number, place] = pairs
    return found


def _links(one: str, other: str, encoder: WordEncoder) -> str:
    ours, theirs = encoder.token_vectors(one), encoder.token_vectors(other)
    return links(one, other, (ours.spans, ours.vectors), (theirs.spans, theirs.vectors))


def _text(document: Document, indices: Sequence[int]) -> str:
    return " ".join(document.segments[index].view.text for index in indices)
