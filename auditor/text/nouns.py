"""Common nouns in running text, as far as capitals, determiners and the list of words tell them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor.languages import Language
from auditor.text.spelling import fold
from auditor.text.words import begins, find_words, is_known, is_listed

_SHORTEST = 4  # letters of a noun, and of what is left of it without its ending
_REACH = 20  # characters before a noun in which its determiner stands


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun, or a word that may be one; ``stem`` is the same for all of its forms.

    ``sure``: a capital or a determiner says that it is a noun. ``named``: it stands beside another
    word with a capital, and may be a part of a name.
    """

    start: int
    end: int
    text: str
    stem: str
    sure: bool
    named: bool


def find_nouns(text: str, language: Language) -> Iterator[Noun]:
    """The nouns of a text; where a language has no capitals for them, all that may be some."""
    words = list(find_words(text))
    for number, match in enumerate(words):
        word = match.group()
        if len(word) < _SHORTEST or not _is_common(word, language):
            continue
        if word[0].isupper() and is_listed(word.lower(), language) and begins(text, match.start()):
            continue  # any word has a capital there
        beside = [*words[max(0, number - 1) : number], *words[number + 1 : number + 2]]
        yield Noun(
            match.start(),
            match.end(),
            word,
            stem(word, language),
            sure=language.capitalised_nouns or _is_determined(text, match.start(), language),
            named=language.capitalised_nouns
            and any(
                other.group()[0].isupper()
                and other.group().lower() not in language.function_words
                and not begins(text, other.start())
                and _is_gap(text, *sorted((match.span(), other.span())))
                for other in beside
            ),
        )


def _is_gap(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether nothing but a space stands between two words."""
    return text[one[1] : other[0]].isspace()


@lru_cache(maxsize=100_000)
def _is_common(word: str, language: Language) -> bool:
    if language.capitalised_nouns:
        capital = word[0].isupper() and not word.isupper()
        return capital and is_known(word, language)
    return word.islower() and word not in language.function_words and is_known(word, language)


def _is_determined(text: str, position: int, language: Language) -> bool:
    """Whether a determiner stands right before a word; one before an adjective tells too little."""
    before = [m.group().lower() for m in find_words(text[max(0, position - _REACH) : position])]
    return bool(before) and before[-1] in language.terms.determiners


@lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """A noun without case, accents and ending."""
    folded = fold(word)
    for ending in _endings(language):
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            return folded[: -len(ending)]
    return folded


@cache
def _endings(language: Language) -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted({fold(e) for e in language.terms.noun_endings}, key=lambda e: (-len(e), e)))
