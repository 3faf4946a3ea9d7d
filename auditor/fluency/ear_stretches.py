"""Broken stretches: neighbouring tokens that the ear has doubts about, and how sure it is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from auditor.fluency.ear import Heard
from auditor.fluency.ear_tokens import Token
from auditor.fluency.grammar import agreement
from auditor.fluency.tagger import Word, kind_of

_DOUBT = 0.5  # tokens beside a broken one belong to its stretch from this probability on
_UNSURE = 0.7  # probability of a word's class below which the tagger has doubts too
_JUDGED = ("NOUN", "ADJ", "VERB.Fin", "VERB.Inf", "VERB.Part")
_FAINTLY_RIGHT = 0.5  # confidence of a single token that may be a rare use
_ARTICLE_AND_NOUN = 2  # tokens
_APART = 2  # tokens from one doubtful token to the next, in one stretch


@dataclass(frozen=True, slots=True)
class Limits:
    """From which probability on a stretch is told, and how often it is then really broken."""

    minor: float
    # For a single token, where all that is seen may be a rare use: faintly, and as a minor one.
    alone: tuple[float, float]
    major: float
    long: int  # tokens that a stretch of major severity has at least
    right: tuple[float, float]  # of minor and major ones
    either: frozenset[str] = frozenset()  # nouns of either gender: beside an article no fault
    # Below the limits, told faintly: the joint probability of several tokens by itself; that of
    # tokens of which the tagger is not sure either; and of tokens that it takes for what they
    # cannot be.
    joint: float = 1.0
    unsure: float = 1.0
    impossible: float = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a sentence, half-open; `probability` is the highest of its tokens."""

    start: int
    end: int
    probability: float
    confidence: float
    major: bool
    faint: bool = False


@cache
def limits(code: str) -> Limits | None:
    """The limits of a language, or None where the ear does not know it."""
    text = (files("auditor") / "data" / "fluency" / "ear" / "limits.toml").read_text("utf-8")
    row = tomllib.loads(text).get(code)
    return row and Limits(
        row["minor"],
        tuple(row["alone"]),
        row["major"],
        row["long"],
        tuple(row["right"]),
        agreement(code).both_genders,
        row["joint"],
        row["unsure"],
        row["impossible"],
    )


def stretches(
    heard: Heard, limits: Limits, read: Callable[[], Sequence[Word]] = tuple
) -> Iterator[Stretch]:
    """The broken stretches of a sentence from left to right.

    A stretch of nothing but unknown words is none: names, loan words and new words are doubtful to
    the ear, and right. ``read`` gives the words of the sentence with their grammar; it is asked
    where the ear alone is not sure enough.
    """
    for first, last in _runs(heard):
        within = slice(first, last + 1)
        words = [token.text.lower() for token in heard.tokens[within]]
        either = len(words) <= _ARTICLE_AND_NOUN and limits.either.intersection(words)
        if either or not heard.known[within].any():
            continue
        most = float(heard.probabilities[within].max())
        faintly, alone = limits.alone if first == last else (limits.minor, limits.minor)
        if most < faintly and not _is_backed(heard, first, last, limits, read):
            continue
        major = most >= limits.major and last - first + 1 >= limits.long
        yield Stretch(
            heard.tokens[first].start,
            heard.tokens[last].end,
            most,
            limits.right[major] if most >= alone else _FAINTLY_RIGHT,
            major,
            faint=most < alone,
        )


def _is_backed(
    heard: Heard, first: int, last: int, limits: Limits, read: Callable[[], Sequence[Word]]
) -> bool:
    """Whether a stretch below the limits has more to tell for it than its likeliest token."""
    joint = 1 - float(np.prod(1 - heard.probabilities[first : last + 1]))
    if joint >= limits.joint and last > first:
        return True
    if joint < min(limits.unsure, limits.impossible):
        return False
    start, end = heard.tokens[first].start, heard.tokens[last].end
    words = [
        word for word in read() if word.start < end and word.end > start and word.form[0].isalpha()
    ]
    unsure = any(word.sure < _UNSURE for word in words)
    impossible = any(_is_impossible(word) for word in words)
    return (unsure and joint >= limits.unsure) or (impossible and joint >= limits.impossible)


def _is_impossible(word: Word) -> bool:
    """Whether the tagger takes a frequent word for what it never is."""
    kind = kind_of(word.tag) if word.tag in _JUDGED else ""
    return bool(kind and word.may) and not word.rare and kind not in word.may


def _runs(heard: Heard) -> Iterator[tuple[int, int]]:
    """First and last token of each run of doubtful ones, signs at its ends left out."""
    doubtful = [
        number
        for number, value in enumerate(heard.probabilities.tolist())
        if value >= _DOUBT
        and heard.tokens[number].text[0].isalnum()
        and not _is_shouted(heard.tokens, number)
    ]
    start = 0
    for number, place in enumerate(doubtful):
        if number + 1 == len(doubtful) or doubtful[number + 1] - place > _APART:
            yield doubtful[start], place
            start = number + 1


def _is_shouted(tokens: Sequence[Token], number: int) -> bool:
    """Whether a token stands in capitals beside another one that does."""
    near = [*tokens[max(0, number - 1) : number], *tokens[number + 1 : number + 2]]
    return tokens[number].text.isupper() and any(
        len(token.text) > 1 and token.text.isupper() for token in near
    )
