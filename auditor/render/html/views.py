"""What the templates read: frozen values, all text plain and yet to be escaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.model import Kind, Severity
    from auditor.render.html.charts import Histogram, Scatter, Strip
    from auditor.render.html.marks import Piece, Ref
    from auditor.render.html.words import Phrase


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document's facts."""

    id: str
    label: str
    language: str
    path: str
    sha256: str
    role: str
    segments: int
    notices: tuple[str, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one block."""

    kind: Kind
    sentences: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a bead; no paragraphs means that it has no counterpart here."""

    document: DocumentView
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead in the bitext; ``links`` are its word links, for the page's script."""

    id: str
    number: int
    left: Side
    right: Side
    drift: str
    step: int
    high: bool
    boilerplate: bool
    refs: tuple[Ref, ...]
    links: str = ""


@dataclass(frozen=True, slots=True)
class BitextView:
    """Two documents side by side."""

    id: str
    left: DocumentView
    right: DocumentView
    comparable: bool
    comparability: str
    reason: str
    mean_drift: str
    rows: tuple[Row, ...]
    linked: bool
    strip: Strip | None
    histogram: Histogram | None
    scatter: Scatter | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one document says where a finding is; the place is a line and a column."""

    document: DocumentView
    runs: tuple[tuple[tuple[Piece, ...], ...], ...]
    hidden_sentences: int
    place: tuple[int, int] | None
    suspect: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in the list; ``alike`` is how many there are like it, itself among them."""

    ref: Ref
    id: str
    rule: str
    rule_title: str  # in the page's language, where that is not the message's
    rule_href: str
    category: Phrase
    confidence: str
    suspect: str
    message: str
    bead_href: str
    bead_number: int
    bead_bitext: str
    quotations: tuple[Quotation, ...]
    evidence: tuple[tuple[Phrase, str], ...]
    alike: int
    leader: Ref | None


@dataclass(frozen=True, slots=True)
class RuleExample:
    """Texts by language code, and what the rule marks in them, if anything."""

    texts: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a rule is about, for the reader of its findings; paragraphs in tags and texts."""

    id: str
    slug: str
    category: Phrase
    severity: Severity
    title: Phrase
    count: int
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]
    examples: tuple[RuleExample, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: Phrase
    count: int
