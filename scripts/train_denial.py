"""Learns what answers a negation: `denial.toml` and `denial.safetensors` in `auditor/data/lexicon`.

The tables are counted in translations: which words stand on a side without a negation where the
other side has one, and which words stand beside a negation that the other side has not got. The
network is trained on other translations and on copies of them from which a negation was taken
(`near_misses.change_negation`), or into which one was put.

    python scripts/train_denial.py --data ../shared
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from random import Random

import numpy as np
from encoder_data import acceptable, evaluation_texts, normalised, read_rows
from near_misses import change_negation
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.neural_network import MLPClassifier

from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.links.denial import NEAR, sides_of, tables, unanswered, weigh
from auditor.links.evidence import linked
from auditor.links.words import Floats, WordVectors
from auditor.text.negation import Negation, find_negations
from auditor.text.stems import stem
from auditor.text.words import find_words

SEED = 7
CODES = ("fr", "de")
# Pairs of a source that are read at most; all may be used by whoever names them
# (auditor/data/lexicon/README.md).
SOURCES = {
    "msdocs_ht": 60_000, "msdocs_sql_ht": 15_000, "tatoeba_pivot": 70_000, "swiss_law": 40_000,
    "bible": 30_000, "opensource_guide": 1_000, "rust_book": 1_500, "monero_site": 2_000,
    "onegov_ch": 2_000, "electron_docs": 1_000, "sdg": 1_000, "wikiedu": 1_500,
    "wikipedia_android": 1_500,
}  # fmt: skip
# Pairs of a source for the network: prose first of all.
TRAINED = {
    "msdocs_ht": 8_000, "msdocs_sql_ht": 1_500, "tatoeba_pivot": 12_000, "swiss_law": 3_000,
    "bible": 5_000, "opensource_guide": 1_000, "rust_book": 1_500, "monero_site": 2_000,
    "onegov_ch": 1_000, "sdg": 500, "wikiedu": 500,
}  # fmt: skip
WORDS = (4, 80)
LEAST = 6  # sentences that have a word
SURE = 1.3  # standard deviations
KEPT = 0.3  # log odds that tell anything
MOST = 700  # words of a table
HIDDEN = 12
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"


@dataclass(frozen=True, slots=True)
class Pair:
    """A translation in both languages, French first, and its negations."""

    source: str
    texts: tuple[str, str]
    found: tuple[tuple[Negation, ...], tuple[Negation, ...]]
    fold: int


def main() -> None:
    """Count the tables, then train the network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    options = parser.parse_args()
    pairs = list(read(options.data))
    print(len(pairs), "pairs", flush=True)
    write(options.out / "denial.toml", pairs)
    tables.cache_clear()
    inputs, targets = cases(list(chosen(pairs)), load_encoder())
    save_file(fitted(inputs, targets), options.out / "denial.safetensors")
    (options.out / "denial.safetensors").chmod(0o644)


