"""A sign that belongs to the word before it may begin a line: its no-break space is missing.

French sets a no-break space before « : ; ! ? » and inside guillemets. With an ordinary space the
browser may break the line there; with none the text looks English. Most desks that publish
machine translation do not mind, so that this rule is off until the configuration says
`missing-no-break-space = "on"`.

What counts as right: a no-break space, wide or narrow. Signs within a word (addresses, times of
day, ratios) are left out. All places of a text are one finding.

Limits: which of the two spaces a sign wants is left to the house.

Authority: Imprimerie nationale, Lexique des règles typographiques; MQM-Core, locale conventions.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.typography import breakable

_MOST = 50  # places that are marked


def check(passage: Passage) -> Iterator[Hit]:
    """Look for signs that nothing holds to their word, in a document."""
    side = passage.sides[0]
    places = list(breakable(side.text, side.language))
    if places:
        yield Hit(
            marks=tuple(Mark(0, *place) for place in islice(places, _MOST)),
            message=f"A no-break space is missing at {len(places)} "
            f"{'place' if len(places) == 1 else 'places'}, the first of them "
            f"“{side.text[slice(*places[0])]}”.",
            confidence=0.9,
            suspect=0,
            evidence={"places": len(places)},
        )


RULE = Rule(
    slug="missing-no-break-space",
    category="locale/typography",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    check=check,
    page=__doc__,
    optional=True,
    examples=(
        Example({"fr": "Quand\N{NARROW NO-BREAK SPACE}? À 10:30, sur https://a.example."}),
        Example({"de": "Wann? Um 10:30: jetzt."}),
        Example({"fr": "Quand ? Bientôt."}, ("d ?",)),
        Example({"fr": "Enfin! Il a dit «oui»."}, ("n!", "«o", "i»")),
    ),
)
