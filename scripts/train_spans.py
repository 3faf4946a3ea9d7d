"""Trains the networks that tell what has no counterpart, in `auditor/data/lexicon/`.

Held-out translations (which neither the encoder nor the lexicon has seen) and a sample of freer
and longer ones are changed: a stretch is taken out of one side, put in from elsewhere, or replaced.
What stood in for a stretch that was taken out is told by the links of the unchanged pair. The first
network (`coverage`) learns which words have no counterpart; the others, on other pairs, which
stretches of changed copies are what was changed, against the stretches of unchanged pairs:
`stretches` what is missing on the other side, `pairs` what says something else there.

    python scripts/train_spans.py --data ../shared
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
from encoder_data import acceptable, evaluation_texts, normalised, read_rows
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.neural_network import MLPClassifier

from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.links.coverage import Network, features, network, trained
from auditor.links.linking import link
from auditor.links.stretches import Stretch, faces, stretches, weigh, weigh_pair
from auditor.links.words import Floats, Words, WordVectors
from auditor.text.lexicon import Lexicon, lexicon

SEED = 5
# Pairs of a source. Those that are held out are read first; of Bible and law nothing is.
PER_SOURCE = {
    "msdocs_ht": 2500, "msdocs_sql_ht": 800, "tatoeba_pivot": 1200, "xquad": 1900,
    "opensource_guide": 500, "privacyguides": 500, "rust_book": 500, "darktable_docs": 400,
    "gnome_user_docs": 400, "mozilla_lang": 400, "onegov_ch": 400, "swiss_law": 1500, "bible": 1500,
}  # fmt: skip
NOT_HELD_OUT = ("swiss_law", "bible")
WORDS = (6, 80)  # of a side
HIDDEN = (32, 16)
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"


@dataclass(frozen=True, slots=True)
class Case:
    """Two sides, and which words of each have no counterpart (1), have one (0), or unsure (-1)."""

    kind: str
    fold: int
    sides: tuple[Words, Words]
    labels: tuple[NDArray[np.int64], NDArray[np.int64]]
    drift: float


def main() -> None:
    """Train both networks, and report them on the pairs that neither has seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    parser.add_argument("--spans", action="store_true", help="keep the network of words")
    options = parser.parse_args()
    data = options.data
    encoder = load_encoder()
    pairs = list(read(data))
    print(len(pairs), "pairs", flush=True)
    cases = list(make_cases(pairs, encoder, second=options.spans))
    print(len(cases), "cases", flush=True)
    if not options.spans:
        words = train_words(cases)
        save(words, "coverage", options.out)
        cases = list(make_cases(pairs, encoder, second=True))
    singles, doubles = candidates(cases, trained() if options.spans else network(words))
    save(train_spans(singles, "stretches", {"taken", "put in"}), "stretches", options.out)
    save(train_spans(doubles, "pairs", {"replaced", "word"}), "pairs", options.out)


def save(tensors: dict[str, NDArray[np.float32]], name: str, folder: Path) -> None:
    """Write a network."""
    path = folder / f"{name}.safetensors"
    save_file(tensors, path)
    path.chmod(0o644)


