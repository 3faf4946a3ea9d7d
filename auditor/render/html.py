"""The HTML report: one self-contained page, safe to open wherever it came from.

Article text goes into the page as escaped text alone. The page's own style and script are
allowed by their hashes, and nothing else may load or run: see the policy in ``report.html.j2``.
The work is linear in beads and findings: spans find their segments by bisection, and every
other lookup is by key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.languages import codes, language
from auditor.model import Kind, Role, Severity
from auditor.render.positions import Lines, SegmentFinder, view_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.model import Audit, Bead, Bitext, Document, Finding, Segment, Span

_WORST_FIRST = tuple(reversed(Severity))
_BARS = 400  # more would be too thin to see or to hit: then one bar stands for several beads
_QUOTED_SENTENCES = 12  # on one side of one finding
_QUOTED_CONTEXT = 400  # characters at each end of a long stretch without marks
_METER_STEPS = 20  # the classes d0 to d20 in report.css
_SCORE_GAP = 1.0  # points of MQM score below which no text "looks worse"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


# What the templates read --------------------------------------------------------------------


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
    """A bead in the bitext."""

    id: str
    number: int
    left: Side
    right: Side
    drift: str
    step: int
    high: bool
    boilerplate: bool
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the strip chart; all measures in its own units, 100 high."""

    x: int
    y: float
    height: float
    href: str
    label: str
    style: str
    pips: tuple[int, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Drift along the article."""

    width: int
    bars: tuple[Bar, ...]
    beads: int
    beads_per_bar: int


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
    chart: Chart | None


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
class Quotation:
    """What one document says where a finding is."""

    document: DocumentView
    runs: tuple[tuple[tuple[Piece, ...], ...], ...]
    hidden_sentences: int
    place: str
    suspect: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in the list."""

    ref: Ref
    id: str
    rule: str
    category: str
    confidence: str
    suspect: str
    message: str
    bead_href: str
    bead_number: int
    bead_bitext: str
    quotations: tuple[Quotation, ...]
    evidence: tuple[tuple[str, str], ...]


# Marks in text --------------------------------------------------------------------------------


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut the text into stretches under the same marks, so that marks may nest and overlap."""
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


class _Text:
    """A document's segments, and the findings' marks on them."""

    def __init__(self, document: Document, facts: DocumentView) -> None:
        self.facts = facts
        self.segments = document.segments
        self._lines = Lines(document.raw)
        self._finder = SegmentFinder(document.segments)
        self._marks: defaultdict[int, list[tuple[int | None, Mark]]] = defaultdict(list)

    def marks(self, span: Span, ref: Ref) -> Iterator[tuple[int, Mark]]:
        """Yield the marks that a span makes, each with the index of its segment."""
        touched = self._finder.touched(span.start, span.end)
        for index in touched:
            low, high = view_range(self.segments[index].view, span.start, span.end)
            yield index, Mark(low, high, ref, span.primary, index == touched[-1])

    def mark(self, span: Span, ref: Ref, bitext: int | None) -> None:
        """Keep a span's marks for the display of the text."""
        for index, mark in self.marks(span, ref):
            self._marks[index].append((bitext, mark))

    def place(self, span: Span) -> str:
        """Where a span begins, in words."""
        line, column = self._lines.place(span.start)
        return f"line {line}, column {column}"

    def paragraphs(
        self, indices: Iterable[int], bitext: int | None = None
    ) -> tuple[Paragraph, ...]:
        """Segments by block, under the marks of one bitext's findings (all, where None)."""
        blocks = groupby(indices, key=lambda index: self.segments[index].block)
        return tuple(self._paragraph(tuple(block), bitext) for _, block in blocks)

    def _paragraph(self, indices: Sequence[int], bitext: int | None) -> Paragraph:
        sentences = tuple(
            cut(self.segments[index].view.text, self._marks_of(index, bitext)) for index in indices
        )
        return Paragraph(self.segments[indices[0]].kind, sentences)

    def _marks_of(self, index: int, bitext: int | None) -> list[Mark]:
        return [
            mark
            for owner, mark in self._marks.get(index, ())
            if bitext is None or owner is None or owner == bitext
        ]


# Parts of the page ----------------------------------------------------------------------------


def _number(value: float | None, digits: int = 2) -> str:
    return "not measured" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _label(document: Document, audit: Audit) -> str:
    """Name a document's language, with its id where that alone is ambiguous."""
    code = document.language
    name = language(code).name if code in codes() else code
    return name if _alone(document, audit) else f"{name} ({document.id})"


def _alone(document: Document, audit: Audit) -> bool:
    return sum(other.language == document.language for other in audit.documents) == 1


def _facts(document: Document, audit: Audit) -> DocumentView:
    score = audit.summary.mqm_score.get(document.id)
    return DocumentView(
        id=document.id,
        label=_label(document, audit),
        language=document.language,
        path=document.path,
        sha256=document.sha256[:12],
        role="" if document.role is Role.TRANSLATION else document.role.value,
        segments=len(document.segments),
        notices=document.notices,
        score="" if score is None else _number(score, 1),
    )


def _ranked(audit: Audit) -> list[Finding]:
    """Order the findings: worst first, then the surest, then in the order of the text."""

    def key(finding: Finding) -> tuple[int, float, int, int]:
        bead = finding.bead
        place = (bead.bitext, bead.index) if bead else (len(audit.bitexts), 0)
        return -finding.severity.rank, -finding.confidence, *place

    return sorted(audit.findings, key=key)


class _Report:
    """Everything that is looked up while the page is put together."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.findings = _ranked(audit)
        self.refs = [
            Ref(number, "#" + quote(finding.fingerprint, safe=""), finding.severity)
            for number, finding in enumerate(self.findings, 1)
        ]
        self.texts = {
            document.id: _Text(document, _facts(document, audit)) for document in audit.documents
        }
        self.refs_of_bead: defaultdict[tuple[int, int], list[Ref]] = defaultdict(list)
        for finding, ref in zip(self.findings, self.refs, strict=True):
            self._register(finding, ref)

    def _register(self, finding: Finding, ref: Ref) -> None:
        bead = finding.bead
        if bead:
            self.refs_of_bead[bead.bitext, bead.index].append(ref)
        for span in finding.spans:
            if span.document in self.texts:
                self.texts[span.document].mark(span, ref, bead.bitext if bead else None)

    def bead(self, finding: Finding) -> tuple[Bitext, Bead] | None:
        """Look up the bead of a finding, with its bitext."""
        if finding.bead is None:
            return None
        bitext = self.audit.bitexts[finding.bead.bitext]
        return bitext, bitext.beads[finding.bead.index]

    def bitext(self, index: int) -> BitextView:
        """One bitext, ready for the page."""
        bitext = self.audit.bitexts[index]
        rows = tuple(self._row(index, number) for number in range(len(bitext.beads)))
        drifts = [bead.drift for bead in bitext.beads if not math.isnan(bead.drift)]
        return BitextView(
            id=f"bitext-{index + 1}",
            left=self.texts[bitext.left].facts,
            right=self.texts[bitext.right].facts,
            comparable=bitext.comparable,
            comparability=_number(bitext.comparability),
            reason=bitext.reason,
            mean_drift=_number(sum(drifts) / len(drifts) if drifts else None),
            rows=rows,
            chart=_chart(bitext.beads, rows) if rows else None,
        )

    def _row(self, bitext: int, number: int) -> Row:
        pair = self.audit.bitexts[bitext]
        bead = pair.beads[number]
        left, right = self.texts[pair.left], self.texts[pair.right]
        kinds = [left.segments[index].kind for index in bead.left]
        kinds += [right.segments[index].kind for index in bead.right]
        return Row(
            id=_bead_id(bitext, number),
            number=number + 1,
            left=Side(left.facts, left.paragraphs(bead.left, bitext)),
            right=Side(right.facts, right.paragraphs(bead.right, bitext)),
            drift=_number(bead.drift),
            step=round(_share(bead.drift) * _METER_STEPS),
            high=bead.drift >= 0.5,
            boilerplate=all(kind is Kind.BOILERPLATE for kind in kinds),
            refs=tuple(self.refs_of_bead.get((bitext, number), ())),
        )

    def finding(self, finding: Finding, ref: Ref) -> FindingView:
        """One finding, ready for the page."""
        bead = finding.bead
        suspect = self.texts.get(finding.suspect or "")
        return FindingView(
            ref=ref,
            id=finding.fingerprint,
            rule=finding.rule,
            category=finding.category,
            confidence=f"{finding.confidence:.0%}",
            suspect=suspect.facts.label if suspect else finding.suspect or "",
            message=finding.message,
            bead_href="#" + _bead_id(bead.bitext, bead.index) if bead else "",
            bead_number=bead.index + 1 if bead else 0,
            bead_bitext=self._bitext_label(bead.bitext) if bead else "",
            quotations=tuple(self._quotations(finding, ref)),
            evidence=tuple((key, _plain(value)) for key, value in finding.evidence.items()),
        )

    def _bitext_label(self, index: int) -> str:
        """Names the bitext where there are several."""
        if len(self.audit.bitexts) == 1:
            return ""
        pair = self.audit.bitexts[index]
        return f"{self.texts[pair.left].facts.label} – {self.texts[pair.right].facts.label}"

    def _quotations(self, finding: Finding, ref: Ref) -> Iterator[Quotation]:
        """Both sides of the finding's bead, then any other document that it points into."""
        sides: dict[str, set[int]] = {}
        place = self.bead(finding)
        if place:
            bitext, bead = place
            sides = {bitext.left: set(bead.left), bitext.right: set(bead.right)}
        for span in finding.spans:
            if span.document in self.texts:
                sides.setdefault(span.document, set())
        for document, indices in sides.items():
            spans = [span for span in finding.spans if span.document == document]
            yield self._quotation(document, indices, spans, ref, document == finding.suspect)

    def _quotation(
        self, document: str, indices: set[int], spans: Sequence[Span], ref: Ref, suspect: bool
    ) -> Quotation:
        text = self.texts[document]
        marks: defaultdict[int, list[Mark]] = defaultdict(list)
        loose: list[tuple[tuple[Piece, ...], ...]] = []
        for span in spans:
            found = list(text.marks(span, ref))
            for index, mark in found:
                marks[index].append(mark)
            if not found:  # outside every segment: markup, code, white space
                loose.append((cut(span.text, [Mark(0, len(span.text), ref, span.primary)]),))
        shown = sorted(indices | marks.keys())
        first = min(spans, key=lambda span: (not span.primary, span.start), default=None)
        return Quotation(
            document=text.facts,
            runs=(*_runs(text.segments, shown[:_QUOTED_SENTENCES], marks), *loose),
            hidden_sentences=max(0, len(shown) - _QUOTED_SENTENCES),
            place=text.place(first) if first else "",
            suspect=suspect,
        )

    def documents_alone(self) -> Iterator[tuple[DocumentView, tuple[Paragraph, ...]]]:
        """Documents that no bitext shows, each with its text."""
        shown = {name for pair in self.audit.bitexts if pair.beads for name in _names(pair)}
        for name, text in self.texts.items():
            if name not in shown:
                yield text.facts, text.paragraphs(range(len(text.segments)))


def _names(bitext: Bitext) -> tuple[str, str]:
    return bitext.left, bitext.right


def _bead_id(bitext: int, index: int) -> str:
    return f"bead-{bitext + 1}-{index + 1}"


def _share(drift: float) -> float:
    """Drift as a share of a meter: between 0 and 1, whatever comes."""
    return 0.0 if math.isnan(drift) else min(1.0, max(0.0, drift))


def _shortened(piece: Piece) -> Piece:
    """Leave out the middle of a long unmarked stretch: it stands in the text side by side."""
    if piece.refs or len(piece.text) <= 3 * _QUOTED_CONTEXT:
        return piece
    return Piece(f"{piece.text[:_QUOTED_CONTEXT]} […] {piece.text[-_QUOTED_CONTEXT:]}")


def _runs(
    segments: Sequence[Segment], indices: Sequence[int], marks: dict[int, list[Mark]]
) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    """Sentences in runs of neighbours, under a finding's marks."""
    runs: list[list[tuple[Piece, ...]]] = []
    previous = None
    for index in indices:
        if previous is None or index != previous + 1:
            runs.append([])
        pieces = cut(segments[index].view.text, marks.get(index, ()))
        runs[-1].append(tuple(_shortened(piece) for piece in pieces))
        previous = index
    return tuple(tuple(run) for run in runs)


def _plain(value: object) -> str:
    """Write a value of the evidence in one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, float):
        return _plain_float(value)
    if isinstance(value, Mapping):
        return " · ".join(f"{key} {_plain(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return " · ".join(map(_plain, value))
    return json.dumps(value, ensure_ascii=False, default=str)


def _plain_float(value: float) -> str:
    if not math.isfinite(value) or 0 < abs(value) < 1e-3:
        return f"{value:g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _chart(beads: Sequence[Bead], rows: Sequence[Row]) -> Chart:
    """Draw the strip chart: a bar for each bead, or for each few where there are very many."""
    size = math.ceil(len(beads) / _BARS)
    groups = [range(start, min(start + size, len(beads))) for start in range(0, len(beads), size)]
    bars = tuple(_bar(place, group, beads, rows) for place, group in enumerate(groups))
    return Chart(10 * max(len(bars), 24), bars, len(beads), size)


def _bar(place: int, group: range, beads: Sequence[Bead], rows: Sequence[Row]) -> Bar:
    top = max(group, key=lambda index: _share(beads[index].drift))
    refs = [ref for index in group for ref in rows[index].refs]
    worst = max((ref.severity for ref in refs), key=lambda each: each.rank, default=None)
    height = max(1.0, round(100 * _share(beads[top].drift), 1))
    return Bar(
        x=10 * place,
        y=100 - height,
        height=height,
        href="#" + rows[top].id,
        label=_bar_label(group, rows[top], len(refs), worst),
        style=_bar_style(beads[top], rows[top]),
        pips=tuple(range(max(1, worst.rank))) if worst else (),
        severity=worst.value if worst else "",
    )


def _bar_label(group: range, top: Row, findings: int, worst: Severity | None) -> str:
    name = f"Bead {top.number}: drift {top.drift}"
    if len(group) > 1:
        name = f"Beads {group[0] + 1} to {group[-1] + 1}: drift up to {top.drift}"
    return f"{name}; {_count(findings, 'finding')}, the worst {worst}" if worst else name


def _bar_style(bead: Bead, row: Row) -> str:
    if row.boilerplate:
        return "dim"
    if not (bead.left and bead.right):
        return "one-sided"
    return "high" if row.high else "low"


# Words ----------------------------------------------------------------------------------------


def _severities(audit: Audit) -> dict[Severity, int]:
    counts = Counter(finding.severity for finding in audit.findings)
    return {severity: counts[severity] for severity in _WORST_FIRST}


def _verdict(report: _Report) -> str:
    """Say the audit in a sentence or two."""
    audit = report.audit
    estranged = [_estranged(report, pair) for pair in audit.bitexts if not pair.comparable]
    parts = [*estranged, _tally(audit)] if audit.findings or not estranged else estranged
    if audit.findings and not estranged:
        parts.append(_leaning(report))
    return " ".join(part for part in parts if part)


def _estranged(report: _Report, pair: Bitext) -> str:
    """Says that a bitext is none, and why."""
    names = [report.texts[name].facts.label for name in _names(pair)]
    subject = "The two texts" if len(report.texts) == 2 else " and ".join(names)
    reason = pair.reason.strip()
    ending = "" if reason.endswith((".", "!", "?")) else "."
    return f"{subject} are not translations of one another" + (
        f": {reason}{ending}" if reason else "."
    )


def _tally(audit: Audit) -> str:
    """How many findings in how much text."""
    beads = sum(len(pair.beads) for pair in audit.bitexts)
    sentences = sum(len(document.segments) for document in audit.documents)
    extent = _count(beads, "bead") if audit.bitexts else _count(sentences, "sentence")
    if not audit.findings:
        return f"No findings in {extent}."
    counts = [f"{count} {severity}" for severity, count in _severities(audit).items() if count]
    return f"{_count(len(audit.findings), 'finding')} in {extent}: {', '.join(counts)}."


def _leaning(report: _Report) -> str:
    """Which translation looks worse, where the scores lie apart."""
    scores = {
        document.id: report.audit.summary.mqm_score[document.id]
        for document in report.audit.documents
        if document.role is Role.TRANSLATION and document.id in report.audit.summary.mqm_score
    }
    if len(scores) < 2 or max(scores.values()) - min(scores.values()) < _SCORE_GAP:
        return ""
    worst = report.texts[min(scores, key=lambda name: scores[name])].facts.label
    return f"{worst} looks {'worse' if len(scores) == 2 else 'worst'}."


# The page -------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("auditor.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> tuple[Markup, str]:
    """Read a style or script of our own, as it stands in the page, and its hash for the policy."""
    environment = _environment()
    assert environment.loader is not None  # noqa: S101 (set four lines above; for the type checker)
    source = environment.loader.get_source(environment, name)[0].replace("\r\n", "\n")
    digest = hashlib.sha256(source.encode()).digest()
    return Markup(source), f"'sha256-{base64.b64encode(digest).decode()}'"  # noqa: S704 (ours)


def render(audit: Audit, *, title: str, generated: str | None = None) -> str:
    """Write the audit as one HTML page.

    Args:
        audit: what to show.
        title: the page's heading, for instance the article's name.
        generated: when or by what the page was made, as it shall read in the footer.

    """
    report = _Report(audit)
    style, style_hash = _asset("report.css")
    script, script_hash = _asset("report.js")
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            generated=generated,
            style=style,
            style_hash=style_hash,
            script=script,
            script_hash=script_hash,
            verdict=_verdict(report),
            severities=_severities(audit),
            rules=sorted(Counter(finding.rule for finding in audit.findings).items()),
            documents=[text.facts for text in report.texts.values()],
            bitexts=[report.bitext(index) for index in range(len(audit.bitexts))],
            alone=list(report.documents_alone()),
            findings=[
                report.finding(finding, ref)
                for finding, ref in zip(report.findings, report.refs, strict=True)
            ],
            mean_drift=_number(audit.summary.mean_drift),
            profile=audit.summary.mqm_profile,
            signature=audit.signature,
        )
    )
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", page)
