"""Words that lost their capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.languages import Language
from auditor.text.seams import is_head
from auditor.text.words import is_listed, is_listed_elsewhere

# Not inside addresses, paths, code and words with an apostrophe.
_SMALL = re.compile(
    r"(?<![\w/\\@#.'’_-])(?:[A-Z\d]\w{0,30}-)?([^\W\d_]{3,40})(?![\w/\\@'’_]|\.\w|-[^A-ZÄÖÜ])"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.?!]) ([^\W\d_]{2,40})(?![\w/\\@'’_.-])")
_FIRST = 3  # letters of the first part of a compound
_HEAD = 5  # letters of its head


@dataclass(frozen=True, slots=True)
class Lost:
    """A word that ought to have a capital; ``noun``: for it is one, not the start of a sentence."""

    start: int
    end: int
    word: str
    noun: bool


def find_lost(text: str, own: Language) -> Iterator[Lost]:
    """Nouns and beginnings of sentences in small letters, in the order of their kinds."""
    if own.capitalised_nouns:
        for match in _SMALL.finditer(text):
            word = match.group(1)
            if not (word.islower() and is_lost_noun(word, own)):
                continue
            if not is_listed_elsewhere(word, own) or _is_determined(text[: match.start()], own):
                yield Lost(match.start(1), match.end(), word, noun=True)
    for match in _SENTENCE.finditer(text):
        word = match.group(1)
        if word.islower() and word in own.function_words and _ends(text, match, own):
            yield Lost(match.start(1), match.end(), word, noun=False)


def _is_determined(before: str, own: Language) -> bool:
    words = before.split()[-1:]
    return bool(words) and words[0].lower() in own.determiners


def is_lost_noun(word: str, own: Language) -> bool:
    """Whether a word in small letters is known as a noun alone."""
    if is_listed(word, own) or _is_adjective(word, own):
        return False
    if is_listed(word.capitalize(), own):
        return True
    return any(
        _is_nominal(word[cut:], own) and _begins(word[:cut], own)
        for cut in range(_FIRST, len(word) - _HEAD + 1)
    )


def _is_nominal(head: str, own: Language) -> bool:
    """Whether the head of a compound is a noun, and no other word."""
    return (
        is_head(head.capitalize(), own)
        and not is_listed(head, own)
        and not _is_adjective(head, own)
    )


def _begins(first: str, own: Language) -> bool:
    """Whether a compound may begin so: with a noun, inflected or not."""
    return is_listed(first.capitalize(), own) or is_listed(first[:-1].capitalize(), own)


def _is_adjective(word: str, own: Language) -> bool:
    """Whether a word is an adjective or a participle, which may be used as a noun."""
    stems = {word[: -len(end)] for end in own.adjective_endings if word.endswith(end)}
    stems.add(word)
    endings = ("", *own.adjective_endings)
    return any(
        stem.endswith(own.adjective_suffixes) or any(is_listed(stem + end, own) for end in endings)
        for stem in stems
    )


def _ends(text: str, match: re.Match[str], own: Language) -> bool:
    """Whether what stands before is the end of a sentence, not an abbreviation."""
    words = text[max(0, match.start() - 40) : match.start()].split()
    last = words[-1].lower() if words else ""
    facts = own.segmentation
    abbreviations = facts.abbreviations | facts.number_abbreviations | facts.final_abbreviations
    return is_listed(last[:-1], own) and last not in abbreviations
