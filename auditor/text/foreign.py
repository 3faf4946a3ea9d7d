"""Stretches of running text in another language than the document's own.

Two witnesses must agree: words, which say where, and language identification, which says whether.
Function words of the language rows mark long stretches; for those that begin in the middle of a
clause, every word is weighed by which of the two languages knows it, and runs of a high sum are
taken (Kadane's algorithm).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditor import languages
from auditor.languages import Language
from auditor.text.language_id import detect
from auditor.text.words import is_known, is_listed

_WORD = re.compile(r"[^\W\d_]+['’]?")  # an elided article is a word by itself
# A stretch ends at these: another clause, a quotation, a bracket.
_BREAK = re.compile(r"[.!?…;:«»„“”\"()\[\]\n]|\s[–—]\s")
_FEWEST_WORDS = 4
_SURE = 0.7
# Whole passages: shorter ones are labels and names, on which identification guesses.
_FEWEST_IN_PASSAGE = 4
_VERY_SURE = 0.9
_LAST_WORD = re.compile(r"([^\W\d_]+)\s?$")
_REACH = 60  # characters in which the word before a stretch is looked for
_ODDS = 4  # foreign function words for each one of the document's own language
# Runs by the sum of their words' weights: as much as two telling words, no word against them.
_LEAST_SUM = 3.0
_MOST_FALL = 6.0  # a word and a half of the document's own within a run
_LEAST_WORDS = 3
_LEAST_BEHIND_NAME = 5
_LEAST_VOTERS = 2
_LIKELY = 0.3  # identification of so few words is unsure; another language would still win
_OWN, _FOREIGN = -4.0, 2.0  # weights of function words of one language alone
_OWN_WORD, _FOREIGN_WORD = -3.0, 1.3  # of other words that one language alone knows
_NAME_LIKE = 1.0  # of a foreign function word with a capital: it may begin a title
_UNKNOWN = -0.3


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch in another language, with the confidence of the identification (0 to 1)."""

    start: int
    end: int
    language: str
    confidence: float


def find_foreign(text: str, language: Language) -> tuple[Foreign, ...]:
    """Stretches of three words and more in another language than ``language``.

    Three and four are few: right behind a name they are taken for its rest.
    """
    words = list(_WORD.finditer(text))
    votes = [_votes(word.group()) for word in words]
    own = sum(vote == {language.code} for vote in votes)
    rivals = sum(bool(vote) and language.code not in vote for vote in votes)
    if rivals >= _ODDS * own and (whole := _whole(text, words, language)):
        return (whole,)
    return (
        tuple(_without_overlap([*_stretches(text, language), *_by_words(text, language)]))
        if rivals
        else ()
    )


def _without_overlap(found: Sequence[Foreign]) -> Iterator[Foreign]:
    """The stretches in their order in the text; of those that overlap, the first that was found."""
    kept: list[Foreign] = []
    for stretch in found:
        place = bisect_left(kept, stretch.start, key=lambda other: other.start)
        beside = kept[max(0, place - 1) : place + 1]
        if all(stretch.end <= other.start or other.end <= stretch.start for other in beside):
            kept.insert(place, stretch)
    yield from kept


def _whole(text: str, words: Sequence[re.Match[str]], language: Language) -> Foreign | None:
    """The whole text, where identification is sure; hardly a word speaks for its own language."""
    if len(words) < _FEWEST_IN_PASSAGE or _is_title(words):
        return None
    guess = detect(text)
    if guess.language == language.code or guess.confidence < _VERY_SURE:
        return None
    return Foreign(words[0].start(), words[-1].end(), guess.language, guess.confidence)


def _stretches(text: str, language: Language) -> Iterator[Foreign]:
    for words in _pieces(text):
        yield from _runs(text, words, language)


