"""Sentences to learn from, whole and broken, as arrays: made by processes of their own.

Forms are numbered once for all text; only what faults make anew gets numbers of its own in each
shard. Names of one sentence in four are put in each other's place first, whole or broken: a name
that was never seen there is no fault.
"""

from __future__ import annotations

import os
import pickle
import time
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from corruptions import KINDS, Breaker, Draft, Kind, Tools
from ear_corpus import Corpus, pairs_of
from ear_data import LANGUAGES
from ear_drafts import tools_of
from ear_network import Lexicon, Sentences
from noise import Usage, noise
from pack_ear import Pack

from auditor.fluency.ear_tokens import (
    EITHER,
    GLUED,
    SEEN,
    SPACED,
    TWICE,
    UNSEEN,
    binds,
    pair_bits,
    word_key,
)

DEV = 1_000  # of the last sentences of each language: to watch, not to learn from
_CLEAN = 0.5  # share of sentences left whole
_NOISE = 0.5  # share of faults of no particular kind
_RENAMED = 0.25  # share of sentences whose names change
_ODD = np.uint64(0xD6E8FEB86659FD93)

Kinds = dict[str, tuple[Kind, float]]


@dataclass(slots=True)
class Table:
    """What is known of numbered forms."""

    rows: np.ndarray  # features
    hashes: np.ndarray
    keys: np.ndarray  # the same, 0 for unknown words
    opens: np.ndarray  # whether a space before, or behind, makes another word
    closes: np.ndarray
    letters: np.ndarray  # whether it begins with a letter

    @classmethod
    def of(cls, lexicon: Lexicon) -> Table:
        """What is known of the forms of a lexicon."""
        rows = lexicon.rows()
        forms = [form for _, form in lexicon.numbers]
        hashes = np.array([word_key(form, code) for code, form in lexicon.numbers], np.uint32)
        return cls(
            rows,
            hashes,
            np.where(rows[:, 0] > 0, hashes, 0).astype(np.uint32),
            np.array([binds(form[:1]) for form in forms], np.bool_),
            np.array([binds(form[-1:]) for form in forms], np.bool_),
            np.array([form[0].isalpha() for form in forms], np.bool_),
        )

    def plus(self, more: Table) -> Table:
        """The same with another one behind it."""
        return Table(
            *(
                np.concatenate([getattr(self, name), getattr(more, name)])
                for name in ("rows", "hashes", "keys", "opens", "closes", "letters")
            )
        )


@dataclass(slots=True)
class Lot:
    """Sentences of a language on their way into a shard, end to end."""

    forms: np.ndarray
    spaced: np.ndarray
    tags: np.ndarray
    labels: np.ndarray
    lengths: np.ndarray
    origins: np.ndarray  # which sentence of the lot each comes from
    own: np.ndarray  # pairs of words of these, marked with the sentence, sorted
    elsewhere: np.ndarray  # whether those were seen in other sentences as well