def read(data: Path) -> Iterator[Pair]:
    """French and German of all sources; evaluation texts and repetitions left out."""
    excluded = evaluation_texts(data)
    seen: set[str] = set()
    rows: dict[str, list[tuple[str, str]]] = {}
    for row in read_rows(data):
        if row.source in SOURCES and set(CODES) <= set(row.texts):
            rows.setdefault(row.source, []).append((row.texts["fr"], row.texts["de"]))
    for source, entries in rows.items():
        step = max(1, len(entries) // SOURCES[source])
        for one, other in entries[::step]:
            sizes = len(one.split()), len(other.split())
            plain = normalised(one)
            if min(sizes) < WORDS[0] or max(sizes) > WORDS[1] or plain in seen:
                continue
            if plain in excluded or normalised(other) in excluded or not acceptable(one, other):
                continue
            seen.add(plain)
            found = tuple(
                find_negations(text, language(code))
                for text, code in zip((one, other), CODES, strict=True)
            )
            fold = zlib.crc32(plain.encode()) % 10
            yield Pair(source, (one, other), (found[0], found[1]), fold)


# --- tables -----------------------------------------------------------------------------------


def write(path: Path, pairs: Sequence[Pair]) -> None:
    """The tables of both languages, of most of the pairs."""
    some = [pair for pair in pairs if pair.fold < 7]
    parts = ["# Made by scripts/train_denial.py: log odds by stem.\n"]
    for side, code in enumerate(CODES):
        for name, table in (("answers", answers(some, side)), ("beside", beside(some, side))):
            rows = "\n".join(f'"{word}" = {value:.2f}' for word, value in sorted(table.items()))
            parts.append(f"\n[{code}.{name}]\n{rows}\n")
            print(code, name, sorted(table.items(), key=lambda e: -e[1])[:60], flush=True)
    path.write_text("".join(parts), "utf-8")


def answers(pairs: Sequence[Pair], side: int) -> dict[str, float]:
    """Stems of a side that does not deny: where the other side does, against where it does not."""
    counts = Counter[str](), Counter[str]()
    totals = [0, 0]
    for pair in pairs:
        if pair.found[side]:
            continue
        group = 0 if pair.found[1 - side] else 1
        totals[group] += 1
        counts[group].update(
            {stem(match.group(), CODES[side]) for match in find_words(pair.texts[side])}
        )
    return odds(counts, totals, both=False)


def beside(pairs: Sequence[Pair], side: int) -> dict[str, float]:
    """Stems before, in and behind a lone negation: unanswered ones against answered ones."""
    counts = Counter[str](), Counter[str]()
    totals = [0, 0]
    for pair in pairs:
        if len(pair.found[side]) != 1:
            continue
        group = 1 if pair.found[1 - side] else 0
        totals[group] += 1
        counts[group].update(around(pair.texts[side], pair.found[side][0], CODES[side]))
    return odds(counts, totals, both=True)


def around(text: str, negation: Negation, code: str) -> set[str]:
    """The words before, in and behind a negation, each with a sign that tells where it stands."""
    words = list(find_words(text))
    before = [w for w in words if w.end() <= negation.start][-NEAR:]
    inner = [w for w in words if w.start() < negation.end and negation.start < w.end()]
    behind = [w for w in words if w.start() >= negation.end][:NEAR]
    return {
        sign + stem(word.group(), code)
        for sign, part in (("<", before), ("=", inner), (">", behind))
        for word in part
    }


def odds(
    counts: tuple[Counter[str], Counter[str]], totals: Sequence[int], *, both: bool
) -> dict[str, float]:
    """Log odds of the first group, at the cautious end of what chance allows.

    Those below 0, too, where ``both``.
    """
    found: dict[str, float] = {}
    for word in counts[0].keys() | counts[1].keys():
        seen = [counts[k][word] for k in (0, 1)]
        if sum(seen) < LEAST:
            continue
        shares = [(seen[k] + 0.5) / (totals[k] + 1) for k in (0, 1)]
        value = log(shares[0] / shares[1])
        doubt = SURE * sqrt(1 / (seen[0] + 0.5) + 1 / (seen[1] + 0.5))
        cautious = max(0.0, abs(value) - doubt) * (1 if value > 0 else -1)
        if abs(cautious) >= KEPT and (both or cautious > 0):
            found[word] = round(cautious, 2)
    return dict(sorted(found.items(), key=lambda entry: -abs(entry[1]))[:MOST])


# --- network ----------------------------------------------------------------------------------


def chosen(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs for the network: those with a negation, and some others; not those of the tables."""
    kept: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.fold >= 7:
            kept.setdefault(pair.source, []).append(pair)
    for source, entries in kept.items():
        entries.sort(key=lambda pair: not any(pair.found))
        yield from entries[: TRAINED.get(source, 0)]


def cases(pairs: Sequence[Pair], encoder: Encoder) -> tuple[Floats, NDArray[np.int64]]:
    """Features of the unanswered negations of clean pairs (0), and of changed copies (1)."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    copies: list[tuple[tuple[str, str], tuple[str, str] | None, int]] = []
    for pair in pairs:
        copies.append((pair.texts, None, 0))
        for side in (0, 1):
            after = change_negation(pair.texts[side], CODES[side], chance)
            if after:
                texts = (after, pair.texts[1]) if side == 0 else (pair.texts[0], after)
                copies.append((texts, pair.texts, side))
    vectors = WordVectors.of([text for texts, _, _ in copies for text in texts], encoder)
    assert vectors and encoder.calibration
    encoded = [encoder.encode([texts[k] for texts, _, _ in copies]) for k in (0, 1)]
    cosines = np.einsum("ij,ij->i", *encoded)
    inputs: list[Floats] = []
    targets: list[int] = []
    for (texts, before, side), cosine in zip(copies, cosines, strict=True):
        far = distance(float(cosine), encoder.calibration)
        for values, label in candidates(texts, before, side, vectors, far):
            inputs.append(values)
            targets.append(label)
    print(len(copies), "copies", len(targets), "candidates", sum(targets), "planted", flush=True)
    return np.array(inputs), np.array(targets)


def candidates(
    texts: tuple[str, str],
    before: tuple[str, str] | None,
    side: int,
    vectors: WordVectors,
    distance: float,
) -> Iterator[tuple[Floats, int]]:
    """The unanswered negations of one copy; of a changed one, those that the change has made."""
    links = linked(texts, CODES, vectors)
    if links is None:
        return
    rows = [language(code) for code in CODES]
    found = [find_negations(text, row) for text, row in zip(texts, rows, strict=True)]
    sides = sides_of(links, texts, rows, found)
    for index in (0, 1):
        if before is not None:
            old = len(find_negations(before[side], rows[side]))
            grown = len(found[side]) > old
            if len(found[side]) == old or index != (side if grown else 1 - side):
                continue
        alone = list(unanswered(links, sides, index))
        if before is not None and len(alone) != 1:
            continue
        for denial, nearest in alone:
            yield (
                weigh(links, sides, index, denial, nearest, distance),
                int(before is not None),
            )


def fitted(inputs: Floats, targets: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """A network of one hidden layer."""
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0)
    scale[scale < 1e-6] = 1.0
    model = MLPClassifier(
        (HIDDEN,), alpha=1e-2, batch_size=256, early_stopping=True, max_iter=60, random_state=SEED,
        n_iter_no_change=5,
    )  # fmt: skip
    model.fit((inputs - mean) / scale, targets)
    print(inputs.shape, f"{targets.mean():.3f} positive", model.best_validation_score_, flush=True)
    weights, biases = model.coefs_, model.intercepts_
    tensors = {
        "mean": mean, "scale": scale, "hidden": weights[0], "hidden_bias": biases[0],
        "out": weights[1][:, 0], "out_bias": biases[1],
    }  # fmt: skip
    return {key: np.ascontiguousarray(value, np.float32) for key, value in tensors.items()}


if __name__ == "__main__":
    main()
