"""Names in running text: which capitalised words are names, and which words may render them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor.languages import Language
from auditor.text.exonyms import concepts, is_territory, phrase_concepts
from auditor.text.spelling import consonants, edits, fold, shared_start, skeleton
from auditor.text.words import Vocabulary, find_words, is_known, is_listed

_SHORTEST = 3
_ROMAN = re.compile(r"[IVXLC]+(?:e|er|ème|th|s)?\Z")
_START = 4  # letters that a name and a word made of it begin with in common
_CONSONANTS = 2  # more than these that two spellings of a name begin with in common
_LONG_ENDING = 2  # letters of an ending that tells the language of a name
_BEFORE = 40  # characters before a word in which its determiner and its adjective stand
_COMPOUND = 2  # more letters than these are another part of a compound
_MOST = 60  # names of a side that are compared
_OPENERS = ' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}«„“"‚‘(–—-[*•'
_STOPS = ".!?:…;|\n\N{PARAGRAPH SEPARATOR}"


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is a name, or may be one."""

    start: int
    end: int
    text: str


def find_names(text: str, language: Language, own: Vocabulary, other: Vocabulary) -> list[Name]:
    """Names: capitalised words that are no common words, or that the other document spells so, too.

    Where a sentence begins, every word has a capital: there, only unknown words count.
    """
    found = []
    for match in find_words(text):
        word = match.group()
        plain = len(word) >= _SHORTEST and word[0].isupper() and not word.isupper()
        if not plain or is_abbreviation(word, language) or _ROMAN.match(word):
            plain = False
        elif language.determiners and _determined(text, match.start(), language):
            plain = other.count(word) > 0 or is_territory(word, language)
        if _humps(word) or (
            plain and _is_name(word, language, begins_sentence(text, match.start()), (own, other))
        ):
            found.append(Name(match.start(), match.end(), word))
    return found[:_MOST]


def find_capitals(text: str, shortest: int = _SHORTEST + 1) -> list[Name]:
    """All words with a capital, be they names or not."""
    return [
        Name(match.start(), match.end(), match.group())
        for match in find_words(text)
        if len(match.group()) >= shortest
        and match.group()[0].isupper()
        and not match.group().isupper()
    ][:_MOST]


def is_odd(name: str, mate: str, language: Language, other: Language) -> bool:
    """Whether a word may be a misspelling of the other side's: no listed word of its language.

    Where the other one is a common word, it must be one that both languages have, and this must be
    none even as a compound.
    """
    if _is_listed(name, language):
        return False
    if not _is_listed(mate, other):
        return True
    return _is_listed(mate, language) and not is_known(name, language)


def _is_listed(word: str, language: Language) -> bool:
    return is_listed(word, language) or is_listed(word.lower(), language)


@cache
def _abbreviations(language: Language) -> frozenset[str]:
    rows = language.segmentation
    known = rows.abbreviations | rows.number_abbreviations | rows.final_abbreviations
    return frozenset(part.rstrip(".") for entry in known for part in entry.split())


def is_abbreviation(word: str, language: Language) -> bool:
    """Whether a word is written for a longer one, as titles are: "Mrs", « Mme »."""
    return word.lower() in _abbreviations(language)


def _determined(text: str, position: int, language: Language) -> bool:
    """Whether a determiner stands right before a word, or before its adjective."""
    before = text[max(0, position - _BEFORE) : position].split()[-2:]
    return any(word in language.determiners for word in before[-1:]) or (
        len(before) == 2
        and before[0].lower() in language.determiners
        and before[1].islower()
        and before[1][-1:] in "enrsm"
    )


def in_calendar(word: str, language: Language) -> bool:
    """Whether a word is a month or a day of the week."""
    return word.lower() in language.months or word.lower() in language.weekdays


def may_be_name(text: str, name: Name, language: Language) -> bool:
    """Whether the capital of a word is no matter of course, or the word is a name all the same.

    Where a sentence begins, every word has one; where nouns have capitals, what stands behind a
    determiner or an adjective is a noun.
    """
    if _ROMAN.match(name.text) or is_abbreviation(name.text, language):
        return False
    if is_strong(name.text, language):
        return True
    if language.capitalised_nouns:
        return _is_noun(name.text, language) and not stands_as_noun(text, name, language)
    return not begins_sentence(text, name.start)


def stands_as_noun(text: str, name: Name, language: Language) -> bool:
    """Whether a word stands where nouns do that have a capital: behind a determiner or adjective.

    Never where a language has capitals on names alone.
    """
    return language.capitalised_nouns and (
        _determined(text, name.start, language) or _described(text, name.start, language)
    )


def _described(text: str, position: int, language: Language) -> bool:
    """Whether an inflected adjective stands right before a word."""
    before = text[max(0, position - _BEFORE) : position].split(" ")
    word = before[-2] if len(before) > 1 and not before[-1] else ""
    return (
        word.islower()
        and word.isalpha()
        and word not in language.function_words
        and word.endswith(language.adjective_endings)
    )


def _is_noun(word: str, language: Language) -> bool:
    """Whether a word is listed with a capital alone, or known as a compound: names may look so."""
    return not is_listed(word.lower(), language)


def is_strong(word: str, language: Language) -> bool:
    """Whether a word is a name and nothing else: no month either."""
    if _humps(word) or is_territory(word, language):
        return True
    if in_calendar(word, language):
        return False
    return not is_known(word, language) and not is_known(word.lower(), language)


