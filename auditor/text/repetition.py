"""Words that are written twice in a row, one or many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_LONGEST = 60  # words of a stretch that is looked for
_SENTENCE = 6  # words from which punctuation may stand between the copies


@dataclass(frozen=True, slots=True)
class Repetition:
    """A second copy right behind its first, and how many words it has."""

    start: int
    end: int
    words: int


def find_repetitions(text: str) -> tuple[Repetition, ...]:
    """Stretches that stand twice in a row, the longest at each place."""
    matches = list(_WORD.finditer(text))
    words = [match.group() for match in matches]
    taken = [False] * len(words)
    found = []
    for period in range(min(_LONGEST, len(words) // 2), 0, -1):
        for start in _doubled(words, period):
            copy = range(start + period, start + 2 * period)
            seam = text[matches[copy[0] - 1].end() : matches[copy[0]].start()]
            if not any(taken[i] for i in copy) and (period >= _SENTENCE or seam.isspace()):
                found.append(Repetition(matches[copy[0]].start(), matches[copy[-1]].end(), period))
                for i in range(start, start + 2 * period):
                    taken[i] = True
    return tuple(sorted(found, key=lambda repetition: repetition.start))


def _doubled(words: list[str], period: int) -> Iterator[int]:
    """Where a stretch of so many words begins that comes again right behind itself."""
    run = 0
    for i in range(len(words) - period):
        run = run + 1 if words[i] == words[i + period] else 0
        if run == period:
            yield i - period + 1
            run = 0
