"""Numbers in running text, by value: digits, scale words, number words, percentages.

A stretch such as ``1.234`` is one thousand and more in German and one and a bit in English, and
machine translation leaves either format behind. Each number therefore carries all its plausible
readings, the one by the language's own convention first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from auditor.languages import Language, Numbers
from auditor.text.patterns import any_of


class Strength(IntEnum):
    """How far a number can be trusted to be meant as one."""

    SUPPORT = 0  # may explain a number on the other side, is never missed itself
    WORD = 1  # a number word
    DIGITS = 2


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its place in the text and what it may mean.

    ``readings`` holds its plausible values, the language's own convention first. ``sign`` is
    ``"+"``, ``"-"`` or empty as written.
    """

    start: int
    end: int
    readings: tuple[float, ...]
    strength: Strength
    sign: str = ""
    percent: bool = False

    @property
    def value(self) -> float:
        """The value by the language's own convention."""
        return self.readings[0]


def key(value: float) -> float:
    """A value rounded to nine digits, so that equal values can be looked up."""
    return float(f"{value:.9g}")


_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_DIGITS = re.compile(rf"\d+(?:[.,{_APOSTROPHES}]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]{2,20}(?:-[^\W\d_]{1,20}){1,4}(?![\w-])")
_MOST_PARTS = 4
_SCALE = re.compile(rf"[{_SPACES}-]?([^\W\d_]{{1,12}}[.€$]?)")
_YEAR_AFTER = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,8}-(?:1\d|20)\d\d\Z")  # "mid-1962", « post-1945 »
_TO = re.compile(rf"[{_SPACES}]?([-–]|[^\W\d_]{{1,6}})[{_SPACES}]?\d+(?:[.,]\d+)?(?!\d)")
_TIME = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_TO_HOUR = re.compile(r" ?[-–] ?\d{1,2}(?:[.:]\d\d)?(?!\d)")
_COUNTED = re.compile(rf"[{_SPACES}]?(?:[^\W\d_]|[£$€¥°])")
_OPENER = 12  # characters: before an hour, a blank and a word such as "until"
_CURRENCIES = "£$€¥"
_HOURS = range(1, 12)
_MOST_DIGITS = 15  # more are a serial number, a hash, a row of numbers; floats hold no more
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_ROMAN = re.compile(r"\b([IVXLC]{2,7}|[IVX])(?:er|re|e|ème)?\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def find_numbers(text: str, language: Language) -> tuple[Number, ...]:
    """All numbers of a text in the order of their places."""
    found = [
        _with_afternoon(text, number, language) for number in _digit_numbers(text, language.numbers)
    ]
    taken = _mask(text, [(number.start, number.end) for number in found])
    found += [
        number
        for source in (
            _word_numbers(text, language, taken),
            _calendar_words(text, language),
            _compounds(text, language),
            _roman(text),
        )
        for number in source
        if not _covered(taken, number.start, number.end)
    ]
    return tuple(sorted(found, key=lambda number: (number.start, number.end)))


def _with_afternoon(text: str, number: Number, language: Language) -> Number:
    """An hour after noon may be told as one of twelve or of twenty-four: "1 p.m.", 13."""
    phrases = _afternoon(language.calendar.evening, language.numbers.hour_words)
    if number.value in _HOURS and phrases.match(text, number.end):
        return replace(number, readings=(*number.readings, number.value + 12))
    return number


@cache
def _afternoon(evening: frozenset[str], hours: frozenset[str]) -> re.Pattern[str]:
    """What tells, behind an hour and its minutes, that it is one after noon."""
    gap = f"[{_SPACES}]?"
    return re.compile(
        rf"(?:[:.h]\d\d)?(?:{gap}(?:{any_of(hours)}))?{gap}(?:{any_of(evening)})(?!\w)"
    )


def _mask(text: str, spans: list[tuple[int, int]]) -> bytearray:
    """A byte for each character, 1 where a span covers it: quick to ask however many there are."""
    mask = bytearray(len(text))
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _covered(mask: bytearray, start: int, end: int) -> bool:
    return mask.find(1, start, end) >= 0


# --- digits -----------------------------------------------------------------------------------


def _digit_numbers(text: str, numbers: Numbers) -> Iterator[Number]:
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    passed_over = _mask(text, addresses + _idioms(text, numbers))
    position = 0
    while match := _DIGITS.search(text, position):
        start, position = _single_token(match)
        if not (
            _covered(passed_over, start, position) or _in_identifier(text, start, position, numbers)
        ):
            yield from _read(text, start, position, numbers)


def _idioms(text: str, numbers: Numbers) -> list[tuple[int, int]]:
    return [match.span() for match in _phrases(numbers.idioms).finditer(text)]


@cache
def _phrases(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(any_of(words), re.IGNORECASE)


def _single_token(match: re.Match[str]) -> tuple[int, int]:
    """Cut a match at a space that cannot group digits: in "2015 100 000" a new number begins."""
    token = match.group()
    space = next((i for i, char in enumerate(token) if char in _SPACES), None)
    if space is not None and (space > 3 or not token[:space].isdigit()):
        return match.start(), match.start() + space
    return match.span()


def _in_identifier(text: str, start: int, end: int, numbers: Numbers) -> bool:
    """Whether the digits are a part of a name such as H100, GPT-4 or $var_1, or a long code."""
    if sum(char.isdigit() for char in text[start:end]) > _MOST_DIGITS:
        return True
    before = text[start - 1] if start else " "
    if before == "_" or (before.isalpha() and not _joins_hour(text, start, numbers)):
        return True
    hyphen_in_name = before in _MINUS and start > 1 and text[start - 2].isalnum()
    if hyphen_in_name and text[start - 2].isalpha() and not _percent_end(text, end, numbers):
        return not _YEAR_AFTER.search(text[max(0, start - 12) : end])
    letters = _LETTERS.match(text, end)
    return (
        letters is not None
        and letters.group().lower() not in numbers.suffixes | numbers.scales.keys()
    )


def _joins_hour(text: str, start: int, numbers: Numbers) -> bool:
    """Whether the letter before is the hour mark of a time such as 20h30."""
    return start > 1 and text[start - 1].lower() in numbers.hour_words and text[start - 2].isdigit()


def _read(text: str, start: int, end: int, numbers: Numbers) -> Iterator[Number]:
    token = text[start:end]
    readings = _readings(token, numbers)
    factor, scaled = _money_scale(text, start, end, numbers) or _scale(text, end, numbers)
    percent = _percent_end(text, scaled, numbers)
    plain = factor == 1 and not percent
    if not readings or (plain and _is_moment(text, start, end, numbers)):
        yield from _parts(text, start, end)
        return
    half, scaled = _half(text, scaled, numbers)
    sign = _sign(text, start, bool(percent))
    shared = _shared_scale(text, end, numbers) if plain else 1.0
    if shared > 1:
        readings += tuple(reading * shared for reading in readings)
    yield Number(
        start - len(sign),
        percent or scaled,
        tuple((reading + half) * factor for reading in readings),
        Strength.DIGITS if set(token) != {"0"} or factor != 1 else Strength.SUPPORT,
        "-" if sign and sign in _MINUS else sign,
        bool(percent),
    )


def _parts(text: str, start: int, end: int) -> Iterator[Number]:
    """The parts of a date, time, version or list in digits, as numbers of their own."""
    for match in re.finditer(r"\d+", text[start:end]):
        strength = Strength.SUPPORT if set(match.group()) == {"0"} else Strength.DIGITS
        yield Number(start + match.start(), start + match.end(), (float(match.group()),), strength)


def _readings(token: str, numbers: Numbers) -> tuple[float, ...]:
    """Values that a token of digits and marks may have; none where it is not one number."""
    marks = [char for char in token if not char.isdigit()]
    if not marks:
        return (float(token),)
    groups = re.split(r"\D", token)
    grouped = (
        len(groups[0]) <= 3 and groups[0].lstrip("0") != "" and all(len(g) == 3 for g in groups[1:])
    )
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return (float("".join(groups[:-1]) + "." + groups[-1]),)
    if len(set(marks)) > 1 or (len(marks) > 1 and not grouped):
        return ()
    whole = (float("".join(groups)),) if grouped else ()
    if len(marks) > 1 or marks[0] not in ".,":
        return whole
    decimal = (float(groups[0] + "." + groups[1]),)
    return decimal + whole if marks[0] == numbers.decimal_mark else whole + decimal


def _money_scale(text: str, start: int, end: int, numbers: Numbers) -> tuple[float, int] | None:
    """The factor of a letter behind an amount of money, and where it ends: "£125m"."""
    letters = _LETTERS.match(text, end)
    factor = numbers.money_scales.get(letters.group().lower()) if letters else None
    if letters and factor and start and text[start - 1] in _CURRENCIES:
        return factor, letters.end()
    return None


def _scale(text: str, end: int, numbers: Numbers) -> tuple[float, int]:
    """The factor of the scale words behind a number, and where they end."""
    factor = 1.0
    for _ in range(2):
        match = _SCALE.match(text, end)
        word = match.group(1).lower() if match else ""
        for form in (word, word.rstrip(".")):
            if match and form in numbers.scales:
                factor *= numbers.scales[form]
                end = match.start(1) + len(form)
                break
        else:
            break
    return factor, end


def _shared_scale(text: str, end: int, numbers: Numbers) -> float:
    """The factor of the number to which one goes on: "3 bis 8 Millionen", « de 3 à 8 millions »."""
    to = _TO.match(text, end)
    if to is None or to.group(1).lower() not in numbers.range_words:
        return 1.0
    return _scale(text, to.end(), numbers)[0]


def _percent_end(text: str, end: int, numbers: Numbers) -> int:
    """Where the percent sign or word behind a number ends; 0 where there is none."""
    position = end
    while position < len(text) and text[position] in _SPACES + "-":
        position += 1
    for sign in numbers.percent:
        if text[position : position + len(sign)].lower() == sign:
            return position + len(sign)
    return 0


def _is_moment(text: str, start: int, end: int, numbers: Numbers) -> bool:
    """Whether two digits, a full stop and two digits are a time or a day of a month."""
    hours, mark, minutes = text[start:end].partition(".")
    if not mark or not minutes.isdigit() or len(minutes) > 2:
        return False
    if _hour_follows(text, end, numbers) or _hour_opens(text, start, end, numbers):
        return True
    whole = len(minutes) == 2 or text[end : end + 1] == "."
    return numbers.dates_with_full_stops and whole and int(hours) <= 31 and int(minutes) <= 12


def _half(text: str, end: int, numbers: Numbers) -> tuple[float, int]:
    """A half that is added in words behind a number, and where it ends."""
    rest = text[end : end + 20].lower()
    for words in sorted(numbers.halves, key=len, reverse=True):
        if rest[1:].startswith(words) and rest[:1] in _SPACES:
            return 0.5, end + 1 + len(words)
    return 0.0, end


def _hour_opens(text: str, start: int, end: int, numbers: Numbers) -> bool:
    """Whether hours and minutes stand behind a word such as "at", and nothing that they count."""
    token = _TIME.fullmatch(text, start, end)
    before = text[max(0, start - _OPENER) : start].split(" ")
    opened = len(before) > 1 and not before[-1] and before[-2].lower() in numbers.hour_openers
    return token is not None and opened and not _COUNTED.match(text, end)


def _hour_follows(text: str, end: int, numbers: Numbers) -> bool:
    span = _TO_HOUR.match(text, end)  # "6.30-10am"
    end = span.end() if span else end
    end += text[end : end + 1] in tuple(_SPACES)
    return _hours(numbers.hour_words).match(text, end) is not None


@cache
def _hours(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words)})(?![^\W\d_])", re.IGNORECASE)


