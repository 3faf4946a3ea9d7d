"""Quotations stand in marks of another language, or in a style that the rest of the text has not.

“So” in a German text, „so“ in a French one: the marks were copied from the source. A reader
stumbles, and where styles are mixed cannot tell an inner quotation from the next one.

What counts as right: the pairs of marks of the language row, inner quotations among them, and
straight marks where most quotations of the text have them. All quotations of one wrong style are
one finding.

Limits: single marks that double as apostrophes are left out, and pairs whose two marks belong to
different styles; `unpaired-quotation` sees marks without a mate.

Authority: MQM-Core, linguistic conventions/punctuation; Unicode CLDR, delimiters.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import BLOCK_BREAK, Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.typography import odd_styles

_MOST = 20  # quotations that are marked


def check(passage: Passage) -> Iterator[Hit]:
    """Look for quotations in odd styles in a document."""
    side = passage.sides[0]
    blocks, start = [], 0
    for block in side.text.split(BLOCK_BREAK):
        blocks.append((start, block))
        start += len(block) + len(BLOCK_BREAK)
    usual = "…".join(side.language.quotations[0]) if side.language.quotations else ""
    for style in odd_styles(blocks, side.language):
        yield Hit(
            marks=tuple(Mark(0, first, last + 1) for first, last in style.places[:_MOST]),
            message=f"Quotations stand in {style.marks[0]}…{style.marks[1]} "
            f"({len(style.places)} in this text); {side.language.name} has {usual}.",
            confidence=0.8,
            suspect=0,
            evidence={"marks": style.marks, "quotations": len(style.places)},
        )


RULE = Rule(
    slug="foreign-quotation-marks",
    category="fluency/punctuation",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Il a dit « oui, “demain” » et puis « non »."}),
        Example({"de": 'Sie sagte "ja" und dann "nein".'}),
        Example({"de": "Sie sagte „ja“ und dann “nein”."}, ("“nein”",)),
        Example({"fr": "Il a dit „oui“ et puis « non »."}, ("„oui“",)),
        Example({"de": 'Sie sagte „ja“, „nein“ und dann "vielleicht".'}, ('"vielleicht"',)),
    ),
)