def _is_name(
    word: str, language: Language, first: bool, vocabularies: tuple[Vocabulary, Vocabulary]
) -> bool:
    if is_strong(word, language):
        return True
    own, other = vocabularies
    shared = other.count(word) > 1 and own.count(word) > 1 and not own.count(word.lower())
    return shared and not first and not language.capitalised_nouns


def _humps(word: str) -> bool:
    """Whether a word has a capital inside: "xAI", "OpenAI"; not a plural such as "PCs"."""
    inside = len(word) > 2 and any(char.isupper() for char in word[1:])
    return inside and not word.rstrip("se").isupper()


def begins_sentence(text: str, position: int) -> bool:
    """Whether a sentence or quotation begins at a position."""
    while position and text[position - 1] in _OPENERS:
        if text[position - 1] in '«„“"‚‘([*•':
            return True
        position -= 1
    return position == 0 or text[position - 1] in _STOPS


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, ready to look names up in."""

    text: str
    language: Language
    folded: str
    words: frozenset[str]  # folded
    skeletons: frozenset[str]
    short_skeletons: frozenset[str]  # of the words with a capital
    consonants: frozenset[str]  # of the words with a capital
    concepts: frozenset[str]


@lru_cache(maxsize=64)
def words_of(text: str, language: Language) -> Words:
    """The words of a text; those of the last few texts are remembered."""
    words = [match.group() for match in find_words(text)]
    meant: set[str] = set(phrase_concepts(text, language))
    for word in words:
        meant |= concepts(word, language)
    skeletons = frozenset(skeleton(word) for word in words if len(word) >= _SHORTEST)
    capitals = [word for word in words if word[0].isupper()]
    short = frozenset(skeleton(word) for word in capitals)
    bare = frozenset(consonants(word) for word in capitals)
    plain = frozenset(map(fold, words))
    return Words(text, language, fold(text), plain, skeletons, short, bare, frozenset(meant))


def is_rendered(name: str, language: Language, other: Words) -> bool:
    """Whether the other side has a name: unchanged, inflected, translated or transliterated."""
    if _is_written(fold(name), other) or concepts(name, language) & other.concepts:
        return True
    if _sounds(skeleton(name), other):
        return True
    bare = consonants(name)
    least = max(_CONSONANTS + 1, len(bare) // 2 + 1)
    return any(shared_start(bare, word) >= least for word in other.consonants)


def _is_written(name: str, other: Words) -> bool:
    """Whether a name stands in a text; within a word, a short one may stand by chance."""
    if name not in other.folded:
        return False
    return len(name) > _START or any(
        word.startswith(name) or word.endswith(name) for word in other.words
    )


def _sounds(sound: str, other: Words) -> bool:
    """Whether a word begins with the sound of a name: where that is short, one with a capital.

    Of a long name half is enough: what is left of it are endings.
    """
    if len(sound) < _START:
        return any(word.startswith(sound) for word in other.short_skeletons)
    least = max(_START, (len(sound) + 1) // 2)
    return any(
        shared_start(sound, word) >= least or (len(sound) > _START and sound in word)
        for word in other.skeletons
    )


def is_kept(name: str, other: Words) -> bool:
    """Whether the other side has a name as it is, inflected, or within a compound."""
    folded = fold(name)
    if folded not in other.folded:
        return False
    return any(_holds(word, folded, other.language) for word in other.words)


def _holds(word: str, name: str, language: Language) -> bool:
    at = word.find(name)
    if at < 0:
        return False
    rest = word[at + len(name) :]
    inflected = not rest or rest in language.names.inflections or len(rest) > _COMPOUND
    return inflected and (at == 0 or at > _COMPOUND)


def is_misspelt(name: str, language: Language, word: str, other: Language) -> bool:
    """Whether a word is nearly a name, by a difference that neither language makes."""
    one, two = fold(name), fold(word)
    allowed = 1 if len(one) < 6 else 2
    if len(one) < _START or one == two or edits(one, two, allowed) > allowed:
        return False
    alike = skeleton(name) == skeleton(word)
    if alike and not (sorted(one) == sorted(two) or _doubled(one, two)):
        return False
    for form in (fold,) if alike else (fold, skeleton):
        one, two = form(name), form(word)
        cut = shared_start(one, two)
        if one[cut:] in language.names.endings and two[cut:] in other.names.endings:
            return False
    return not any(
        end != other_end and consonants(stem) == consonants(other_stem)
        for end, stem in _stems(fold(name), language)
        for other_end, other_stem in _stems(fold(word), other)
    )


def _doubled(one: str, other: str) -> bool:
    """Whether one of two words is the other one with a letter doubled, its last one apart."""
    short, long = sorted((one, other), key=len)
    at = shared_start(short, long)
    return at < len(short) and long[at] == long[at - 1] and short[at:] == long[at + 1 :]


def _stems(name: str, language: Language) -> Iterator[tuple[str, str]]:
    """Long endings that a name may have in its language, and what is left: "Sibérie"."""
    for end in language.names.endings:
        if len(end) >= _LONG_ENDING and name.endswith(end) and len(name) >= len(end) + _START:
            yield end, name[: -len(end)]


def groups(names: list[Name], text: str) -> Iterator[tuple[Name, ...]]:
    """Names that stand side by side, as the parts of one."""
    group: list[Name] = []
    for name in names:
        if (
            group
            and re.fullmatch(r"[ \N{NO-BREAK SPACE}-]", text[group[-1].end : name.start]) is None
        ):
            yield tuple(group)
            group = []
        group.append(name)
    if group:
        yield tuple(group)
