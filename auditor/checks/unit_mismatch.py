"""The same number has another unit on the other side.

Twelve million dollars are not twelve million euros, and a reader who only looks at the figure never
notices. Compared are the units of numbers that are equal by value: currencies, lengths, masses,
temperatures, sizes of data, power and energy, speeds and other rates, spans of time, and per cent
against percentage points. A measure whose number differs by a tenth or less is compared, too, where
one unit is much larger than the other: it was rounded, and its unit is wrong.

What counts as equal: a sign and its word (``€``, ``Euro``), the units of both languages
(``Go`` is ``GB``), units that are nearly as large (yards and metres), nights and days of a stay, a
word that may mean the same unit (a pound is money or mass), and the bare number behind a name that
tells somebody's age.

Limits: dollars of different countries are not told apart. A number without a unit that is known
proves nothing. Converted measures have other numbers; `number-mismatch` compares their sizes.

Authority: MQM-Core, accuracy/mistranslation; ISO 17100 asks a reviser for exactly this check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.conversions import are_near, is_converted
from auditor.text.number_pairs import Reading
from auditor.text.numbers import Number, key
from auditor.text.units import Unit, families, is_age, size, unit_of

Measure = tuple[Number, Unit | None]

_LARGER = 1.5  # times a measure is larger than another that is no conversion of it
_MOST = 20  # equal numbers whose units are compared
# These pairs are said of the same thing by careful writers, too.
_LOOSE = frozenset({frozenset({"percent", "point"}), frozenset({"day", "week"})})


def check(passage: Passage) -> Iterator[Hit]:
    """Compare the units of numbers of equal value."""
    left, right = (_measures(side) for side in passage.sides)
    for value, ours in left.items():
        odd = _odd(ours[:_MOST], right.get(value, [])[:_MOST])
        if odd:
            yield _hit(passage, *odd)
    for one, other in _nearly(left, right):
        yield _hit(passage, one, other)


def _nearly(
    left: Mapping[float, list[Measure]], right: Mapping[float, list[Measure]]
) -> Iterator[tuple[Measure, Measure]]:
    """Measures that only one side has, whose numbers are nearly equal and whose sizes are not."""
    alone = [
        [measures[0] for value, measures in mine.items() if value not in theirs and measures[0][1]]
        for mine, theirs in ((left, right), (right, left))
    ]
    for one in alone[0][:_MOST]:
        near = [other for other in alone[1][:_MOST] if are_near(one[0].value, other[0].value)]
        if len(near) == 1 and _differ_in_size(one, near[0]):
            yield one, near[0]


def _differ_in_size(one: Measure, other: Measure) -> bool:
    """Whether two measures of one family are no conversions of one another."""
    if not (one[1] and other[1]) or _may_agree(one, other):
        return False
    sizes = size(one[1]), size(other[1])
    if None in sizes or not families(one[1]) & families(other[1]):
        return False
    small, large = sorted(
        abs(number.value) * (size(unit) or 0.0) for number, unit in (one, other) if unit
    )
    return large > _LARGER * small


def _odd(ours: list[Measure], theirs: list[Measure]) -> tuple[Measure, Measure] | None:
    """What is left on both sides when all have been paired that may agree, those with units first.

    A number without a unit may agree with any. What one side says more often proves nothing.
    """
    if len(ours) != len(theirs) and any(_may_agree(a, b) for a in ours for b in theirs):
        return None
    for bare in (False, True):
        for one in list(ours):
            mates = [m for m in theirs if (not (one[1] and m[1])) == bare and _may_agree(one, m)]
            if mates:
                ours.remove(one)
                theirs.remove(mates[0])
    return (ours[0], theirs[0]) if ours and theirs else None


def _measures(side: Side) -> dict[float, list[Measure]]:
    """The numbers of a side with their units, by value."""
    found: dict[float, list[Measure]] = {}
    for number in Reading(side.text, side.language, side.nearby).numbers():
        unit = unit_of(side.text, number, side.language)
        if unit is None and is_age(side.text, number):
            unit = Unit(number.start, number.end, ("age",))
        measure = number, unit
        found.setdefault(key(number.value), []).append(measure)
    return found


def _may_agree(one: Measure, other: Measure) -> bool:
    return (
        one[1] is None
        or other[1] is None
        or bool(set(one[1].keys) & set(other[1].keys))
        or _more_exact(one[1], other[1])
        or _is_rate_of(one[1], other[1])
        or _is_rate_of(other[1], one[1])
        or _may_be_age(one[1], other[1])
        or _may_be_age(other[1], one[1])
        or is_converted(one[0].value, one[1], other[1])
    )


def _is_rate_of(one: Unit, other: Unit) -> bool:
    """Whether a unit is another one by something, which may be spelt out: km/h, Kilometer."""
    return any(key.startswith(f"{part}/") for key in one.keys for part in other.keys)


def _may_be_age(one: Unit, other: Unit) -> bool:
    """Whether a bare number may be anything but another span of time."""
    return "age" in one.keys and ("year" in other.keys or "time" not in families(other))


def _more_exact(one: Unit, other: Unit) -> bool:
    """Degrees are those of Celsius or Fahrenheit where one side does not say which."""
    return "degree" in one.keys + other.keys and families(one) == families(other)


def _hit(passage: Passage, one: Measure, other: Measure) -> Hit:
    assert one[1] and other[1]  # noqa: S101  a measure without a unit may agree
    spans = [_span(*measure) for measure in (one, other)]
    quotes = [passage.sides[index].text[start:end] for index, (start, end) in enumerate(spans)]
    loose = frozenset((one[1].keys[0], other[1].keys[0])) in _LOOSE
    same_family = bool(families(one[1]) & families(other[1]))
    names = [side.language.name for side in passage.sides]
    return Hit(
        marks=tuple(Mark(index, *span) for index, span in enumerate(spans)),
        message=f"The same number has different units: “{quotes[0]}” in the {names[0]}, "
        f"“{quotes[1]}” in the {names[1]}.",
        confidence=0.9 if same_family and not loose else 0.5,
        severity=Severity.MAJOR if same_family and not loose else Severity.MINOR,
        evidence={"left": "/".join(one[1].keys), "right": "/".join(other[1].keys)},
    )


def _span(number: Number, unit: Unit | None) -> tuple[int, int]:
    assert unit  # noqa: S101  see above
    return min(number.start, unit.start), max(number.end, unit.end)


RULE = Rule(
    slug="unit-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    custom=True,
    longest=LONGEST,
    examples=(
        Example({"fr": "Le dock coûte 12 millions d’euros.", "de": "Das Dock kostet 12 Mio. €."}),
        Example({"fr": "Le disque fait 500 Go.", "de": "Die Platte fasst 500 GB."}),
        Example(
            {"fr": "Le dock coûte 12 millions d’euros.", "de": "Das Dock kostet 12 Mio. Dollar."},
            ("12 millions d’euros", "12 Mio. Dollar"),
        ),
        Example(
            {"fr": "Le port est à 30 kilomètres.", "de": "Der Hafen liegt 30 Meilen entfernt."},
            ("30 kilomètres", "30 Meilen"),
        ),
        Example(
            {"fr": "Les travaux durent trois semaines.", "de": "Die Arbeiten dauern drei Monate."},
            ("trois semaines", "drei Monate"),
        ),
    ),
)
