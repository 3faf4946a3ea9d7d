"""The lexicon: which words translate one another, and how rare a word is.

Learnt from translated text (`scripts/learn_lexicon.py`); the keys are stems. It knows what a word
is often translated by, not what it may be translated by: a link that it lacks proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.weights import DEFLATED, Tensors, read_weights

Rows = NDArray[np.uint16] | NDArray[np.uint32]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
# Bits of a stem that the lexicon has never seen: about once in a million words.
UNSEEN = 20.0
_MOST = 1 << 16  # words of the second language


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One language's stems.

    ``numbers``: stem -> row; ``rarity`` (stems): -log2 of its share of running text, in tenths;
    ``starts`` (stems + 1) and ``links``: the links of each row, by their number.
    """

    stems: list[str]
    numbers: Mapping[str, int]
    rarity: NDArray[np.uint8]
    starts: NDArray[np.int64]
    links: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Links between the stems of two languages.

    ``ends`` (2, links): the row of each link on either side; ``scores`` (links): geometric mean of
    the shares that a link has of all links of its two stems, in 255ths.
    """

    columns: Mapping[str, Column]
    codes: tuple[str, str]
    ends: tuple[Rows, Rows]
    scores: NDArray[np.uint8]

    def translations(self, stem: str, code: str) -> dict[str, float]:
        """Stems of the other language that a stem is linked with, and how surely (0 to 1)."""
        column = self.columns[code]
        number = column.numbers.get(stem)
        if number is None:
            return {}
        there = 1 - self.codes.index(code)
        others = self.columns[self.codes[there]].stems
        links = column.links[column.starts[number] : column.starts[number + 1]]
        return {others[self.ends[there][n]]: int(self.scores[n]) / 255 for n in links.tolist()}

    def knows(self, stem: str, code: str) -> bool:
        """Whether a stem was seen in the texts that the lexicon was learnt from."""
        return stem in self.columns[code].numbers

    def rarity(self, stem: str, code: str) -> float:
        """How rare a stem is, in bits."""
        number = self.columns[code].numbers.get(stem)
        return UNSEEN if number is None else int(self.columns[code].rarity[number]) / 10


@cache
def lexicon(one: str, other: str) -> Lexicon | None:
    """The lexicon of two languages, in either order; None where none was learnt."""
    return _read(one, other, "")


@cache
def pivot(one: str, other: str) -> Lexicon | None:
    """Words that both translate one English word, and that the lexicon does not link.

    It acquits, and proves nothing: an English word may have several senses. None where there is
    none for the two languages.
    """
    return _read(one, other, ".pivot")


def kinship(stems: tuple[str, str], codes: tuple[str, str]) -> float | None:
    """How surely two stems translate one another, at first hand or by an English word.

    None where a stem is unknown, or the two languages have no lexicon: that tells nothing.
    """
    known, kin = lexicon(*codes), pivot(*codes)
    if known is None or not all(map(known.knows, stems, codes)):
        return None
    near = [found.translations(stems[0], codes[0]) for found in (known, kin) if found]
    return max(translations.get(stems[1], 0.0) for translations in near)


def _read(one: str, other: str, kind: str) -> Lexicon | None:
    left, right = sorted((one, other))
    path = files("auditor") / "data" / "lexicon" / f"{left}-{right}{kind}{DEFLATED}"
    if left == right or not path.is_file():
        return None
    return unpacked(read_weights(path), (left, right))


def unpacked(tensors: Tensors, codes: tuple[str, str]) -> Lexicon:
    """A lexicon from its tensors, as `packed` makes them."""
    counts, planes = tensors["left_counts"], tensors["right_numbers"]
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    right = planes[0].astype(np.uint16) << 8 | planes[1]
    ends = np.repeat(np.arange(len(counts)), counts).astype(np.uint32), right
    own = _column(tensors, "left", starts, np.arange(len(right)))
    order = np.argsort(right, kind="stable")
    stems = len(tensors["right_shared"])
    theirs = _column(tensors, "right", np.searchsorted(right[order], np.arange(stems + 1)), order)
    return Lexicon(dict(zip(codes, (own, theirs), strict=True)), codes, ends, tensors["scores"])


def packed(lists: Sequence[Sequence[str]], rows: Sequence[Ints], scores: Bytes) -> Tensors:
    """Tensors of the links between two sorted lists of words, which deflate well.

    ``rows``: of each link the number of its word in either list, in the order of the first;
    ``scores`` in 255ths. Raises ValueError where the second list has more words than two bytes
    can number.
    """
    if len(lists[1]) > _MOST:
        raise ValueError(f"a lexicon numbers {_MOST} words, not {len(lists[1])}")
    tensors: Tensors = {"scores": scores}
    for name, words in zip(("left", "right"), lists, strict=True):
        shared = [_alike(*both) for both in pairwise(["", *words])]
        rests = (word[count:] for word, count in zip(words, shared, strict=True))
        tensors[f"{name}_shared"] = np.array(shared, np.uint8)
        tensors[name] = np.frombuffer("\n".join(rests).encode(), np.uint8)
    tensors["left_counts"] = np.bincount(rows[0], minlength=len(lists[0])).astype(np.uint16)
    tensors["right_numbers"] = np.array([rows[1] >> 8, rows[1] & 255], np.uint8)
    return tensors


def _alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    ends = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(ends, min(len(one), len(other)))


def _column(tensors: Tensors, name: str, starts: Ints, links: Ints) -> Column:
    stems = _stems(tensors[name].tobytes().decode("utf-8").split("\n"), tensors[f"{name}_shared"])
    # Of a pivot nobody asks how rare a word is.
    rarity = tensors.get(f"{name}_rarity", np.zeros(len(stems), np.uint8))
    return Column(stems, {stem: row for row, stem in enumerate(stems)}, rarity, starts, links)


def _stems(rests: Sequence[str], shared: Bytes) -> list[str]:
    """Words of which each begins as the one before, by so many letters."""
    found: list[str] = []
    before = ""
    for rest, count in zip(rests, shared.tolist(), strict=True):
        before = before[:count] + rest
        found.append(before)
    return found
