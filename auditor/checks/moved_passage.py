"""A passage stands in another place in the other translation.

The two translations say the same here, but in another order: a paragraph was moved, or the
alignment of a pipeline slipped. The text may still read well; links between sentences ("this", "he
also said") can break, and whoever compares the two by paragraph compares the wrong ones.

What counts as equal: an order that differs within one paragraph or bead is the language's affair.

Limits: found only where the whole passage has no counterpart in its own place; one that was moved
and shortened shows as an omission. Passages under forty characters are left out.

Authority: MQM, design and markup (sequence of the content); no error of wording.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity

_LEAST = 40  # characters


def check(passage: Passage) -> Iterator[Hit]:
    """Report both places of the passage."""
    left, right = passage.sides
    if min(len(left.text), len(right.text)) < _LEAST:
        return
    yield Hit(
        marks=(Mark(0, 0, len(left.text)), Mark(1, 0, len(right.text))),
        message=f"The {left.language.name} and the {right.language.name} have this passage in "
        "different places.",
        confidence=round(max(0.0, 1 - passage.drift), 3),
        evidence={"drift": round(passage.drift, 3)},
    )


RULE = Rule(
    slug="moved-passage",
    category="design/layout",
    severity=Severity.MINOR,
    scope=Scope.MOVED,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {
                "fr": "La bibliothèque ouvre le dimanche depuis le mois de mai.",
                "de": "Die Bibliothek hat seit Mai auch sonntags geöffnet.",
            },
            (
                "La bibliothèque ouvre le dimanche depuis le mois de mai.",
                "Die Bibliothek hat seit Mai auch sonntags geöffnet.",
            ),
        ),
        Example({"fr": "Photo : archives", "de": "Foto: Archiv"}),
    ),
)
