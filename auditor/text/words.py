"""Words: which are known to a language, and which a document uses.

What is known was learnt from plain text (``auditor/data/words``). It is no spelling dictionary: it
tells a common word from a name, so that a compound counts as known where its last part is.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from auditor.languages import Language, codes
from auditor.languages import language as row

_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 4  # letters that the last part of a compound has at least
_STARTS = '.!?:…;|«„“"‚‘(*•\n\N{PARAGRAPH SEPARATOR}'  # behind which a sentence begins
_BLANKS = 20  # signs between two sentences, at the most
_FEW = 35_000  # words: a shorter list lacks many that every reader knows
_LONGEST = 60  # letters: a longer string is no word that anybody wrote


def find_words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text: runs of letters."""
    return _WORD.finditer(text)


def begins(text: str, position: int) -> bool:
    """Whether a sentence or a quotation begins at a position."""
    before = text[max(0, position - _BLANKS) : position].rstrip()
    return before[-1] in _STARTS if before else position <= _BLANKS


@cache
def _list(code: str) -> frozenset[str]:
    packed = (files("auditor") / "data" / "words" / f"{code}.txt.xz").read_bytes()
    return frozenset(lzma.decompress(packed).decode("utf-8").split("\n"))


def is_listed(word: str, language: Language) -> bool:
    """Whether a word is a common one by itself, not as a compound."""
    return word in _list(language.code)


def is_thin(language: Language) -> bool:
    """Whether so few words of a language are listed that one which is not may well be one."""
    return len(_list(language.code)) < _FEW


def is_listed_elsewhere(word: str, *languages: Language) -> bool:
    """Whether a language other than these has a word: it may be quoted from there."""
    own = [language.code for language in languages]
    return any(is_listed(word, row(code)) for code in codes() if code not in own)


@lru_cache(maxsize=100_000)
def is_known(word: str, language: Language) -> bool:
    """Whether a word, as it is written, is a common word of the language.

    Nouns that a language writes with capitals are known with theirs; other words in lower case.
    """
    known = _list(language.code)
    if word in known or len(word) > _LONGEST:
        return word in known
    if not language.capitalised_nouns or not word[:1].isupper():
        return False
    stems = [word, *(word[: -len(end)] for end in language.noun_endings if word.endswith(end))]
    return any(stem in known or _has_known_head(stem, known) for stem in stems)


def _has_known_head(word: str, known: frozenset[str]) -> bool:
    """Whether the last part of a compound is known."""
    return any(word[cut:].capitalize() in known for cut in range(3, len(word) - _HEAD + 1))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often a document uses each word, as it is written."""

    counts: Mapping[str, int] = field(default_factory=dict)
    neighbours: frozenset[tuple[str, str]] = frozenset()  # words with a capital, side by side

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The words of some texts."""
        counts: Counter[str] = Counter()
        neighbours: set[tuple[str, str]] = set()
        for text in texts:
            words = [match.group() for match in find_words(text)]
            counts.update(words)
            capitals = [word[0].isupper() for word in words]
            neighbours.update(
                (one, other)
                for one, other, *both in zip(words, words[1:], capitals, capitals[1:], strict=False)
                if all(both)
            )
        return cls(counts, frozenset(neighbours))

    def count(self, word: str) -> int:
        """How often a word is used in this spelling."""
        return self.counts.get(word, 0)
