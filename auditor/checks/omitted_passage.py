"""A passage stands in one translation alone.

A sentence or more has no counterpart in the other text: one translation left it out, or the other
put it in. Readers of one language then know less than those of the other, and nobody notices who
reads one of them. Each missing passage is one finding, however many sentences it holds: a
translation that lost its second half has one.

What counts as equal: a sentence that was merged into its neighbour is no omission; alignment joins
it there by the words that the neighbour's translation holds, and a network that has read both with
and without it tells whether anything there answers it. A passage that stands elsewhere in the
other text is reported by ``moved-passage`` instead.

Limits: which side is wrong cannot be told without a source, a reference or a third translation.
Headings, captions and labels without a counterpart are minor; advertising labels and navigation are
left in peace.

Authority: MQM-Core, accuracy/omission (seen from the other side, accuracy/addition).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import (
    Example,
    Hit,
    Mark,
    Passage,
    Rule,
    Scope,
    without_counterpart,
)
from auditor.model import Kind, Severity

_WORDS = 4  # fewer are a label or a scrap
# Confidence of the alignment from which the finding is major. On the clean sets nothing is reported
# at any value; of planted omissions 79 % are major from 0.7 on, 72 % from 0.8 on.
_SURE = 0.7


def check(passage: Passage) -> Iterator[Hit]:
    """Report the passage; its surroundings in the other document show where it is missing."""
    present, other = passage.sides
    words = len(present.text.split())
    kinds = {segment.kind for segment in present.segments} or {Kind.PROSE}
    if words < _WORDS or kinds == {Kind.BOILERPLATE}:
        return
    count = max(1, len(present.segments))
    what = "This sentence" if count == 1 else f"These {count} sentences"
    message, blaming = without_counterpart(what, present, other, several=count > 1)
    yield Hit(
        marks=(
            Mark(0, 0, len(present.text)),
            Mark(1, 0, len(other.text), primary=False),
        ),
        message=message,
        confidence=round(0.95 * passage.confidence, 3),
        severity=Severity.MAJOR
        if Kind.PROSE in kinds and passage.confidence >= _SURE
        else Severity.MINOR,
        evidence={"sentences": count, "words": words},
        blaming=blaming,
    )


RULE = Rule(
    slug="omitted-passage",
    category="accuracy/omission",
    severity=Severity.MAJOR,
    scope=Scope.GAP,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {"fr": "Le maire n’a pas souhaité répondre à nos questions.", "de": ""},
            ("Le maire n’a pas souhaité répondre à nos questions.",),
        ),
        Example(
            {"de": "Die Fähre fährt im Winter nur zweimal am Tag.", "fr": ""},
            ("Die Fähre fährt im Winter nur zweimal am Tag.",),
        ),
        Example({"fr": "Lire aussi", "de": ""}),
    ),
)
