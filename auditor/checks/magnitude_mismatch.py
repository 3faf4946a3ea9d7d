"""The two translations differ by a thousand times: million against billion.

The false friend of every newsroom: an English *billion* is a French *milliard* and a German
*Milliarde*, and *billion* in either language is a thousand times more. Also found are scale words
without a figure (« des millions de personnes », „Milliarden von Menschen“).

What counts as equal: abbreviations (``Mio.``, ``Mrd.``, ``Md€``), figures written out, and
compounds („Millionenpublikum“).

Limits: « des milliers » beside „Zehntausende“ is not compared; a scale word that one side leaves
out altogether proves nothing.

Authority: MQM-Core, accuracy/mistranslation; every style guide of a news agency warns of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.number_pairs import Reading, differences, is_magnitude
from auditor.text.numbers import Number, Strength
from auditor.text.words import find_words

_LEAST = 1e6  # thousands are said too loosely
_MOST = 50  # bare scale words of a side that are compared
_PREFIX = 6  # letters of a scale word that may begin a compound


@dataclass(frozen=True, slots=True)
class _Scale:
    """A scale word without a figure."""

    start: int
    end: int
    factor: float


def check(passage: Passage) -> Iterator[Hit]:
    """Compare numbers that are a power of a thousand apart, then bare scale words."""
    left, right = (Reading(side.text, side.language, side.nearby) for side in passage.sides)
    for one, other in differences(left, right).pairs:
        if is_magnitude(left.text, right.text, one, other):
            yield _hit(passage, (one.start, one.end), (other.start, other.end))
    yield from _bare(passage, left.numbers(), right.numbers())


def _bare(passage: Passage, left: tuple[Number, ...], right: tuple[Number, ...]) -> Iterator[Hit]:
    """Scale words without figures of which neither side has the other's."""
    ours, theirs = (_scales(side) for side in passage.sides)
    only = [
        [scale for scale in some if scale.factor not in {s.factor for s in others}]
        for some, others in ((ours, theirs), (theirs, ours))
    ]
    for one, other in zip(_free(only[0], left), _free(only[1], right), strict=False):
        yield _hit(passage, (one.start, one.end), (other.start, other.end))


def _scales(side: Side) -> list[_Scale]:
    scales = {w: f for w, f in side.language.numbers.scales.items() if f >= _LEAST}
    found = []
    for match in find_words(side.text):
        word = match.group().lower()
        factor = scales.get(word) or next(
            (f for w, f in scales.items() if len(w) > _PREFIX and word.startswith(w)), None
        )
        if factor:
            found.append(_Scale(*match.span(), factor))
    return found


def _free(scales: list[_Scale], numbers: tuple[Number, ...]) -> list[_Scale]:
    """Those that are no part of a number that can be compared."""
    counted = [n for n in numbers if n.strength > Strength.SUPPORT]
    return [
        s for s in scales[:_MOST] if not any(n.start < s.end and s.start < n.end for n in counted)
    ]


def _hit(passage: Passage, one: tuple[int, int], other: tuple[int, int]) -> Hit:
    quotes = [
        f"the {side.language.name} “{side.text[slice(*span)]}”"
        for side, span in zip(passage.sides, (one, other), strict=True)
    ]
    return Hit(
        marks=(Mark(0, *one), Mark(1, *other)),
        message=f"A different order of magnitude: {quotes[0]}, {quotes[1]}.",
        confidence=0.95,
    )


RULE = Rule(
    slug="magnitude-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {"fr": "Le chantier a coûté 3,6 milliards.", "de": "Der Bau kostete 3,6 Mrd. Euro."}
        ),
        Example({"fr": "Un million de lettres", "de": "1.000.000 Briefe"}),
        Example(
            {"fr": "Le chantier a coûté 3,6 millions.", "de": "Der Bau kostete 3,6 Mrd. Euro."},
            ("3,6 millions", "3,6 Mrd."),
        ),
        Example(
            {"fr": "Elle a perdu deux milliards.", "de": "Sie verlor zwei Billionen."},
            ("deux milliards", "zwei Billionen"),
        ),
        Example(
            {"fr": "Des millions de poissons meurent.", "de": "Milliarden Fische sterben."},
            ("millions", "Milliarden"),
        ),
    ),
)
