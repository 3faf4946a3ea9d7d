"""Trains the network that tells a wrong word from a free rendering, in `auditor/data/lexicon/`.

In held-out translations (which neither the encoder nor the lexicon has seen) and in machine
translations, one word that has a sure counterpart is replaced by a word as rare as it is with
the same last letter. (With words that translate another sense of the same English word among
them, which is what machine translation takes, the network learnt to suspect synonyms: of the
pairs it was surest of in real machine translation, fewer were wrong.) The network (`strangers`)
learns which of the pairs that `auditor.links.strangers.candidates` finds have the replaced word in
them, and which are those of the unchanged texts, most of them free renderings. Prints what share of
the replaced words is found at several rates of unchanged sentences with a pair, on a fifth of the
pairs that training did not see.

    python scripts/train_strangers.py --data ../shared
"""

from __future__ import annotations

import argparse
import zlib
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from encoder_data import acceptable, evaluation_texts, normalised, read_rows
from numpy.typing import NDArray
from scipy.special import expit  # type: ignore[import-untyped]  # ships no types
from train_spans import TARGET, WORDS, fitted, save

from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.links.coverage import network
from auditor.links.evidence import Linked, linked
from auditor.links.strangers import candidates
from auditor.links.words import Floats, WordVectors
from auditor.text.lexicon import Lexicon, lexicon
from auditor.text.stems import stem
from auditor.text.words import find_words

SEED = 3
CODES = ("fr", "de")
# Pairs of a source at most; of the machine translations nothing is held out, as the lexicon
# never saw them.
PER_SOURCE = {
    "msdocs_ht": 3600, "msdocs_sql_ht": 900, "tatoeba_pivot": 1200, "opensource_guide": 400,
    "privacyguides": 500, "rust_book": 400, "darktable_docs": 400, "gnome_user_docs": 400,
    "mozilla_lang": 400, "onegov_ch": 400, "msdocs_mixed": 3000, "msdocs_mtunits": 2000,
}  # fmt: skip
MACHINE = ("msdocs_mixed", "msdocs_mtunits")
LINKED = 0.6  # strength of a link that makes a counterpart sure
LETTERS = 4  # of a word that is replaced, and of what replaces it
BAND = 300  # words that are about as rare, in either direction
HIDDEN = 16
FOLDS = 5
RATES = (0.01, 0.02, 0.05, 0.1, 0.2)

Texts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts; in which word a replaced one stands (number and side), and its counterpart's."""

    kind: str
    fold: int
    texts: Texts
    side: int = 0
    number: int = -1
    mate: int = -1


