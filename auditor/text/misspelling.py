"""Misspelt words: unknown ones that a slip makes of one frequent word, and of no other.

What is frequent, and which rare words look like it, was learnt from plain text and dictionaries
(``auditor/data/spelling``, ``scripts/learn_spelling.py``).
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

from auditor.languages import Language
from auditor.text.words import Vocabulary, find_words, is_known, is_listed, is_listed_elsewhere

SHORTEST = 5  # letters: shorter words look like too many others
_LONGEST = 24
_SHORTEST_NOUN = 7  # letters of a word with a capital: shorter ones are often names
_LONG_NOUN = 9  # where no determiner tells that it is one
_KEPT = 2  # letters at the end that a slip leaves alone: there words have their inflections
_STRANGE = 0.25  # share of unknown words from which on a text is taken for another language
_BESIDE = frozenset("-‐‑’'.@/\\_&#<>=+*`´")  # signs that make a name or an address of a word
_FOLDER = files("auditor") / "data" / "spelling"


@dataclass(frozen=True, slots=True)
class Slip:
    """A misspelt word: offsets, and how it should be written."""

    start: int
    end: int
    reading: str


@dataclass(frozen=True, slots=True)
class _Lists:
    """Frequent words, those that look like them (in lower case), and how the former look.

    ``letters`` are all letters of frequent words, ``bare`` the words by what they are without
    accents.
    """

    frequent: frozenset[str]
    near: frozenset[str]
    letters: str
    bare: Mapping[str, Sequence[str]]


@cache
def _lists(code: str) -> _Lists:
    text = lzma.decompress((_FOLDER / f"{code}.txt.xz").read_bytes()).decode("utf-8")
    words, _, near = text.partition("\n~")
    frequent = words.split("\n")
    letters = sorted(set(words.lower()) - {"\n"})
    bare = str.maketrans({letter: without_accents(letter) for letter in letters})
    accented: dict[str, list[str]] = {}
    for word in frequent:
        if not word.isascii():
            accented.setdefault(word.lower().translate(bare), []).append(word)
    return _Lists(frozenset(frequent), frozenset(near.split("\n~")), "".join(letters), accented)


@cache
def _has_lists(code: str) -> bool:
    return (_FOLDER / f"{code}.txt.xz").is_file()


def find_misspelt(text: str, language: Language, vocabulary: Vocabulary) -> Iterator[Slip]:
    """Words of a text that a slip of one letter made, where it is certain what was meant."""
    if not _has_lists(language.code):
        return
    words = list(find_words(text))
    strange = [match for match in words if _is_strange(match.group(), language)]
    if len(strange) > max(1, _STRANGE * len(words)):
        return
    for match in strange:
        word = match.group()
        if vocabulary.count(word) <= 1 and _stands_alone(match, text, language):
            reading = correction(word, language)
            if reading:
                yield Slip(match.start(), match.end(), reading)


def correction(word: str, language: Language) -> str:
    """The one frequent word of which a slip makes an unknown word; empty where there is none."""
    lists = _lists(language.code)
    lower = word.lower()
    if lower in lists.near or word in lists.frequent or lower in lists.frequent:
        return ""
    slips = set(_slips(lower, lists.letters))
    nouns = {slip.capitalize() for slip in slips} if language.capitalised_nouns else set()
    found = {r for r in (slips | nouns) & lists.frequent if is_slip(lower, r.lower())}
    found.update(lists.bare.get(without_accents(lower), ()))
    if len({reading.lower() for reading in found}) != 1:
        return ""
    fitting = [reading for reading in found if reading[0].isupper() == word[0].isupper()]
    return fitting[0] if fitting else ""


def is_slip(word: str, reading: str) -> bool:
    """Whether two words differ by one letter more, less or changed, or two that changed places.

    The first letter and the last ones must be the same. Accents may be others everywhere.
    """
    if without_accents(word) == without_accents(reading):
        return word != reading
    if word[:1] != reading[:1] or word[-_KEPT:] != reading[-_KEPT:]:
        return False
    start = 0
    while start < min(len(word), len(reading)) and word[start] == reading[start]:
        start += 1
    one, other = word[start:], reading[start:]
    if len(one) == len(other):
        turned = one[:2] == other[1::-1] and one[2:] == other[2:]
        return one[1:] == other[1:] or turned
    return one[1:] == other or one == other[1:]


@lru_cache(maxsize=10_000)
def without_accents(word: str) -> str:
    """A word with its letters bare."""
    if word.isascii():
        return word
    return "".join(c for c in normalize("NFD", word) if not combining(c))


def _slips(word: str, letters: str) -> Iterator[str]:
    """All words of which a slip makes this one."""
    for at in range(1, len(word) - _KEPT + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + after[1:]


def _is_strange(word: str, language: Language) -> bool:
    """Whether a word is neither known nor a name."""
    if not SHORTEST <= len(word) <= _LONGEST or not (word.islower() or _is_noun(word, language)):
        return False
    if is_known(word, language) or is_listed(word.lower(), language):
        return False
    return not is_listed_elsewhere(word.lower(), language)


def _is_noun(word: str, language: Language) -> bool:
    return language.capitalised_nouns and word[0].isupper() and word[1:].islower()


def _stands_alone(match: re.Match[str], text: str, language: Language) -> bool:
    """Whether a word is part of no name, address or compound."""
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 2]
    elided = before in ("'", "’") and text[start - 2 : start - 1].isalpha()
    stop = after[:1] == "." and not after[1:].strip()
    if before.isdigit() or (before in _BESIDE and not elided):
        return False
    if after[:1] in _BESIDE and not stop:
        return False
    if match.group().islower():
        return True
    before_it = next(iter(text[:start].split()[-1:]), "")
    determined = before_it.lower() in language.determiners
    shortest = _SHORTEST_NOUN if determined else _LONG_NOUN
    return (
        before_it.isalpha()
        and (determined or before_it.islower())
        and len(match.group()) >= shortest
    )