def read(data: Path) -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Source, languages and texts of the pairs."""
    excluded = evaluation_texts(data)
    rows: dict[str, list[tuple[str, tuple[str, str], tuple[str, str]]]] = {}
    for row in read_rows(data):
        if row.source not in PER_SOURCE or not (row.held_out or row.source in NOT_HELD_OUT):
            continue
        codes = ("fr", "de") if {"fr", "de"} <= set(row.texts) else tuple(row.texts)[:2]
        one, other = row.texts[codes[0]], row.texts[codes[1]]
        sizes = len(one.split()), len(other.split())
        if min(sizes) < WORDS[0] or max(sizes) > WORDS[1] or not acceptable(one, other):
            continue
        if normalised(one) in excluded or normalised(other) in excluded:
            continue
        rows.setdefault(row.source, []).append((row.source, (codes[0], codes[1]), (one, other)))
    for source, entries in rows.items():
        step = max(1, len(entries) // PER_SOURCE[source])
        yield from entries[::step][: PER_SOURCE[source]]


def make_cases(
    pairs: Sequence[tuple[str, tuple[str, str], tuple[str, str]]],
    encoder: Encoder,
    *,
    second: bool,
) -> Iterator[Case]:
    """The unchanged pair, and changed copies of it with either side first.

    ``second``: for the later networks, of the other half of the pairs; most of what is taken out
    are clauses.
    """
    vectors = WordVectors.of([text for _, _, texts in pairs for text in texts], encoder)
    assert vectors
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    sides = [
        tuple(
            Words.of(text, code, vectors, known(codes))
            for text, code in zip(texts, codes, strict=True)
        )
        for _, codes, texts in pairs
    ]
    cases: list[Case] = []
    for number, (_, codes, texts) in enumerate(pairs):
        fold = zlib.crc32(texts[0].encode()) % 10
        ours = sides[number]
        if min(map(len, ours)) < WORDS[0] or second != (fold >= 5):
            continue
        strength = link(ours[0], ours[1], known(codes)).strength
        # From near by: of the same matter, in the same language.
        lenders = [
            sides[k] for k in range(max(0, number - 8), min(len(sides), number + 9)) if k != number
        ]
        cases.append(case("clean", fold, ours, tuple(np.zeros(len(s), np.int64) for s in ours)))
        for turned in (False, True):
            own, other = ours[::-1] if turned else ours
            table = strength.T if turned else strength
            for kind in ("taken", "put in", "replaced", "word") + ("taken",) * (not second):
                lent = [
                    lender[k] for lender in lenders for k in (0, 1) if lender[k].code == other.code
                ]
                if (
                    changed := change(kind, own, other, table, lent, chance, clauses=second)
                ) is not None:
                    cases.append(case(kind, fold, *changed))
    joined = [" ".join(c.sides[side].texts) for c in cases for side in (0, 1)]
    encoded = encoder.encode(joined)
    cosines = np.einsum("ij,ij->i", encoded[::2], encoded[1::2])
    assert encoder.calibration
    for entry, cosine in zip(cases, cosines, strict=True):
        yield Case(
            entry.kind,
            entry.fold,
            entry.sides,
            entry.labels,
            distance(float(cosine), encoder.calibration),
        )


def case(kind: str, fold: int, sides: Sequence[Words], labels: Sequence[NDArray[np.int64]]) -> Case:
    """A case whose drift is not known yet."""
    return Case(kind, fold, (sides[0], sides[1]), (labels[0], labels[1]), 0.0)


def change(
    kind: str,
    own: Words,
    other: Words,
    strength: Floats,
    lent: Sequence[Words],
    chance: Random,
    *,
    clauses: bool,
) -> tuple[tuple[Words, Words], tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Change ``other``; ``strength`` (own, other) tells what in ``own`` is left alone by it."""
    start, end = stretch_of(other, chance, single=kind == "word", clauses=clauses)
    put: Words | None = None
    if kind != "taken":
        lender = chance.choice(lent) if lent else None
        if lender is None or len(lender) < 4:
            return None
        first, last = stretch_of(lender, chance, single=kind == "word", clauses=clauses)
        put = lender.take(np.arange(first, last))
        if kind == "put in":
            end = start
    if end - start > len(other) - 4:
        return None
    labels = np.zeros(len(own), np.int64)
    if end > start:
        gone = strength[:, start:end].max(axis=1)
        kept = np.delete(strength, np.s_[start:end], axis=1).max(axis=1)
        labels[gone > kept] = -1
        labels[(gone > kept + 0.08) & (gone > 0.5)] = 1
        if not labels[~own.free].max(initial=0) > 0:
            return None
    changed, fresh = splice(other, start, end, put)
    return (own, changed), (labels, fresh)


