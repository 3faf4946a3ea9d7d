"""Where the terms of a glossary stand in running text, inflected as a language inflects them.

Two questions, answered with different care. That a term *stands* in a text (`find_terms`) asks
something of the other side, so that only its own forms count, not the compounds that it is a part
of. That the other side *has* a term (`has_term`) acquits it, so that compounds, derivations and
words in between are taken for it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditor.languages import Language
from auditor.text.glossary import Glossary
from auditor.text.spelling import fold, shared_start
from auditor.text.words import begins

_WORD = re.compile(r"[^\W_]+")
_GAPS = frozenset(
    " \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}-\N{HYPHEN}\N{NON-BREAKING HYPHEN}'’.&/"
)
_HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}")
_WIDEST = 3  # characters between two words of a term
_STEM = 3  # letters that stay when a word is inflected
_ROOT = 4  # letters by which a word is known in a compound


@dataclass(frozen=True, slots=True)
class Found:
    """A term of a concept (by number) where it stands."""

    start: int
    end: int
    concept: int
    term: str
    forbidden: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: int
    term: str
    words: tuple[str, ...]  # none where the term has other signs and is looked for as it is
    forbidden: bool
    exact: bool


def find_terms(text: str, language: Language, glossary: Glossary) -> list[Found]:
    """The glossary's terms in a text, in order; a term within a longer one is not meant."""
    index = _index(glossary, language)
    words = list(_WORD.finditer(text)) if index.by_key else []
    found = [
        Found(word.start(), words[n + len(entry.words) - 1].end(), *_named(entry))
        for n, word in enumerate(words)
        for key in _keys(word.group(), language)
        for entry in index.by_key.get(key, ())
        if _stands(entry, words[n : n + len(entry.words)], text, language)
    ]
    for entry in index.literal:
        found += [Found(start, end, *_named(entry)) for start, end in find_exact(entry.term, text)]
    kept = [place for name in glossary.kept for place in find_exact(name, text)] if found else []
    return [term for term in _outermost(found) if not _within(term, kept)]


