"""Which sentences of other documents answer a sentence: what a third text can be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from auditor.model import BeadReference, Bitext, Document, Span

Node = tuple[str, int]  # a document's id and the number of one of its segments


@dataclass(frozen=True, slots=True)
class Answers:
    """The segments of other documents that share a bead with a segment."""

    documents: Mapping[str, Document]
    bitexts: tuple[Bitext, ...]
    facing: Mapping[Node, frozenset[Node]]

    @classmethod
    def of(cls, documents: Mapping[str, Document], bitexts: tuple[Bitext, ...]) -> Answers:
        """Those of the bitexts that can be compared."""
        facing: dict[Node, set[Node]] = {}
        for bitext in bitexts:
            for bead in bitext.beads if bitext.comparable else ():
                for left, right in product(bead.left, bead.right):
                    one, other = (bitext.left, left), (bitext.right, right)
                    facing.setdefault(one, set()).add(other)
                    facing.setdefault(other, set()).add(one)
        return cls(documents, bitexts, {node: frozenset(met) for node, met in facing.items()})

    def node(self, span: Span) -> Node:
        """The segment in which a span begins."""
        return span.document, max(0, self.documents[span.document].segment_at(span.start))

    def of_nodes(self, nodes: Iterable[Node]) -> frozenset[Node]:
        """The segments that answer any of these."""
        return frozenset[Node]().union(*(self.facing.get(node, frozenset()) for node in nodes))

    def other(self, reference: BeadReference, document: str) -> str:
        """The document that faces another one in a bead."""
        bitext = self.bitexts[reference.bitext]
        return bitext.right if bitext.left == document else bitext.left

    def place(self, span: Span) -> float:
        """Where in its segment the middle of a span stands, from 0 to 1."""
        document, number = self.node(span)
        segment = self.documents[document].segments[number]
        middle = (span.start + span.end) / 2 - segment.start
        return min(1.0, max(0.0, middle / max(1, segment.end - segment.start)))
