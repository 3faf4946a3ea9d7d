"""What one of two texts says and the other does not, word by word.

A small network has read translations in which a word was replaced, words were taken out, or a
negation was put in or taken out (`scripts/train_reader.py`), and tells for each word, and for the
two texts together, how likely such a fault is. It reads them in their whole sentences, so that it
hears a negation that is said in another way. It stands on the vectors of the embedded encoder,
whichever encoder measures the drift.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from auditor.drift import Unshared
from auditor.encoders import EMBEDDED, load_encoder
from auditor.encoders.base import Encoder, TokenVectors
from auditor.encoders.static import StaticEncoder
from auditor.links.reader_network import Floats, Network, Side
from auditor.weights import DEFLATED, read_weights

# Of a word: it was replaced, or faces one that was; nothing answers it; a negation was put in or
# taken out here; it was replaced by its opposite.
KINDS = ("replaced", "alone", "denied", "opposite")
MOST_WORDS = 128  # of a side; the cost grows with the product of both
_LONGEST = 40 * MOST_WORDS  # characters: a longer text has too many words
_MARKS = 6  # of how a word is written
_AT_ONCE = 640  # words that go through the network together
_PAIRS = 512  # of whose words the vectors are held at once
_FOLDER = files("auditor") / "data" / "lexicon"

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Two texts as they were read.

    `spans`: the words of each side; `odds`: log odds of each kind of fault, shape (words, kinds);
    `pair`: of the two texts together, shape (kinds,).
    """

    spans: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
    odds: tuple[Floats, Floats]
    pair: Floats

    def highest(self, side: int, kind: str, start: int, end: int) -> float:
        """The highest log odds of a kind among a side's words within a stretch; -inf for none."""
        column = self.odds[side][:, KINDS.index(kind)]
        inside = [
            value
            for value, (first, last) in zip(column.tolist(), self.spans[side], strict=True)
            if first < end and start < last
        ]
        return max(inside, default=float("-inf"))

    def unshared(self) -> Unshared:
        """What one side says and the other does not, as drift weighs it.

        A side's part that nothing answers is the sum over its words of ``-log(1 - p)``, p the
        probability that a word stands alone: as a rule the words of one side are left out, so that
        the greater of both counts, as ``log1p``.
        """
        column = KINDS.index("alone")
        alone = [float(np.logaddexp(0.0, odds[:, column]).sum()) for odds in self.odds]
        return Unshared(math.log1p(max(alone)), float(self.pair[KINDS.index("denied")]))


def read(
    pairs: Sequence[tuple[str, str]], languages: tuple[str, str], at_hand: Encoder | None = None
) -> list[Reading | None]:
    """Read pairs of texts; None where one has no words, or too many.

    All are None in two languages that no network was trained on.

    ``at_hand``: an encoder that is loaded already, which spares another one if it is the embedded
    one.
    """
    return _told(pairs, languages, at_hand, lambda reading: reading)


def unshared(
    pairs: Sequence[tuple[str, str]], languages: tuple[str, str], at_hand: Encoder | None = None
) -> list[Unshared | None]:
    """The same of many pairs, of which only what drift weighs is kept."""
    return _told(pairs, languages, at_hand, Reading.unshared)


def _told(
    pairs: Sequence[tuple[str, str]],
    languages: tuple[str, str],
    at_hand: Encoder | None,
    what: Callable[[Reading], Told],
) -> list[Told | None]:
    """What is wanted of each reading."""
    found: list[Told | None] = [None] * len(pairs)
    trained = packaged(*sorted(languages))
    if trained is None or not pairs:
        return found
    fits = isinstance(at_hand, StaticEncoder) and at_hand.name == EMBEDDED
    encoder = cast(StaticEncoder, at_hand) if fits else _embedded()
    numbers = [n for n, pair in enumerate(pairs) if max(map(len, pair)) <= _LONGEST]
    for start in range(0, len(numbers), _PAIRS):
        some = numbers[start : start + _PAIRS]
        readings = _read([pairs[n] for n in some], trained, encoder)
        for number, reading in zip(some, readings, strict=True):
            found[number] = None if reading is None else what(reading)
    return found


def _read(
    pairs: Sequence[tuple[str, str]], trained: Network, encoder: StaticEncoder
) -> list[Reading | None]:
    """Read some pairs of short texts."""
    found: list[Reading | None] = [None] * len(pairs)
    words = [encoder.word_vectors([pair[k] for pair in pairs]) for k in (0, 1)]
    for lot in _lots([tuple(len(side[n].spans) for side in words) for n in range(len(pairs))]):
        sides = [_side([words[k][n] for n in lot], [pairs[n][k] for n in lot]) for k in (0, 1)]
        scores = trained.score(sides[0], sides[1])
        for row, number in enumerate(lot):
            spans = words[0][number].spans, words[1][number].spans
            odds = [scores[k][row, : len(spans[k])].copy() for k in (0, 1)]
            found[number] = Reading(spans, (odds[0], odds[1]), scores[2][row].copy())
    return found


def _lots(lengths: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
    """Numbers of pairs of about the same length that are read together."""
    fit = [n for n, both in enumerate(lengths) if 0 < min(both) <= max(both) <= MOST_WORDS]
    lot: list[int] = []
    for number in sorted(fit, key=lambda n: lengths[n]):
        longest = max(max(lengths[n]) for n in (*lot, number))
        if lot and longest * (len(lot) + 1) > _AT_ONCE:
            yield lot
            lot = []
        lot.append(number)
    if lot:
        yield lot


def _side(found: Sequence[TokenVectors], texts: Sequence[str]) -> Side:
    """Several texts as padded arrays."""
    width = max(len(one.spans) for one in found)
    dimension = found[0].vectors.shape[1]
    values = np.zeros((len(found), width, dimension + _MARKS), np.float32)
    there = np.zeros((len(found), width), np.float32)
    for row, (one, text) in enumerate(zip(found, texts, strict=True)):
        count = len(one.spans)
        values[row, :count, :dimension] = one.vectors
        values[row, :count, dimension:] = _marks(text, one.spans)
        there[row, :count] = 1
    vectors = values[..., :dimension]
    lengths = np.sqrt(np.einsum("bnd,bnd->bn", vectors, vectors))[..., None]
    return Side(values, vectors / np.maximum(lengths, 1e-12), there)


def _marks(text: str, spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """How words are written: capital, all capitals, digits, sign, first, long."""
    forms = [text[start:end] for start, end in spans]
    return np.array(
        [
            (
                form.isalpha() and form[0].isupper(),
                form.isalpha() and len(form) > 1 and form.isupper(),
                form.isdigit(),
                not form.isalnum(),
                number == 0,
                len(form) > 8,
            )
            for number, form in enumerate(forms)
        ]
    )


def reads(one: str, other: str) -> bool:
    """Whether two languages, by their codes, can be read beside one another."""
    left, right = sorted((one, other))
    return f"{left}-{right}" in _networks()


@cache
def packaged(left: str, right: str) -> Network | None:
    """The network of the package for two languages, in the order of their codes."""
    name = _networks().get(f"{left}-{right}")
    return None if name is None else _network(name)


@cache
def _networks() -> dict[str, str]:
    """Which network reads which two languages."""
    found: dict[str, str] = tomllib.loads((_FOLDER / "readers.toml").read_text("utf-8"))
    return found


@cache
def _network(name: str) -> Network:
    return Network(read_weights(_FOLDER / f"{name}.reader{DEFLATED}"))


@cache
def _embedded() -> StaticEncoder:
    return cast(StaticEncoder, load_encoder())
