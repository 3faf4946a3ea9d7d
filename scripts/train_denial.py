"""Learns what answers a negation: `denial.toml` and `denial.safetensors` in `auditor/data/lexicon`.

Two kinds of negations that nothing of their kind faces are held against one another: those of true
translations, where a word or a turn of phrase answers, and those of copies out of which one was
taken, or into which one was put (`denial_plants.py`). The table has the stems that stand
where a negation is expected in the former more often than in the latter. The network is
trained on other pairs.

    python scripts/train_denial.py --data ../shared
    python scripts/train_denial.py --data ../shared --english

The second line adds English to the table, from French and German beside it; nothing is changed in
the English, which an audit has for a source. A network of its own for such pairs was no better.
"""

from __future__ import annotations

import argparse
import tomllib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from random import Random

import numpy as np
from denial_plants import plantable, put_in, take_out
from encoder_data import acceptable, evaluation_texts, normalised, read_rows
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.neural_network import MLPClassifier

from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.links.denial import Denial, Side, denials, sides_of, tables, weigh
from auditor.links.evidence import Linked, linked
from auditor.links.reader import Reading, read
from auditor.links.words import Floats, WordVectors
from auditor.text.negation import Negation, negations_of

SEED = 7
CODES = ("fr", "de")
ENGLISH = "en"
# Sources that may be used by whoever names them (auditor/data/lexicon/README.md), and how many
# copies are made of each: prose first of all.
COPIES = {
    "bible": 7_000, "swiss_law": 9_000, "tatoeba_pivot": 14_000, "msdocs_ht": 18_000,
    "msdocs_sql_ht": 5_000, "rust_book": 1_800, "monero_site": 1_800, "onegov_ch": 1_600,
    "opensource_guide": 800, "sdg": 800, "wikiedu": 600, "wikipedia_android": 600,
    "tatoeba": 14_000,  # beside English
}  # fmt: skip
UNEQUAL = 5_000  # true pairs of a source whose two sides have not the same number of negations
EQUAL = 2_000  # and of those that have as many, and some
FOR_TABLES = 6  # tenths of the pairs; the others are for the network
# Copies out of which a negation is taken, of pairs with as many on both sides; into which one is
# put, of pairs without any, and with some; and half each of pairs that have not as many.
SHARES = {"out": 0.6, "in": 0.4, "more": 0.1, "unequal": 0.1}
WORDS = (4, 80)
AROUND = 6  # words from the place where a negation is expected
LEAST = 6  # negations beside whose place a word stands
SURE = 1.3  # standard deviations
KEPT = 0.3  # log odds that tell anything
MOST = 700  # words of a table
HIDDEN, NETWORKS = 12, 5
BATCH = 4_000
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"

