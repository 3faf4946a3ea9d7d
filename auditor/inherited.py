"""What two translations have alike was inherited: a quotation mark without its mate in both.

Whoever quotes a speech sentence by sentence, or cuts an article into lines, leaves marks alone that
every translation then keeps. Where a sentence that answers this one has such a mark, too, it is no
fault of the translation, and neutral.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.answers import Answers, Node
from auditor.languages import language
from auditor.model import Finding, Severity
from auditor.text.quotations import find_quotations

_RULE = "unpaired-quotation"


def mention_inherited(findings: Sequence[Finding], answers: Answers) -> list[Finding]:
    """The same findings; marks that are alone in other documents too say so, and are neutral."""
    return [
        replace(
            finding,
            severity=Severity.NEUTRAL,
            message=f"{finding.message} The other side has the same: it probably stands so in the "
            "source.",
            evidence={**finding.evidence, "alone_on_both_sides": True},
        )
        if finding.rule == _RULE and _stands_elsewhere(finding, answers)
        else finding
        for finding in findings
    ]


def _stands_elsewhere(finding: Finding, answers: Answers) -> bool:
    """Whether what answers a finding's sentence in another document has a mark alone, too."""
    span = next(span for span in finding.spans if span.primary)
    facing = sorted(answers.of_nodes({answers.node(span)}))
    return any(
        _has_mark_alone([node for node in facing if node[0] == document], answers)
        for document in dict.fromkeys(document for document, _ in facing)
    )


def _has_mark_alone(nodes: Sequence[Node], answers: Answers) -> bool:
    document = answers.documents[nodes[0][0]]
    text = " ".join(document.segments[number].view.text for _, number in nodes)
    marks = find_quotations(text, language(document.language))
    return bool(marks.unclosed or marks.unopened)
