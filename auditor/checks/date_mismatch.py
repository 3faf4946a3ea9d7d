"""The two translations name another day, month or time of day.

Whoever comes on Thursday to what was on Friday has been misled. Compared are days of the week and
months by name, and times of day whose half of the day one side has lost (``3:00 PM`` beside
``3.00 Uhr``).

What counts as equal: a month in digits, a day within a compound („Montagmorgen“), ``Samstag`` and
``Sonnabend``, ``3:00 PM`` and ``15 Uhr``. A day or month that only one side names proves nothing:
"on Monday" may well be "today".

The suspect: where one side or the other gives the whole date, arithmetic tells which day of the
week it was, and which side is wrong.

Limits: abbreviated names are not read, nor dates in words. Days and years in digits are
`number-mismatch`'s.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.dates import (
    Clock,
    Named,
    find_clocks,
    find_dates,
    find_months,
    find_weekdays,
    months_in_digits,
    weekday,
)

_HALF_A_DAY = 720  # minutes


def check(passage: Passage) -> Iterator[Hit]:
    """Compare days of the week, months, and halves of the day."""
    left, right = passage.sides
    days = find_weekdays(left.text, left.language), find_weekdays(right.text, right.language)
    months = find_months(left.text, left.language), find_months(right.text, right.language)
    suspect = _suspect(passage, days) if any(days) else None
    nearby = [find_weekdays(side.nearby, side.language) for side in passage.sides]
    for one, other in _differing(*days, *[{day.value for day in some} for some in nearby]):
        yield _hit(passage, one, other, "day of the week", suspect)
    nearby = [find_months(side.nearby, side.language) for side in passage.sides]
    for one, other in _differing(*months, *[{month.value for month in some} for some in nearby]):
        if one.value not in months_in_digits(right.text) and (
            other.value not in months_in_digits(left.text)
        ):
            yield _hit(passage, one, other, "month", suspect)
    yield from _halves(passage)


def _differing(
    left: Sequence[Named],
    right: Sequence[Named],
    near_left: set[int],
    near_right: set[int],
) -> Iterator[tuple[Named, Named]]:
    """Pairs of names of which neither side has the other's, here or slipped to its neighbours."""
    for one, other in zip(_without(left, right), _without(right, left), strict=False):
        if not (one.value in near_right and other.value in near_left):
            yield one, other


def _without(some: Sequence[Named], others: Sequence[Named]) -> list[Named]:
    """The names that the others lack; where both are as many, each answers for one."""
    answers = Counter(name.value for name in others)
    if len(some) != len(others):
        return list({name.value: name for name in some if not answers[name.value]}.values())
    left_over = []
    for name in some:
        answers[name.value] -= 1
        if answers[name.value] < 0:
            left_over.append(name)
    return left_over


def _suspect(passage: Passage, days: tuple[Sequence[Named], ...]) -> int | None:
    """The side whose day of the week does not fit the date, where the other's does."""
    dates = [find_dates(side.text, side.language) for side in passage.sides]
    fits = [_fits(days[index], dates[index] or dates[1 - index]) for index in (0, 1)]
    return fits.index(False) if sorted(map(str, fits)) == ["False", "True"] else None


def _fits(days: Sequence[Named], dates: frozenset[tuple[int, int, int]]) -> bool | None:
    """Whether the one day named fits the one date given; unknown where there are more."""
    values = {day.value for day in days}
    if len(values) != 1 or len(dates) != 1:
        return None
    year, month, day = next(iter(dates))
    return weekday(year, month, day) in values if 1 <= month <= 12 and year > 1582 else None


def _halves(passage: Passage) -> Iterator[Hit]:
    """Times that differ by twelve hours, where only one side tells the half of the day."""
    left, right = (find_clocks(side.text, side.language) for side in passage.sides)
    for index, ours, theirs in ((0, left, right), (1, right, left)):
        known = {clock.minutes for clock in theirs}
        for clock in ours:
            mate = _half_lost(clock, theirs) if clock.minutes not in known else None
            if mate:
                yield _half_hit(passage, index, clock, mate)


def _half_lost(clock: Clock, others: Sequence[Clock]) -> Clock | None:
    """The time on the other side that lacks the afternoon."""
    if not clock.marked:
        return None
    early = (o for o in others if not o.marked and clock.minutes - o.minutes == _HALF_A_DAY)
    return next(early, None)


def _half_hit(passage: Passage, index: int, clock: Clock, mate: Clock) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    return Hit(
        marks=(Mark(index, clock.start, clock.end), Mark(1 - index, mate.start, mate.end)),
        message=f"The {side.language.name} says “{side.text[clock.start : clock.end]}”, in the "
        f"afternoon; the {other.language.name} “{other.text[mate.start : mate.end]}” reads as "
        "morning.",
        confidence=0.8,
        suspect=1 - index,
        evidence={"read as": [_hours(clock.minutes), _hours(mate.minutes)]},
    )


def _hours(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _hit(passage: Passage, one: Named, other: Named, what: str, suspect: int | None) -> Hit:
    left, right = passage.sides
    verdict = ""
    if suspect is not None:
        verdict = f" The date tells that the {passage.sides[suspect].language.name} is wrong."
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Another {what}: “{_quote(left, one)}” in the {left.language.name}, "
        f"“{_quote(right, other)}” in the {right.language.name}.{verdict}",
        confidence=0.95 if suspect is not None else 0.9,
        suspect=suspect,
        evidence={"left": _quote(left, one), "right": _quote(right, other)},
    )


def _quote(side: Side, name: Named) -> str:
    return side.text[name.start : name.end]


RULE = Rule(
    slug="date-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example({"fr": "Rendez-vous lundi matin.", "de": "Treffen am Montagmorgen."}),
        Example({"fr": "Le pont ouvre le 4 mai.", "de": "Die Brücke öffnet am 4.5."}),
        Example(
            {"fr": "Le vote a lieu vendredi.", "de": "Am Donnerstag wird abgestimmt."},
            ("vendredi", "Donnerstag"),
        ),
        Example(
            {"fr": "Elle part en janvier.", "de": "Sie reist im Juni ab."}, ("janvier", "Juni")
        ),
        Example(
            {"fr": "La réunion est à 3:00 PM.", "de": "Die Sitzung ist um 3:00 Uhr."},
            ("3:00 PM", "3:00 Uhr"),
        ),
    ),
)