def _pieces(text: str) -> Iterator[list[re.Match[str]]]:
    """The words between two breaks."""
    start = 0
    for stop in [*(match.start() for match in _BREAK.finditer(text)), len(text)]:
        yield list(_WORD.finditer(text, start, stop))
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
    run = _without_own_words(run, guess.language, language)
    voters = [word for word in run if _speaks_for(word, guess.language, language)]
    enough = 1 if guess.confidence >= _VERY_SURE and len(run) > _FEWEST_WORDS else 2
    if len(run) < _FEWEST_WORDS or len(voters) < enough:
        return None
    return Foreign(run[0].start(), run[-1].end(), guess.language, guess.confidence)


def _by_words(text: str, language: Language) -> Iterator[Foreign]:
    """Stretches whose words another language knows, and the document's own does not."""
    for words in _pieces(text):
        for code in languages.codes() if len(words) >= _LEAST_WORDS else ():
            if code != language.code:
                yield from _weighed(text, words, language, languages.language(code))


def follows_name(text: str, start: int, own: Language, other: Language | None = None) -> bool:
    """Whether a name stands right before a place: what begins there may be its rest.

    ``other``: a word with a capital that this language has, too, may begin a name: „das Institut
    des hautes études“.
    """
    before = _LAST_WORD.search(text[max(0, start - _REACH) : start])
    if before is None or not before.group(1)[0].isupper():
        return False
    word = before.group(1)
    return not is_known(word, own) or (other is not None and is_listed(word.lower(), other))


def _weighed(
    text: str, words: Sequence[re.Match[str]], own: Language, other: Language
) -> Iterator[Foreign]:
    weights = [_weight(word.group(), own, other) for word in words]
    for first, end in _best_runs(weights):
        run = words[first:end]
        voters = sum(weight > 0 for weight in weights[first:end])
        if len(run) >= _LEAST_WORDS and voters >= _LEAST_VOTERS and not _is_title(run):
            guess = detect(text[run[0].start() : run[-1].end()])
            named = follows_name(text, run[0].start(), own) and len(run) < _LEAST_BEHIND_NAME
            if guess.language == other.code and guess.confidence >= _LIKELY and not named:
                yield Foreign(run[0].start(), run[-1].end(), other.code, guess.confidence)


def _best_runs(weights: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where runs of a high sum begin and end; one ends where its sum has fallen too far.

    In one pass, so that the cost grows with the length of the text.
    """
    best, total, start, end = 0.0, 0.0, 0, 0
    for number, weight in enumerate([*weights, -math.inf]):
        total += weight
        if total > best:
            best, end = total, number + 1
        if total <= 0 or total < best - _MOST_FALL:
            if best >= _LEAST_SUM:
                yield start, end
            best, total, start = 0.0, 0.0, number + 1


@lru_cache(maxsize=100_000)
def _weight(word: str, own: Language, other: Language) -> float:
    """What a word says for the other language; below 0 for its own."""
    votes = _votes(word)
    if own.code in votes or other.code in votes:
        if own.code in votes:
            return 0.0 if other.code in votes else _OWN
        return _FOREIGN if word[0].islower() else _NAME_LIKE
    bare = word.rstrip("'’")
    theirs = is_listed(bare.lower(), other)
    if bare[0].isupper():
        # A name belongs to neither, but a noun that is written so does.
        return _OWN_WORD if is_known(bare, own) and not theirs else 0.0
    ours = is_known(bare, own) or is_known(bare.capitalize(), own)
    if ours:
        return 0.0 if theirs else _OWN_WORD
    return _FOREIGN_WORD if theirs else _UNKNOWN


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


def _without_own_words(
    run: Sequence[re.Match[str]], guess: str, own: Language
) -> Sequence[re.Match[str]]:
    """The run without the words at its ends that the document's own language alone knows."""
    if guess not in languages.codes():
        return run
    other = languages.language(guess)
    kept = [n for n, word in enumerate(run) if _weight(word.group(), own, other) > _OWN_WORD]
    return run[kept[0] : kept[-1] + 1] if kept else []


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
