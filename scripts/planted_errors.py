"""Errors to plant in a clean pair of translations, one a copy, of a known kind at a known line.

What is put in comes from elsewhere than the rules' own word lists where the kind allows it: names,
acronyms and sentences from other articles of the same set, antonyms and negations from
`near_misses`, territories from CLDR. All choices come from the `random.Random` that is passed in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from babel import Locale
from near_misses import change_antonym, change_negation, drop_clause

CODES = ("fr", "de")


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of one article; English lines may be lacking."""

    english: tuple[str, ...]
    french: tuple[str, ...]
    german: tuple[str, ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """French and German."""
        return self.french, self.german


@dataclass(frozen=True, slots=True)
class Pool:
    """What other articles lend."""

    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    lines: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy with one error on `side`, in `line`; `start` and `end` are its place in that line."""

    article: Article
    side: int
    line: int
    start: int
    end: int


Plant = Callable[[Article, int, Pool, Random], Planted | None]
Change = Callable[[str, str, int, Pool, Random], str | None]

_NAME = re.compile(r"(?<![\w-])[A-ZÀ-Þ][\w]*[a-zß-ÿ]{2}\w*(?![\w-])")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
_NUMBER = re.compile(r"(?<![\w.,-])[1-9]\d+(?![\w-]|[.,]\d)")
_PERCENT = re.compile(r"(?<![\w.,-])[1-9]\d*(?=(?:[.,]\d+)?\s?(?:%|Prozent|pour cent))")
_CLOCK = re.compile(r"(?<![\w.,:])(\d{1,2})(?=\s?h(?:eures)?\b|[:.]\d\d Uhr| Uhr|:\d\d\b)")
_QUOTED = re.compile("«[^«»\n]{3,200}»|„[^„“\n]{3,200}“")

# Written for planting alone; each row is one set out of which one becomes another.
_MAGNITUDES = {
    "fr": (("million", "milliard"), ("millions", "milliards")),
    "de": (("Million", "Milliarde"), ("Millionen", "Milliarden"), ("Mio.", "Mrd.")),
}
_UNITS = {
    "fr": (
        ("dollars", "euros", "livres sterling", "yens", "francs suisses"), ("€", "$", "£"),
        ("kilomètres", "miles", "mètres", "centimètres"), ("km", "m", "cm"), ("kg", "g"),
        ("Go", "Mo", "To"), ("ans", "mois", "semaines"), ("jours", "heures", "minutes"),
    ),
    "de": (
        ("Dollar", "Euro", "Pfund", "Yen", "Franken"), ("€", "$", "£"),
        ("Kilometer", "Meilen", "Meter", "Zentimeter"), ("km", "m", "cm"), ("kg", "g"),
        ("GB", "MB", "TB"), ("Jahre", "Monate", "Wochen"), ("Tage", "Stunden", "Minuten"),
    ),
}  # fmt: skip
_WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_MONTHS = {
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
    ),
    "de": ("Januar", "Februar", "März", "April", "Juni", "Juli", "August", "September", "Oktober"),
}


def pool(articles: Sequence[Article], without: Article) -> Pool:
    """Names, acronyms and lines of all articles but one."""
    others = [article for article in articles if article is not without]
    return Pool(
        tuple(dict.fromkeys(name for a in others for name in _names(a))),
        tuple(dict.fromkeys(name for a in others for name in _shared(_ACRONYM, a))),
        (
            tuple(line for a in others for line in a.french),
            tuple(line for a in others for line in a.german),
        ),
    )


@cache
def _names(article: Article) -> tuple[str, ...]:
    return _shared(_NAME, article)


@cache
def _shared(pattern: re.Pattern[str], article: Article) -> tuple[str, ...]:
    """What a pattern finds in a line of both languages alike, away from the line's start."""
    found: dict[str, None] = {}
    for ours, theirs in zip(*article.sides, strict=False):
        for match in pattern.finditer(ours, 1):
            if re.search(rf"\b{match.group()}\b", theirs):
                found[match.group()] = None
    return tuple(found)


def changed(article: Article, side: int, line: int, text: str) -> Planted:
    """The article with another text in one line; the place is where the two texts differ."""
    old = article.sides[side][line]
    start = 0
    while start < min(len(old), len(text)) and old[start] == text[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(text)) - start and old[-1 - tail] == text[-1 - tail]:
        tail += 1
    end = max(start, len(text) - tail)
    start, end = _whole_words(text, start, end)
    lines = list(article.sides[side])
    lines[line] = text
    return Planted(_with(article, side, lines), side, line, start, end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _with(article: Article, side: int, lines: Sequence[str]) -> Article:
    kept = tuple(lines)
    return replace(article, french=kept) if side == 0 else replace(article, german=kept)


def in_one_line(change: Change) -> Plant:
    """A plant that tries the lines of an article in random order until one can be changed."""

    def plant(article: Article, side: int, lent: Pool, chance: Random) -> Planted | None:
        ours, theirs = article.sides[side], article.sides[1 - side]
        order = list(range(min(len(ours), len(theirs))))
        chance.shuffle(order)
        for line in order:
            text = change(ours[line], theirs[line], side, lent, chance)
            if text is not None and text != ours[line]:
                return changed(article, side, line, text)
        return None

    return plant


def _swap(text: str, match: re.Match[str], other: str) -> str:
    return text[: match.start()] + other + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, chance: Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def number(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """Another number in place of one of two digits and more (no part of a name)."""
    place = _pick(_NUMBER, text, chance)
    step = chance.choice([-7, -3, 2, 11, 90])
    return _swap(text, place, str(int(place.group()) + step)) if place else None


def percentage(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """Another percentage."""
    place = _pick(_PERCENT, text, chance)
    return (
        _swap(text, place, str(int(place.group()) + chance.choice([1, 3, 10]))) if place else None
    )


def clock(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """Another hour."""
    place = _pick(_CLOCK, text, chance)
    return (
        _swap(text, place, str((int(place.group()) + chance.choice([1, 3, 5])) % 24))
        if place
        else None
    )


def _from_sets(sets: Sequence[Sequence[str]], before: str = "") -> Change:
    def change(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
        places = [
            (match, row)
            for row in sets
            for word in row
            for match in re.finditer(rf"{before}(?<!\w){re.escape(word)}(?!\w)", text)
        ]
        if not places:
            return None
        match, row = chance.choice(places)
        return _swap(text, match, chance.choice([word for word in row if word != match.group()]))

    return change


def _by_language(rows: Mapping[str, Sequence[Sequence[str]]], before: str = "") -> Change:
    changes = [_from_sets(rows[code], before) for code in CODES]

    def change(text: str, other: str, side: int, lent: Pool, chance: Random) -> str | None:
        return changes[side](text, other, side, lent, chance)

    return change


@cache
def _territories() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of countries in French and German, in the same order."""
    tables = [{str(key): str(name) for key, name in Locale(c).territories.items()} for c in CODES]
    codes = sorted(code for code in tables[0] if code.isalpha() and code in tables[1])
    pairs = [(tables[0][code], tables[1][code]) for code in codes]
    plain = [pair for pair in pairs if all(name.isalpha() for name in pair)]
    return tuple(pair[0] for pair in plain), tuple(pair[1] for pair in plain)


def country(text: str, other: str, side: int, _lent: Pool, chance: Random) -> str | None:
    """One country becomes another one."""
    ours, theirs = _territories()[side], _territories()[1 - side]
    for name, mate in zip(ours, theirs, strict=True):
        match = re.search(rf"\b{name}\b", text)
        if match and re.search(rf"\b{mate}\b", other):
            return _swap(text, match, chance.choice([n for n in ours if n != name]))
    return None


def _shared_place(
    pattern: re.Pattern[str], text: str, other: str, chance: Random
) -> re.Match[str] | None:
    places = [
        match
        for match in pattern.finditer(text, 1)
        if re.search(rf"\b{match.group()}\b", other) and text.count(match.group()) == 1
    ]
    return chance.choice(places) if places else None


def name(text: str, other: str, _side: int, lent: Pool, chance: Random) -> str | None:
    """A name that stands on both sides becomes one of another article."""
    place = _shared_place(_NAME, text, other, chance)
    return _swap(text, place, chance.choice(lent.names)) if place else None


def mangled(text: str, other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """A letter of a name that stands on both sides is lost, doubled, or changes places."""
    place = _shared_place(_NAME, text, other, chance)
    if not place or len(place.group()) < 5:
        return None
    word = place.group()
    at = chance.randrange(1, len(word) - 2)
    forms = [
        word[:at] + word[at + 1 :],
        word[:at] + chance.choice("aeioulmnrst") + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return _swap(text, place, chance.choice(forms))


def acronym(text: str, other: str, _side: int, lent: Pool, chance: Random) -> str | None:
    """An acronym that stands on both sides becomes one of another article."""
    place = _shared_place(_ACRONYM, text, other, chance)
    others = [a for a in lent.acronyms if place and a != place.group()]
    return _swap(text, place, chance.choice(others)) if place and others else None


def address(article: Article, side: int, lent: Pool, chance: Random) -> Planted | None:
    """An address in both texts, of which one has lost or changed a letter."""
    line = chance.randrange(min(map(len, article.sides)))
    host = chance.choice(lent.names).lower()
    whole = chance.choice([f"https://www.{host}.org/{host}-1", f"info@{host}.com", f"@{host}_x"])
    at = chance.randrange(len(whole) - 6, len(whole) - 1)
    broken = whole[:at] + chance.choice("qzk") + whole[at + 1 :]
    both = article
    for index in (0, 1):
        lines = list(both.sides[index])
        lines[line] = f"{lines[line].rstrip('. ')} ({whole})."
        both = _with(both, index, lines)
    return changed(both, side, line, both.sides[side][line].replace(whole, broken))


def negation_lost(text: str, _other: str, side: int, _lent: Pool, chance: Random) -> str | None:
    """A negation is taken out."""
    after = change_negation(text, CODES[side], chance)
    return after if after is not None and len(after) < len(text) else None


def negation_added(text: str, _other: str, side: int, _lent: Pool, chance: Random) -> str | None:
    """A negation is put in beside a common verb; only where there is none."""
    after = change_negation(text, CODES[side], chance)
    return after if after is not None and len(after) > len(text) else None


def antonym(text: str, _other: str, side: int, _lent: Pool, chance: Random) -> str | None:
    """A word becomes its opposite."""
    return change_antonym(text, CODES[side], chance)


def clause_omitted(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """A part between commas is left out."""
    return drop_clause(text, chance)


def question(text: str, other: str, _side: int, _lent: Pool, _chance: Random) -> str | None:
    """A question becomes a statement."""
    asks = text.rstrip().endswith("?") and other.rstrip().endswith("?")
    return text.rstrip()[:-1].rstrip() + "." if asks else None


def mark_lost(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """A closing quotation mark is dropped."""
    place = _pick(_QUOTED, text, chance)
    return text[: place.end() - 1] + text[place.end() :] if place else None


def marks_lost(text: str, other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """Both marks of a quotation of five words and more are dropped."""
    place = _pick(_QUOTED, text, chance)
    if not place or len(place.group().split()) < 6 or not _QUOTED.search(other):
        return None
    return _swap(text, place, place.group()[1:-1].strip())


def words_doubled(text: str, _other: str, _side: int, _lent: Pool, chance: Random) -> str | None:
    """Two or three words in a row are written twice."""
    words = text.split(" ")
    if len(words) < 8:
        return None
    count = chance.choice([2, 3])
    at = chance.randrange(1, len(words) - count)
    return " ".join([*words[: at + count], *words[at : at + count], *words[at + count :]])


def sentence_repeated(article: Article, side: int, _lent: Pool, chance: Random) -> Planted | None:
    """A line is written twice in a row."""
    places = [i for i, line in enumerate(article.sides[side]) if len(line.split()) >= 8]
    if not places:
        return None
    line = chance.choice(places)
    text = article.sides[side][line]
    return changed(article, side, line, f"{text} {text}")


def sentence_left(article: Article, side: int, _lent: Pool, chance: Random) -> Planted | None:
    """An English sentence of six words and more in place of its translation."""
    places = [i for i, line in enumerate(article.english) if len(line.split()) >= 6]
    if not places:
        return None
    line = chance.choice(places)
    return changed(article, side, line, article.english[line])


def clause_left(article: Article, side: int, _lent: Pool, chance: Random) -> Planted | None:
    """Seven English words in place of the last seven of a translation."""
    lines = article.sides[side]
    places = [
        i
        for i, line in enumerate(article.english)
        if len(line.split()) >= 14 and len(lines[i].split()) >= 14
    ]
    if not places:
        return None
    line = chance.choice(places)
    kept, clause = lines[line].split()[:-7], article.english[line].split()[-7:]
    return changed(article, side, line, " ".join([*kept, *clause]))


def sentence_omitted(article: Article, side: int, _lent: Pool, chance: Random) -> Planted | None:
    """A line of eight words and more is emptied."""
    places = [i for i, line in enumerate(article.sides[side]) if len(line.split()) >= 8]
    if not places:
        return None
    line = chance.choice(places)
    lines = list(article.sides[side])
    lines[line] = ""
    return Planted(_with(article, side, lines), side, line, 0, 0)


def sentence_added(article: Article, side: int, lent: Pool, chance: Random) -> Planted | None:
    """A sentence of another article stands behind one of this."""
    line = chance.randrange(len(article.sides[side]))
    other = chance.choice([text for text in lent.lines[side] if len(text.split()) >= 8])
    return changed(article, side, line, f"{article.sides[side][line]} {other}")


def sentence_foreign(article: Article, side: int, lent: Pool, chance: Random) -> Planted | None:
    """A sentence of another article stands in place of one of this."""
    line = chance.randrange(len(article.sides[side]))
    other = chance.choice([text for text in lent.lines[side] if len(text.split()) >= 8])
    return changed(article, side, line, other)


@cache
def _synonyms(side: int) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Rows of words that name the same thing; each word with its two forms."""
    table = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))
    return tuple(tuple(tuple(w.split("/")) for w in row) for row in table[CODES[side]])


def term_replaced(article: Article, side: int, _lent: Pool, chance: Random) -> Planted | None:
    """A noun of four lines and more, which all have one translation, is called otherwise in one."""
    ours, theirs = article.sides[side], article.sides[1 - side]
    rows = list(_synonyms(side))
    chance.shuffle(rows)
    for row in rows:
        used = [word for word in row if any(_form(word).search(line) for line in ours)]
        places = [i for i, line in enumerate(ours) if used and _form(used[0]).search(line)]
        if len(used) == 1 and len(places) > 3 and _one_word(theirs, places):
            line = chance.choice(places)
            match = next(_form(used[0]).finditer(ours[line]))
            other = chance.choice([word for word in row if word not in used])
            new = other[used[0].index(match.group())]
            return changed(article, side, line, _form(used[0]).sub(new, ours[line]))
    return None


def _one_word(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Whether some lines have a word in common (its first five letters), and few others have it."""
    starts = [{word[:5].lower() for word in re.findall(r"[^\W\d_]{5,}", line)} for line in lines]
    common = set.intersection(*(starts[i] for i in places))
    return any(sum(word in found for found in starts) <= 2 * len(places) for word in common)


def _form(word: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(word)})(?![\w-])")


# Kind -> (the rules that are meant to find it, how to plant it).
PLANTS: dict[str, tuple[tuple[str, ...], Plant]] = {
    "number": (("number-mismatch", "date-mismatch"), in_one_line(number)),
    "percentage": (("number-mismatch",), in_one_line(percentage)),
    "magnitude": (
        ("number-mismatch", "magnitude-mismatch"),
        in_one_line(_by_language(_MAGNITUDES)),
    ),
    "currency or unit": (
        ("unit-mismatch",),
        in_one_line(_by_language(_UNITS, r"(?<=\d[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}])")),
    ),
    "weekday": (
        ("date-mismatch",),
        in_one_line(_by_language({code: (_WEEKDAYS[code],) for code in CODES})),
    ),
    "month": (
        ("date-mismatch",),
        in_one_line(_by_language({code: (_MONTHS[code],) for code in CODES})),
    ),
    "time of day": (("date-mismatch", "number-mismatch"), in_one_line(clock)),
    "name replaced": (("name-mismatch",), in_one_line(name)),
    "name mangled": (("name-mismatch",), in_one_line(mangled)),
    "country replaced": (("name-mismatch",), in_one_line(country)),
    "acronym": (("literal-mismatch",), in_one_line(acronym)),
    "address": (("literal-mismatch",), address),
    "negation lost": (("negation-mismatch",), in_one_line(negation_lost)),
    "negation added": (("negation-mismatch",), in_one_line(negation_added)),
    "antonym": (("direction-mismatch",), in_one_line(antonym)),
    "question": (("sentence-type-mismatch",), in_one_line(question)),
    "term replaced": (("inconsistent-term",), term_replaced),
    "quotation mark": (("unpaired-quotation",), in_one_line(mark_lost)),
    "quotation marks, both": (("quotation-mismatch",), in_one_line(marks_lost)),
    "words doubled": (("repeated-passage",), in_one_line(words_doubled)),
    "sentence repeated": (("repeated-passage",), sentence_repeated),
    "sentence untranslated": (("untranslated-text",), sentence_left),
    "clause untranslated": (("untranslated-text",), clause_left),
    "sentence omitted": (("omitted-passage",), sentence_omitted),
    "sentence added": (("omitted-passage", "omitted-words"), sentence_added),
    "sentence of another article": (
        ("omitted-passage", "omitted-words", "mistranslated-span"),
        sentence_foreign,
    ),
    "clause omitted": (("omitted-words", "omitted-passage"), in_one_line(clause_omitted)),
}
