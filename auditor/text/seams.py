"""Words that were torn apart or glued together, against what is known of a language's seams.

What is known was learnt from plain text (``auditor/data/seams``): words that never stand side by
side because they are one, first parts and heads of compounds.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor.languages import Language, codes
from auditor.languages import language as row
from auditor.text.words import Vocabulary, is_known, is_listed, is_listed_elsewhere

_WORD = re.compile(r"[^\W\d_]+")
_NOUNS = re.compile(
    r"(?<![\w’'-])(?=([^\W\d_]{3,40})[ \N{NO-BREAK SPACE}]([^\W\d_]{4,40})(?![\w-]))"
)
_TOKEN = re.compile(r"(?<![^\W_])[^\W_]{5,60}(?![^\W_])")
_YEAR_GLUED = re.compile(r"(\d{2,4})([^\W\d_]{4,})")
_SHORTEST_NOUN = 4  # letters of a noun to which something was glued, one more before a short word
_SHORTEST_TAIL = 3


@dataclass(frozen=True, slots=True)
class Seam:
    """Where words are joined wrongly: offsets, how it should read, and how sure that is."""

    start: int
    end: int
    reading: str
    confidence: float


@cache
def _entries(code: str) -> Mapping[str, frozenset[str]]:
    path = files("auditor") / "data" / "seams" / f"{code}.txt.xz"
    found: dict[str, set[str]] = {}
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").split("\n"):
        kind, _, entry = line.partition(" ")
        found.setdefault(kind, set()).add(entry)
    return {kind: frozenset(entries) for kind, entries in found.items()}


def _has(language: Language, kind: str, entry: str) -> bool:
    return entry in _entries(language.code).get(kind, frozenset())


def is_head(word: str, language: Language) -> bool:
    """Whether a noun ends many compounds."""
    return _has(language, "head", word)


# --- torn apart ---------------------------------------------------------------------------------


def find_splits(text: str, language: Language, vocabulary: Vocabulary) -> Iterator[Seam]:
    """Words that should be one: "de puis", „Forschungs Gerät“."""
    previous: re.Match[str] | None = None
    for match in _WORD.finditer(text):
        if previous and text[previous.end() : match.start()] == " ":
            one, two = previous.group(), match.group()
            if _has(language, "split", f"{one} {two}"):
                yield Seam(previous.start(), match.end(), one + two, 0.8)
        previous = match
    if language.capitalised_nouns:
        yield from _split_compounds(text, language, vocabulary)


def _split_compounds(text: str, language: Language, vocabulary: Vocabulary) -> Iterator[Seam]:
    for match in _NOUNS.finditer(text):
        first, head = match.groups()
        if not (_is_noun(first) and _is_noun(head) and is_known(head, language)):
            continue
        if head in language.loose_nouns or _is_title(first, head, language):
            continue
        sure = _compound(first, head, language, vocabulary)
        if sure and not _is_attribute(text[: match.start()], first, language):
            yield Seam(match.start(1), match.end(2), first + head.lower(), sure)


def _is_title(first: str, head: str, own: Language) -> bool:
    """Whether two words may be a title or name in another language: "Still Game"."""
    others = (row(code) for code in codes() if code != own.code)
    return any(all(is_listed(w.lower(), other) for w in (first, head)) for other in others)


def _is_noun(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _compound(first: str, head: str, language: Language, vocabulary: Vocabulary) -> float:
    """How sure it is that two nouns make a compound; 0 where it isn't."""
    if _has(language, "bound", first):
        return 0.9
    joined = first + head.lower()
    if not is_listed(first, language) or _has(language, "apart", f"{first} {head}"):
        return 0.0
    if vocabulary.count(joined):
        return 0.85
    if _has(language, "first", first) and _has(language, "head", head):
        return 0.8
    return 0.75 if is_listed(joined, language) else 0.0


def _is_attribute(before: str, first: str, language: Language) -> bool:
    """Whether the first noun may be an object of its own: „Ihren Kunden Rechnungen stellen“."""
    words = before.split()[-1:]
    return bool(
        words and words[0].lower() in language.determiners and words[0][-1:] == first[-1:] == "n"
    )


# --- glued together -----------------------------------------------------------------------------


def find_glued(text: str, language: Language, vocabulary: Vocabulary) -> Iterator[Seam]:
    """Two words without the space between them: "xAIavait", „Adresseangezeigt“."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if (word.isalpha() and word.islower()) or word.isupper() or vocabulary.count(word) > 1:
            continue
        cut = _behind_capitals(word, language) or _behind_noun(word, language)
        cut = cut or _behind_digits(word, language)
        if cut:
            yield Seam(match.start(), match.end(), f"{word[:cut]} {word[cut:]}", 0.8)


def _behind_capitals(word: str, language: Language) -> int:
    """Where a word in small letters begins behind a name that ends in capitals."""
    cut = len(word)
    while cut and word[cut - 1].islower():
        cut -= 1
    tail = word[cut:]
    if cut < 2 or not word[cut - 2 : cut].isupper() or len(tail) < _SHORTEST_TAIL:
        return 0
    return cut if _has(language, "tail", tail) else 0


def _behind_noun(word: str, language: Language) -> int:
    """Where a word in small letters begins behind a noun, and makes no compound with it."""
    plain = word.lower()
    if not (language.capitalised_nouns and _is_noun(word)) or is_known(word, language):
        return 0
    if is_listed(plain, language) or is_listed_elsewhere(plain, language):
        return 0
    for cut in range(_SHORTEST_NOUN, len(word) - 1):
        tail = word[cut:]
        room = cut > _SHORTEST_NOUN or len(tail) > _SHORTEST_TAIL
        noun = is_listed(tail.capitalize(), language)  # "Startelf", but no "Datenaus"
        noun = noun and tail not in language.function_words
        if room and not noun and _has(language, "tail", tail) and is_listed(word[:cut], language):
            return cut
    return 0


def _behind_digits(word: str, language: Language) -> int:
    """Where a word begins behind a number that takes none: "2018hinzugefügt"."""
    match = _YEAR_GLUED.fullmatch(word)
    if not match or not is_listed(tail := match.group(2), language):
        return 0
    facts = language.numbers
    joined = tail in facts.suffixes or tail.startswith(tuple(facts.compound_heads))
    return 0 if joined else match.start(2)
