"""Pairs of texts in words, and the faults that are put into them for the reader to find.

A word is what the embedded encoder's tokenizer takes together: a run of letters, a group of digits,
a sign. Words are numbers into a table of all that occur; a word's vector is the sum of its pieces'.
All choices come from the random generators that are passed in.
"""

from __future__ import annotations

import lzma
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
from denial_plants import plantable, put_in, take_out
from numpy.typing import NDArray
from reader_network import MARKS
from tokenizers import Encoding, Tokenizer

from auditor.languages import language
from auditor.links.reader import KINDS
from auditor.text.negation import find_negations
from auditor.text.opposites import find_poles, opposite

LONGEST = 64  # words of a text that the reader sees
NOBODY = 255  # as the number of a word's counterpart
LINKED = 0.35  # cosine from which two words that prefer one another are counterparts
_COMMON = 120  # most frequent words of a language, which are not replaced
_BAND = 400  # words that are about as frequent, in either direction
_WORSE = 0.15  # by how much a wrong word is further from the counterpart than the right one
_NEAR = (0.2, 0.72)  # cosines between a word and one that is easily taken for it
_NEIGHBOURS = 32
_STEM = 5  # letters in common from which two words may be forms of one
_CUT = 12  # words of a stretch that is taken out, at the most
REPLACED, ALONE, DENIED, OPPOSITE = (1 << n for n in range(len(KINDS)))


@dataclass(slots=True)
class Text:
    """One side of a pair: numbers of its words, how they are written, each one's counterpart."""

    words: list[int]
    marks: list[int]
    mates: list[int]
    plain: str


@dataclass(slots=True)
class Side:
    """A side on its way to being broken: labels are bits, one for each kind."""

    words: list[int]
    marks: list[int]
    labels: list[int]


# --- words ------------------------------------------------------------------------------------


def mark_of(form: str, first: bool) -> int:
    """How a word is written, as bits: capital, all capitals, digits, sign, first, long."""
    letters = form.isalpha()
    return (
        (letters and form[0].isupper())
        | (letters and len(form) > 1 and form.isupper()) << 1
        | form.isdigit() << 2
        | (not form.isalnum()) << 3
        | first << 4
        | (len(form) > 8) << 5
    )


def marks_of(bits: NDArray[np.integer]) -> NDArray[np.float32]:
    """The bits of `mark_of` as numbers, shape (..., MARKS)."""
    return ((bits[..., None] >> np.arange(MARKS)) & 1).astype(np.float32)


