"""A date stands in the order, or with the comma, of another language.

« avril 19, 2018 » or „19. Juni, 2018“ was put together from English pieces.

What counts as right: the day before the month, and no comma before the year.

Limits: dates in digits alone (04/19/2018) are not read.

Authority: MQM-Core, locale/date-format; Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.formats import find_dates


def check(passage: Passage) -> Iterator[Hit]:
    """Look for dates in foreign order in one sentence."""
    side = passage.sides[0]
    for found in find_dates(side.text, side.language):
        yield Hit(
            marks=(Mark(0, found.start, found.end),),
            message=f"“{side.text[found.start : found.end]}” is a date in English order: "
            f"{side.language.name} has “{found.reading}”.",
            confidence=0.9,
            suspect=0,
            evidence={"reading": found.reading},
        )


RULE = Rule(
    slug="date-format",
    category="locale/date-format",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le 19 juin 2018, puis en avril, 19 bateaux sont partis."}),
        Example({"fr": "La réunion du avril 19, 2018 est reportée."}, ("avril 19, 2018",)),
        Example({"de": "Am 19. Juni, 2018 begann der Umbau."}, ("19. Juni, 2018",)),
        Example({"en": "On June 19, 2018, the works began."}),
    ),
)
