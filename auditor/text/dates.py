"""Days of the week, months, whole dates and times of day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.languages import Language
from auditor.text.words import find_words

_COMPOUND = 5  # letters of a name that may begin a compound: "Montagmorgen", "samedis"
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:\.|er|st|nd|rd|th)?[ \N{NO-BREAK SPACE}]$")
_DAY_BEHIND = re.compile(r"[ \N{NO-BREAK SPACE}](\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})(?!\d)")
_YEAR_BEHIND = re.compile(r",?[ \N{NO-BREAK SPACE}](\d{4})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)")
_MONTH_IN_DIGITS = re.compile(r"(?<!\d)\d{1,2}[./] ?(\d{1,2})(?:[./]|(?!\d))")
_CLOCK = re.compile(
    r"(?<![\d.,:/])(\d{1,2})(?:[:.h] ?(\d{2})|[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?h"
    r"(?:eures?)?(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?(\d{2}))?)?(?![\d%])"
)
_TAIL = 24  # characters behind a time in which its half of the day is told


@dataclass(frozen=True, slots=True)
class Named:
    """A day of the week or a month by its name: 1 is Monday, and January."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes; ``marked`` where the half of the day is told."""

    start: int
    end: int
    minutes: int
    marked: bool


def find_weekdays(text: str, language: Language) -> tuple[Named, ...]:
    """The days of the week that are named, compounds among them."""
    return tuple(_named(text, language, language.weekdays, compounds=True))


def find_months(text: str, language: Language) -> tuple[Named, ...]:
    """The months that are named."""
    return tuple(_named(text, language, language.months, compounds=False))


def _named(
    text: str, language: Language, names: Mapping[str, int], *, compounds: bool
) -> Iterator[Named]:
    for match in find_words(text):
        word = match.group().lower()
        value = names.get(word)
        if value is None and compounds:
            value = next((v for name, v in names.items() if word.startswith(name)), None)
        if value is not None and _written_like_one(match, language):
            yield Named(*match.span(), value)


def _written_like_one(match: re.Match[str], language: Language) -> bool:
    """Whether the capital tells a month from another word: "May", "may"; "mars", "Mars"."""
    calendar = language.calendar
    doubtful = match.group().lower() in calendar.ambiguous
    return not doubtful or match.group()[0].isupper() is calendar.capitalised


def months_in_digits(text: str) -> frozenset[int]:
    """What may be a month in a date in digits."""
    return frozenset(int(match.group(1)) for match in _MONTH_IN_DIGITS.finditer(text))


def find_dates(text: str, language: Language) -> frozenset[tuple[int, int, int]]:
    """Whole dates as year, month, day."""
    found = (
        {(int(year), int(month), int(day)) for day, month, year in _NUMERIC.findall(text)}
        if language.numbers.dates_with_full_stops
        else set()
    )
    for month in find_months(text, language):
        before = _DAY_BEFORE.search(text[max(0, month.start - 8) : month.start])
        year = _YEAR_BEHIND.match(text, month.end)
        behind = _DAY_BEHIND.match(text, month.end)
        if before and year:
            found.add((int(year.group(1)), month.value, int(before.group(1))))
        elif behind:
            found.add((int(behind.group(2)), month.value, int(behind.group(1))))
    return frozenset(found)


def weekday(year: int, month: int, day: int) -> int:
    """The day of the week of a date in the Gregorian calendar (Zeller's congruence)."""
    shifted = (month - 3) % 12
    year -= month < 3
    return (
        day + (13 * shifted + 2) // 5 + year + year // 4 - year // 100 + year // 400 + 1
    ) % 7 + 1


def find_clocks(text: str, language: Language) -> tuple[Clock, ...]:
    """Times of day that are written as such: "20.30 Uhr", "20h30", "8:30 PM"."""
    return tuple(filter(None, (_clock(text, match, language) for match in _CLOCK.finditer(text))))


def _clock(text: str, match: re.Match[str], language: Language) -> Clock | None:
    hour, minute = int(match.group(1)), int(match.group(2) or match.group(3) or 0)
    if hour > 24 or minute > 59:
        return None
    end, rest = match.end(), text[match.end() : match.end() + _TAIL].lstrip(" \N{NO-BREAK SPACE}")
    if worded := re.match(r"Uhr|o’clock|o'clock", rest):
        end = text.index(worded.group(), end) + len(worded.group())
        rest = text[end : end + _TAIL].lstrip(" \N{NO-BREAK SPACE}")
    calendar = language.calendar
    morning, evening = _begins(rest, calendar.morning), _begins(rest, calendar.evening)
    colon = (
        text[match.start(1) + len(match.group(1)) : match.start(1) + len(match.group(1)) + 1] == ":"
    )
    if not (worded or morning or evening or colon or "h" in match.group()):
        return None
    if morning or evening:
        hour = hour % 12 + (12 if evening else 0) if hour <= 12 else hour
        end = text.index(morning or evening, end) + len(morning or evening)
    return Clock(match.start(), end, hour * 60 + minute, bool(morning or evening))


def _begins(rest: str, markers: frozenset[str]) -> str:
    """The longest marker that a text begins with, as a whole word."""
    fitting = [
        marker
        for marker in markers
        if rest.startswith(marker) and not rest[len(marker) : len(marker) + 1].isalpha()
    ]
    return max(fitting, key=len, default="")