def _sign(text: str, start: int, percent: bool) -> str:
    """The sign as written: a hyphen after a letter is one only before a percentage."""
    sign = text[start - 1 : start] if start else ""
    if not sign or sign not in "+" + _MINUS:
        return ""
    before = text[start - 2] if start > 1 else " "
    return sign if before in _SPACES + "(\n" or (percent and not before.isdigit()) else ""


# --- words ------------------------------------------------------------------------------------


class _Token:
    """A word in the form that text2num's grammar reads."""

    def __init__(self, word: str, separated: bool) -> None:
        self.word, self.separated = word, separated

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: _Token) -> bool:
        return self.separated

    def not_a_number_part(self) -> bool:
        return False


def _word_numbers(text: str, language: Language, taken: bytearray) -> Iterator[Number]:
    """Numbers written as words, by text2num's grammar of the language and the row's own words."""
    from text_to_num import find_numbers as parse

    numbers = language.numbers
    percents = _mask(text, _percent_words(text, numbers))
    words = [
        word
        for word in _WORD.finditer(text)
        if not (_covered(taken, *word.span()) or _covered(percents, *word.span()))
    ]
    for word in words:
        if value := numbers.words.get(word.group().lower()):
            yield Number(word.start(), word.end(), (value,), Strength.SUPPORT)
    if not any(_is_numeric(word.group(), numbers.grammar) for word in words):
        return
    tokens = [
        _Token(
            w.group(),
            (bool(i) and _apart(text, words[i - 1], w)) or _begins_anew(words, i, numbers.scales),
        )
        for i, w in enumerate(words)
    ]
    for occurrence in parse(tokens, numbers.grammar, 0.0):
        first, last = words[occurrence.start], words[occurrence.end - 1]
        phrase = text[first.start() : last.end()].lower()
        factor, scaled = _scale(text, last.end(), numbers)
        half, scaled = _half(text, scaled, numbers)
        article = phrase in numbers.ambiguous_words and factor < 1000  # "un milliard" is a number
        one = words[occurrence.start - 1] if occurrence.start else None
        if phrase in numbers.scales and one and one.group().lower() in numbers.ambiguous_words:
            first = first if _apart(text, one, first) else one  # "eine Million"
        bare = phrase in numbers.scales and first is words[occurrence.start]
        doubtful = occurrence.is_ordinal or article or bare
        strength = Strength.SUPPORT if doubtful else Strength.WORD
        percent = _percent_end(text, scaled, numbers)
        value = float(occurrence.value) * factor + half * max(factor, _last_scale(phrase, numbers))
        yield Number(first.start(), percent or scaled, (value,), strength, "", bool(percent))


