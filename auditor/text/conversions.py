"""Converted measures: twenty feet are six metres, 550 pounds 250 kilograms, 90 °F 32 °C.

Translators convert what their readers would not measure in, and round what comes out. Two measures
of one family in different units are taken for one where they differ by a tenth at most (by a degree
and a half for temperatures). Sizes are in `data/units.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.languages import Language
from auditor.text.numbers import Number
from auditor.text.units import Unit, amounts, unit_of

_ROUNDED = 0.1  # share by which conversions may differ that somebody rounded
_DEGREES = 1.5
# What may stand between the two numbers of a range: "2 to 4 inches", « de 5 à 10 cm », „5–10 cm“.
_RANGE = re.compile(r"\s{0,2}(?:[^\W\d_]{1,5}|[-\N{EN DASH}/])\s{0,2}")
_MOST = 60  # measures of a text that are compared


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with all that its unit may mean: family, unit, size in the family's own measure."""

    number: Number
    amounts: tuple[tuple[str, str, float], ...]


def measures(text: str, numbers: Sequence[Number], language: Language) -> list[Measure]:
    """The numbers of a text that have a unit; the first of a range has that of the second."""
    found: list[Measure] = []
    following: Number | None = None
    for number in reversed(numbers):
        unit = unit_of(text, number, language)
        if unit is None and following and _RANGE.fullmatch(text[number.end : following.start]):
            unit = unit_of(text, following, language)
        following = number
        if unit is not None and (sizes := tuple(amounts(unit, number.value))):
            found.append(Measure(number, sizes))
    return found[-_MOST:]


def converted(ours: Sequence[Measure], theirs: Sequence[Measure]) -> Iterator[Number]:
    """The numbers of ours that the other side gives in another unit."""
    for one in ours:
        if any(_same(a, b) for other in theirs for a in one.amounts for b in other.amounts):
            yield one.number


def is_converted(value: float, one: Unit, other: Unit) -> bool:
    """Whether a number is about as much in one unit as in another: 30 yards, 30 metres."""
    return any(_same(a, b) for a in amounts(one, value) for b in amounts(other, value))


def _same(one: tuple[str, str, float], other: tuple[str, str, float]) -> bool:
    """Whether two amounts are one, told in two units."""
    (family, unit, amount), (kind, counterpart, size) = one, other
    if family != kind or unit == counterpart:
        return False
    if family == "temperature":
        return abs(amount - size) <= _DEGREES
    return are_near(amount, size)


def are_near(one: float, other: float) -> bool:
    """Whether two values differ by no more than conversions do that somebody rounded."""
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))
