"""What the page's script knows: facts about findings and its words, as JSON that is only data."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from auditor.gate import document_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.gate import Entry
    from auditor.model import Audit, Finding
    from auditor.render.html.views import FindingView
    from auditor.render.html.words import Words

_SEARCHED = 2_000  # characters of each text of a finding that a search looks at
_TABLES = ("triage", "severity", "form")  # of the words


def island(
    audit: Audit,
    ranked: Sequence[Finding],
    views: Sequence[FindingView],
    paths: Mapping[str, str],
    known: Sequence[Entry],
    words: Words,
) -> Markup:
    """The data as JSON; ``paths`` are the documents' names in a baseline, by id."""
    named = {document.id: paths.get(document.id, document.path) for document in audit.documents}
    places = _places(audit, ranked)
    data = {
        "documents": list(named.values()),
        "known": [{**asdict(entry), "status": entry.status.value} for entry in known],
        "beads": [len(bitext.beads) for bitext in audit.bitexts],
        "words": {name: words.table(name) for name in _TABLES},
        "findings": [
            _facts(audit, finding, view, named, place)
            for finding, view, place in zip(ranked, views, places, strict=True)
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  no "<" is left in it: it can't end its element


def _facts(
    audit: Audit, finding: Finding, view: FindingView, paths: Mapping[str, str], place: int
) -> dict[str, Any]:
    """One finding: what filters look at, and its entry in a baseline."""
    primary = [span for span in finding.spans if span.primary]
    return {
        "id": finding.fingerprint,
        "severity": finding.severity.value,
        "category": finding.category,
        "rule": finding.rule,
        "suspect": finding.suspect or "",
        "documents": sorted({span.document for span in primary or finding.spans}),
        "confidence": round(finding.confidence, 4),
        "bead": view.bead_href[1:],
        "place": place,
        "leader": view.leader.number if view.leader else 0,
        "path": _path(audit, finding, paths),
        "text": primary[0].text if primary else "",
        "search": "\n".join([finding.message, *_texts(view)]),
    }


def _path(audit: Audit, finding: Finding, paths: Mapping[str, str]) -> str:
    """The document that a baseline files the finding under; none if it points out of the audit."""
    inside = finding.spans and all(span.document in paths for span in finding.spans)
    return paths[document_of(finding, audit).id] if inside else ""


def _texts(view: FindingView) -> list[str]:
    """What the finding quotes."""
    return [
        "".join(piece.text for run in quotation.runs for sentence in run for piece in sentence)[
            :_SEARCHED
        ]
        for quotation in view.quotations
    ]


def _places(audit: Audit, ranked: Sequence[Finding]) -> list[int]:
    """Each finding's rank in the order of the text."""
    order = {document.id: number for number, document in enumerate(audit.documents)}

    def key(number: int) -> tuple[int, int, int, int]:
        finding = ranked[number]
        bead = finding.bead
        first = finding.spans[0] if finding.spans else None
        return (
            bead.bitext if bead else len(audit.bitexts),
            bead.index if bead else 0,
            order.get(first.document, len(order)) if first else len(order),
            first.start if first else 0,
        )

    places = [0] * len(ranked)
    for rank, number in enumerate(sorted(range(len(ranked)), key=key)):
        places[number] = rank
    return places