def stretch_of(words: Words, chance: Random, *, single: bool, clauses: bool) -> tuple[int, int]:
    """A clause or several, some words in a row, or a word."""
    full = np.flatnonzero(~words.free)
    if single:
        place = int(chance.choice(full.tolist())) if len(full) else 0
        return place, place + 1
    edges = np.flatnonzero(words.breaks).tolist()
    most = len(words) if clauses else len(words) // 2 + 1
    parts = [(a, b) for a, b in combinations(edges, 2) if 3 <= b - a <= most]
    if parts and chance.random() < (0.9 if clauses else 0.6):
        found = chance.choice(parts)
        return found[0], found[1]
    length = min(chance.choice([2, 2, 3, 3, 4, 5, 6, 7, 8, 10]), max(1, len(words) // 2))
    start = chance.randrange(0, len(words) - length + 1)
    return start, start + length


def splice(
    other: Words, start: int, end: int, put: Words | None
) -> tuple[Words, NDArray[np.int64]]:
    """``other`` with words ``start`` to ``end`` replaced, and which of its words are new."""
    kept = np.concatenate([np.arange(start), np.arange(end, len(other))])
    rest = other.take(kept)
    if put is None:
        return rest, np.zeros(len(rest), np.int64)
    size = len(put)
    joined = Words(
        other.code,
        rest.texts[:start] + put.texts + rest.texts[start:],
        rest.spans[:start] + put.spans + rest.spans[start:],
        rest.stems[:start] + put.stems + rest.stems[start:],
        np.concatenate([rest.rows[:start], put.rows, rest.rows[start:]]),
        np.concatenate([rest.masses[:start], put.masses, rest.masses[start:]]),
        np.concatenate([rest.rarity[:start], put.rarity, rest.rarity[start:]]),
        np.concatenate([rest.breaks[:start], put.breaks[:-1], rest.breaks[start:]]),
    )
    fresh = np.zeros(len(joined), np.int64)
    fresh[start : start + size] = 1
    return joined, fresh


# --- words ------------------------------------------------------------------------------------


def known(codes: Sequence[str]) -> Lexicon:
    """The lexicon of two languages; xquad needs the one for English, which is not shipped."""
    found = lexicon(codes[0], codes[1])
    assert found, f"learn a lexicon first: scripts/learn_lexicon.py --pairs {codes}"
    return found


def both_sides(case_: Case) -> Iterator[tuple[Words, Words, Floats, NDArray[np.int64]]]:
    """Features and labels of each side."""
    left, right = case_.sides
    links = link(left, right, known((left.code, right.code)))
    for own, other, seen, labels in (
        (left, right, links, case_.labels[0]),
        (right, left, links.turned(), case_.labels[1]),
    ):
        yield own, other, features(own, other, seen), labels


def train_words(cases: Sequence[Case]) -> dict[str, NDArray[np.float32]]:
    """Fit the network of words."""
    inputs, targets = [], []
    for entry in cases:
        for own, _, values, labels in both_sides(entry):
            used = (labels >= 0) & ~own.free
            inputs.append(values[used])
            targets.append(labels[used])
    return fitted(np.concatenate(inputs), np.concatenate(targets), HIDDEN[0], "words")


def fitted(
    inputs: Floats, targets: NDArray[np.int64], hidden: int, name: str
) -> dict[str, NDArray[np.float32]]:
    """A network of one hidden layer."""
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0)
    scale[scale < 1e-6] = 1.0
    model = MLPClassifier(
        (hidden,), alpha=1e-3, batch_size=1024, early_stopping=True, max_iter=40, random_state=SEED,
        n_iter_no_change=4,
    )  # fmt: skip
    model.fit((inputs - mean) / scale, targets)
    print(
        name,
        inputs.shape,
        f"{targets.mean():.3f} positive, validation",
        model.best_validation_score_,
        flush=True,
    )
    weights, biases = model.coefs_, model.intercepts_
    tensors = {
        "mean": mean, "scale": scale, "hidden": weights[0], "hidden_bias": biases[0],
        "out": weights[1][:, 0], "out_bias": biases[1],
    }  # fmt: skip
    return {key: np.ascontiguousarray(value, np.float32) for key, value in tensors.items()}


# --- stretches --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best stretch of a side, and the share of its full words that have no counterpart."""

    kind: str
    fold: int
    case: int
    values: Floats
    right: float


def candidates(cases: Sequence[Case], net: Network) -> tuple[list[Candidate], list[Candidate]]:
    """The stretches of every case, and the pairs of them that face one another."""
    singles: list[Candidate] = []
    doubles: list[Candidate] = []
    for number, entry in enumerate(cases):
        left, right = entry.sides
        links = link(left, right, known((left.code, right.code)))
        views = [((left, right), links), ((right, left), links.turned())]
        odds = [np.where(s[0].free, 0.0, net.log_odds(features(*s, m))) for s, m in views]
        found = [list(stretches(o)) for o in odds]
        rights = [
            [right_share(f, views[k][0][0], entry.labels[k]) for f in found[k]] for k in (0, 1)
        ]
        for k, (sides, seen) in enumerate(views):
            both = odds[k], odds[1 - k]
            for one, share in list(zip(found[k], rights[k], strict=True))[:2]:
                values = weigh(one, sides, both, seen, entry.drift)
                singles.append(Candidate(entry.kind, entry.fold, number, values, share))
        for one, share in zip(found[0], rights[0], strict=True):
            for other, other_share in zip(found[1], rights[1], strict=True):
                if faces(one, other, right, links):
                    values = weigh_pair(
                        one, other, entry.sides, (odds[0], odds[1]), links, entry.drift
                    )
                    doubles.append(
                        Candidate(entry.kind, entry.fold, number, values, min(share, other_share))
                    )
    return singles, doubles


def right_share(found: Stretch, own: Words, labels: NDArray[np.int64]) -> float:
    """The share of a stretch's full words that have no counterpart."""
    full = ~own.free[found.start : found.end]
    return float((labels[found.start : found.end][full] > 0).mean()) if full.any() else 0.0


def train_spans(
    found: Sequence[Candidate], name: str, kinds: set[str]
) -> dict[str, NDArray[np.float32]]:
    """Fit a network of stretches on what was changed in copies of these kinds, against all else."""
    train = [c for c in found if c.fold < 8]
    inputs = np.stack([c.values for c in train])
    targets = np.array([int(c.kind in kinds and c.right >= 0.5) for c in train])
    clean = np.array([c.kind == "clean" for c in train])
    repeat = np.where(clean, 8, 1)  # of clean pairs there is one for eight changed copies
    tensors = fitted(np.repeat(inputs, repeat, axis=0), np.repeat(targets, repeat), HIDDEN[1], name)
    net = network(tensors)
    test = [c for c in found if c.fold >= 8]
    odds = net.log_odds(np.stack([c.values for c in test]))
    best: dict[tuple[str, int], float] = {}
    for value, entry in zip(odds, test, strict=True):
        key = entry.kind, entry.case
        best[key] = max(best.get(key, -9.0), float(value))
    limits = (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)
    for kind in ("clean", "taken", "put in", "replaced", "word"):
        own = np.array([value for (k, _), value in best.items() if k == kind])
        shares = " ".join(f"{(own > limit).sum()}" for limit in limits)
        print(f"{name} {kind:9} {len(own):6} cases; above odds {limits}: {shares}", flush=True)
    return tensors


if __name__ == "__main__":
    main()
