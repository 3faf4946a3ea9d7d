"""What differs between languages: one row of data each, in ``auditor/data/languages``.

A new language is a new TOML file there; no code asks which language it works on.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.errors import AuditorError

_ROWS = files("auditor") / "data" / "languages"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Facts about the ends of sentences."""

    abbreviations: frozenset[str]  # with their full stop, lower case: never end a sentence
    number_abbreviations: frozenset[str]  # end none when a number follows
    final_abbreviations: frozenset[str]  # end one only before a word that starts sentences
    ordinal_full_stop: bool  # "4. Dezember"
    starters: frozenset[str]  # words that often start a sentence, function words apart
    name_particles: frozenset[str]  # "de" in a name, which are function words as well
    speech_verbs: frozenset[str]  # “Yes!” Smith said


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that tell what a short block is for; lower case, apostrophes curved."""

    advertising: frozenset[str]  # the whole block, e.g. "publicité"
    navigation: frozenset[str]  # the whole block, or what stands before its colon: "lire aussi"
    caption_cues: frozenset[str]  # the block begins so, e.g. "photo"
    agencies: frozenset[str]  # named in credit lines
    page_cues: frozenset[str]  # phrases by which a page speaks of itself: "cette page"
    publisher_cues: frozenset[str]  # words by which a publisher speaks of himself: "nous"
    reader_cues: frozenset[str]  # words by which the reader is spoken to, in their case: "Sie"
    affiliate_cues: frozenset[str]  # words of a note on commissions
    machine_translation_cues: frozenset[str]  # words of a note on machine translation
    subscription_cues: frozenset[str]  # beginnings of words of an invitation to subscribe


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written."""

    decimal_mark: str
    grouping_marks: frozenset[str]
    scales: Mapping[str, float]  # word or abbreviation, lower case -> factor
    money_scales: Mapping[str, float]  # the same behind an amount with a sign before it: "£125m"
    words: Mapping[str, float]  # words that the number grammar does not read, e.g. "douzaine"
    ambiguous_words: frozenset[str]  # number words that are articles or pronouns as well
    percent: frozenset[str]
    suffixes: frozenset[str]  # letters that may follow digits at once: "1990er", "20h", "5km"
    hour_words: frozenset[str]  # "20.30 Uhr" is a time, not a decimal
    range_words: frozenset[str]  # between two numbers of one scale: "3 to 8 million"
    hour_openers: frozenset[str]  # nor is what stands behind one of these: "at 20.30"
    dates_with_full_stops: bool  # "15.10." is a date
    idioms: frozenset[str]  # "24/7": said without numbers elsewhere
    halves: frozenset[str]  # "et demi" behind a number
    compound_heads: frozenset[str]  # words that a number word may be glued to: "zweimonatig"
    unit_links: frozenset[str]  # stand between number and unit: "10 derniers jours"
    grammar: str  # language code of the number-word grammar (text2num)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Where spaces stand."""

    before: frozenset[str]  # signs that may have a space before them
    suspended: frozenset[str]  # words behind a suspended hyphen: "und"
    elided: frozenset[str]  # what stands before an apostrophe at the next word: "d"


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days and times are written."""

    capitalised: bool  # months and days of the week have a capital
    day_first: bool  # "19 juin 2018", not "June 19, 2018"
    twelve_hours: bool  # times are told with AM and PM
    ambiguous: frozenset[str]  # names that are other words, but for the capital
    morning: frozenset[str]  # behind a time: before noon; as written
    evening: frozenset[str]  # behind a time: after noon; as written


@dataclass(frozen=True, slots=True)
class Names:
    """How names change."""

    endings: frozenset[
        str
    ]  # in which the name of a place or person differs from another language's
    prefixes: frozenset[str]  # that make another name of a name: "Nordkorea", lower case
    inflections: frozenset[str]  # that grammar adds to a name: "Musks"


@dataclass(frozen=True, slots=True)
class Terms:
    """How the words of a term change; every ending may also be missing."""

    determiners: frozenset[str]  # that a noun stands behind, where no capital tells it
    noun_endings: frozenset[str]  # of which one may stand for another in a noun by itself
    endings: frozenset[str]  # the same in a word among several
    unchanging_endings: frozenset[str]  # before which a changed vowel makes another word: "Wähler"
    changed_vowels: str  # one by one, what becomes of ``plain_vowels``: "Häfen"
    plain_vowels: str


@dataclass(frozen=True, slots=True)
class Negation:
    """How something is denied; lower case, apostrophes straight."""

    openers: frozenset[str]  # the first half of a negation in two parts: "ne"
    seconds: frozenset[str]  # its second half: "pas"
    restrictions: frozenset[str]  # a second half that means "only": "que"
    fading: frozenset[str]  # a second half that means "only" before one of these: "plus que"
    bare_verbs: frozenset[str]  # negated by the first half alone
    words: frozenset[str]  # negate by themselves
    heads: frozenset[str]  # may stand far before the first half: "personne dans ce village ne"
    # Go on with a negation, and deny by themselves where there is none in the sentence and as many
    # of them: « ni … ni », „weder“.
    joined: frozenset[str]
    fewest_joined: int
    echoes: frozenset[str]  # before a negation that repeats one: "and no"
    weak: frozenset[str]  # such words that the other language often renders otherwise
    idle: frozenset[str]  # phrases in which such a word denies nothing: "no doubt"
    beyond: frozenset[str]  # phrases that deny a word for "only": "not only"
    only: frozenset[str]  # such words
    # Words and phrases by which a writer may deny otherwise; a star ends a beginning: "refus*".
    implicit: frozenset[str]
    prefixes: frozenset[str]  # that turn an adjective into its opposite
    suffixes: frozenset[str]  # by which a word says "without"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One row: everything that the auditor knows about one language. There is one for each."""

    code: str
    name: str
    segmentation: Segmentation
    labels: Labels
    numbers: Numbers
    capitalised_nouns: bool  # every noun has a capital, not names alone
    capitalised_adjectives: bool  # what is made of a name has its capital: "Ottoman", "Nazi"
    doubled_words: frozenset[str]  # that may stand twice in a row
    loose_nouns: frozenset[str]  # stand behind another noun by themselves: "ins All Richtung Mars"
    noun_endings: tuple[str, ...]  # that an inflected noun may have
    adjective_endings: tuple[str, ...]  # that an inflected adjective may have
    adjective_suffixes: tuple[str, ...]  # that make adjectives
    determiners: frozenset[str]  # stand before a noun, and seldom before a name
    quotations: tuple[tuple[str, str], ...]  # opening and closing marks, the usual pair first
    spacing: Spacing
    calendar: Calendar
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, tuple[str, ...]]  # words for units, lower case -> ``data/units.toml``
    acronyms: Mapping[str, tuple[str, ...]]  # acronym -> what it stands for, in English letters
    negation: Negation
    opposites: Mapping[str, tuple[str, ...]]  # word, or beginning with a star -> poles
    opposite_phrases: frozenset[str]  # in which such a word has another meaning
    names: Names
    terms: Terms
    exonyms: Mapping[str, tuple[str, ...]]  # beginning of a name, lower case -> whose it may be
    function_words: frozenset[str]  # frequent words that tell this language from others


