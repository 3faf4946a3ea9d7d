"""A quotation mark stands in the place of an apostrophe.

« l"économie »: an export or a keyboard turned the sign round. The reader looks for a quotation, and
so does every program that comes after.

What counts: a straight double mark right between a word that is elided before vowels and another
word. Whoever made one such slip made them all, so that a document has one finding, with its places.

Limits: languages without elision have none.

Authority: MQM-Core, fluency/punctuation.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.quotations import find_mistyped

_SHOWN = 20  # places that are marked


def check(passage: Passage) -> Iterator[Hit]:
    """Look for such marks in a document."""
    side = passage.sides[0]
    places = list(find_mistyped(side.text, side.language))
    if not places:
        return
    first = side.text[slice(*places[0])]
    more = f" ({len(places)} times in the document)" if len(places) > 1 else ""
    yield Hit(
        marks=tuple(Mark(0, start, end) for start, end in places[:_SHOWN]),
        message=f"In “{first}” a quotation mark stands in the place of an apostrophe{more}.",
        confidence=0.9,
        suspect=0,
        evidence={"mark": '"', "places": len(places)},
    )


RULE = Rule(
    slug="mistyped-apostrophe",
    category="fluency/punctuation",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": 'Elle parle de "l’économie du port" et de l’eau.'}),
        Example({"de": 'Das ist ein "Hafen" und ein 5"-Rohr.'}),
        Example({"fr": 'Elle parle de l"économie.'}, ('l"économie',)),
        Example({"fr": 'Il reste jusqu"à midi, et n"attend pas.'}, ('jusqu"à', 'n"attend')),
    ),
)
