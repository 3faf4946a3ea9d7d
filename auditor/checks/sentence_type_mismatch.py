"""One translation asks, the other states.

A question that has become a statement turns a doubt into a fact. A passage counts as asking where
it has a question mark outside of addresses.

What counts as equal: headings may ask or name what they are about as they please („Wie schließt man
die Tür?“, « Fermer la porte »). A line without a sign at its end is reported where it asks by its
form and lacks the mark.

Limits: reported speech lets a translator choose ("he asked whether"), so that the finding is
minor. Exclamation marks are a matter of style and are not compared.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.fluency.grammar import grammar
from auditor.fluency.questions import asks
from auditor.fluency.tagger import read_words
from auditor.model import Severity

_QUESTION = re.compile(r"[^\s?]{0,40}\s?\?(?=[\s»”“\"'’)\]…!]|$)")
_LAST = re.compile(r"\S{1,40}\s{0,3}$")


def check(passage: Passage) -> Iterator[Hit]:
    """Look for a question mark on one side only."""
    for index, side, other in passage.opposites():
        questions = list(_QUESTION.finditer(side.text))
        slipped = other.nearby.count("?") > side.nearby.count("?")
        last = _LAST.search(other.text)
        missing = questions and "?" not in other.text and not slipped
        if missing and last and not _may_be_title(other):
            marks = (
                Mark(index, *questions[-1].span()),
                Mark(1 - index, last.start(), len(other.text)),
            )
            yield Hit(
                marks=tuple(sorted(marks, key=lambda mark: mark.side)),
                message=f"The {side.language.name} asks, the {other.language.name} does not.",
                confidence=0.6,
                evidence={"questions": len(questions)},
            )


def _may_be_title(side: Side) -> bool:
    """Whether a side has no sign at its end, nor the form of a question, as far as can be told."""
    if not side.text.rstrip()[-1:].isalnum():
        return False
    code = side.language.code
    words = read_words([side.text], code)[0]
    return not words or not asks(words, grammar(code))


RULE = Rule(
    slug="sentence-type-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    custom=True,
    longest=LONGEST,
    examples=(
        Example({"fr": "Le port ferme-t-il ?", "de": "Schließt der Hafen?"}),
        Example({"fr": "Voir hafen.example/?p=2 pour le plan.", "de": "Den Plan gibt es online."}),
        Example({"fr": "Quand rentrer les moutons", "de": "Wann treibt man die Schafe heim?"}),
        Example(
            {"fr": "Le port va-t-il fermer ?", "de": "Der Hafen wird geschlossen."},
            ("fermer ?", "geschlossen."),
        ),
    ),
)
