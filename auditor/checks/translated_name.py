"""What must stay as it is has been translated, changed or left out.

Names of products, programs and works that a team never translates are listed in the setting
``do-not-translate``. Where one of them stands on one side, the other must have it letter by letter.
Silent where nothing is listed.

What counts as equal: white space and the form of apostrophes and hyphens, the name within a
compound or with an ending, and a name that has slipped into the sentence before or behind.

Limits: a pronoun may stand for a name, so that the rule is never more than minor (settings can
raise it). What is written in another case on both sides is not seen.

Authority: MQM-Core, accuracy/do not translate.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.glossary import Glossary
from auditor.text.terms import find_exact

# One sign for another at each place, so that offsets stay.
_PLAIN = str.maketrans(
    "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n-\N{HYPHEN}\N{NON-BREAKING HYPHEN}’", "      '"
)


def check(passage: Passage) -> Iterator[Hit]:
    """Look up each name on both sides."""
    if len(passage.sides) < 2:
        return
    for index, side, other in passage.opposites():
        text, theirs, nearby = (
            part.translate(_PLAIN) for part in (side.text, other.text, other.nearby)
        )
        for name in passage.glossary.kept:
            wanted = name.translate(_PLAIN)
            places = list(find_exact(wanted, text)) if wanted not in theirs else []
            if places and not _slipped(wanted, text, side, nearby):
                yield _hit(passage, index, name, places[0], elsewhere=wanted in nearby)


def _slipped(name: str, text: str, side: Side, nearby: str) -> bool:
    """Whether the other side has the name as often, in the sentences before and behind."""
    ours = text.count(name) + side.nearby.translate(_PLAIN).count(name)
    return 0 < ours <= nearby.count(name)


def _hit(
    passage: Passage, index: int, name: str, place: tuple[int, int], *, elsewhere: bool
) -> Hit:
    other = passage.sides[1 - index].language.name
    return Hit(
        marks=(Mark(index, *place),),
        message=f"“{name}” is to stay as it is; the {other} does not have it here.",
        confidence=0.5 if elsewhere else 0.85,
        suspect=1 - index,
        evidence={"name": name},
    )


_NAMES = Glossary(kept=("Harbour Light", "Tide"))

RULE = Rule(
    slug="translated-name",
    category="accuracy/do-not-translate",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {"fr": "Harbour Light paraît le lundi.", "de": "„Harbour Light“ erscheint montags."},
            glossary=_NAMES,
        ),
        Example(
            {"fr": "La version Tide est prête.", "de": "Die Tide-Version ist fertig."},
            glossary=_NAMES,
        ),
        Example(
            {"fr": "Lumière du port paraît le lundi.", "de": "„Harbour Light“ erscheint montags."},
            ("Harbour Light",),
            glossary=_NAMES,
        ),
    ),
)
