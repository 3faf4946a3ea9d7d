"""The two translations give different numbers.

A wrong number is the mistranslation that readers act upon and that no one can see in one language
alone. Numbers are compared by value: ``1.234,5`` is ``1 234,5``, ``97,4 Mrd.`` is
``97,4 milliards``, ``siebzehn`` is ``17``, ``20.30 Uhr`` is ``20h30``, and ``4. Dezember`` is
``4.12.``. Where a stretch has two plausible readings, such as ``3.200`` left over from English,
either will do: how it is written is a question of locale, not of meaning.

Limits: a number that one side leaves out altogether is reported with less confidence, for a
translator may write "both" for "the 2"; small number words, ordinals, months and Roman numerals
only explain numbers, they are never reported as missing. Measures in different units of one kind
are taken for conversions where they differ by a tenth at most ("20 feet", six metres): a wrong
one within that is missed. Measures in one unit that differ by so little, as conversions do that two
translators round by themselves, are neutral. Designations such as H100 or GPT-4 are names, not
numbers. Orders of magnitude (million, billion) are `magnitude-mismatch`'s.

Authority: MQM-Core, accuracy/mistranslation; ISO 17100 asks a reviser for exactly this check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.conversions import are_near
from auditor.text.number_pairs import Reading, differences, is_magnitude
from auditor.text.numbers import Number, Strength, key
from auditor.text.units import is_rounded, unit_of

# A bead that drifts this much may be misaligned: its numbers then prove little.
_SHAKY = 0.9
_SIGNS = 20  # equal numbers whose signs are looked at


def check(passage: Passage) -> Iterator[Hit]:
    """Compare the numbers of the two sides by value."""
    left, right = (Reading(side.text, side.language, side.nearby) for side in passage.sides)
    trust = 1.0 if passage.drift < _SHAKY else 0.6
    found = differences(left, right)
    for one, other in found.pairs:
        if not is_magnitude(left.text, right.text, one, other):
            yield _difference(passage, one, other, trust)
    for index, missing in enumerate(found.missing):
        for number in missing:
            if number.strength is Strength.DIGITS:
                yield _absence(passage, index, number, trust)
    yield from _opposite_signs(left.numbers(), right.numbers())


def _difference(passage: Passage, one: Number, other: Number, trust: float) -> Hit:
    both_digits = one.strength is other.strength is Strength.DIGITS
    left, right = passage.sides
    severity = Severity.MAJOR if both_digits and trust == 1 else Severity.MINOR
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Different numbers: the {left.language.name} says {_quoted(left, one)}, "
        f"the {right.language.name} {_quoted(right, other)}.",
        confidence=(0.9 if both_digits else 0.6) * trust,
        severity=Severity.NEUTRAL if _rounded(passage, one, other) else severity,
        evidence={"left": plain(one), "right": plain(other)},
    )


def _rounded(passage: Passage, one: Number, other: Number) -> bool:
    """Whether two measures are so near that they may be converted and rounded."""
    units = [
        unit_of(side.text, number, side.language)
        for side, number in zip(passage.sides, (one, other), strict=True)
    ]
    near = are_near(abs(one.value), abs(other.value))
    return near and all(unit and is_rounded(unit) for unit in units)


def _absence(passage: Passage, index: int, number: Number, trust: float) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    return Hit(
        marks=(
            Mark(index, number.start, number.end),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"The {side.language.name} says {_quoted(side, number)}; "
        f"the {other.language.name} has no such number here.",
        confidence=0.6 * trust,
        severity=Severity.MINOR,
        evidence={("left", "right")[index]: plain(number)},
    )


def _quoted(side: Side, number: Number) -> str:
    """The number as written, with its value where that is not the same."""
    quote = side.text[number.start : number.end]
    value = plain(number)
    written = "".join(quote.split()).replace(",", ".").replace("-", "\N{MINUS SIGN}")
    same = written == "".join(value.split())
    return f"“{quote}”" if same else f"“{quote}” ({value})"


def _opposite_signs(left: Sequence[Number], right: Sequence[Number]) -> Iterator[Hit]:
    """Numbers that agree but for a plus on one side and a minus on the other."""
    facing: dict[float, list[Number]] = {}
    for other in right:
        facing.setdefault(key(other.value), []).append(other)
    for one in left:
        others = facing.get(key(one.value), []) if one.sign else []
        if others and {other.sign for other in others[:_SIGNS]} == {
            "+" if one.sign == "-" else "-"
        }:
            other = others[0]
            yield Hit(
                marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
                message=f"Opposite signs: {plain(one)} and {plain(other)}.",
                confidence=0.9,
                evidence={"left": plain(one), "right": plain(other)},
            )


def plain(number: Number) -> str:
    """A number's value in digits: thousands apart where it is long, no exponent."""
    text = f"{number.value:{',' if abs(number.value) >= 10_000 else ''}.6f}".rstrip("0").rstrip(".")
    text = number.sign.replace("-", "\N{MINUS SIGN}") + text.replace(
        ",", "\N{NARROW NO-BREAK SPACE}"
    )
    return f"{text}\N{NARROW NO-BREAK SPACE}%" if number.percent else text


RULE = Rule(
    slug="number-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    free=True,
    custom=True,
    examples=(
        Example(
            {"fr": "Le port a coûté 1 234,5 millions.", "de": "Der Hafen kostete 1.234,5 Mio."}
        ),
        Example({"fr": "Elle a dix-sept ans.", "de": "Sie ist 17 Jahre alt."}),
        Example({"fr": "Rendez-vous le 4 mai à 20h30.", "de": "Treffen am 4. Mai um 20.30 Uhr."}),
        Example(
            {"fr": "L’offre atteint 97,4 milliards.", "de": "Das Angebot beträgt 94,7 Mrd. Euro."},
            ("97,4 milliards", "94,7 Mrd."),
        ),
        Example(
            {"fr": "Le cours a pris 3,2 %.", "de": "Der Kurs stieg um 2,3 Prozent."},
            ("3,2 %", "2,3 Prozent"),
        ),
        Example(
            {
                "fr": "Elle emploie 450 personnes depuis 2019.",
                "de": "Sie beschäftigt seit 2019 45 Leute.",
            },
            ("450", "45"),
        ),
    ),
)
