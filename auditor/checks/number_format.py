"""A number has the decimal mark of another language.

"3.20 %" in a French or German text was copied from English. Readers who know the point as a mark of
thousands misread it, and spreadsheets do too.

What counts as right: the decimal mark of the language. Only one or two decimals before a sign or
word for per cent, money or a power of thousand count, or behind a sign for money: versions, times,
chapters and addresses keep their points, and three digits may be thousands.

Limits: decimals before other units are not seen. Swiss texts write money with a point, which is a
finding here: switch the rule off for them.

Authority: MQM-Core, locale/number-format; Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.formats import find_decimals


def check(passage: Passage) -> Iterator[Hit]:
    """Look for foreign decimal marks in one sentence."""
    side = passage.sides[0]
    for found in find_decimals(side.text, side.language):
        quote = side.text[found.start : found.end]
        yield Hit(
            marks=(Mark(0, found.start, found.end),),
            message=f"“{quote}” has a foreign decimal mark: {side.language.name} has "
            f"“{found.reading}”.",
            confidence=0.9,
            suspect=0,
            evidence={"reading": found.reading},
        )


RULE = Rule(
    slug="number-format",
    category="locale/number-format",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le cours a pris 3,20 % avec la version 4.10 du logiciel, à 20.30 h."}),
        Example({"fr": "Le cours a pris 3.20 % en un jour."}, ("3.20",)),
        Example({"de": "Die Aktie (ABC-0.09%) kostete 3.5 Millionen Euro."}, ("0.09", "3.5")),
        Example({"de": "Das kostet 3.500 Euro, also 100.000 % mehr."}),
        Example({"en": "Prices rose by 3,5 per cent."}, ("3,5",)),
    ),
)
