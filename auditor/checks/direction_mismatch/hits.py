"""What is said of two words of opposite poles."""

from __future__ import annotations

from auditor.checks.rule import Hit, Mark, Passage
from auditor.model import Severity
from auditor.text.opposites import Pole


def opposites(passage: Passage, one: Pole, other: Pole, *, loose: bool) -> Hit:
    """A finding about two words, neutral where they are often used so."""
    left, right = passage.sides
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Opposites: “{left.text[one.start : one.end]}” in the {left.language.name}, "
        f"“{right.text[other.start : other.end]}” in the {right.language.name}.",
        confidence=0.5 if loose else 0.7,
        severity=Severity.NEUTRAL if loose else Severity.MAJOR,
        evidence={"left": list(one.poles), "right": list(other.poles)},
    )