class Table:
    """Numbers for words; 0 is no word."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.numbers: dict[tuple[int, ...], int] = {(): 0}

    def read(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers and marks of the words of a text."""
        found = list(_words(text, self.tokenizer.encode(text, add_special_tokens=False)))
        numbers = [self.numbers.setdefault(p, len(self.numbers)) for p, _ in found]
        return numbers, [mark for _, mark in found]

    def read_all(self, texts: Sequence[str], processes: int) -> list[tuple[list[int], list[int]]]:
        """The same of many texts."""
        global _TOKENIZER  # noqa: PLW0603 - forked processes find it there
        _TOKENIZER = self.tokenizer
        lots = [texts[n : n + _LOT] for n in range(0, len(texts), _LOT)]
        with get_context("fork").Pool(processes) as pool:
            return [pair for part in pool.imap(_read_lot, lots) for pair in self._merged(*part)]

    def _merged(
        self, pieces: list[tuple[int, ...]], words: NDArray[np.int32], marks: NDArray[np.uint8],
        lengths: list[int],
    ) -> Iterator[tuple[list[int], list[int]]]:  # fmt: skip
        numbers = [self.numbers.setdefault(p, len(self.numbers)) for p in pieces]
        own = np.array(numbers, np.int32)[words].tolist()
        plain = marks.tolist()
        start = 0
        for length in lengths:
            yield own[start : start + length], plain[start : start + length]
            start += length

    def vectors(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """A vector of each word, shape (words, dimension), from those of the pieces."""
        out = np.zeros((len(self.numbers), rows.shape[1]), np.float32)
        for pieces, number in self.numbers.items():
            if pieces:
                out[number] = rows[list(pieces)].sum(axis=0)
        return out


_LOT = 4000
_TOKENIZER: Tokenizer | None = None
_UNIT: NDArray[np.float32] = np.zeros((0, 0), np.float32)


def _read_lot(
    texts: Sequence[str],
) -> tuple[list[tuple[int, ...]], NDArray[np.int32], NDArray[np.uint8], list[int]]:
    """The words of some texts by numbers of their own."""
    assert _TOKENIZER is not None
    own: dict[tuple[int, ...], int] = {}
    words: list[int] = []
    marks: list[int] = []
    lengths: list[int] = []
    encodings = _TOKENIZER.encode_batch(list(texts), add_special_tokens=False)
    for text, encoding in zip(texts, encodings, strict=True):
        before = len(words)
        for pieces, mark in _words(text, encoding):
            words.append(own.setdefault(pieces, len(own)))
            marks.append(mark)
        lengths.append(len(words) - before)
    return list(own), np.array(words, np.int32), np.array(marks, np.uint8), lengths


def _words(text: str, encoding: Encoding) -> Iterator[tuple[tuple[int, ...], int]]:
    """The pieces of each word and its mark."""
    ids, owners, spans = encoding.ids, encoding.word_ids, encoding.offsets
    start = 0
    for end in range(1, len(ids) + 1):
        if end == len(ids) or owners[end] != owners[start]:
            form = text[spans[start][0] : spans[end - 1][1]]
            yield tuple(ids[start:end]), mark_of(form, not start)
            start = end


# --- the corpus -------------------------------------------------------------------------------


@dataclass(slots=True)
class Stock:
    """The words of one language: by frequency, by likeness, by opposition."""

    code: str
    ranked: NDArray[np.int32]  # words that may be replaced, the most frequent first
    rank: dict[int, int]
    last: dict[int, str]  # a word's last letter
    capital: set[int]  # words that mostly have one
    near: dict[int, NDArray[np.int32]] = field(default_factory=dict)
    against: dict[int, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Corpus:
    """Pairs of texts, the table of their words, and what the faults draw on."""

    pairs: list[tuple[Text, Text]]
    table: Table
    vectors: NDArray[np.float32]
    forms: list[str]  # a word's commonest spelling in lower case
    stocks: tuple[Stock, Stock]


def read_pairs(path: Path, most: int | None = None) -> list[tuple[str, str]]:
    """The pairs of a file of `reader_text.py`."""
    with lzma.open(path, "rt", encoding="utf8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    return [(one, other) for one, other in rows[:most]]


def prepare(
    pairs: Sequence[tuple[str, str]],
    codes: tuple[str, str],
    tokenizer: Tokenizer,
    rows: NDArray[np.float32],
) -> Corpus:
    """Words, vectors, counterparts and stocks of pairs."""
    table = Table(tokenizer)
    processes = os.cpu_count() or 1
    sides = [table.read_all([pair[k] for pair in pairs], processes) for k in (0, 1)]
    short = [n for n in range(len(pairs)) if all(0 < len(s[n][0]) <= LONGEST for s in sides)]
    sides = [[side[n] for n in short] for side in sides]
    pairs = [pairs[n] for n in short]
    vectors = table.vectors(rows)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    forms = _forms(table, tokenizer)
    texts = [
        (
            Text(one[0], one[1], mates[0], pair[0]),
            Text(other[0], other[1], mates[1], pair[1]),
        )
        for one, other, mates, pair in zip(
            *sides, _counterparts(unit, sides[0], sides[1], processes), pairs, strict=True
        )
    ]
    stocks = [_stock(codes[k], [pair[k] for pair in texts], forms, unit) for k in (0, 1)]
    return Corpus(texts, table, vectors, forms, (stocks[0], stocks[1]))


def _forms(table: Table, tokenizer: Tokenizer) -> list[str]:
    forms = [""] * len(table.numbers)
    pieces = {number: piece for piece, number in tokenizer.get_vocab().items()}
    for found, number in table.numbers.items():
        forms[number] = "".join(pieces[p] for p in found).removeprefix("▁")
    return forms


Read = tuple[list[int], list[int]]


def _counterparts(
    unit: NDArray[np.float32], left: Sequence[Read], right: Sequence[Read], processes: int
) -> Iterator[tuple[list[int], list[int]]]:
    global _UNIT  # noqa: PLW0603 - forked processes find it there
    _UNIT = unit
    both = list(zip(left, right, strict=True))
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_mates, both, chunksize=1000)


def _mates(both: tuple[Read, Read]) -> tuple[list[int], list[int]]:
    """The number of each word's counterpart in the other text, for both of them."""
    (one, marks), (other, _) = both
    mates = [NOBODY] * len(one), [NOBODY] * len(other)
    cosine = _UNIT[one] @ _UNIT[other].T
    best, back = cosine.argmax(1), cosine.argmax(0)
    for i, j in enumerate(best.tolist()):
        if back[j] == i and cosine[i, j] >= LINKED and not marks[i] & 8:
            mates[0][i], mates[1][j] = j, i
    return mates


def _stock(
    code: str, texts: Sequence[Text], forms: Sequence[str], unit: NDArray[np.float32]
) -> Stock:
    count = np.zeros(len(forms), np.int64)
    capital = np.zeros(len(forms), np.int64)
    for text in texts:
        np.add.at(count, text.words, 1)
        np.add.at(capital, [w for w, m in zip(text.words, text.marks, strict=True) if m & 1], 1)
    order = np.argsort(-count, kind="stable")
    usable = [
        int(n) for n in order[_COMMON:] if count[n] > 1 and forms[n].isalpha() and len(forms[n]) > 2
    ]
    stock = Stock(
        code,
        np.array(usable, np.int32),
        {n: place for place, n in enumerate(usable)},
        {n: forms[n][-1] for n in usable},
        {n for n in usable if 2 * capital[n] > count[n]},
    )
    stock.near = _near(usable, forms, unit)
    stock.against = _against(usable, forms, code)
    return stock


def _near(
    usable: Sequence[int], forms: Sequence[str], unit: NDArray[np.float32]
) -> dict[int, NDArray[np.int32]]:
    """Of each word, some that mean something similar, but not the same, among the frequent ones."""
    numbers = np.array(usable[:30_000], np.int32)
    rows = unit[numbers]
    found = {}
    for start in range(0, len(numbers), 1000):
        cosine = rows[start : start + 1000] @ rows.T
        cosine[cosine > _NEAR[1]] = -1
        top = np.argpartition(-cosine, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        for row, places in enumerate(top):
            own = forms[numbers[start + row]]
            good = [
                numbers[p]
                for p in places[cosine[row, places] > _NEAR[0]]
                if forms[numbers[p]][:_STEM] != own[:_STEM]
            ]
            if good:
                found[int(numbers[start + row])] = np.array(good, np.int32)
    return found


def _against(usable: Sequence[int], forms: Sequence[str], code: str) -> dict[int, list[int]]:
    """The opposites of words that the auditor has in its lists."""
    poles: dict[int, tuple[str, ...]] = {}
    held: dict[str, list[int]] = {}
    for number in usable:
        found = find_poles(forms[number], language(code))
        if len(found) == 1 and found[0].end - found[0].start == len(forms[number]):
            poles[number] = found[0].poles
            for pole in found[0].poles:
                held.setdefault(pole, []).append(number)
    return {
        number: [
            other for pole in own for against in opposite(pole) for other in held.get(against, ())
        ]
        for number, own in poles.items()
    }


# --- faults -----------------------------------------------------------------------------------


class Breaker:
    """Puts faults into pairs; each kind gives True where it could."""

    def __init__(self, corpus: Corpus, chance: Random) -> None:
        self.corpus, self.chance = corpus, chance
        norms = np.linalg.norm(corpus.vectors, axis=1, keepdims=True)
        self.unit = corpus.vectors / np.maximum(norms, 1e-6)
        self.capitals = [sorted(stock.capital) for stock in corpus.stocks]
        # Words that a language writes without capitals as a rule are no names.
        self.common = {
            word for stock in corpus.stocks for word in stock.rank if word not in stock.capital
        }
        self.kinds: tuple[
            tuple[Callable[[list[Side], tuple[Text, Text], int], bool], float], ...
        ] = (
            (self.replace_near, 0.26),
            (self.replace_any, 0.16),
            (self.rename, 0.08),
            (self.cut, 0.26),
            (self.deny, 0.16),
            (self.turn, 0.05),
            (self.insert, 0.03),
        )

    def __call__(self, pair: tuple[Text, Text], clean: float) -> tuple[Side, Side]:
        """A pair with a fault, or as it is, in a share of `clean`."""
        sides = [_side(text) for text in pair]
        if self.chance.random() >= clean:
            kinds, weights = zip(*self.kinds, strict=True)
            first = self.chance.randrange(2)
            for kind in self.chance.choices(kinds, weights, k=3):
                if kind(sides, pair, first):
                    # Numbers of counterparts hold no longer where words were taken out or put in.
                    if kind in (self.replace_near, self.replace_any) and self.chance.random() < 0.3:
                        self.replace_any(sides, pair, self.chance.randrange(2))
                    break
        return sides[0], sides[1]

    def replace_near(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A word becomes one that means something similar."""
        near = self.corpus.stocks[side].near
        return self._replace(sides, pair, side, lambda old: near.get(old, ()), REPLACED)

    def replace_any(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A word becomes one that is as frequent and ends on the same letter."""
        stock = self.corpus.stocks[side]

        def like(old: int) -> Iterable[int]:
            place = stock.rank.get(old)
            if place is None:
                return ()
            low, high = max(0, place - _BAND), min(len(stock.ranked), place + _BAND)
            tried = [int(stock.ranked[self.chance.randrange(low, high)]) for _ in range(25)]
            good = [
                n
                for n in tried
                if stock.last[n] == stock.last[old]
                and (n in stock.capital) == (old in stock.capital)
            ]
            return good or tried

        return self._replace(sides, pair, side, like, REPLACED)

    def rename(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A word with a capital that both texts write alike becomes another one with a capital."""
        text, other = pair[side], pair[1 - side]
        stock = self.corpus.stocks[side]
        shared = set(other.words)
        places = [
            p
            for p, (word, mark) in enumerate(zip(text.words, text.marks, strict=True))
            if mark & 1 and word in shared and word not in self.common
        ]
        if not places or not stock.capital:
            return False
        place = self.chance.choice(places)
        old = text.words[place]
        new = next(
            (n for n in self.chance.choices(self.capitals[side], k=12) if n not in shared), None
        )
        if new is None or new == old:
            return False
        sides[side].words[place] = new
        sides[side].labels[place] |= REPLACED
        for p, word in enumerate(other.words):
            if word == old:
                sides[1 - side].labels[p] |= REPLACED
        return True

    def turn(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A word becomes its opposite, with the same ending if there is one."""
        stock = self.corpus.stocks[side]

        def turned(old: int) -> Sequence[int]:
            others = stock.against.get(old, [])
            return [n for n in others if stock.last[n] == stock.last[old]] or others

        return self._replace(sides, pair, side, turned, REPLACED | OPPOSITE)

    def _replace(
        self,
        sides: list[Side],
        pair: tuple[Text, Text],
        side: int,
        offer: Callable[[int], Iterable[int]],
        label: int,
    ) -> bool:
        text, other = pair[side], pair[1 - side]
        stock = self.corpus.stocks[side]
        places = [p for p, word in enumerate(text.words) if word in stock.rank]
        self.chance.shuffle(places)
        for place in places[:6]:
            old, mate = text.words[place], text.mates[place]
            offered = [n for n in offer(old) if n != old]
            if mate != NOBODY:
                row = self.unit[other.words[mate]]
                least = float(self.unit[old] @ row) - _WORSE
                offered = [n for n in offered if float(self.unit[n] @ row) < least]
            if offered:
                sides[side].words[place] = self.chance.choice(offered)
                sides[side].labels[place] |= label
                if mate != NOBODY:
                    sides[1 - side].labels[mate] |= label
                return True
        return False

    def cut(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """Words are missing: one, two, or a stretch; on the other side they stand alone."""
        text, other = pair[side], pair[1 - side]
        size = self.chance.choice(
            (1, 1, 2, self.chance.randint(3, _CUT), self.chance.randint(3, _CUT))
        )
        if len(text.words) < size + 4:
            return False
        start = self.chance.randrange(1, len(text.words) - size)
        start = _clause_start(text, start) if size > 2 and self.chance.random() < 0.5 else start
        gone = range(start, min(start + size, len(text.words) - 1))
        mates = sorted(text.mates[p] for p in gone if text.mates[p] != NOBODY)
        if not mates or (len(gone) > 3 and 3 * len(mates) < len(gone)):
            return False
        alone = _between(other, mates, set(gone))
        if not any(other.words[p] in self.corpus.stocks[1 - side].rank for p in alone):
            return False
        for place in alone:
            sides[1 - side].labels[place] |= ALONE
        own = sides[side]
        for part in (own.words, own.marks, own.labels):
            del part[gone.start : gone.stop]
        return True

    def insert(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A stretch of another text is put in."""
        del pair  # what stands there does not matter
        source = self.chance.choice(self.corpus.pairs)[side]
        size = self.chance.randint(2, _CUT)
        if len(source.words) < size + 2 or len(sides[side].words) + size > LONGEST:
            return False
        start = self.chance.randrange(0, len(source.words) - size)
        own, place = sides[side], self.chance.randrange(1, len(sides[side].words))
        own.words[place:place] = source.words[start : start + size]
        own.marks[place:place] = [m & ~16 for m in source.marks[start : start + size]]
        own.labels[place:place] = [ALONE] * size
        return True

    def deny(self, sides: list[Side], pair: tuple[Text, Text], side: int) -> bool:
        """A negation is put in or taken out."""
        codes = [stock.code for stock in self.corpus.stocks]
        if not plantable(codes[side]):
            side = 1 - side
        text, other, code = pair[side], pair[1 - side], codes[side]
        ways = [take_out, put_in] if self.chance.random() < 0.6 else [put_in, take_out]
        copy = next((c for way in ways if (c := way(text.plain, code, self.chance))), None)
        if copy is None:
            return False
        table = self.corpus.table
        known = len(table.numbers)
        words, marks = table.read(copy)
        if len(table.numbers) > known or not 0 < len(words) <= LONGEST:
            for pieces in list(table.numbers)[known:]:
                del table.numbers[pieces]
            return False
        first, last = _changed(text.words, words)
        labels = [0] * len(words)
        for place in range(max(0, min(first, len(words) - 1)), max(last, first + 1)):
            if place < len(words):
                labels[place] = DENIED
        sides[side] = Side(words, marks, labels)
        self._label_denial(sides[1 - side], other, codes[1 - side], first / max(1, len(words)))
        return True

    def _label_denial(self, side: Side, text: Text, code: str, place: float) -> None:
        """Label the other side's negation that stands at about the same place."""
        found = find_negations(text.plain, language(code))
        if not found:
            return
        nearest = min(found, key=lambda n: abs(n.start / len(text.plain) - place))
        if abs(nearest.start / len(text.plain) - place) > 0.35:
            return
        position = 0
        for number, form in enumerate(self.corpus.forms[w] for w in text.words):
            at = text.plain.lower().find(form, position)
            if at < 0:
                continue
            position = at + len(form)
            if nearest.start <= at < nearest.end:
                side.labels[number] |= DENIED


def _side(text: Text) -> Side:
    return Side([*text.words], [*text.marks], [0] * len(text.words))


def _clause_start(text: Text, start: int) -> int:
    """The word behind the last sign before a place."""
    for place in range(start, 0, -1):
        if text.marks[place - 1] & 8:
            return place
    return start


def _between(other: Text, mates: Sequence[int], gone: set[int]) -> list[int]:
    """Counterparts of missing words, and what lies between them without a counterpart elsewhere."""
    alone = set(mates)
    for first, last in pairwise(mates):
        inner = range(first + 1, last)
        if len(inner) <= 4 and all(
            other.mates[p] == NOBODY or other.mates[p] in gone for p in inner
        ):
            alone.update(inner)
    return sorted(alone)


def _changed(before: Sequence[int], after: Sequence[int]) -> tuple[int, int]:
    """From where to where two texts differ, in numbers of the second one's words."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    back = 0
    while back < min(len(before), len(after)) - first and before[-1 - back] == after[-1 - back]:
        back += 1
    return first, len(after) - back


# --- batches ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Batch:
    """Arrays of pairs, padded: numbers, marks and labels of both sides."""

    words: list[NDArray[np.int32]]
    marks: list[NDArray[np.uint8]]
    labels: list[NDArray[np.uint8]]


def batches(
    corpus: Corpus, size: int, clean: float, seed: int, *, whole: Sequence[int] | None = None
) -> Iterator[Batch]:
    """Batches without end of pairs of about the same length, broken anew each time."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    breaker = Breaker(corpus, chance)
    order = whole if whole is not None else range(len(corpus.pairs))
    lengths = np.array([max(len(side.words) for side in corpus.pairs[n]) for n in order])
    generator = np.random.default_rng(seed)
    while True:
        sorted_ = np.argsort(lengths + generator.random(len(lengths)) * 3, kind="stable")
        starts = generator.permutation(range(0, len(sorted_), size))
        for start in starts:
            lot = [breaker(corpus.pairs[order[n]], clean) for n in sorted_[start : start + size]]
            yield padded(lot)


def padded(lot: Sequence[tuple[Side, Side]]) -> Batch:
    """Pairs of sides as arrays."""
    batch = Batch([], [], [])
    for k in (0, 1):
        shape = len(lot), max(1, *(len(sides[k].words) for sides in lot))
        words = np.zeros(shape, np.int32)
        marks, labels = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
        for row, sides in enumerate(lot):
            count = len(sides[k].words)
            words[row, :count] = sides[k].words
            marks[row, :count] = sides[k].marks
            labels[row, :count] = sides[k].labels
        batch.words.append(words)
        batch.marks.append(marks)
        batch.labels.append(labels)
    return batch