def main() -> None:
    """Train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder()
    copies = list(make_copies(list(read(options.data)), encoder))
    print(len(copies), Counter(copy.kind for copy in copies), flush=True)
    numbers, inputs, targets = weigh(copies, encoder)
    folds = np.array([copies[n].fold for n in numbers])
    report(copies, numbers, inputs, fitted(inputs[folds > 0], targets[folds > 0], HIDDEN, "trial"))
    save(fitted(inputs, targets, HIDDEN, "strangers"), "strangers", options.out)


def read(data: Path) -> Iterator[Texts]:
    """French and German of the pairs."""
    excluded = evaluation_texts(data)
    rows: dict[str, list[Texts]] = defaultdict(list)
    for row in read_rows(data):
        if row.source not in PER_SOURCE or not set(CODES) <= set(row.texts):
            continue
        texts = row.texts[CODES[0]], row.texts[CODES[1]]
        sizes = [len(text.split()) for text in texts]
        if (
            (row.held_out or row.source in MACHINE)
            and WORDS[0] <= min(sizes)
            and max(sizes) <= WORDS[1]
            and acceptable(*texts)
            and not any(normalised(text) in excluded for text in texts)
        ):
            rows[row.source].append(texts)
    for source, entries in rows.items():
        step = max(1, len(entries) // PER_SOURCE[source])
        yield from entries[::step][: PER_SOURCE[source]]


# --- copies -----------------------------------------------------------------------------------


class Stock:
    """The words of a language that may be put in, by how rare they are."""

    def __init__(self, texts: Sequence[str], code: str, known: Lexicon) -> None:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for match in find_words(text):
                if len(match.group()) >= LETTERS:
                    forms[stem(match.group(), code)][match.group()] += 1
        commonest = {key: counts.most_common(1)[0][0] for key, counts in forms.items()}
        self.ranks = sorted((known.rarity(key, code), form) for key, form in commonest.items())

    def like(self, old: str, rarity: float) -> list[str]:
        """Words about as rare as another one, with its last letter."""
        at = bisect(self.ranks, (rarity, ""))
        near = [form for _, form in self.ranks[max(0, at - BAND) : at + BAND]]
        return [
            f for f in near if f[0].isupper() == old[0].isupper() and f[-1] == old[-1] and f != old
        ]


def make_copies(pairs: Sequence[Texts], encoder: Encoder) -> Iterator[Copy]:
    """Each pair as it is, and with a word of either side replaced."""
    known = lexicon(*CODES)
    vectors = WordVectors.of([text for pair in pairs for text in pair], encoder)
    assert known and vectors
    stocks = [Stock([pair[k] for pair in pairs], CODES[k], known) for k in (0, 1)]
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    for pair in pairs:
        links = linked(pair, CODES, vectors)
        if links is not None:
            fold = zlib.crc32(pair[0].encode()) % FOLDS
            yield Copy("clean", fold, pair)
            for side in (0, 1):
                copy = replaced(pair, fold, links, side, stocks[side], known, chance)
                if copy:
                    yield copy


def replaced(
    pair: Texts,
    fold: int,
    links: Linked,
    side: int,
    stock: Stock,
    known: Lexicon,
    chance: Random,
) -> Copy | None:
    """A copy with one word of a side replaced; None where none can be."""
    (other, own), _, seen = links.seen_from(1 - side)
    places = [
        (mate, int(seen.strength[mate].argmax()))
        for mate in np.flatnonzero(~other.free & (seen.strength.max(axis=1) > LINKED)).tolist()
    ]
    places = [(m, n) for m, n in places if not own.free[n] and len(own.texts[n]) >= LETTERS]
    if not places:
        return None
    mate, number = chance.choice(places)
    old = own.texts[number]
    choices = stock.like(old, float(own.rarity[number]))
    new = chance.choice(choices) if choices else old
    if stem(new, own.code) in {
        own.stems[number],
        *known.translations(other.stems[mate], other.code),
    }:
        return None
    start, end = own.spans[number]
    changed = pair[side][:start] + new + pair[side][end:]
    texts = (changed, pair[1]) if side == 0 else (pair[0], changed)
    return Copy("replaced", fold, texts, side, number, mate)


# --- pairs ------------------------------------------------------------------------------------


def weigh(
    copies: Sequence[Copy], encoder: Encoder
) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
    """The copy, the features and the label of each pair: all of clean texts, one of each other."""
    texts = [text for copy in copies for text in copy.texts]
    vectors = WordVectors.of(texts, encoder)
    rows = encoder.encode(texts)
    cosines = np.einsum("ij,ij->i", rows[::2], rows[1::2])
    assert vectors and encoder.calibration
    numbers, inputs, targets = [], [], []
    for number, copy in enumerate(copies):
        links = linked(copy.texts, CODES, vectors)
        drift = distance(float(cosines[number]), encoder.calibration)
        for i, j, features in candidates(links, drift) if links else ():
            own, mate = (i, j) if copy.side == 0 else (j, i)
            if copy.kind == "clean" or (own, mate) == (copy.number, copy.mate):
                numbers.append(number)
                inputs.append(features)
                targets.append(int(copy.kind != "clean"))
    return np.array(numbers), np.array(inputs), np.array(targets)


def report(
    copies: Sequence[Copy],
    numbers: NDArray[np.int64],
    inputs: Floats,
    tensors: dict[str, NDArray[np.float32]],
) -> None:
    """What is found of the first fold at several rates of clean sentences with a pair."""
    best: dict[int, float] = {}
    for number, odds in zip(numbers.tolist(), network(tensors).log_odds(inputs), strict=True):
        best[number] = max(best.get(number, -np.inf), float(odds))
    held = [n for n, copy in enumerate(copies) if copy.fold == 0]
    kinds = {
        kind: np.array([best.get(n, -np.inf) for n in held if copies[n].kind == kind])
        for kind in ("clean", "replaced")
    }
    for rate in RATES:
        limit = float(np.quantile(kinds["clean"], 1 - rate))
        found = (kinds["replaced"] > limit).mean()
        print(f"{rate:.2f} of clean sentences, above {expit(limit):.2f}: {found:.2f} of the words")


if __name__ == "__main__":
    main()
