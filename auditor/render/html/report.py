"""The audit as views: everything that the page shows, looked up once.

The work is linear in beads and findings: spans find their segments by bisection, and every
other lookup is by key.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from auditor.model import Kind
from auditor.render.html import charts, evidence, rule_pages, similar
from auditor.render.html.marks import Mark, Piece, Ref, cut
from auditor.render.html.texts import Text, facts, runs
from auditor.render.html.verdict import ranked, verdict
from auditor.render.html.views import (
    BitextView,
    Choice,
    DocumentView,
    FindingView,
    Paragraph,
    Quotation,
    Row,
    Side,
)
from auditor.render.html.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from auditor.model import Audit, Bead, Bitext, Finding, Span
    from auditor.render.html.words import Words

_QUOTED_SENTENCES = 12  # on one side of one finding
_METER_STEPS = 20  # the classes d0 to d20 in report.css
_HIGH = 0.5  # drift from which a bead is as likely as not to differ in meaning


class Report:
    """Everything that is looked up while the page is put together."""

    def __init__(self, audit: Audit, words: Words, links: Mapping[tuple[int, int], str]) -> None:
        self.audit = audit
        self.words = words
        self.links = links
        self.ranked = ranked(audit)
        self.refs = [
            Ref(number, "#" + quote(finding.fingerprint, safe=""), finding.severity)
            for number, finding in enumerate(self.ranked, 1)
        ]
        self.texts = {
            document.id: Text(document, facts(document, audit, words))
            for document in audit.documents
        }
        self.refs_of_bead: defaultdict[tuple[int, int], list[Ref]] = defaultdict(list)
        for finding, ref in zip(self.ranked, self.refs, strict=True):
            self._register(finding, ref)

    def _register(self, finding: Finding, ref: Ref) -> None:
        bead = finding.bead
        if bead:
            self.refs_of_bead[bead.bitext, bead.index].append(ref)
        for span in finding.spans:
            if span.document in self.texts:
                self.texts[span.document].mark(span, ref, bead.bitext if bead else None)

    def verdict(self) -> tuple[Phrase, ...]:
        """The audit in phrases."""
        labels = {name: text.facts.label for name, text in self.texts.items()}
        return verdict(self.audit, labels, self.words)

    def documents(self) -> tuple[DocumentView, ...]:
        """The documents' facts."""
        return tuple(text.facts for text in self.texts.values())

    # --- bitexts ------------------------------------------------------------------------------

    def bitexts(self) -> tuple[BitextView, ...]:
        """The bitexts, ready for the page."""
        return tuple(self._bitext(index) for index in range(len(self.audit.bitexts)))

    def _bitext(self, index: int) -> BitextView:
        bitext = self.audit.bitexts[index]
        rows = tuple(self._row(index, number) for number in range(len(bitext.beads)))
        drifts = [bead.drift for bead in bitext.beads if not math.isnan(bead.drift)]
        lengths = [self._lengths(bitext, bead) for bead in bitext.beads]
        words = self.words
        return BitextView(
            id=f"bitext-{index + 1}",
            left=self.texts[bitext.left].facts,
            right=self.texts[bitext.right].facts,
            comparable=bitext.comparable,
            comparability=words.number(bitext.comparability),
            reason=bitext.reason,
            mean_drift=words.number(sum(drifts) / len(drifts) if drifts else None),
            rows=rows,
            linked=any(row.links for row in rows),
            strip=charts.strip(bitext.beads, rows, words),
            histogram=charts.histogram(bitext.beads, rows, self.audit.signature, words),
            scatter=charts.scatter(bitext.beads, lengths, rows, words),
        )

    def _lengths(self, bitext: Bitext, bead: Bead) -> tuple[int, int]:
        """Characters of the two sides of a bead."""
        left, right = self.texts[bitext.left].segments, self.texts[bitext.right].segments
        return (
            sum(len(left[index].view.text) for index in bead.left),
            sum(len(right[index].view.text) for index in bead.right),
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
            drift=self.words.number(bead.drift),
            step=round(charts.share(bead.drift) * _METER_STEPS),
            high=bead.drift >= _HIGH,
            boilerplate=all(kind is Kind.BOILERPLATE for kind in kinds),
            refs=tuple(self.refs_of_bead.get((bitext, number), ())),
            links=self.links.get((bitext, number), ""),
        )

    def documents_alone(self) -> Iterator[tuple[DocumentView, tuple[Paragraph, ...]]]:
        """Documents that no bitext shows, each with its text."""
        shown = {
            name for pair in self.audit.bitexts if pair.beads for name in (pair.left, pair.right)
        }
        for name, text in self.texts.items():
            if name not in shown:
                yield text.facts, text.paragraphs(range(len(text.segments)))

    # --- findings -----------------------------------------------------------------------------

    def findings(self) -> tuple[FindingView, ...]:
        """The findings in their order, ready for the page."""
        alike = similar.groups(self.ranked)
        return tuple(
            self._finding(finding, ref, group)
            for finding, ref, group in zip(self.ranked, self.refs, alike, strict=True)
        )

    def _finding(self, finding: Finding, ref: Ref, alike: Sequence[int]) -> FindingView:
        bead = finding.bead
        suspect = self.texts.get(finding.suspect or "")
        return FindingView(
            ref=ref,
            id=finding.fingerprint,
            rule=finding.rule,
            rule_title=self._rule_title(finding.rule),
            rule_href=rule_pages.href(finding.rule),
            category=self.words.category(finding.category),
            confidence=self.words.percent(finding.confidence),
            suspect=suspect.facts.label if suspect else finding.suspect or "",
            message=finding.message,
            bead_href="#" + _bead_id(bead.bitext, bead.index) if bead else "",
            bead_number=bead.index + 1 if bead else 0,
            bead_bitext=self._bitext_label(bead.bitext) if bead else "",
            quotations=tuple(self._quotations(finding, ref)),
            evidence=evidence.lines(finding.evidence, self.words),
            alike=len(alike),
            leader=self.refs[alike[0]] if len(alike) > 1 else None,
        )

    def _rule_title(self, slug: str) -> str:
        title = self.words.known("rules", slug)
        return "" if title.language else title.text

    def _bitext_label(self, index: int) -> str:
        """Names the bitext where there are several."""
        if len(self.audit.bitexts) == 1:
            return ""
        pair = self.audit.bitexts[index]
        return f"{self.texts[pair.left].facts.label} – {self.texts[pair.right].facts.label}"

    def _quotations(self, finding: Finding, ref: Ref) -> Iterator[Quotation]:
        """Both sides of the finding's bead, then any other document that it points into."""
        sides: dict[str, set[int]] = {}
        if finding.bead:
            bitext = self.audit.bitexts[finding.bead.bitext]
            bead = bitext.beads[finding.bead.index]
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
            runs=(*runs(text.segments, shown[:_QUOTED_SENTENCES], marks), *loose),
            hidden_sentences=max(0, len(shown) - _QUOTED_SENTENCES),
            place=text.place(first) if first else None,
            suspect=suspect,
        )

    # --- filters ------------------------------------------------------------------------------

    def choices(self) -> dict[str, tuple[Choice, ...]]:
        """What the findings can be filtered by, each value with its number of findings."""
        words = self.words
        suspects = Counter(finding.suspect or "" for finding in self.ranked)
        documents = Counter(
            name
            for finding in self.ranked
            for name in {span.document for span in finding.spans if span.primary}
        )
        return {
            "rule": _choices(Counter(f.rule for f in self.ranked), Phrase),
            "category": _choices(Counter(f.category for f in self.ranked), words.category),
            "suspect": _choices(suspects, self._suspect_label),
            "document": _choices(documents, self._suspect_label),
        }

    def _suspect_label(self, name: str) -> Phrase:
        text = self.texts.get(name)
        if text:
            return Phrase(text.facts.label)
        return Phrase(name) if name else Phrase(self.words("list.undecided"))


def _choices(counts: Mapping[str, int], label: Callable[[str], Phrase]) -> tuple[Choice, ...]:
    """The values of a filter by their labels; one value alone is no choice."""
    found = [Choice(value, label(value), count) for value, count in counts.items()]
    return tuple(sorted(found, key=lambda choice: (not choice.value, choice.label.text)))


def _bead_id(bitext: int, index: int) -> str:
    return f"bead-{bitext + 1}-{index + 1}"
