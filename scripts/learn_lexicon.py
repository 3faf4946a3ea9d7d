"""Learns which words translate one another: `auditor/data/lexicon/LEFT-RIGHT.safetensors.z`.

IBM Model 1 (Brown et al. 1993) in both directions over stems, trained to agree in its last rounds
(Liang, Taskar and Klein 2006): a link counts as much as both directions believe in it, which clears
away most of what rare words collect. Sources are permissive ones only, held-out blocks left out.

    python scripts/learn_lexicon.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from encoder_data import acceptable, evaluation_texts, normalised, read_rows
from numpy.typing import NDArray

from auditor.text import lexicon
from auditor.text.stems import stem
from auditor.text.words import find_words
from auditor.weights import DEFLATED, Tensors, write_weights

# How many pairs of a source are read at most. All of them may be used and shared with no more than
# their name; see auditor/data/lexicon/README.md.
SOURCES = {
    "swiss_law": 110_000,
    "msdocs_ht": 110_000,
    "msdocs_ht_only_de": 20_000,
    "msdocs_ht_only_fr": 15_000,
    "msdocs_sql_ht": 15_000,
    "tatoeba_pivot": 80_000,
    "tatoeba": 120_000,
    "wikidict": 120_000,
    "bible": 45_000,
    "cldr": 3_000,
    "osm_id_tagging": 10_000,
    "opensource_guide": 1_000,
    "onegov_ch": 6_000,
    "sdg": 1_000,
    "rust_book": 3_000,
    "godot_editor": 10_000,
    "electron_docs": 3_500,
    "monero_site": 3_000,
    "mumble": 3_000,
    "wikipedia_android": 2_000,
    "off_smooth_app": 1_000,
    "tldr": 3_000,
    "wikiedu": 2_000,
}
LONGEST = 45  # words of a side
FEWEST = 2  # occurrences of a stem
ROUNDS = (4, 4)  # alone, and in agreement
LEAST_COUNT = 1.0  # expected links of a pair
LEAST_SHARE = 0.03  # of the links of either word
MOST = 9  # links of a word
SIZE = 150_000  # links of a lexicon
TITLES = frozenset({"wikidict", "cldr", "osm_id_tagging"})

Ints = NDArray[np.int64]


def main() -> None:
    """Learn the lexica."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--size", type=int, default=SIZE, help="links of a lexicon")
    parser.add_argument(
        "--pairs", nargs="*", default=["de-fr"], help="languages in alphabetical order: de-fr"
    )
    options = parser.parse_args()
    target = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"
    for left, right in (name.split("-") for name in options.pairs):
        pairs = list(read(options.data, left, right))
        table = learn(pairs, options.size)
        path = target / f"{left}-{right}{DEFLATED}"
        write_weights(table, path)
        print(left, right, len(pairs), len(table["scores"]), path.stat().st_size, flush=True)


def read(data: Path, left: str, right: str) -> Iterator[tuple[list[str], list[str]]]:
    """Stems of both sides of the pairs of all sources, from beginning to end of each."""
    excluded = evaluation_texts(data)
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter(
        row.source
        for row in read_rows(data)
        if row.source in SOURCES and {left, right} <= set(row.texts)
    )
    seen: set[int] = set()
    for row in read_rows(data):
        if row.source not in SOURCES or row.held_out or not {left, right} <= set(row.texts):
            continue
        counts[row.source] += 1
        every = max(1, totals[row.source] / SOURCES[row.source])
        if int(counts[row.source] / every) == int((counts[row.source] - 1) / every):
            continue
        texts = row.texts[left], row.texts[right]
        if not acceptable(*texts) and row.source not in TITLES:
            continue
        mark = hash(texts)
        if mark in seen or normalised(texts[0]) in excluded or normalised(texts[1]) in excluded:
            continue
        seen.add(mark)
        sides = stems(texts[0], left), stems(texts[1], right)
        if all(0 < len(side) <= LONGEST for side in sides):
            yield sides


def stems(text: str, code: str) -> list[str]:
    """The stems of a text's words."""
    return [stem(match.group(), code) for match in find_words(text)]


def learn(pairs: list[tuple[list[str], list[str]]], size: int) -> Tensors:
    """The lexicon's arrays."""
    vocabularies, frequencies = zip(
        *(vocabulary(pair[k] for pair in pairs) for k in (0, 1)), strict=True
    )
    links = Links.of(pairs, vocabularies)
    shares = links.learn()
    return packed(links, shares, vocabularies, frequencies, size)


def vocabulary(texts: Iterator[list[str]]) -> tuple[dict[str, int], NDArray[np.float64]]:
    """Numbers of the stems, the frequent ones, and how often each stands in the text."""
    counts = Counter(word for text in texts for word in text)
    words = sorted(word for word, count in counts.items() if count >= FEWEST)
    return {word: number for number, word in enumerate(words)}, np.array(
        [counts[word] for word in words], float
    )


