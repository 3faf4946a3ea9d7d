"""The findings as a workbook for Excel and its like: findings, beads and documents on a sheet each.

Every text is written as text, so that no spreadsheet takes any for a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditor.render.positions import Places
from auditor.render.xml_text import xml_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from auditor.model import Audit, Finding, Span

_LONGEST = 32_767  # characters that a cell may hold
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same audit, the same file
Column = tuple[str, int, str]  # heading, width in characters, style

_FINDINGS: Sequence[Column] = (
    ("severity", 10, "top"), ("confidence", 11, "share"), ("rule", 22, "top"),
    ("category", 24, "top"), ("suspect", 9, "top"), ("message", 50, "wrapped"),
    ("document", 10, "top"), ("line", 7, "top"), ("text", 40, "wrapped"),
    ("other document", 10, "top"), ("other line", 7, "top"), ("other text", 40, "wrapped"),
    ("bead", 7, "top"), ("judgement", 14, "top"), ("note", 30, "wrapped"),
    ("fingerprint", 18, "top"),
)  # fmt: skip
_BEADS: Sequence[Column] = (
    ("bitext", 12, "top"), ("bead", 7, "top"), ("drift", 8, "figure"), ("left", 60, "wrapped"),
    ("right", 60, "wrapped"), ("confidence", 11, "share"),
)  # fmt: skip
_DOCUMENTS: Sequence[Column] = (
    ("id", 10, "top"), ("language", 10, "top"), ("role", 12, "top"), ("path", 50, "top"),
    ("segments", 10, "top"), ("MQM score", 11, "figure"), ("sha256", 66, "top"),
)  # fmt: skip
_JUDGEMENTS = ["accepted", "false-alarm", "fixed"]


def render(audit: Audit) -> bytes:
    """A workbook."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    book.set_properties({"title": "Translation audit", "created": _CREATED})
    book.set_custom_property("signature", audit.signature[:255])
    styles = {
        "top": book.add_format({"valign": "top"}),
        "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
        "share": book.add_format({"valign": "top", "num_format": "0%"}),
        "figure": book.add_format({"valign": "top", "num_format": "0.00"}),
        "head": book.add_format({"bold": True, "bottom": 1}),
    }
    findings = _sheet(book, "Findings", _FINDINGS, _finding_rows(audit), styles)
    if audit.findings:
        place = [column[0] for column in _FINDINGS].index("judgement")
        findings.data_validation(
            1, place, len(audit.findings), place, {"validate": "list", "source": _JUDGEMENTS}
        )
    _sheet(book, "Beads", _BEADS, _bead_rows(audit), styles)
    _sheet(book, "Documents", _DOCUMENTS, _document_rows(audit), styles)
    book.close()
    return out.getvalue()


def _sheet(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    styles: dict[str, Format],
) -> Worksheet:
    """A sheet with a frozen head and a filter."""
    sheet = book.add_worksheet(name)
    for place, (heading, width, style) in enumerate(columns):
        sheet.set_column(place, place, width, styles[style])
        sheet.write_string(0, place, heading, styles["head"])
    last = 0
    for last, row in enumerate(rows, 1):
        for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, last, place, cell, styles[column[2]])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    return sheet


def _write(sheet: Worksheet, row: int, place: int, cell: object, style: Format) -> None:
    if isinstance(cell, (int, float)):
        if cell == cell:  # noqa: PLR0124  not a number is no number
            sheet.write_number(row, place, cell, style)
    elif cell is not None:
        sheet.write_string(row, place, xml_text(str(cell))[:_LONGEST], style)


def _finding_rows(audit: Audit) -> Iterator[Sequence[object]]:
    places = Places(audit)
    for finding in audit.findings:
        first, other = _two_sides(finding)
        yield (
            finding.severity.value,
            finding.confidence,
            finding.rule,
            finding.category,
            finding.suspect or "",
            finding.message,
            *_side(first, places),
            *_side(other, places),
            finding.bead.index + 1 if finding.bead else None,
            None,
            None,
            finding.fingerprint,
        )


def _two_sides(finding: Finding) -> tuple[Span | None, Span | None]:
    """The first span, and the first of another document."""
    first = finding.spans[0] if finding.spans else None
    rest = (span for span in finding.spans if first and span.document != first.document)
    return first, next(rest, None)


def _side(span: Span | None, places: Places) -> tuple[object, object, object]:
    return (span.document, places.of_span(span).line, span.text) if span else (None, None, None)


def _bead_rows(audit: Audit) -> Iterator[Sequence[object]]:
    texts = {
        document.id: [segment.view.text for segment in document.segments]
        for document in audit.documents
    }
    for bitext in audit.bitexts:
        for number, bead in enumerate(bitext.beads, 1):
            yield (
                f"{bitext.left}-{bitext.right}",
                number,
                bead.drift,
                " ".join(texts[bitext.left][index] for index in bead.left),
                " ".join(texts[bitext.right][index] for index in bead.right),
                bead.confidence,
            )


def _document_rows(audit: Audit) -> Iterator[Sequence[object]]:
    for document in audit.documents:
        yield (
            document.id,
            document.language,
            document.role.value,
            document.path,
            len(document.segments),
            audit.summary.mqm_score.get(document.id),
            document.sha256,
        )
