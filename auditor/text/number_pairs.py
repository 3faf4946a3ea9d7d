"""Numbers that one side has and the other has not, and which of them stand for one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.languages import Language
from auditor.text.conversions import converted, measures
from auditor.text.numbers import Number, Strength, find_numbers, key

# With more candidates (a table, a hostile text) numbers are paired in their order.
_MOST_PAIRS = 10_000
_RUN = re.compile(r"\d{2,9}")
_THOUSANDS = frozenset({1e3, 1e6, 1e9})


@dataclass(frozen=True, slots=True)
class Reading:
    """One side's text and that of the beads around it, where a number may have slipped to."""

    text: str
    language: Language
    nearby: str = ""

    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the text; those of the last few texts are remembered."""
        return _numbers(self.text, self.language)


@dataclass(frozen=True, slots=True)
class Differences:
    """Numbers paired although they differ, and those missing on the other side, by side."""

    pairs: tuple[tuple[Number, Number], ...]
    missing: tuple[tuple[Number, ...], tuple[Number, ...]]


@lru_cache(maxsize=64)
def _numbers(text: str, language: Language) -> tuple[Number, ...]:
    return find_numbers(text, language)


def differences(left: Reading, right: Reading) -> Differences:
    """What the numbers of two sides do not agree about; measures may be converted."""
    only_left = _unmatched(left, right)
    only_right = _unmatched(right, left)
    if only_left or only_right:
        ours, theirs = (measures(r.text, r.numbers(), r.language) for r in (left, right))
        only_left = _without(only_left, converted(ours, theirs))
        only_right = _without(only_right, converted(theirs, ours))
    pairs = tuple(_pair(only_left, only_right))
    paired = {id(number) for pair in pairs for number in pair}
    missing = tuple(
        tuple(number for number in numbers if id(number) not in paired)
        for numbers in (only_left, only_right)
    )
    return Differences(pairs, (missing[0], missing[1]))


def _unmatched(own: Reading, other: Reading) -> list[Number]:
    """Numbers that the other side has not, neither here nor in a neighbouring bead."""
    numbers, others = own.numbers(), other.numbers()
    known = _values(others)
    here = [n for n in numbers if n.strength > Strength.SUPPORT and not _explained(n, known)]
    here = _without_written(here, own, other)
    if not here or not other.nearby:
        return here
    nearby = _values(find_numbers(other.nearby, other.language))
    return [number for number in here if not nearby.intersection(map(key, number.readings))]


def _without_written(numbers: list[Number], own: Reading, other: Reading) -> list[Number]:
    """Numbers but for those that the other side has in a name: "S&P 500", « le S&P-500 »."""
    if not numbers:
        return numbers
    read = _covered(other.numbers())
    named = {m.group() for m in _RUN.finditer(other.text) if m.start() not in read}
    return [number for number in numbers if own.text[number.start : number.end] not in named]


def _covered(numbers: Sequence[Number]) -> set[int]:
    """The places of a text that its numbers cover."""
    return {place for number in numbers for place in range(number.start, number.end)}


def _without(numbers: Sequence[Number], some: Iterable[Number]) -> list[Number]:
    known = {id(number) for number in some}
    return [number for number in numbers if id(number) not in known]


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


def is_magnitude(left: str, right: str, one: Number, other: Number) -> bool:
    """Whether two numbers are a power of a thousand apart, and one at least has a scale word."""
    small, large = sorted((abs(one.value), abs(other.value)))
    worded = any(
        text[number.end - 1 : number.end].isalpha() or text[number.end - 1 : number.end] == "."
        for text, number in ((left, one), (right, other))
    )
    return worded and small > 0 and key(large / small) in _THOUSANDS
