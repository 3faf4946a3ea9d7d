"""Words torn in two, by what the ear knows: « de puis » where it knows « depuis ».

Two pieces in a row that together are a common word, and do not follow one another in clean text.
Of split words the ear has learnt nothing; its doubt, however small, tells them from the rare case
that both pieces stand there on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from auditor.fluency.ear import Heard, load_ear
from auditor.fluency.grammar import grammar
from auditor.fluency.tagger import tagger

_SHORTEST = 5  # letters of the word that was torn
_FEWEST = 2  # letters of each piece
# The doubt that is needed about one of the pieces: where both are words, and where one is none.
_BOTH_WORDS, _ONE_WORD = 0.15, 0.02


class Torn(NamedTuple):
    """The pieces of a torn word, half-open, and the word."""

    start: int
    end: int
    reading: str


def torn_words(heard: Heard, code: str) -> Iterator[Torn]:
    """The words of a sentence that were torn in two."""
    network, listed = load_ear().network, tagger(code)
    pronouns = grammar(code).subject_pronouns
    doubts, known = heard.probabilities.tolist(), heard.known.tolist()
    for number, (one, two) in enumerate(zip(heard.tokens, heard.tokens[1:], strict=False)):
        both = known[number] and known[number + 1]
        if max(doubts[number : number + 2]) < (_BOTH_WORDS if both else _ONE_WORD):
            continue
        joined = one.text + two.text
        if two.start != one.end + 1 or not joined.isalpha() or not two.text.islower():
            continue
        if min(len(one.text), len(two.text)) < _FEWEST or len(joined) < _SHORTEST:
            continue
        if both and two.text in pronouns:  # „einfach er“: many a word ends like a pronoun
            continue
        common = listed.knows(joined) or listed.knows(joined.lower())
        if not common or not network.knows(joined, code):
            continue
        if not (both and network.seen(one.text, two.text, code)):
            yield Torn(one.start, two.end, joined)