def _within(term: Found, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a term is a part of a name that nobody translates."""
    return any(start <= term.start and term.end <= end for start, end in places)


def _named(entry: _Entry) -> tuple[int, str, bool]:
    return entry.concept, entry.term, entry.forbidden


def _outermost(found: Sequence[Found]) -> list[Found]:
    """The terms that are no part of a longer one."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.end > kept[-1].end or (one.start, one.end) == _place(kept[-1]):
            kept.append(one)
    return kept


def _place(found: Found) -> tuple[int, int]:
    return found.start, found.end


def find_exact(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands letter by letter, and not within a word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        around = (text[start - 1 : start], name[0]), (name[-1], text[end : end + 1])
        if not any(a.isalnum() and b.isalnum() for a, b in around):
            yield start, end
        start = text.find(name, end)


# --- the index --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Index:
    by_key: Mapping[str, Sequence[_Entry]]
    literal: Sequence[_Entry]


@lru_cache(maxsize=8)
def _index(glossary: Glossary, language: Language) -> _Index:
    by_key: dict[str, list[_Entry]] = {}
    literal = []
    for entry in _entries(glossary, language):
        if entry.words:
            by_key.setdefault(_keys(entry.words[0], language)[0], []).append(entry)
        else:
            literal.append(entry)
    return _Index(by_key, literal)


def _entries(glossary: Glossary, language: Language) -> Iterator[_Entry]:
    for number, concept in enumerate(glossary.concepts):
        for terms, forbidden in ((concept.approved, False), (concept.forbidden, True)):
            for term in terms.get(language.code, ()):
                words = tuple(_WORD.findall(term)) if _is_plain(term) else ()
                yield _Entry(number, term, words, forbidden, concept.exact)


def _is_plain(term: str) -> bool:
    """Whether a term consists of words: "C++" does not."""
    return all(char.isalnum() or char in _GAPS for char in term)


def _keys(word: str, language: Language) -> list[str]:
    """By what a word is looked up: its stem at the least, and what shorter words begin with."""
    plain = _vowels(word.lower(), language)
    return [plain[:length] for length in range(min(_STEM, len(plain)), 0, -1)]


# --- inflection -------------------------------------------------------------------------------


def _stands(entry: _Entry, words: Sequence[re.Match[str]], text: str, language: Language) -> bool:
    if len(words) < len(entry.words) or _in_compound(words[0].start(), words[-1].end(), text):
        return False
    if not all(_joined(text, a.end(), b.start()) for a, b in pairwise(words)):
        return False
    endings = _endings(language, alone=len(words) == 1)
    return all(
        _is_form(word.group(), base, endings, language)
        and _same_case(word, base, text, exact=entry.exact)
        for word, base in zip(words, entry.words, strict=True)
    )


def _joined(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return len(gap) <= _WIDEST and all(char in _GAPS for char in gap)


def _in_compound(start: int, end: int, text: str) -> bool:
    """Whether a hyphen ties what stands here to another word."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 1]
    if behind and behind in _HYPHENS:
        return True
    return len(before) > 1 and before[1] in _HYPHENS and before[0].isalnum()


@cache
def _endings(language: Language, *, alone: bool) -> frozenset[str]:
    rows = language.terms
    return (rows.noun_endings if alone else rows.endings) | {""}


def _is_form(word: str, base: str, endings: frozenset[str], language: Language) -> bool:
    """Whether two words are one but for an ending and the vowels that change with it."""
    if word == base:
        return True
    if _is_acronym(base):
        return word.startswith(base) and word[len(base) :] in endings
    one, other = (_vowels(text.lower(), language) for text in (word, base))
    changed = word.lower()[: len(other)] != base.lower()[: len(one)]
    return one == other or any(
        _may_follow(one[cut:], endings, language, changed=changed) and other[cut:] in endings
        for cut in range(min(_STEM, len(other)), shared_start(one, other) + 1)
    )


def _may_follow(ending: str, endings: frozenset[str], language: Language, *, changed: bool) -> bool:
    """Whether a word may end so; ``changed``: its vowel, too, is another one, or its end."""
    return ending in endings and not (changed and ending in language.terms.unchanging_endings)


def _vowels(word: str, language: Language) -> str:
    rows = language.terms
    return word.translate(str.maketrans(rows.changed_vowels, rows.plain_vowels))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _same_case(word: re.Match[str], base: str, text: str, *, exact: bool) -> bool:
    """Whether a word's case is that of the term, or that of the place where it stands."""
    said = word.group()
    if exact or _is_acronym(base):
        return said[: _STEM - 1] == base[: _STEM - 1]
    if base[0].isupper() or not said[0].isupper():
        return said[0].isupper() == base[0].isupper()
    return begins(text, word.start()) or (said.isupper() and len(said) > _STEM)


# --- what acquits -----------------------------------------------------------------------------


def count_term(term: str, text: str, language: Language) -> int:
    """How often a text has a term at the most, its forms, compounds and derivations included."""
    if not _is_plain(term):
        return sum(1 for _ in find_exact(term, text))
    words = [word for word in _WORD.findall(term) if len(word) >= _ROOT] or _WORD.findall(term)
    said = _spoken(text)
    return min((_count(word, said, language) for word in words), default=0)


@dataclass(frozen=True, slots=True)
class _Spoken:
    words: tuple[str, ...]  # folded
    squeezed: str  # the same without anything in between


@lru_cache(maxsize=64)
def _spoken(text: str) -> _Spoken:
    words = tuple(fold(word) for word in _WORD.findall(text))
    return _Spoken(words, "".join(words))


def _count(word: str, said: _Spoken, language: Language) -> int:
    folded = fold(word)
    if _is_acronym(word):
        return sum(_is_ending(w, folded, language) for w in said.words)
    if len(folded) < _ROOT:  # too short to be looked for in mid-word
        at_end = (w.rfind(folded) for w in said.words)
        return sum(
            at >= 0 and _is_ending(w[at:], folded, language)
            for at, w in zip(at_end, said.words, strict=True)
        )
    endings = _endings(language, alone=False)
    forms = sum(_is_form(w, folded, endings, language) for w in said.words)
    return max(forms, said.squeezed.count(_root(folded, language)))


def _is_ending(word: str, base: str, language: Language) -> bool:
    """Whether a word is another one with an ending at the most."""
    return word.startswith(base) and word[len(base) :] in _endings(language, alone=True)


def _root(folded: str, language: Language) -> str:
    """A word without its ending, but for four letters at least."""
    endings = map(fold, _endings(language, alone=True) | _endings(language, alone=False))
    cut = max(len(e) for e in endings if folded.endswith(e) and len(folded) - len(e) >= _ROOT)
    return folded[: len(folded) - cut]
