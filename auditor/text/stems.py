"""Stems: what the forms of a word have in common, crudely, and without accents.

They need not be roots: it is enough that most forms of a word meet in one stem, for the lexicon is
learnt from the same stems (`scripts/learn_lexicon.py`).
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_SHORTEST = 4  # letters that stay
_LONGEST = 60  # letters: a longer string is no word that anybody wrote


@lru_cache(maxsize=100_000)
def stem(word: str, code: str) -> str:
    """The stem of a word of a language (by code), in lower case."""
    plain = fold(word)
    if len(plain) > _LONGEST:
        return plain
    endings, longest = _endings(code)
    for length in range(min(longest, len(plain) - _SHORTEST), 0, -1):
        if plain[-length:] in endings:
            return plain[:-length]
    return plain


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case, without accents."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def _endings(code: str) -> tuple[frozenset[str], int]:
    table = tomllib.loads((files("auditor") / "data/lexicon/endings.toml").read_text("utf-8"))
    endings = frozenset(table.get(code, ()))
    return endings, max(map(len, endings), default=0)
