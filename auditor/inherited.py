"""What two translations have alike was inherited: a quotation mark without its mate in both.

Whoever quotes a speech sentence by sentence, or cuts an article into lines, leaves marks alone that
every translation then keeps. Where both sides of a bead have one, it is no fault of theirs, and
neutral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.languages import language
from auditor.model import Bitext, Document, Finding, Severity
from auditor.text.quotations import find_quotations

_RULE = "unpaired-quotation"


def mention_inherited(
    findings: Sequence[Finding], documents: Mapping[str, Document], bitexts: Sequence[Bitext]
) -> list[Finding]:
    """The same findings; marks that are alone on both sides of a bead say so, and are neutral."""
    return [
        replace(
            finding,
            severity=Severity.NEUTRAL,
            message=f"{finding.message} The other side has the same: it probably stands so in the "
            "source.",
            evidence={**finding.evidence, "alone_on_both_sides": True},
        )
        if finding.rule == _RULE and _stands_facing(finding, documents, bitexts)
        else finding
        for finding in findings
    ]


def _stands_facing(
    finding: Finding, documents: Mapping[str, Document], bitexts: Sequence[Bitext]
) -> bool:
    """Whether the other side of a finding's bead has a mark without its mate, too."""
    if finding.bead is None or finding.suspect is None:
        return False
    bitext = bitexts[finding.bead.bitext]
    bead = bitext.beads[finding.bead.index]
    on_left = finding.suspect == bitext.left
    other, numbers = (bitext.right, bead.right) if on_left else (bitext.left, bead.left)
    segments = documents[other].segments
    text = " ".join(segments[number].view.text for number in numbers)
    marks = find_quotations(text, language(documents[other].language))
    return bool(marks.unclosed or marks.unopened)
