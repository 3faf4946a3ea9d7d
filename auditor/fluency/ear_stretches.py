"""Broken stretches: neighbouring tokens that the ear has doubts about, and how sure it is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from auditor.fluency.ear import Heard
from auditor.fluency.ear_belief import Belief, Evidence
from auditor.fluency.ear_tokens import Token
from auditor.fluency.grammar import agreement
from auditor.fluency.tagger import Word, kind_of

_DOUBT = 0.5  # tokens beside a broken one belong to its stretch from this probability on
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
    # Below the limits, told faintly, the joint probability of a stretch that the tagger backs: by
    # probabilities of a word's class that are below a bound, or by one that the word never has.
    unsure: tuple[tuple[float, float], ...] = ()  # joint probability, bound
    impossible: float = 1.0
    # What a doubt proves in its document, and how probable a fault must be there to be told
    # faintly, and as a minor one, whatever the limits above.
    evidence: Evidence | None = None
    believed: tuple[float, float] = (1.0, 1.0)
    faint: float = 1.0  # from which on a stretch of two tokens or more is told faintly


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
        tuple((joint, bound) for joint, bound in row["unsure"]),
        row["impossible"],
        Evidence(row["evidence"][0], row["evidence"][1], tuple(row["usual"])),
        tuple(row["believed"]),
        row["faint"],
    )


def stretches(
    heard: Heard,
    limits: Limits,
    read: Callable[[], Sequence[Word]] = tuple,
    belief: Belief | None = None,
) -> Iterator[Stretch]:
    """The broken stretches of a sentence from left to right.

    A stretch of nothing but unknown words is none: names, loan words and new words are doubtful to
    the ear, and right. ``read`` gives the words of the sentence with their grammar; it is asked
    where the ear alone is not sure enough. ``belief`` is what to believe in this document.
    """
    for first, last in _all_runs(heard, limits, belief):
        within = slice(first, last + 1)
        words = [token.text.lower() for token in heard.tokens[within]]
        either = len(words) <= _ARTICLE_AND_NOUN and limits.either.intersection(words)
        if either or not heard.known[within].any():
            continue
        most = float(heard.probabilities[within].max())
        longer = min(limits.faint, limits.minor), limits.minor
        faintly, alone = limits.alone if first == last else longer
        broken = belief.probability(most) if belief else 0.0
        told = most >= faintly or broken >= limits.believed[0]
        if not told and not _is_backed(heard, first, last, limits, read):
            continue
        major = most >= limits.major and last - first + 1 >= limits.long
        loud = most >= alone or broken >= limits.believed[1]
        yield Stretch(
            heard.tokens[first].start,
            heard.tokens[last].end,
            most,
            limits.right[major] if most >= alone else max(_FAINTLY_RIGHT, broken),
            major,
            faint=not loud,
        )


def _is_backed(
    heard: Heard, first: int, last: int, limits: Limits, read: Callable[[], Sequence[Word]]
) -> bool:
    """Whether the tagger has its doubts about a stretch below the limits as well."""
    joint = 1 - float(np.prod(1 - heard.probabilities[first : last + 1]))
    if joint < min(limits.impossible, *(least for least, _ in limits.unsure), 1.0):
        return False
    start, end = heard.tokens[first].start, heard.tokens[last].end
    words = [
        word for word in read() if word.start < end and word.end > start and word.form[0].isalpha()
    ]
    # Of a rare form the tagger is often not sure although it is right.
    sure = min((word.sure for word in words if not word.rare), default=1.0)
    if joint >= limits.impossible and any(_is_impossible(word) for word in words):
        return True
    return any(joint >= least and sure < bound for least, bound in limits.unsure)


def _is_impossible(word: Word) -> bool:
    """Whether the tagger takes a frequent word for what it never is."""
    kind = kind_of(word.tag) if word.tag in _JUDGED else ""
    return bool(kind and word.may) and not word.rare and kind not in word.may


def _all_runs(heard: Heard, limits: Limits, belief: Belief | None) -> list[tuple[int, int]]:
    """The runs of doubtful tokens; where much is broken, quieter ones apart from them as well."""
    runs = list(_runs(heard, _DOUBT))
    least = belief.least(limits.believed[0]) if belief else _DOUBT
    if least < _DOUBT:
        quiet = _runs(heard, least)
        runs += [run for run in quiet if all(run[1] < a or b < run[0] for a, b in runs)]
    return sorted(runs)


def _runs(heard: Heard, least: float) -> Iterator[tuple[int, int]]:
    """First and last token of each run of doubtful ones, signs at its ends left out."""
    doubtful = [
        number
        for number, value in enumerate(heard.probabilities.tolist())
        if value >= least
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
