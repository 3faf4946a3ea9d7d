"""A time of day is told with AM or PM where the language counts to twenty-four hours.

What counts as right: "14 h 50", „14:50 Uhr“, and words such as « de l’après-midi ».

Limits: times of twelve hours without AM or PM look like any other.

Authority: MQM-Core, locale/time-format; Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.formats import find_half_days


def check(passage: Passage) -> Iterator[Hit]:
    """Look for AM and PM in one sentence."""
    side = passage.sides[0]
    for found in find_half_days(side.text, side.language):
        yield Hit(
            marks=(Mark(0, found.start, found.end),),
            message=f"“{side.text[found.start : found.end]}” is an English time: "
            f"{side.language.name} has {found.reading}.",
            confidence=0.9,
            suspect=0,
            evidence={"reading": found.reading},
        )


RULE = Rule(
    slug="time-format",
    category="locale/time-format",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La séance commence à 14 h 50, puis à 8 heures du matin."}),
        Example({"fr": "La séance commence à 2:50 PM."}, ("2:50 PM",)),
        Example(
            {"de": "Beginn ist um 1:45pm im Saal, um 8 am Morgen geht es weiter."}, ("1:45pm",)
        ),
        Example({"en": "It starts at 2:50 PM."}),
    ),
)
