"""The pairs that the reader learns from: texts of two languages that translate one another.

python scripts/reader_text.py --data ../shared --out /tmp/reader
python scripts/reader_text.py --data ../shared --pair en-fr --out /tmp/english
"""

from __future__ import annotations

import argparse
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from encoder_data import acceptable, evaluation_texts, normalised, read_rows

CODES = ("fr", "de")
# How many pairs a source may give: documentation, law and the Bible are large and unlike the prose
# that is audited. The last two are machine translation: they show how freely machines translate.
MOST = {
    "msdocs_ht": 110_000, "msdocs_sql_ht": 20_000, "swiss_law": 45_000, "tatoeba_pivot": 75_000,
    "bible": 12_000, "opensource_guide": 10_000, "privacyguides": 10_000, "rust_book": 10_000,
    "onegov_ch": 5_000, "sdg": 5_000, "wikiedu": 5_000, "wikipedia_android": 5_000,
    "monero_site": 5_000, "mozilla_lang": 6_000, "mozilla_www": 6_000, "gnome_user_docs": 6_000,
    "darktable_docs": 7_000, "covidcert_ch": 5_000, "godot_editor": 4_000,
    "msdocs_mixed": 25_000, "msdocs_mtunits": 15_000,
    # English and one more language
    "tatoeba": 75_000, "msdocs_ht_only_de": 10_000, "msdocs_ht_only_fr": 10_000,
    "electron_docs": 3_500, "picard_docs": 3_500,
}  # fmt: skip
SHORTEST, LONGEST = 4, 60  # words
SEED = 11
HELD = 6_000  # pairs for trials


def main() -> None:
    """Write `train.PAIR.tsv.xz` and `held.PAIR.tsv.xz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--pair", default="-".join(CODES), help="two languages: fr-de")
    parser.add_argument("--out", type=Path, required=True, help="a scratch folder")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    one, other = options.pair.split("-")
    learnt, held = read(options.data, (one, other))
    for name, pairs in (("train", learnt), ("held", held)):
        path = options.out / f"{name}.{options.pair}.tsv.xz"
        with lzma.open(path, "wt", encoding="utf8", preset=9 | lzma.PRESET_EXTREME) as stream:
            stream.writelines("\t".join(pair) + "\n" for pair in pairs)
        print(f"{path.name}: {len(pairs)} pairs, {path.stat().st_size / 1e6:.1f} MB", flush=True)


def read(
    data: Path, codes: tuple[str, str] = CODES
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs to learn from, in the order of their sources, and pairs that are held back."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    held: list[tuple[str, str]] = []
    for source, pair, kept in _pairs(data, codes):
        (held if kept else found[source]).append(pair)
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    learnt = []
    for source, pairs in found.items():
        chosen = sorted(chance.sample(range(len(pairs)), min(MOST[source], len(pairs))))
        learnt += [pairs[n] for n in chosen]
    chance.shuffle(held)
    return learnt, held[:HELD]


def _pairs(data: Path, codes: tuple[str, str]) -> Iterator[tuple[str, tuple[str, str], bool]]:
    excluded = evaluation_texts(data)
    seen: set[str] = set()
    for row in read_rows(data):
        if row.source not in MOST or not set(codes) <= set(row.texts):
            continue
        pair = row.texts[codes[0]], row.texts[codes[1]]
        sizes = [len(text.split()) for text in pair]
        if not (min(sizes) >= SHORTEST and max(sizes) <= LONGEST and acceptable(*pair)):
            continue
        keys = [normalised(text) for text in pair]
        if keys[0] in seen or any(key in excluded for key in keys):
            continue
        seen.add(keys[0])
        yield row.source, pair, row.held_out


if __name__ == "__main__":
    main()
