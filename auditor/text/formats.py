"""Numbers, times and dates that are written as another language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor.languages import Language
from auditor.text.patterns import any_of

_SP = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_SIGNS = "%‰€$£¥"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch in a foreign format, and how it should read where that is sure."""

    start: int
    end: int
    reading: str


def find_decimals(text: str, language: Language) -> Iterator[Foreign]:
    """Decimals with the wrong mark: "3.20 %" in French. Only where no grouping can be meant."""
    own = language.numbers.decimal_mark
    for match in _decimal(language).finditer(text):
        reading = re.sub(r"\D", own, match.group())
        yield Foreign(match.start(), match.end(), reading)


@cache
def _decimal(language: Language) -> re.Pattern[str]:
    """One or two decimals, before a sign or word of a unit or behind a currency."""
    foreign = re.escape("." if language.numbers.decimal_mark == "," else ",")
    words = {*language.numbers.percent, *language.numbers.scales} - set(_SIGNS)
    unit = rf"{_SP}?[{_SIGNS}]|{_SP}(?:{any_of(words)})(?!\w)"
    return re.compile(
        rf"(?<![\w.,:/])(?:\d{{1,3}}{foreign}\d{{1,2}})(?={unit})"
        rf"|(?<=[€$£¥])(?:\d{{1,3}}{foreign}\d{{1,2}})(?![\w.,])",
        re.IGNORECASE,
    )


_HALF = re.compile(
    rf"(?<![\w.,:/-])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minutes>[0-5]\d))?{_SP}?"
    r"(?P<half>AM|PM|pm|[ap]\.m\.|(?<=\d)am)(?!\w)"
)


def find_half_days(text: str, language: Language) -> Iterator[Foreign]:
    """Times of twelve hours with AM and PM where the language counts to twenty-four."""
    if language.calendar.twelve_hours:
        return
    for match in _HALF.finditer(text):
        hour = int(match.group("hour")) % 12 + 12 * match.group("half").lower().startswith("p")
        minutes = match.group("minutes") or "00"
        yield Foreign(match.start(), match.end(), f"{hour}:{minutes}")


def find_dates(text: str, language: Language) -> Iterator[Foreign]:
    """Dates with the month first, or with a comma before the year, where the day comes first."""
    if not language.calendar.day_first:
        return
    for match in _date(language).finditer(text):
        month = match.group("month") or match.group("name")
        day = match.group("day") or match.group("number")
        dot = "." if language.segmentation.ordinal_full_stop else ""
        yield Foreign(match.start(), match.end(), f"{day}{dot} {month} {match.group('year')}")


@cache
def _date(language: Language) -> re.Pattern[str]:
    names = any_of(language.months)
    return re.compile(
        rf"(?<!\w)(?:(?P<month>{names})\.?{_SP}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,"
        rf"|(?P<number>[0-3]?\d)\.?{_SP}(?P<name>{names}),){_SP}(?P<year>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )
