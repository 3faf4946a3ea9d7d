"""Which preposition governs a noun, and which prepositions translate one another there.

"On the table" is « sur la table » and „auf dem Tisch“: where two nouns translate one another, so do
their prepositions, more or less freely. How often each two of them met before such nouns was
counted in translations (`scripts/learn_prepositions.py`), and with which nouns where that was
seldom: an idiom.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import sqrt
from typing import Any

from auditor.fluency.tagger import Word
from auditor.links.evidence import Linked

_USUAL = 0.25  # of all meetings of two prepositions, the geometric mean of both shares
_NOUNS = ("NOUN", "PROPN")
_INSIDE = ("DET", "ADJ", "NUM", "ADV", "PRON.Poss", "VERB.Part")  # between a preposition and a noun
_MOST = 4  # such words


@dataclass(frozen=True, slots=True)
class Governed:
    """Two nouns that translate one another, by their numbers, and the words that govern them."""

    nouns: tuple[int, int]
    prepositions: tuple[Word, Word]


@dataclass(frozen=True)
class Table:
    """How often two prepositions met, the left one first.

    ``idioms``: stems of the nouns that seldom pairs stood with, on the side ``nouns``.
    """

    counts: Mapping[tuple[str, str], int]
    idioms: Mapping[tuple[str, str], frozenset[str]]
    nouns: int

    @cached_property
    def usual(self) -> Mapping[tuple[str, str], int]:
        """The counts of those pairs that are the common rendering of one another."""
        totals = Counter[tuple[int, str]]()
        for pair, count in self.counts.items():
            for side in (0, 1):
                totals[side, pair[side]] += count
        return {
            (left, right): count
            for (left, right), count in self.counts.items()
            if count >= _USUAL * sqrt(totals[0, left] * totals[1, right])
        }

    @cached_property
    def known(self) -> tuple[frozenset[str], frozenset[str]]:
        """The prepositions of either side."""
        left, right = zip(*self.counts, strict=True)
        return frozenset(left), frozenset(right)


@cache
def table(one: str, other: str) -> Table | None:
    """The table of two languages, in either order; None where none was learnt."""
    path = files("auditor") / "data" / "lexicon" / "prepositions.toml"
    rows = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    for name, turned in ((f"{one}-{other}", False), (f"{other}-{one}", True)):
        if name in rows:
            counts = dict(_pairs(rows[name]["counts"], turned=turned))
            idioms = _pairs(rows[name]["idioms"], turned=turned)
            return Table(counts, {pair: frozenset(stems) for pair, stems in idioms}, int(turned))
    return None


def _pairs(
    rows: Mapping[str, Mapping[str, Any]], *, turned: bool
) -> Iterator[tuple[tuple[str, str], Any]]:
    for left, rights in rows.items():
        for right, value in rights.items():
            yield ((right, left) if turned else (left, right)), value


def governed(linked: Linked, words: Sequence[Sequence[Word]]) -> Iterator[Governed]:
    """Nouns that translate one another and have a preposition each."""
    left, right = (
        _governors(own, side.spans) for own, side in zip(words, linked.sides, strict=True)
    )
    for noun, mate in linked.mutual().items():
        if noun in left and mate in right:
            yield Governed((noun, mate), (left[noun], right[mate]))


def _governors(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> dict[int, Word]:
    """The preposition of each noun that has one, by the noun's number."""
    numbers = {start: number for number, (start, _) in enumerate(spans)}
    found: dict[int, Word] = {}
    open_: Word | None = None
    between = 0
    for word in words:
        if word.tag.startswith("ADP"):
            open_, between = word, 0
        elif word.tag in _NOUNS:
            if open_ and word.start in numbers:
                found[numbers[word.start]] = open_
            open_ = None
        elif word.tag.startswith(_INSIDE) and between < _MOST:
            between += 1
        else:
            open_ = None
    return found