class Links:
    """Every word of a sentence with every word of its translation, end to end."""

    def __init__(self, pair: Ints, left: Ints, right: Ints, keys: Ints, wide: int) -> None:
        self.pair = pair  # (links): number of the pair of stems
        self.left, self.right = left, right  # (links): number of the word in the text
        self.keys = keys  # (pairs): left stem * wide + right stem
        self.wide = wide

    @classmethod
    def of(
        cls, pairs: list[tuple[list[str], list[str]]], vocabularies: tuple[dict[str, int], ...]
    ) -> Links:
        """All links of all sentences."""
        wide = len(vocabularies[1])
        keys, left, right = [], [], []
        ends = [0, 0]
        for one, other in pairs:
            ours, theirs = (
                np.array([v[w] for w in words if w in v], np.int64)
                for words, v in zip((one, other), vocabularies, strict=True)
            )
            keys.append((ours[:, None] * wide + theirs[None, :]).ravel())
            left.append(np.repeat(np.arange(len(ours), dtype=np.int32) + ends[0], len(theirs)))
            right.append(np.tile(np.arange(len(theirs), dtype=np.int32) + ends[1], len(ours)))
            ends = [ends[0] + len(ours), ends[1] + len(theirs)]
        distinct, numbers = np.unique(np.concatenate(keys), return_inverse=True)
        return cls(
            numbers.astype(np.int32), np.concatenate(left), np.concatenate(right), distinct, wide
        )

    def learn(self) -> NDArray[np.float64]:
        """Expected counts of each pair of stems, by both directions in agreement."""
        tables = [np.ones(len(self.keys)), np.ones(len(self.keys))]
        counts: NDArray[np.float64] = tables[0]
        for number in range(sum(ROUNDS)):
            believed = [
                self.posterior(table, slots)
                for table, slots in zip(tables, (self.right, self.left), strict=True)
            ]
            if number < ROUNDS[0]:
                both = [
                    np.asarray(np.bincount(self.pair, b, len(self.keys)), np.float64)
                    for b in believed
                ]
            else:
                counts = np.asarray(
                    np.bincount(self.pair, believed[0] * believed[1], len(self.keys)), np.float64
                )
                both = [counts, counts]
            tables = [self.conditional(both[0], left=True), self.conditional(both[1], left=False)]
            print("round", number, flush=True)
        return counts

    def posterior(self, table: NDArray[np.float64], slots: Ints) -> NDArray[np.float64]:
        """For each link, how probable it is among those of its slot."""
        chances = table[self.pair]
        totals = np.bincount(slots, chances)
        return np.asarray(chances / np.maximum(totals, 1e-12)[slots])

    def conditional(self, counts: NDArray[np.float64], *, left: bool) -> NDArray[np.float64]:
        """Counts as shares of those of the left stem, or of the right one."""
        own = self.keys // self.wide if left else self.keys % self.wide
        totals = np.bincount(own, counts)
        return np.asarray(counts / np.maximum(totals, 1e-12)[own])


def packed(
    links: Links,
    counts: NDArray[np.float64],
    vocabularies: tuple[dict[str, int], ...],
    frequencies: tuple[NDArray[np.float64], ...],
    size: int,
) -> Tensors:
    """The best links by left stem, with stems and frequencies of both sides."""
    owns = links.keys // links.wide, links.keys % links.wide
    shares = [links.conditional(counts, left=True), links.conditional(counts, left=False)]
    # Links in one direction are believed as far as the word has been seen linked at all.
    strength = np.sqrt(shares[0] * shares[1])
    kept = (counts >= LEAST_COUNT) & (np.maximum(*shares) >= LEAST_SHARE) & (strength >= 0.01)
    kept &= counts >= 0.05 * np.minimum(frequencies[0][owns[0]], frequencies[1][owns[1]])
    places = np.flatnonzero(kept)
    value = strength[places] * np.log1p(counts[places])
    places = places[np.argsort(-value, kind="stable")]
    places = places[best_of_each(owns[0][places], owns[1][places])][:size]
    places = np.sort(places)
    lists, rows, rarities = [], [], []
    for own, words, often in zip(owns, vocabularies, frequencies, strict=True):
        # Frequent words are kept without a link, too, for their frequency.
        used = np.unique(np.concatenate([own[places], np.flatnonzero(often >= 200)]))
        number = np.full(len(words), -1)
        number[used] = np.arange(len(used))
        lists.append(np.array(list(words))[used].tolist())
        rows.append(number[own[places]])
        rarity = -np.log2(often[used] / often.sum())
        rarities.append(np.clip(np.rint(rarity * 10), 0, 255).astype(np.uint8))
    tensors = lexicon.packed(lists, rows, np.rint(255 * strength[places]).astype(np.uint8))
    return {**tensors, "left_rarity": rarities[0], "right_rarity": rarities[1]}


def best_of_each(*owners: Ints) -> NDArray[np.bool_]:
    """Of links in order of value, those among the first MOST of either of their words."""
    keep = np.zeros(len(owners[0]), bool)
    for own in owners:
        order = np.argsort(own, kind="stable")
        sorted_ = own[order]
        first = np.r_[True, sorted_[1:] != sorted_[:-1]]
        rank = np.arange(len(own)) - np.maximum.accumulate(np.where(first, np.arange(len(own)), 0))
        keep[order] |= rank < MOST
    return keep


if __name__ == "__main__":
    main()
