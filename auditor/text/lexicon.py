"""The lexicon: which words translate one another, and how rare a word is.

Learnt from translated text (`scripts/learn_lexicon.py`); the keys are stems. It knows what a word
is often translated by, not what it may be translated by: a link that it lacks proves nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

# Numbers of stems, in as few bytes as hold them.
Rows = NDArray[np.uint16] | NDArray[np.uint32]
# Bits of a stem that the lexicon has never seen: about once in a million words.
UNSEEN = 20.0


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
    path = files("auditor") / "data" / "lexicon" / f"{left}-{right}{kind}.safetensors"
    if left == right or not path.is_file():
        return None
    tensors = load(path.read_bytes())
    ends = tensors["left_numbers"], tensors["right_numbers"]
    columns = {
        code: _column(tensors[name], tensors[f"{name}_rarity"], own)
        for code, name, own in ((left, "left", ends[0]), (right, "right", ends[1]))
    }
    return Lexicon(columns, (left, right), ends, tensors["scores"])


def _column(names: NDArray[np.uint8], rarity: NDArray[np.uint8], own: Rows) -> Column:
    stems = zlib.decompress(names.tobytes()).decode("utf-8").split("\n")
    order = np.argsort(own, kind="stable")
    starts = np.searchsorted(own[order], np.arange(len(stems) + 1))
    return Column(stems, {stem: row for row, stem in enumerate(stems)}, rarity, starts, order)
