"""What one translation gives as a quotation is the writer's own word in the other.

Without the marks, what somebody said becomes a fact that the paper vouches for. A quotation counts
from five words on, and where it is somebody's sentence; titles and terms are marked by each
language in its own way.

Limits: a translator may turn direct speech into reported speech, so that the finding is minor. The
other side must have no mark at all in the passage, nor a quotation that may run through it.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.quotations import find_quotations

_FEWEST = 5  # words
_MARKS = frozenset('«»„“”"‚‘‹›')


def check(passage: Passage) -> Iterator[Hit]:
    """Look for long quotations that face a passage without any quotation mark."""
    for index, side, other in passage.opposites():
        if _MARKS.intersection(other.text) or _runs(other):
            continue
        for start, end in find_quotations(side.text, side.language).pairs:
            if len(side.text[start:end].split()) > _FEWEST and _is_speech(side.text, start, end):
                yield Hit(
                    marks=(
                        Mark(index, start, end + 1),
                        Mark(1 - index, 0, len(other.text), primary=False),
                    ),
                    message=f"The {side.language.name} quotes, the {other.language.name} does not.",
                    confidence=0.6,
                )


def _runs(side: Side) -> bool:
    """Whether a quotation around the passage may run through it."""
    around = (find_quotations(line, side.language) for line in side.nearby.split("\n"))
    return any(quotations.unclosed or quotations.unopened for quotations in around)


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether a quotation is somebody's sentence, and no title."""
    inside = text[start + 1 : end].rstrip()[-1:]
    before, after = text[:start].rstrip()[-1:], text[end + 1 :].lstrip()[:1]
    return inside in (".", "!", "?", "…", ",") or before == ":" or after == ","


RULE = Rule(
    slug="quotation-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {
                "fr": "Elle dit : « Nous restons ici jusqu’au soir. »",
                "de": "Sie sagt: „Wir bleiben bis zum Abend hier.“",
            }
        ),
        Example({"fr": "Le bateau « Grand Vent » part.", "de": "Das Boot Grand Vent legt ab."}),
        Example(
            {
                "fr": "Elle dit : « Nous restons ici jusqu’au soir. »",
                "de": "Wir bleiben bis zum Abend hier.",
            },
            ("« Nous restons ici jusqu’au soir. »",),
        ),
    ),
)