def _begins_anew(words: Sequence[re.Match[str]], i: int, scales: Mapping[str, float]) -> bool:
    """Whether a second number of the same scale begins: "three million and five million"."""
    scale = words[i - 2].group().lower() if i > 1 else ""
    return scale in scales and any(w.group().lower() == scale for w in words[i + 1 : i + 4])


def _last_scale(phrase: str, numbers: Numbers) -> float:
    """The factor of a scale word that ends a phrase: half of "un million et demi" is half of it."""
    return numbers.scales.get(phrase.rsplit(maxsplit=1)[-1], 1.0)


@lru_cache(maxsize=100_000)
def _is_numeric(word: str, grammar: str) -> bool:
    """Whether a word by itself is a number: most words are not, and most texts hold none."""
    from text_to_num import find_numbers as parse

    return bool(list(parse([_Token(word, separated=False)], grammar, 0.0)))


def _compounds(text: str, language: Language) -> Iterator[Number]:
    """Number words that begin a compound: "Achtzehnjährige", "zweimonatig", "four-day"."""
    numbers = language.numbers
    for word in _HYPHENED.finditer(text):
        if found := _first_number(word.group(), numbers.grammar):
            value, length = found
            yield Number(word.start(), word.start() + length, (value,), Strength.SUPPORT)
    for word in _LETTERS.finditer(text) if numbers.compound_heads else ():
        for length, value in _compound(word.group(), numbers.compound_heads, numbers.grammar):
            start = word.start()
            yield Number(start, start + length, (value,), Strength.SUPPORT)


