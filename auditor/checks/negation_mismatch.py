"""One translation denies what the other affirms.

A lost *not* turns a sentence into its opposite, and neither translation by itself looks wrong.
Negations are looked for on both sides: « ne … pas », „kein“, „ohne“, "never".

What counts as equal: "not … any more" in either language, « ne … que » and "not only" (they deny
nothing), « ne » alone, lists ("neither … nor"), and on the side without a negation any word that
may deny in another way: verbs („verweigern“), adjectives with a prefix (« impossible »), "hardly",
"except", "instead".

Limits: two negations against one are not reported, nor is one that an implicit word may explain,
even if it stands in another clause.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.negation import denies_otherwise, find_negations

_SHAKY = 0.9
_LITERAL = 0.7


def check(passage: Passage) -> Iterator[Hit]:
    """Look for a negation that faces a side without any."""
    found = [find_negations(side.text, side.language) for side in passage.sides]
    for index, side, other in passage.opposites():
        if not found[index] or found[1 - index] or denies_otherwise(other.text, other.language):
            continue
        literal = _is_literal(side.text, other.text)
        for negation in found[index]:
            quote = side.text[negation.start : negation.end]
            sure = literal and quote.lower() not in side.language.negation.weak
            yield Hit(
                marks=(
                    Mark(index, negation.start, negation.end),
                    Mark(1 - index, 0, len(other.text), primary=False),
                ),
                message=f"The {side.language.name} denies (“{quote}”), "
                f"the {other.language.name} does not.",
                confidence=0.75 if sure and passage.drift < _SHAKY else 0.5,
                severity=Severity.MAJOR if sure else Severity.MINOR,
                evidence={"negations": len(found[index])},
            )


def _is_literal(one: str, other: str) -> bool:
    """Whether two sides are about as long: a free translation may deny in its own way."""
    short, long = sorted((len(one), len(other)))
    return short >= _LITERAL * long


RULE = Rule(
    slug="negation-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Elle ne vient plus.", "de": "Sie kommt nicht mehr."}),
        Example({"fr": "Il ne reste que deux bateaux.", "de": "Zwei Boote sind übrig."}),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt verweigert die Zahlung."}),
        Example({"fr": "Elle arrive sans bagages.", "de": "Sie kommt mit Gepäck."}, ("sans",)),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt zahlt."}, ("ne paie pas",)),
        Example({"fr": "La ville paie.", "de": "Die Stadt zahlt keinen Cent."}, ("keinen",)),
    ),
)
