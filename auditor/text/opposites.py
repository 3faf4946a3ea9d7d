"""Words that lie at one pole of an opposition: rise and fall, before and after, buy and sell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auditor.languages import Language
from auditor.text.patterns import any_of
from auditor.text.words import find_words

_SHORTEST = 3  # letters of a beginning that stands for the words that begin so


@dataclass(frozen=True, slots=True)
class Pole:
    """A word, and the poles that it may name."""

    start: int
    end: int
    poles: tuple[str, ...]


@cache
def pairs() -> tuple[tuple[str, str, bool], ...]:
    """The names of the poles that are opposed, and whether free translation turns them round."""
    table = tomllib.loads((files("auditor") / "data" / "opposites.toml").read_text("utf-8"))
    return tuple((one, other, one in table["loose"]) for one, other in table["pairs"])


@cache
def opposite(pole: str) -> frozenset[str]:
    """The poles that are opposed to one."""
    opposed = [(one, other) for one, other, _ in pairs() if pole in (one, other)]
    return frozenset(other if one == pole else one for one, other in opposed)


@cache
def governing_pairs() -> tuple[tuple[str, str], ...]:
    """The poles of prepositions that are opposed."""
    table = tomllib.loads((files("auditor") / "data" / "opposites.toml").read_text("utf-8"))
    return tuple((one, other) for one, other in table["governing"])


@cache
def governing(language: Language) -> dict[str, tuple[str, ...]]:
    """Prepositions of a language, each with those that mean the opposite."""
    found: dict[str, list[str]] = {}
    for pair in governing_pairs():
        poles = [
            [word for word, own in language.opposites.items() if pole in own and "*" not in word]
            for pole in pair
        ]
        for mine, theirs in (poles, poles[::-1]):
            for word in mine:
                found.setdefault(word, []).extend(theirs)
    return {word: tuple(theirs) for word, theirs in found.items()}


def find_poles(text: str, language: Language) -> tuple[Pole, ...]:
    """The words of a text that lie at a pole, but for phrases in which they mean something else."""
    plain = _plain(text)
    idle = idle_places(text, language)
    return tuple(
        Pole(*word.span(), poles)
        for word in find_words(plain)
        if (poles := _poles(word.group(), language))
        and not any(start < word.end() and word.start() < end for start, end in idle)
    )


def idle_places(text: str, language: Language) -> list[tuple[int, int]]:
    """Where a text has phrases in which such words mean something else: "au moins"."""
    return [match.span() for match in _idle(language).finditer(_plain(text))]


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


@cache
def _idle(language: Language) -> re.Pattern[str]:
    return re.compile(any_of(language.opposite_phrases, r"\b{}"))


@cache
def _beginnings(language: Language) -> Mapping[str, tuple[str, ...]]:
    return {w[:-1]: poles for w, poles in language.opposites.items() if w.endswith("*")}


@lru_cache(maxsize=100_000)
def _poles(word: str, language: Language) -> tuple[str, ...]:
    found = list(language.opposites.get(word, ()))
    beginnings = _beginnings(language)
    for length in range(_SHORTEST, len(word) + 1):
        found += beginnings.get(word[:length], ())
    return tuple(dict.fromkeys(found))
