"""The nouns of the auditor: frozen values that every floor shares.

Offsets are code points in a document's decoded raw text, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Severity(StrEnum):
    """MQM's severities, mildest first."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Place in the order of severities: 0 for neutral to 3 for critical."""
        return list(Severity).index(self)

    @property
    def milder(self) -> Severity:
        """One step less grave; what is critical stays so."""
        return {Severity.MAJOR: Severity.MINOR, Severity.MINOR: Severity.NEUTRAL}.get(self, self)


class Kind(StrEnum):
    """What a segment is for in its document."""

    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Role(StrEnum):
    """What a document is to the audit."""

    TRANSLATION = "translation"
    SOURCE = "source"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class View:
    """Readable text, and where each of its characters stands in the raw text.

    Markup hides characters and an entity makes one character of many, so character ``i`` of
    ``text`` came from raw offsets ``starts[i]`` to ``ends[i]``. For plain text both are ranges,
    which cost nothing.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def plain(cls, raw: str, start: int = 0, end: int | None = None) -> Self:
        """The view of a stretch of raw text that hides nothing."""
        stop = len(raw) if end is None else end
        return cls(raw[start:stop], range(start, stop), range(start + 1, stop + 1))

    def slice(self, start: int, end: int) -> View:
        """The view of the readable characters ``start`` to ``end``."""
        return View(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def stripped(self) -> View:
        """The same view without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the readable characters ``start`` to ``end`` (at least one)."""
        return self.starts[start], self.ends[end - 1]

    @staticmethod
    def join(views: Sequence[View], separator: str = " ") -> View:
        """One view of several in a row; a separator stands on the raw gap between two of them."""
        if len(views) == 1:
            return views[0]
        starts: list[int] = []
        ends: list[int] = []
        for position, view in enumerate(views):
            if position:
                gap = (ends[-1], view.starts[0] if view.text else ends[-1])
                starts += [gap[0]] * len(separator)
                ends += [max(gap)] * len(separator)
            starts += view.starts
            ends += view.ends
        return View(separator.join(view.text for view in views), tuple(starts), tuple(ends))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or label, as the document's own layout sets it apart."""

    view: View
    kind: Kind
    shape: str = ""  # what the markup makes of it: see `Segment`


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: its span in the raw text, and the readable view of it.

    ``shape`` is what the markup makes of its block: "heading 2", "item", "item 3", "cell", or
    "text" for anything else; empty where there is no markup.
    """

    start: int
    end: int
    text: str
    block: int
    kind: Kind
    view: View
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read."""

    id: str
    language: str
    path: str
    sha256: str
    role: Role
    raw: str
    segments: tuple[Segment, ...]
    notices: tuple[str, ...] = ()

    def segment_at(self, offset: int) -> int:
        """The number of the segment that begins at an offset of the raw text or last before it."""
        return bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several texts end to end: evidence below the level of sentences.

    ``numbers`` (tokens): rows of ``vectors`` (distinct, dimension), which are of length 1;
    ``masses`` (distinct): how much each token matters; ``starts`` (texts + 1): where the tokens
    of each text begin.
    """

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    vectors: NDArray[np.float32]
    masses: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How similarity becomes drift: ``sigmoid(slope * similarity + intercept)``."""

    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that translate one another, by index; either side may be empty.

    ``confidence``: how probable it is that exactly these belong together.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    similarity: float
    drift: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents (by id) and their beads.

    ``moved``: passages that have no counterpart in their place, but in another.
    """

    left: str
    right: str
    comparable: bool
    comparability: float
    reason: str
    beads: tuple[Bead, ...]
    moved: tuple[Bead, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one document; ``text`` is the raw text between ``start`` and ``end``."""

    document: str
    start: int
    end: int
    text: str
    primary: bool


@dataclass(frozen=True, slots=True)
class BeadReference:
    """Which bead of which bitext a finding belongs to."""

    bitext: int
    index: int


Evidence = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit stamped with its rule."""

    rule: str
    category: str
    severity: Severity
    confidence: float
    suspect: str | None
    message: str
    fingerprint: str
    spans: tuple[Span, ...]
    bead: BeadReference | None
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a document that is no finding but worth a word, and where it stands."""

    document: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class MetricScore:
    """What a metric gives a document, with the signature that makes it comparable."""

    name: str
    score: float
    signature: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and scores of an audit; ``metrics`` by document, where there is a reference."""

    findings: Mapping[Severity, int]
    mean_drift: float | None
    mqm_profile: str
    mqm_score: Mapping[str, float]
    metrics: Mapping[str, tuple[MetricScore, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audit:
    """All that an audit found, and the signature of the run."""

    signature: str
    documents: tuple[Document, ...]
    bitexts: tuple[Bitext, ...]
    findings: tuple[Finding, ...]
    summary: Summary