@lru_cache(maxsize=100_000)
def _first_number(word: str, grammar: str) -> tuple[float, int] | None:
    """The value and length of the longest number that words joined by hyphens begin with."""
    from text_to_num import text2num

    parts = word.lower().split("-")[:_MOST_PARTS]
    for count in range(len(parts), 0, -1):
        with suppress(ValueError):
            return float(text2num(" ".join(parts[:count]), grammar)), len("-".join(parts[:count]))
    return None


@lru_cache(maxsize=100_000)
def _compound(word: str, heads: frozenset[str], grammar: str) -> tuple[tuple[int, float], ...]:
    """Lengths and values of the number words that a compound may begin with."""
    from text_to_num import text2num

    found = []
    lower = word.lower()
    for cut in sorted({lower.find(head, 3) for head in heads} - {-1}):
        with suppress(ValueError):
            found.append((cut, float(text2num(lower[:cut], grammar))))
    return tuple(found)


def _percent_words(text: str, numbers: Numbers) -> list[tuple[int, int]]:
    """Where the words for "per cent" stand: their "cent" is not a hundred."""
    words = frozenset(sign for sign in numbers.percent if " " in sign)
    return [match.span() for match in _phrases(words).finditer(text)]


def _apart(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return text[left.end() : right.start()].strip(_SPACES + "-") != ""


def _calendar_words(text: str, language: Language) -> Iterator[Number]:
    """Names of months, which stand beside the month's number in the other language's dates."""
    for word in _LETTERS.finditer(text):
        if month := language.months.get(word.group().lower()):
            yield Number(word.start(), word.end(), (float(month),), Strength.SUPPORT)


def _roman(text: str) -> Iterator[Number]:
    """Roman numerals: a century or a king that the other language may write in digits."""
    for match in _ROMAN.finditer(text):
        digits = [_ROMAN_DIGITS[char] for char in match.group(1)]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        value = sum(-digit if digit < after else digit for digit, after in pairs)
        yield Number(match.start(), match.end(), (float(value),), Strength.SUPPORT)
