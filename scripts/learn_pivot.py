"""Learns which words translate the same English word: `auditor/data/lexicon/LEFT-RIGHT.pivot.*`.

Two lexica with English, learnt as `learn_lexicon.py` learns, are put together: a pair of words is
as strong as the English word that both are linked with, by the geometric mean of the four shares.
Machine translation is read, too: what it does with a word is good enough to acquit. Pairs that the
lexicon itself links are left out.

    python scripts/learn_pivot.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import learn_lexicon
import numpy as np
from learn_lexicon import SOURCES, Links, read, vocabulary

from auditor.text import lexicon as lexica
from auditor.text.lexicon import lexicon
from auditor.weights import DEFLATED, Tensors, write_weights

# Pairs of a source that are read at most, where that differs from the lexicon's.
FEWER = {
    "msdocs_ht": 60_000, "msdocs_ht_only_de": 8_000, "msdocs_ht_only_fr": 8_000,
    "tatoeba": 70_000, "tatoeba_pivot": 20_000, "bible": 8_000, "wikidict": 110_000,
    "msdocs_mixed": 35_000, "msdocs_mtunits": 35_000,
}  # fmt: skip
LONGEST = 32  # words of a side
LEAST_COUNT = 1.5  # expected links of a word with an English one
LEAST_SHARES = (0.004, 0.02)  # of the English word's links, or of the word's
LEAST = 0.06  # strength of a pair

Shares = dict[str, dict[str, float]]  # English stem -> stem -> product of both shares


def main() -> None:
    """Learn both halves and put them together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--pairs", nargs="*", default=["de-fr"])
    options = parser.parse_args()
    learn_lexicon.SOURCES = {**SOURCES, **FEWER}
    learn_lexicon.LONGEST = LONGEST
    target = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"
    for left, right in (name.split("-") for name in options.pairs):
        halves = [english(options.data, code) for code in (left, right)]
        table = packed(joined(halves[0], halves[1], left, right))
        path = target / f"{left}-{right}.pivot{DEFLATED}"
        write_weights(table, path)
        print(left, right, len(table["scores"]), path.stat().st_size, flush=True)


def english(data: Path, code: str) -> Shares:
    """What each English stem is linked with in a language."""
    one, other = sorted((code, "en"))
    pairs = list(read(data, one, other))
    vocabularies = [vocabulary(pair[k] for pair in pairs)[0] for k in (0, 1)]
    links = Links.of(pairs, (vocabularies[0], vocabularies[1]))
    counts = links.learn()
    shares = links.conditional(counts, left=True), links.conditional(counts, left=False)
    side = (one, other).index("en")
    kept = (counts >= LEAST_COUNT) & (
        (shares[side] >= LEAST_SHARES[0]) | (shares[1 - side] >= LEAST_SHARES[1])
    )
    names = [list(words) for words in vocabularies]
    found: Shares = defaultdict(dict)
    for place in np.flatnonzero(kept).tolist():
        ends = divmod(int(links.keys[place]), links.wide)
        product = float(shares[0][place] * shares[1][place])
        found[names[side][ends[side]]][names[1 - side][ends[1 - side]]] = product
    return found


def joined(ours: Shares, theirs: Shares, left: str, right: str) -> dict[tuple[str, str], float]:
    """The strength of each pair of words by its best English word."""
    known = lexicon(left, right)
    best: dict[tuple[str, str], float] = {}
    for word in sorted(ours.keys() & theirs.keys()):
        for one, share in ours[word].items():
            for other, its_share in theirs[word].items():
                strength = (share * its_share) ** 0.25
                if strength >= max(LEAST, best.get((one, other), 0.0)):
                    best[one, other] = strength
    return {
        pair: strength
        for pair, strength in sorted(best.items())
        if not (known and pair[1] in known.translations(pair[0], left))
    }


def packed(pairs: dict[tuple[str, str], float]) -> Tensors:
    """The arrays that `auditor.text.lexicon` reads; how rare a word is nobody asks."""
    lists = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
    numbers = [{word: number for number, word in enumerate(words)} for words in lists]
    rows = [np.array([numbers[side][pair[side]] for pair in pairs], np.int64) for side in (0, 1)]
    scores = [round(255 * min(1.0, strength)) for strength in pairs.values()]
    return lexica.packed(lists, rows, np.array(scores, np.uint8))


if __name__ == "__main__":
    main()