class Source:
    """The sentences of one language, and what can break them."""

    def __init__(self, pack: Pack, code: str, lexicon: Lexicon) -> None:
        self.code, self.tags = code, pack.prepared.tags
        self.corpus: Corpus = pack.prepared.corpora[code]
        self.elsewhere = pack.elsewhere[code]
        forms = self.corpus.forms
        self.first = len(lexicon.numbers)  # forms of a corpus are distinct
        self.numbers = {form: lexicon.number(form, code) for form in forms}
        self.starts = np.cumsum(self.corpus.lengths) - self.corpus.lengths
        name = self.tags.index("PROPN")
        plain = np.array([form.isalpha() for form in forms])
        named = np.bincount(self.corpus.numbers[self.corpus.tags == name], minlength=len(forms))
        self.names = np.flatnonzero(plain & (named > 0))
        self.is_name = (self.corpus.tags == name) & plain[self.corpus.numbers]
        self.tools: Tools = tools_of(self.corpus, self.tags, pack.families[code], 0, DEV)
        self.usage = Usage(self.corpus, self.tools)

    def kinds(self, without: Sequence[str]) -> Kinds:
        """The kinds of fault of the grammar but for some, and those of no particular kind."""
        known = {name: kind for name, kind in KINDS.items() if name not in without}
        free = noise(self.usage)
        scale = sum(share for _, share in known.values()) / sum(share for _, share in free.values())
        scale *= _NOISE / (1 - _NOISE)
        return {**known, **{name: (kind, share * scale) for name, (kind, share) in free.items()}}

    def lot(
        self,
        picked: np.ndarray,
        breaker: Breaker,
        clean: float,
        lexicon: Lexicon,
        generator: np.random.Generator,
    ) -> Lot:
        """Some sentences, a share of them whole; new forms go into the lexicon."""
        corpus = self.corpus
        lengths = corpus.lengths[picked]
        before = np.cumsum(lengths) - lengths
        at = np.repeat(self.starts[picked] - before, lengths) + np.arange(lengths.sum())
        marks = np.repeat(np.arange(len(picked)), lengths)
        numbers = corpus.numbers[at] + self.first
        changed = (generator.random(len(picked)) < _RENAMED)[marks] & self.is_name[at]
        numbers[changed] = generator.choice(self.names, int(changed.sum())) + self.first
        broken = self._broken(numbers, at, before, lengths, breaker, clean)
        whole = np.isin(marks, [*broken], invert=True)
        kept = np.isin(np.arange(len(picked)), [*broken], invert=True)
        forms = [lexicon.number(f, self.code) for one in broken.values() for f in one.forms]
        places = {tag: number for number, tag in enumerate(self.tags)}
        lots = broken.values()
        return Lot(
            np.concatenate([numbers[whole], np.array(forms, np.int32)]).astype(np.int32),
            np.concatenate([corpus.spaced[at][whole], _chained(lots, "spaced", np.bool_)]),
            np.concatenate(
                [
                    corpus.tags[at][whole],
                    np.array([places[t] for one in lots for t in one.tags], np.int8),
                ]
            ),
            np.concatenate(
                [np.zeros(int(whole.sum()), np.int8), _chained(lots, "labels", np.int8)]
            ),
            np.concatenate([lengths[kept], [len(one.forms) for one in lots]]).astype(np.int32),
            np.concatenate([np.flatnonzero(kept), np.array([*broken], np.int64)]),
            *self._own(at, lengths, marks),
        )

    def _broken(
        self,
        numbers: np.ndarray,
        at: np.ndarray,
        before: np.ndarray,
        lengths: np.ndarray,
        breaker: Breaker,
        clean: float,
    ) -> dict[int, Draft]:
        """The broken ones by number."""
        found = {}
        for number, (start, length) in enumerate(
            zip(before.tolist(), lengths.tolist(), strict=True)
        ):
            if self.tools.chance.random() >= clean:
                within = slice(start, start + length)
                draft = Draft(
                    [self.corpus.forms[n - self.first] for n in numbers[within].tolist()],
                    self.corpus.spaced[at[within]].tolist(),
                    [self.tags[t] for t in self.corpus.tags[at[within]].tolist()],
                )
                if (broken := breaker(draft)) is not None:
                    found[number] = broken
        return found

    def _own(
        self, at: np.ndarray, lengths: np.ndarray, marks: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Marked pairs of words, and whether they were seen in other sentences."""
        words = self.keys[self.corpus.numbers[at]]
        pairs, inner = pairs_of(words, lengths)
        marked = (pairs ^ (marks.astype(np.uint64) * _ODD))[inner]
        order = np.argsort(marked)
        return marked[order], self.elsewhere[at][inner][order]

    keys: np.ndarray  # of the corpus's forms, 0 for unknown words: set once all are numbered


def _chained(lots: Iterable[Draft], name: str, kind: type) -> np.ndarray:
    return np.array([*chain.from_iterable(getattr(one, name) for one in lots)], kind)


class Maker:
    """Makes shards of all languages."""

    def __init__(self, pack: Pack, without: Sequence[str]) -> None:
        self.pack = pack
        self.lexicon = Lexicon(pack.prepared.keys)
        self.sources = [Source(pack, code, self.lexicon) for code in LANGUAGES]
        self.base = Table.of(self.lexicon)
        for source in self.sources:
            end = source.first + len(source.corpus.forms)
            source.keys = self.base.keys[source.first : end]
        # Share of other pairs whose two bits are set in the table all the same.
        self.taken = float(np.unpackbits(pack.table).mean()) ** 2
        self.kinds = {source.code: source.kinds(without) for source in self.sources}

    def shard(self, seed: int, size: int) -> tuple[Sentences, np.ndarray]:
        """Sentences, `size` of each language, and the features of the forms that are new."""
        generator = np.random.default_rng(seed)

        parts = []
        for source in self.sources:
            picked = generator.integers(0, len(source.corpus.lengths) - DEV, size)
            parts.append((source, picked, self.kinds[source.code], _CLEAN))
        return self._made(seed, generator, parts)

    def watched(self, kinds: Kinds) -> tuple[Sentences, np.ndarray]:
        """The sentences that are not learnt from, broken by some kinds where they can be."""
        parts = []
        for source in self.sources:
            total = len(source.corpus.lengths)
            parts.append((source, np.arange(total - DEV, total), kinds, 0.0 if kinds else 1.0))
        return self._made(1, np.random.default_rng(1), parts)

    def _made(
        self,
        seed: int,
        generator: np.random.Generator,
        parts: Sequence[tuple[Source, np.ndarray, Kinds, float]],
    ) -> tuple[Sentences, np.ndarray]:
        lexicon = Lexicon(self.pack.prepared.keys)
        lexicon.numbers = _Layered(self.lexicon.numbers)
        lots = []
        for source, picked, kinds, clean in parts:
            source.tools.chance.seed(f"{source.code} {seed}")
            breaker = Breaker(source.tools, kinds)
            lots.append(source.lot(picked, breaker, clean, lexicon, generator))
        new = Lexicon(self.pack.prepared.keys)
        new.numbers = {form: number for number, form in enumerate(lexicon.numbers.fresh)}
        table = self.base.plus(Table.of(new)) if new.numbers else self.base
        made = [self._sentences(lot, table, generator) for lot in lots]
        joined = Sentences(*(np.concatenate(column) for column in zip(*made, strict=True)))
        return joined, table.rows[len(self.base.rows) :]

    def _sentences(
        self, lot: Lot, table: Table, generator: np.random.Generator
    ) -> tuple[np.ndarray, ...]:
        """Forms, ties, tags, labels and lengths."""
        forms, before = lot.forms, np.roll(lot.forms, 1)
        telling = table.closes[before] & table.opens[forms]
        ways = np.where(telling, np.where(lot.spaced, SPACED, GLUED), EITHER)
        ways[table.letters[forms] & (table.hashes[forms] == table.hashes[before])] = TWICE
        ways[np.cumsum(lot.lengths) - lot.lengths] = EITHER
        pairs, inner = pairs_of(table.keys[forms], lot.lengths)
        marks = np.repeat(lot.origins, lot.lengths).astype(np.uint64)
        sought = pairs ^ (marks * _ODD)
        at = np.searchsorted(lot.own, sought).clip(0, len(lot.own) - 1)
        places = pair_bits(pairs)
        bits = ((self.pack.table[places >> 3] >> (places & 7)) & 1).all(axis=0)
        known = lot.elsewhere[at] | (generator.random(len(at)) < self.taken)
        seen = np.where(lot.own[at] == sought, known, bits)
        ties = 3 * ways + np.where(inner, np.where(seen, SEEN, UNSEEN), 0)
        return forms, ties.astype(np.int8), lot.tags, lot.labels, lot.lengths


class _Layered(dict[tuple[str, str], int]):
    """Numbers of forms that are known, and of others behind them, kept apart."""

    def __init__(self, known: dict[tuple[str, str], int]) -> None:
        self.known = known
        self.fresh: dict[tuple[str, str], int] = {}

    def setdefault(self, form: tuple[str, str], _: int = 0) -> int:
        """The number of a form, new if need be."""
        number = self.known.get(form)
        if number is None:
            number = self.fresh.setdefault(form, len(self.known) + len(self.fresh))
        return number


def work(maker: Maker, folder: Path, number: int, workers: int, size: int) -> None:
    """Write shards while the learner lives, never more than two for each worker ahead of it."""
    os.nice(5)
    learner = os.getppid()
    seed = 1_000 + number
    while os.getppid() == learner:
        if len(list(folder.glob("*.shard"))) >= 2 * workers + 2:
            time.sleep(0.05)
            continue
        try:
            path = folder / f"{seed:08}.new"
            path.write_bytes(pickle.dumps(maker.shard(seed, size), 5))
            path.rename(path.with_suffix(".shard"))
        except Exception:  # one bad shard must not end the run
            traceback.print_exc()
        seed += workers
