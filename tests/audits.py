"""Audits built from text of our own, for tests of reports: no file, no encoder."""

from __future__ import annotations

import hashlib

from auditor.model import (
    Audit,
    BeadReference,
    Bitext,
    Document,
    Finding,
    Kind,
    Role,
    Segment,
    Severity,
    Span,
    Summary,
    View,
)

HOSTILE = """"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}&"""


def document(sentences, name="fr", language=None, **changes):
    """A document with one sentence a block; a pair gives a sentence its kind."""
    raw, segments = "", []
    for block, entry in enumerate(sentences):
        text, kind = entry if isinstance(entry, tuple) else (entry, Kind.PROSE)
        start = len(raw)
        raw += text + "\n\n"
        segments.append((start, start + len(text), text, block, kind))
    facts = {
        "id": name,
        "language": language or name,
        "path": f"texts/market.{name}.txt",
        "sha256": hashlib.sha256(raw.encode(errors="replace")).hexdigest(),
        "role": Role.TRANSLATION,
        "raw": raw,
        "segments": tuple(
            Segment(*each, view=View.plain(raw, each[0], each[1])) for each in segments
        ),
    }
    return Document(**(facts | changes))


def span(document, text, primary=True):
    start = document.raw.index(text)
    return Span(document.id, start, start + len(text), text, primary)


def finding(*spans, bead=0, **changes):
    facts = {
        "rule": "number-mismatch",
        "category": "accuracy/mistranslation",
        "severity": Severity.MAJOR,
        "confidence": 0.8,
        "suspect": None,
        "message": "The numbers differ.",
        "fingerprint": "f00d",
        "spans": spans,
        "bead": None if bead is None else BeadReference(0, bead),
        "evidence": {"left": 12, "right": 21},
    }
    return Finding(**(facts | changes))


def audit(documents, beads=(), findings=(), **changes):
    bitexts = ()
    if len(documents) > 1:
        facts = {"comparable": True, "comparability": 0.9, "reason": ""}
        facts |= {key: changes.pop(key) for key in list(facts) if key in changes}
        bitexts = (Bitext(documents[0].id, documents[1].id, beads=tuple(beads), **facts),)
    scores = changes.pop("scores", {each.id: 90.0 for each in documents})
    summary = Summary(dict.fromkeys(Severity, 0), 0.1, "mqm-core", scores)
    facts = {"signature": "auditor:0|encoder:none", "bitexts": bitexts, "summary": summary}
    return Audit(documents=tuple(documents), findings=tuple(findings), **(facts | changes))
