"""Stretches of running text in another language than the document's own.

Two witnesses must agree: the function words of the language rows, which say where, and language
identification, which says whether.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditor import languages
from auditor.languages import Language
from auditor.text.language_id import detect

_WORD = re.compile(r"[^\W\d_]+['’]?")  # an elided article is a word by itself
# A stretch ends at these: another clause, a quotation, a bracket.
_BREAK = re.compile(r"[.!?…;:«»„“”\"()\[\]\n]|\s[–—]\s")
_FEWEST_WORDS = 4
_SURE = 0.7
# Whole passages: shorter ones are labels and names, on which identification guesses.
_FEWEST_IN_PASSAGE = 4
_VERY_SURE = 0.9
_ODDS = 4  # foreign function words for each one of the document's own language


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch in another language, with the confidence of the identification (0 to 1)."""

    start: int
    end: int
    language: str
    confidence: float


def find_foreign(text: str, language: Language) -> tuple[Foreign, ...]:
    """Stretches of at least four words in another language than ``language``."""
    words = list(_WORD.finditer(text))
    votes = [_votes(word.group()) for word in words]
    own = sum(vote == {language.code} for vote in votes)
    rivals = sum(bool(vote) and language.code not in vote for vote in votes)
    if rivals >= _ODDS * own and (whole := _whole(text, words, language)):
        return (whole,)
    return tuple(_stretches(text, language)) if rivals else ()


def _whole(text: str, words: Sequence[re.Match[str]], language: Language) -> Foreign | None:
    """The whole text, where identification is sure; hardly a word speaks for its own language."""
    if len(words) < _FEWEST_IN_PASSAGE or _is_title(words):
        return None
    guess = detect(text)
    if guess.language == language.code or guess.confidence < _VERY_SURE:
        return None
    return Foreign(words[0].start(), words[-1].end(), guess.language, guess.confidence)


def _stretches(text: str, language: Language) -> Iterator[Foreign]:
    start = 0
    for stop in [*(match.start() for match in _BREAK.finditer(text)), len(text)]:
        words = list(_WORD.finditer(text, start, stop))
        yield from _runs(text, words, language)
        start = stop


def _runs(text: str, words: Sequence[re.Match[str]], language: Language) -> Iterator[Foreign]:
    """The runs of words between two words that speak for the document's own language."""
    run: list[re.Match[str]] = []
    for word in [*words, None]:
        votes = _votes(word.group()) if word else {language.code}
        if word and votes != {language.code}:
            run.append(word)
            continue
        if found := _judge(text, run, language):
            yield found
        run = []


def _judge(text: str, run: Sequence[re.Match[str]], language: Language) -> Foreign | None:
    """A run is foreign where two function words and the identification name the same language."""
    run = _trimmed(run)
    if len(run) < _FEWEST_WORDS or _is_title(run):
        return None
    guess = detect(text[run[0].start() : run[-1].end()])
    if guess.language == language.code or guess.confidence < _SURE:
        return None
    run = _without_bare_clauses(text, run, guess.language, language)
    voters = [word for word in run if _speaks_for(word, guess.language, language)]
    enough = 1 if guess.confidence >= _VERY_SURE and len(run) > _FEWEST_WORDS else 2
    if len(run) < _FEWEST_WORDS or len(voters) < enough:
        return None
    return Foreign(run[0].start(), run[-1].end(), guess.language, guess.confidence)


def _without_bare_clauses(
    text: str, run: Sequence[re.Match[str]], guess: str, language: Language
) -> Sequence[re.Match[str]]:
    """The run without a first and last clause in which no word speaks for the foreign language."""
    clauses: list[list[re.Match[str]]] = [[run[0]]]
    for before, word in pairwise(run):
        if "," in text[before.end() : word.start()]:
            clauses.append([])
        clauses[-1].append(word)
    bare = [not any(_speaks_for(word, guess, language) for word in clause) for clause in clauses]
    telling = [number for number, nothing in enumerate(bare) if not nothing]
    kept = clauses[telling[0] : telling[-1] + 1] if telling else []
    return [word for clause in kept for word in clause]


def _speaks_for(word: re.Match[str], guess: str, language: Language) -> bool:
    votes = _votes(word.group())
    return guess in votes and language.code not in votes


def _trimmed(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The run without the names at its ends, which belong to either language."""
    start, end = 0, len(run)
    while start < end and _is_name(run[start]) and not _votes(run[start].group()):
        start += 1
    while start < end and _is_name(run[end - 1]):
        end -= 1
    return run[start:end]


def _is_name(word: re.Match[str]) -> bool:
    return word.group()[0].isupper()


def _is_title(words: Sequence[re.Match[str]]) -> bool:
    """Whether all but the function words have capitals: a title, a name, an English headline."""
    return all(_is_name(word) or _votes(word.group()) for word in words)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    votes: dict[str, set[str]] = {}
    for code in languages.codes():
        for word in languages.language(code).function_words:
            votes.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in votes.items()}


@lru_cache(maxsize=100_000)
def _votes(word: str) -> frozenset[str]:
    """The languages whose function word this is."""
    lower = word.lower().replace("’", "'")
    known = _function_words()
    return known.get(lower, known.get(lower.rstrip("'"), frozenset()))