Change = Callable[[str, str, Random], str | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in two languages, and its negations."""

    source: str
    codes: tuple[str, str]
    texts: tuple[str, str]
    found: tuple[tuple[Negation, ...], tuple[Negation, ...]]
    fold: int


@dataclass(frozen=True, slots=True)
class Copy:
    """The texts of a pair; ``changed``: the side with a negation more or less, if any."""

    pair: Pair
    texts: tuple[str, str]
    changed: int | None = None
    grown: bool = False

    @property
    def index(self) -> int | None:
        """The side on which a negation stands alone for that reason."""
        return self.changed if self.grown or self.changed is None else 1 - self.changed


@dataclass(frozen=True, slots=True, eq=False)
class Lone:
    """A negation without one that faces it, and what is known of it."""

    source: str
    sides: tuple[Side, Side]
    index: int
    denial: Denial
    planted: bool
    links: Linked
    drift: float
    reading: Reading | None

    def values(self) -> Floats:
        """The features, by the tables that are there."""
        return weigh(self.links, self.sides, self.index, self.denial, self.drift, self.reading)


def main() -> None:
    """Count the tables, then train the network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--english", action="store_true", help="learn of pairs with English")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    several = [(ENGLISH, code) for code in CODES] if options.english else [CODES]
    encoder = load_encoder()
    lots = [copies_of(options.data, codes) for codes in several]
    some = [[copy for copy in lot if copy.pair.fold < FOR_TABLES] for lot in lots]
    alone = (one for lot in some for one in lone(lot, encoder, heard=False))
    write(options.out / "denial.toml", alone, (ENGLISH,) if options.english else CODES)
    if options.english:
        return
    tables.cache_clear()
    others = [copy for copy in lots[0] if copy.pair.fold >= FOR_TABLES]
    cases = [(one.values(), int(one.planted)) for one in lone(others, encoder, heard=True)]
    inputs, targets = np.array([c[0] for c in cases]), np.array([c[1] for c in cases])
    save_file(fitted(inputs, targets), options.out / "denial.safetensors")
    (options.out / "denial.safetensors").chmod(0o644)


def copies_of(data: Path, codes: tuple[str, str]) -> list[Copy]:
    """True pairs of two languages and changed copies."""
    pairs = list(read_pairs(data, codes))
    found = list(chosen(pairs))
    changes = sum(copy.changed is not None for copy in found)
    print(*codes, f"{len(pairs)} pairs, {len(found)} copies, {changes} changed", flush=True)
    return found


def read_pairs(data: Path, codes: tuple[str, str] = CODES) -> Iterator[Pair]:
    """Two languages of all sources; evaluation texts and repetitions left out."""
    excluded = evaluation_texts(data)
    seen: set[str] = set()
    for row in read_rows(data):
        if row.source not in COPIES or not set(codes) <= set(row.texts):
            continue
        texts = row.texts[codes[0]], row.texts[codes[1]]
        sizes = [len(text.split()) for text in texts]
        plain = normalised(texts[0])
        if min(sizes) < WORDS[0] or max(sizes) > WORDS[1] or plain in seen:
            continue
        if plain in excluded or normalised(texts[1]) in excluded or not acceptable(*texts):
            continue
        seen.add(plain)
        fold = zlib.crc32(plain.encode()) % 10
        left, right = negations_of(texts, [language(code) for code in codes])
        yield Pair(row.source, codes, texts, (tuple(left), tuple(right)), fold)


# --- copies -----------------------------------------------------------------------------------


def chosen(pairs: Sequence[Pair]) -> Iterator[Copy]:
    """The true pairs that may have a negation without an answer, and the changed copies."""
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source, []).append(pair)
    for source, own in sorted(by_source.items()):
        chance = Random(source)  # noqa: S311 - repeatable, not secret
        chance.shuffle(own)
        counts = [tuple(map(len, pair.found)) for pair in own]
        unequal = [p for p, (one, other) in zip(own, counts, strict=True) if one != other]
        unequal = unequal[:UNEQUAL]
        denying = [p for p, (one, other) in zip(own, counts, strict=True) if one == other > 0]
        plain = [p for p, c in zip(own, counts, strict=True) if not any(c)]
        yield from (Copy(pair, pair.texts) for pair in (*unequal, *denying[-EQUAL:]))
        total = COPIES[source]
        few = {name: int(share * total) for name, share in SHARES.items()}
        for change, some in (
            (take_out, denying[: few["out"]]),
            (put_in, plain[: few["in"]]),
            (put_in, denying[-few["more"] :]),
            (take_out, unequal[: few["unequal"]]),
            (put_in, unequal[: few["unequal"]]),
        ):
            yield from filter(None, (changed(pair, change, chance) for pair in some))


def changed(pair: Pair, change: Change, chance: Random) -> Copy | None:
    """A copy of which either side was changed; of a source none."""
    side = chance.choice([k for k in (0, 1) if plantable(pair.codes[k])])
    after = change(pair.texts[side], pair.codes[side], chance)
    if after is None:
        return None
    texts = (after, pair.texts[1]) if side == 0 else (pair.texts[0], after)
    return Copy(pair, texts, side, change is put_in)


def lone(copies: Sequence[Copy], encoder: Encoder, *, heard: bool) -> Iterator[Lone]:
    """The negations of copies; planted are those that stand alone because of a change."""
    assert encoder.calibration
    for start in range(0, len(copies), BATCH):
        part = copies[start : start + BATCH]
        texts = [text for copy in part for pair in (copy.texts, copy.pair.texts) for text in pair]
        vectors = WordVectors.of(texts, encoder)
        assert vectors
        encoded = [encoder.encode([copy.texts[k] for copy in part]) for k in (0, 1)]
        cosines = np.einsum("ij,ij->i", *encoded)
        texts_of = [copy.texts for copy in part]
        readings = read(texts_of, part[0].pair.codes) if heard else [None] * len(part)
        for copy, cosine, reading in zip(part, cosines, readings, strict=True):
            far = distance(float(cosine), encoder.calibration)
            yield from lone_of(copy, vectors, far, reading)


def lone_of(
    copy: Copy, vectors: WordVectors, drift: float, reading: Reading | None
) -> Iterator[Lone]:
    """The negations of one copy; none where it is not known which of them a change left alone."""
    made = held(copy.texts, copy.pair.codes, vectors)
    place = widowed(copy, vectors)
    if made is None or (copy.changed is not None and place is None):
        return
    links, sides = made
    for index in (0, 1):
        for denial in denials(links, sides, index):
            planted = index == copy.index and place is not None and place.meets(denial.negation)
            yield Lone(copy.pair.source, sides, index, denial, planted, links, drift, reading)


