"""Units behind and before numbers: currencies, lengths, sizes, spans of time, percentages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice

from auditor.languages import Language
from auditor.text.numbers import Number

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_GAP = re.compile(rf"[{_SPACES}]?-?")
_TOKEN = re.compile(
    r"[$€£¥%]|[°º][CF]?(?![^\W\d_])|US-?\$|[^\W\d_]+(?:[-/][^\W\d_]+)*(?:[²³]|(?<=m)[23](?!\w))?"
)
_BEFORE = re.compile(rf"(US-?\$|[$€£¥]|\b[A-Z]{{3}})[{_SPACES}]?$")
_LINK = re.compile(rf"[^\W\d_]{{1,12}}(?:['’]|[{_SPACES}])")
_WORDS = 4  # words that a unit has at most: "kilometer in der stunde"
_REACH = 48  # characters behind a number in which its unit ends


_FREEZING, _FAHRENHEIT = 32, 1.8  # degrees Fahrenheit at 0 °C, and in one degree Celsius
_AGES = range(1, 121)
_NEAR = 20  # characters before an age in which a word with a comma ends
# "Mia, 41," and "Mia, inzwischen 41,": an adverb, not the preposition of an hour or a day.
_NAMED = re.compile(rf"[^\W\d_],[{_SPACES}](?:[a-zß-ÿ]{{6,15}}[{_SPACES}])?\Z")
_DECADE = re.compile(r"(?:\d0|1[89]\d0|20\d0)['’]?s(?!\w)")  # "the '70s": no seconds
_CLOSED = re.compile(r"[,;.)](?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written; ``keys`` is all that it may mean."""

    start: int
    end: int
    keys: tuple[str, ...]


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    """Signs -> units, units -> families, and the families that translators round."""
    table = tomllib.loads((files("auditor") / "data" / "units.toml").read_text("utf-8"))
    signs = {
        sign: unit
        for family in table["families"].values()
        for unit, all_signs in family.items()
        for sign in all_signs
    }
    families = {unit: name for name, family in table["families"].items() for unit in family}
    return signs, families, frozenset(table["rounded"])


def families(unit: Unit) -> frozenset[str]:
    """The families of all that a unit may mean."""
    return frozenset(_family(key) for key in unit.keys)


def _family(key: str) -> str:
    """The family of a unit; that of a rate is what it is of, and by what."""
    kinds = [_table()[1][part] for part in _parts(key)]
    return "speed" if kinds == ["length", "time"] else "/".join(kinds)


def is_age(text: str, number: Number) -> bool:
    """Whether a bare number tells how old somebody is: "Mia, 41,", "Mia, inzwischen 41,"."""
    return (
        number.value in _AGES
        and text[number.start : number.end].isdigit()
        and _NAMED.search(text, max(0, number.start - _NEAR), number.start) is not None
        and _CLOSED.match(text, number.end) is not None
    )


def size(unit: Unit) -> float | None:
    """How large a unit is beside others of its family, where that is known."""
    sizes = [_sizes().get(part) for part in _parts(unit.keys[0])]
    if None in sizes:
        return None
    whole, *per = (value for value in sizes if value)
    return whole / per[0] if per else whole


def amounts(unit: Unit, value: float) -> Iterator[tuple[str, str, float]]:
    """What a measure may be: family, unit, and how much it is in a measure of the family's own.

    Degrees that don't say whose they are may be Fahrenheit's as well as Celsius'.
    """
    for key in unit.keys:
        family = _family(key)
        if family == "temperature":
            if key != "°F":
                yield family, "°C", value
            if key != "°C":
                yield family, "°F", (value - _FREEZING) / _FAHRENHEIT
        elif whole := size(replace(unit, keys=(key,))):
            yield family, key, value * whole


def _parts(key: str) -> list[str]:
    """What a unit is of, and by what, where it is a rate that has no name of its own."""
    return [key] if key in _table()[1] else key.split("/")


@cache
def _sizes() -> Mapping[str, float]:
    table = tomllib.loads((files("auditor") / "data" / "units.toml").read_text("utf-8"))
    return {unit: float(value) for unit, value in table["sizes"].items()}


def is_rounded(unit: Unit) -> bool:
    """Whether translators convert such a unit and round what comes out."""
    return bool(families(unit) & _table()[2])


def is_sign(word: str) -> bool:
    """Whether a word is the sign of a unit in every language: EUR, GB."""
    return word in _table()[0]


def unit_of(text: str, number: Number, language: Language) -> Unit | None:
    """The unit of a number: a currency before it, or what stands behind it."""
    if number.percent:
        return _points(text, number, language) or Unit(number.start, number.end, ("percent",))
    if _DECADE.match(text, number.start) and number.value % 10 == 0:
        return None
    return _in_front(text, number.start) or _behind(text, number.end, language)


def _points(text: str, number: Number, language: Language) -> Unit | None:
    """Whether what was read as per cent goes on to points of a percentage ("Prozentpunkte")."""
    start = re.search(r"[^\W\d_]*$", text[number.start : number.end])
    if start is None or not start.group():
        return None
    begin = number.start + start.start()
    ends = [match.end() for match in islice(_TOKEN.finditer(text, begin, begin + _REACH), 2)]
    for end in reversed(ends):
        keys = language.units.get(text[begin:end].lower(), ())
        if keys and end > number.end:
            return Unit(begin, end, keys)
    return None


def _behind(text: str, end: int, language: Language) -> Unit | None:
    """The longest unit that the words behind a number spell."""
    position = _linked(text, end, language)
    ends: list[int] = []
    stop = min(len(text), position + _REACH)
    for match in _TOKEN.finditer(text, position, stop):
        apart = text[ends[-1] if ends else position : match.start()]
        if apart.strip(_SPACES + "-'’") or len(ends) == _WORDS or _is_article(text, match):
            break
        ends.append(match.end())
    for last in reversed(ends):
        if keys := _meaning(text[position:last].lstrip(_SPACES + "-"), language):
            return Unit(position, last, keys)
    return None


def _is_article(text: str, match: re.Match[str]) -> bool:
    """Whether a letter is an article that has lost its vowel, and no sign: "l'an dernier"."""
    return match.end() - match.start() == 1 and text[match.end() : match.end() + 1] in ("'", "’")


def _linked(text: str, end: int, language: Language) -> int:
    """Where a unit may begin behind a number: after a space, and a word such as "de"."""
    gap = _GAP.match(text, end)
    position = gap.end() if gap else end
    match = _LINK.match(text, position)
    link = match.group().rstrip(_SPACES).lower().replace("’", "'") if match else ""
    return match.end() if match and link in language.numbers.unit_links else position


def _meaning(words: str, language: Language) -> tuple[str, ...]:
    signs = _table()[0]
    if words in signs:
        return (signs[words],)
    if rate := _rate(words):
        return (rate,)
    plain = " ".join(words.lower().replace("’", "'").split())
    return language.units.get(plain, ())


def _rate(words: str) -> str:
    """What two signs with a stroke between them mean, where the whole is none of the signs."""
    signs = _table()[0]
    above, stroke, below = words.partition("/")
    return f"{signs[above]}/{signs[below]}" if stroke and above in signs and below in signs else ""


def _in_front(text: str, start: int) -> Unit | None:
    match = _BEFORE.search(text[max(0, start - 6) : start])
    key = _table()[0].get(match.group(1)) if match else None
    if match is None or key is None or _table()[1][key] != "currency":
        return None
    begin = max(0, start - 6) + match.start(1)
    return Unit(begin, begin + len(match.group(1)), (key,))