@cache
def codes() -> tuple[str, ...]:
    """The languages that have a row, in alphabetical order."""
    return tuple(sorted(row.name[:-5] for row in _ROWS.iterdir() if row.name.endswith(".toml")))


@cache
def digest() -> str:
    """Eight hexadecimal digits that change when any row, table, list of words or lexicon does."""
    data = files("auditor") / "data"
    tables = [data / name for name in ("opposites.toml", "units.toml")]
    tables += [data / kind / f"{c}.txt.xz" for kind in ("words", "seams") for c in codes()]
    tables += [_ROWS / f"{code}.toml" for code in codes()]
    for folder in ("lexicon", "spelling"):
        tables += sorted(
            (file for file in (data / folder).iterdir() if not file.name.endswith(".md")),
            key=lambda file: file.name,
        )
    rows = b"".join(table.read_bytes() for table in tables)
    return hashlib.sha256(rows).hexdigest()[:8]


@cache
def language(code: str) -> Language:
    """The row of a language.

    Raises:
        AuditorError: where there is no row for ``code``.
    """
    if code not in codes():
        raise AuditorError(
            f"No language row for '{code}': this version knows {', '.join(codes())}. "
            "If the language was detected wrongly, name it: LANG=PATH."
        )
    table = tomllib.loads((_ROWS / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(
        code=code,
        name=table["name"],
        segmentation=_build(Segmentation, table["segmentation"]),
        labels=_build(Labels, table["labels"]),
        numbers=_build(Numbers, table["numbers"]),
        capitalised_nouns=table["capitalised_nouns"],
        capitalised_adjectives=table["capitalised_adjectives"],
        doubled_words=frozenset(table["doubled_words"]),
        loose_nouns=frozenset(table["loose_nouns"]),
        noun_endings=tuple(table["noun_endings"]),
        adjective_endings=tuple(table["adjective_endings"]),
        adjective_suffixes=tuple(table["adjective_suffixes"]),
        determiners=frozenset(table["determiners"]),
        quotations=tuple((opening, closing) for opening, closing in table["quotations"]),
        spacing=_build(Spacing, table["spacing"]),
        calendar=_build(Calendar, table["calendar"]),
        months=table["months"],
        weekdays=table["weekdays"],
        units=_inverted(table["units"]),
        acronyms=_inverted(table["acronyms"]),
        opposites=_inverted(table["opposites"]),
        opposite_phrases=frozenset(table["opposite_phrases"]["idle"]),
        negation=_build(Negation, table["negation"]),
        names=_build(Names, table["names"]),
        terms=_build(Terms, table["terms"]),
        exonyms=_inverted(table["exonyms"]),
        function_words=frozenset(table["function_words"]),
    )


def _inverted(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """From what is meant -> words to word -> all that it may mean."""
    meanings: dict[str, tuple[str, ...]] = {}
    for meaning, words in table.items():
        for word in words:
            meanings[word] = (*meanings.get(word, ()), meaning)
    return meanings


def _build(kind: type[Any], table: Mapping[str, Any]) -> Any:
    """A dataclass from a table of the same keys; lists become frozen sets."""
    known = {entry.name for entry in fields(kind)}
    if known != table.keys():
        raise ValueError(f"{kind.__name__}: wrong keys {sorted(known ^ table.keys())}")
    return kind(
        **{
            key: frozenset(value) if isinstance(value, list) else value
            for key, value in table.items()
        }
    )
