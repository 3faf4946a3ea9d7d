"""The two translations give different numbers.

A wrong number is the mistranslation that readers act upon and that no one can see in one language
alone. Numbers are compared by value: ``1.234,5`` is ``1 234,5``, ``97,4 Mrd.`` is
``97,4 milliards``, ``siebzehn`` is ``17``, ``20.30 Uhr`` is ``20h30``, and ``4. Dezember`` is
``4.12.``. Where a stretch has two plausible readings, such as ``3.200`` left over from English,
either will do: how it is written is a question of locale, not of meaning.

Limits: a number that one side leaves out altogether is reported with less confidence, for a
translator may write "both" for "the 2"; small number words, ordinals, months and Roman numerals
only explain numbers, they are never reported as missing. Converted units (miles to kilometres)
are reported as different numbers. Designations such as H100 or GPT-4 are names, not numbers.

Authority: MQM-Core, accuracy/mistranslation; ISO 17100 asks a reviser for exactly this check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.numbers import Number, Strength, find_numbers, key

# A bead that drifts this much may be misaligned: its numbers then prove little.
_SHAKY = 0.9
# With more candidates (a table, a hostile text) numbers are paired in their order.
_MOST_PAIRS = 10_000
_SIGNS = 20  # equal numbers whose signs are looked at


def check(passage: Passage) -> Iterator[Hit]:
    """Compare the numbers of the two sides by value."""
    left, right = (find_numbers(side.text, side.language) for side in passage.sides)
    missing_right = _unmatched(left, right, passage.sides[1])
    missing_left = _unmatched(right, left, passage.sides[0])
    trust = 1.0 if passage.drift < _SHAKY else 0.6
    pairs = list(_pair(missing_right, missing_left))
    for one, other in pairs:
        yield _difference(passage, one, other, trust)
    paired = {id(number) for pair in pairs for number in pair}
    for index, missing in enumerate((missing_right, missing_left)):
        for number in missing:
            if id(number) not in paired and number.strength is Strength.DIGITS:
                yield _absence(passage, index, number, trust)
    yield from _opposite_signs(left, right)


def _unmatched(numbers: Sequence[Number], others: Sequence[Number], other: Side) -> list[Number]:
    """Numbers that the other side has not, neither here nor in a neighbouring bead."""
    known = _values(others)
    here = [n for n in numbers if n.strength > Strength.SUPPORT and not _explained(n, known)]
    if not here or not other.nearby:
        return here
    nearby = _values(find_numbers(other.nearby, other.language))
    return [number for number in here if not nearby.intersection(map(key, number.readings))]


def _values(numbers: Sequence[Number]) -> set[float]:
    return {key(reading) for number in numbers for reading in number.readings}


def _explained(number: Number, known: set[float]) -> bool:
    """Whether some reading is known, or is a known year with its century left out or put in."""
    value = number.value
    years = {1900 + value, 2000 + value} if 10 <= value < 100 else set()
    if 1900 <= value < 2100 and value % 100 >= 10:
        years = {value % 100}
    return bool(known.intersection(map(key, number.readings)) or known & years)


def _pair(left: list[Number], right: list[Number]) -> Iterator[tuple[Number, Number]]:
    """Unmatched numbers of the two sides that stand for one another, the most alike first."""
    if len(left) * len(right) > _MOST_PAIRS:
        yield from zip(left, right, strict=False)
        return
    candidates = sorted(
        (
            (_likeness(one, other), i, j)
            for i, one in enumerate(left)
            for j, other in enumerate(right)
        ),
        key=lambda candidate: (-candidate[0], candidate[1], candidate[2]),
    )
    used: set[tuple[int, int]] = set()
    for _, i, j in candidates:
        if not any(i == a or j == b for a, b in used):
            used.add((i, j))
            yield left[i], right[j]


def _likeness(one: Number, other: Number) -> float:
    """How probable it is that two different numbers translate one another."""
    small, large = sorted((abs(one.value), abs(other.value)))
    digits = f"{one.value:g}".strip("0.") == f"{other.value:g}".strip("0.")  # off by a power of ten
    return (
        2.0 * digits
        + (one.strength is other.strength)
        + (one.percent is other.percent)
        + (small / large if large else 0.0)
    )


def _difference(passage: Passage, one: Number, other: Number, trust: float) -> Hit:
    both_digits = one.strength is other.strength is Strength.DIGITS
    left, right = passage.sides
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Different numbers: the {left.language.name} says {_quoted(left, one)}, "
        f"the {right.language.name} {_quoted(right, other)}.",
        confidence=(0.9 if both_digits else 0.6) * trust,
        severity=Severity.MAJOR if both_digits and trust == 1 else Severity.MINOR,
        evidence={"left": plain(one), "right": plain(other)},
    )


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
    examples=(
        Example(
            {"fr": "Le port a coûté 1 234,5 millions.", "de": "Der Hafen kostete 1.234,5 Mio."}
        ),
        Example({"fr": "Elle a dix-sept ans.", "de": "Sie ist 17 Jahre alt."}),
        Example({"fr": "Rendez-vous le 4 mai à 20h30.", "de": "Treffen am 4. Mai um 20.30 Uhr."}),
        Example(
            {"fr": "L’offre atteint 97,4 milliards.", "de": "Das Angebot beträgt 97,4 Millionen."},
            ("97,4 milliards", "97,4 Millionen"),
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