def held(
    texts: tuple[str, str], codes: tuple[str, str], vectors: WordVectors
) -> tuple[Linked, tuple[Side, Side]] | None:
    """Two texts, linked, with their negations."""
    links = linked(texts, codes, vectors)
    if links is None:
        return None
    rows = [language(code) for code in codes]
    return links, sides_of(links, texts, rows, negations_of(texts, rows))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text."""

    start: int
    end: int

    def meets(self, negation: Negation) -> bool:
        """Whether a negation stands in it."""
        return negation.start < self.end and self.start < negation.end


def widowed(copy: Copy, vectors: WordVectors) -> Stretch | None:
    """Where the negation stands that a change put in, or the one that faces what it took out."""
    if copy.changed is None:
        return None
    before, after = copy.pair.texts[copy.changed], copy.texts[copy.changed]
    first = shared(before, after)
    last = shared(before[first:][::-1], after[first:][::-1])
    if copy.grown:
        return Stretch(first, max(first + 1, len(after) - last))
    made = held(copy.pair.texts, copy.pair.codes, vectors)
    if made is None:
        return None
    gone = Stretch(max(0, first - 1), max(first + 1, len(before) - last))
    links, sides = made
    own = denials(links, sides, copy.changed)
    lost = next((denial for denial in own if gone.meets(denial.negation)), None)
    if lost is None or lost.mate is None:
        return None
    mate = sides[1 - copy.changed].found[lost.mate]
    return Stretch(mate.start, mate.end)


def shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    ends = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(ends, min(len(one), len(other)))


# --- tables -----------------------------------------------------------------------------------


def write(path: Path, alone: Iterable[Lone], codes: Sequence[str]) -> None:
    """The tables of some languages, beside those of others that are there already."""
    known = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    counts = {code: (Counter[str](), Counter[str]()) for code in codes}
    totals = {code: [0, 0] for code in codes}
    sources: dict[tuple[str, str], set[str]] = {}
    for one in alone:
        other = one.sides[1 - one.index].words
        if one.denial.mate is not None or other.code not in codes:
            continue
        place = round(one.denial.place)
        near = set(other.stems[max(0, place - AROUND) : place + AROUND + 1])
        totals[other.code][one.planted] += 1
        counts[other.code][one.planted].update(near)
        if not one.planted:
            for word in near:
                sources.setdefault((other.code, word), set()).add(one.source)
    for code in codes:
        table = odds(counts[code], totals[code])
        table = {word: value for word, value in table.items() if len(sources[code, word]) > 1}
        known[code] = {"answers": table}
        print(code, sorted(table.items(), key=lambda e: -e[1])[:60], flush=True)
    parts = ["# Made by scripts/train_denial.py: log odds by stem.\n"]
    for code, tables_ in known.items():
        rows = (f'"{word}" = {value:.2f}' for word, value in sorted(tables_["answers"].items()))
        parts.append(f"\n[{code}.answers]\n" + "\n".join(rows) + "\n")
    path.write_text("".join(parts), "utf-8")


def odds(counts: tuple[Counter[str], Counter[str]], totals: Sequence[int]) -> dict[str, float]:
    """Log odds of the first group, at the cautious end of what chance allows; those above 0."""
    found: dict[str, float] = {}
    for word in counts[0]:
        seen = [counts[k][word] for k in (0, 1)]
        if sum(seen) < LEAST:
            continue
        shares = [(seen[k] + 0.5) / (totals[k] + 1) for k in (0, 1)]
        doubt = SURE * sqrt(1 / (seen[0] + 0.5) + 1 / (seen[1] + 0.5))
        cautious = log(shares[0] / shares[1]) - doubt
        if cautious >= KEPT:
            found[word] = round(cautious, 2)
    return dict(sorted(found.items(), key=lambda entry: -entry[1])[:MOST])


# --- network ----------------------------------------------------------------------------------


def fitted(inputs: Floats, targets: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Some networks of one hidden layer, whose mean is one network of one hidden layer."""
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0)
    scale[scale < 1e-6] = 1.0
    scaled = (inputs - mean) / scale
    models = []
    for seed in range(SEED, SEED + NETWORKS):
        model = MLPClassifier(
            (HIDDEN,), alpha=1.0, batch_size=256, early_stopping=True, max_iter=60,
            random_state=seed, n_iter_no_change=5,
        )  # fmt: skip
        models.append(model.fit(scaled, targets))
    scores = [round(model.best_validation_score_, 4) for model in models]
    print(inputs.shape, f"{targets.mean():.3f} positive", scores, flush=True)
    tensors = {
        "mean": mean, "scale": scale,
        "hidden": np.hstack([model.coefs_[0] for model in models]),
        "hidden_bias": np.concatenate([model.intercepts_[0] for model in models]),
        "out": np.concatenate([model.coefs_[1][:, 0] for model in models]) / NETWORKS,
        "out_bias": np.mean([model.intercepts_[1] for model in models], axis=0),
    }  # fmt: skip
    return {key: np.ascontiguousarray(value, np.float32) for key, value in tensors.items()}


if __name__ == "__main__":
    main()
