"""Counts which prepositions translate one another: `auditor/data/lexicon/prepositions.toml`.

Before nouns that the word links take for translations of one another. Only rows of prepositions
that have an opposite are kept; the nouns are kept where two prepositions met that seldom do.

    python scripts/learn_prepositions.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from train_denial import CODES, Pair, read_pairs

from auditor.encoders import load_encoder
from auditor.fluency.tagger import read_words
from auditor.languages import language
from auditor.links.evidence import linked
from auditor.links.prepositions import governed
from auditor.links.words import WordVectors
from auditor.text.opposites import governing

# Pairs of a source that are read at most.
MOST = {
    "bible": 20_000, "swiss_law": 35_000, "tatoeba_pivot": 50_000, "msdocs_ht": 40_000,
    "msdocs_sql_ht": 8_000,
}  # fmt: skip
BATCH = 4_000
SELDOM = 0.1  # share of a preposition's meetings
IDIOM = 2  # times that a noun stood with two prepositions that seldom meet
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon" / "prepositions.toml"

Met = tuple[str, str]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file to write")
    options = parser.parse_args()
    nouns: dict[Met, Counter[str]] = defaultdict(Counter)
    pairs = list(chosen(options.data))
    encoder = load_encoder()
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        vectors = WordVectors.of([text for pair in part for text in pair.texts], encoder)
        assert vectors
        tagged = [read_words([pair.texts[k] for pair in part], CODES[k]) for k in (0, 1)]
        for pair, *words in zip(part, *tagged, strict=True):
            links = linked(pair.texts, (CODES[0], CODES[1]), vectors)
            if links is None:
                continue
            for found in governed(links, words):
                left, right = (word.form.lower() for word in found.prepositions)
                nouns[left, right][links.sides[0].stems[found.nouns[0]]] += 1
        print(start, len(nouns), flush=True)
    options.out.write_text(written(nouns), "utf-8")


def chosen(data: Path) -> list[Pair]:
    """Every so many pairs of each source."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in read_pairs(data):
        by_source[pair.source].append(pair)
    return [
        pair
        for source, pairs in sorted(by_source.items())
        for pair in pairs[:: max(1, len(pairs) // MOST.get(source, len(pairs)))]
    ]


def written(nouns: dict[Met, Counter[str]]) -> str:
    """The counts, and the nouns of seldom pairs, as TOML."""
    opposed = [governing(language(code)) for code in CODES]
    kept = {met: c for met, c in nouns.items() if met[0] in opposed[0] or met[1] in opposed[1]}
    totals = Counter[tuple[int, str]]()
    for met, counter in kept.items():
        for side in (0, 1):
            totals[side, met[side]] += counter.total()
    parts = ["# Made by scripts/learn_prepositions.py: how often two prepositions met.\n"]
    name = "-".join(CODES)
    for left in sorted({met[0] for met in kept}):
        rows = [(r, c) for (one, r), c in sorted(kept.items()) if one == left and c.total() > 1]
        if not rows:
            continue
        parts.append(f'\n[{name}.counts."{left}"]\n')
        parts += [f'"{right}" = {counter.total()}\n' for right, counter in rows]
        parts.append(f'\n[{name}.idioms."{left}"]\n')
        for right, counter in rows:
            most = max(totals[0, left] * SELDOM, totals[1, right] * SELDOM)
            idioms = sorted(stem for stem, count in counter.items() if count >= IDIOM)
            if counter.total() < most and idioms:
                quoted = ", ".join(f'"{stem}"' for stem in idioms)
                parts.append(f'"{right}" = [{quoted}]\n')
    return "".join(parts)


if __name__ == "__main__":
    main()
