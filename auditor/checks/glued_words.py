"""A space is missing between two words.

Where a pipeline puts translated pieces together again, or takes markup out, the space between two
words gets lost: « xAIavait », „Desktopzu“, „2018hinzugefügt“.

What counts as right: compounds, and whatever the document writes so more than once. A word is taken
for two where it is no known word and ends, behind a name in capitals, behind a known noun or behind
a number, in a word in small letters that never ends a compound.

Limits: two words in small letters that were glued together are not seen, nor is a noun behind a
noun, which looks like a compound.

Authority: MQM-Core, fluency/spelling.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.seams import find_glued


def check(passage: Passage) -> Iterator[Hit]:
    """Look for glued words in one sentence."""
    side = passage.sides[0]
    for seam in find_glued(side.text, side.language, side.vocabulary):
        quote = side.text[seam.start : seam.end]
        yield Hit(
            marks=(Mark(0, seam.start, seam.end),),
            message=f"A space is missing in “{quote}”: “{seam.reading}”.",
            confidence=seam.confidence,
            suspect=0,
            evidence={"reading": seam.reading},
        )


RULE = Rule(
    slug="glued-words",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La BCE avait relevé ses taux, le PDG d’OpenAI aussi."}),
        Example({"fr": "La BCEavait relevé ses taux."}, ("BCEavait",)),
        Example({"de": "Die Hafenverwaltung wurde 2018 gegründet, im 19. Jahrhundert."}),
        Example({"de": "Die Adresse wird neben der Anzeigegeöffnet."}, ("Anzeigegeöffnet",)),
        Example({"de": "Der Kai wurde im April 2018hinzugefügt."}, ("2018hinzugefügt",)),
    ),
)
