"""Trains the networks that tell what has no counterpart, in `auditor/data/lexicon/`.

Held-out translations (which neither the encoder nor the lexicon has seen) and a sample of freer
and longer ones are changed: a stretch is taken out of one side, put in from elsewhere, or replaced.
What stood in for a stretch that was taken out is told by the links of the unchanged pair. In the
order in which they are trained, since each hears what the ones before say:

- `coverage`: which words have no counterpart, by their nearest neighbours;
- `context`: the same by the whole sentence, on other pairs;
- `stretches`: which stretches are missing on the other side, against the stretches of unchanged
  pairs, of which there are more than were changed;
- `pairs`: which two stretches that face one another differ in meaning;
- `whole`: which two sides have nothing in common.

    python scripts/learn_lexicon.py --data ../shared --pairs de-en   # needed for xquad, not shipped
    python scripts/train_spans.py --data ../shared --networks context stretches whole
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from auditor.links import context
from auditor.links.coverage import features, network, packaged, uncovered
from auditor.links.linking import link
from auditor.links.stretches import (
    Sight,
    Stretch,
    candidates,
    faces,
    sights,
    stretches,
    weigh,
    weigh_pair,
)
from auditor.links.whole import weigh_whole
from auditor.links.words import Floats, Words, WordVectors
from auditor.text.lexicon import Lexicon, lexicon

SEED = 5
# Pairs of a source. Those that are held out are read first; of Bible and law nothing is.
PER_SOURCE = {
    "msdocs_ht": 2500, "msdocs_sql_ht": 800, "tatoeba_pivot": 1200, "xquad": 1900,
    "opensource_guide": 500, "privacyguides": 500, "rust_book": 500, "darktable_docs": 400,
    "gnome_user_docs": 400, "mozilla_lang": 400, "onegov_ch": 400, "swiss_law": 1500, "bible": 1500,
    "shattered_pd": 900, "mate_user_guide": 300, "rpi_learning": 120, "stellarium_skycultures": 150,
}  # fmt: skip
# The last four were read by the encoder, but not by the lexicon.
NOT_HELD_OUT = (
    "swiss_law", "bible", "shattered_pd", "mate_user_guide", "rpi_learning",
    "stellarium_skycultures",
)  # fmt: skip
# How many pairs of a source are read beside those, for stretches of unchanged pairs. Translations
# of the Bible follow different texts: what one lacks is missing indeed.
MORE = {
    "msdocs_ht": 6000, "msdocs_sql_ht": 1500, "tatoeba_pivot": 4000, "privacyguides": 2000,
    "rust_book": 1000, "darktable_docs": 1000, "gnome_user_docs": 1000, "mozilla_lang": 1000,
    "onegov_ch": 1000, "swiss_law": 4000, "shattered_pd": 9000,
    "mate_user_guide": 1200, "rpi_learning": 700, "stellarium_skycultures": 700,
}  # fmt: skip
WORDS = (6, 80)  # of a side
HIDDEN = {"words": 32, "context": 32, "stretches": 16, "pairs": 16, "whole": 12}
MEMBERS = {"context": 3, "stretches": 5, "whole": 3}  # networks whose mean is taken
NETWORKS = ("coverage", "context", "stretches", "pairs", "whole")
# Tenths of the pairs, and whether what is taken out of them are clauses.
FOLDS: dict[str, tuple[Collection[int], bool]] = {
    "coverage": (range(5), False),
    "context": ((5, 6), True),
    "stretches": ((*range(5), 7, 8, 9), True),
    "pairs": (range(5, 10), True),
}
TEST = 9  # the tenth that is measured
CHANGES = ("taken", "taken", "put in", "replaced", "word")
CLEAN_WEIGHT = 6  # of unchanged pairs there is one for ten changed copies
UNCHANGED = 0.7  # share of unchanged sides of copies that is not trained on
WHOLLY = 0.6  # share of a stretch's words that were changed, from which it is right
HARDLY = 0.2
FEWEST = 2  # full words of a stretch
ALIKE = 0.75  # similarity from which two sentences of one language may say the same
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"


Pair = tuple[str, tuple[str, str], tuple[str, str]]  # source, languages, texts


@dataclass(frozen=True, slots=True)
class Case:
    """Two sides, and which words of each have no counterpart (1), have one (0), or unsure (-1)."""

    kind: str
    fold: int
    sides: tuple[Words, Words]
    labels: tuple[NDArray[np.int64], NDArray[np.int64]]
    drift: float


def main() -> None:
    """Train the networks, and report those of stretches on pairs that none has seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    parser.add_argument(
        "--networks", nargs="*", default=NETWORKS, choices=NETWORKS,
        help="train these, in this order; the others are read from the package",
    )  # fmt: skip
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder()
    pairs = list(read(options.data))
    print(len(pairs), "pairs", flush=True)
    for name in options.networks:
        tensors = train(name, pairs, encoder, options.data)
        save(tensors, name, options.out)
        packaged.cache_clear()  # later networks read this one, if it went into the package


def train(
    name: str, pairs: Sequence[Pair], encoder: Encoder, data: Path
) -> dict[str, NDArray[np.float32]]:
    """Fit one of the networks."""
    if name == "whole":
        return train_whole(pairs, encoder)
    folds, clauses = FOLDS[name]
    cases = list(make_cases(pairs, encoder, folds=folds, clauses=clauses))
    print(name, len(cases), "cases", flush=True)
    if name == "coverage":
        return train_words(cases)
    if name == "context":
        return train_context(cases)
    if name == "pairs":
        return train_spans(facing(cases), "pairs", {"replaced", "word"})
    plain = list(read(data, MORE))
    known_already = {texts[0] for _, _, texts in pairs}
    fresh = [pair for pair in plain if pair[2][0] not in known_already]
    more = make_cases(fresh, encoder, folds=range(10), clauses=True, kinds=())
    return train_spans(single([*cases, *more]), "stretches", {"taken", "put in"})


def save(tensors: dict[str, NDArray[np.float32]], name: str, folder: Path) -> None:
    """Write a network."""
    path = folder / f"{name}.safetensors"
    save_file(tensors, path)
    path.chmod(0o644)


def read(data: Path, counts: Mapping[str, int] = PER_SOURCE) -> Iterator[Pair]:
    """Source, languages and texts of the pairs."""
    excluded = evaluation_texts(data)
    rows: dict[str, list[Pair]] = {}
    for row in read_rows(data):
        if row.source not in counts or not (row.held_out or row.source in NOT_HELD_OUT):
            continue
        codes = ("fr", "de") if {"fr", "de"} <= set(row.texts) else tuple(row.texts)[:2]
        if lexicon(*codes) is None:
            continue
        one, other = row.texts[codes[0]], row.texts[codes[1]]
        sizes = len(one.split()), len(other.split())
        if min(sizes) < WORDS[0] or max(sizes) > WORDS[1] or not acceptable(one, other):
            continue
        if normalised(one) in excluded or normalised(other) in excluded:
            continue
        rows.setdefault(row.source, []).append((row.source, (codes[0], codes[1]), (one, other)))
    for source, entries in rows.items():
        step = max(1, len(entries) // counts[source])
        yield from entries[::step][: counts[source]]


def make_cases(
    pairs: Sequence[Pair],
    encoder: Encoder,
    *,
    folds: Collection[int],
    clauses: bool,
    kinds: Sequence[str] = CHANGES,
) -> Iterator[Case]:
    """The unchanged pairs of some folds, and changed copies of each with either side first.

    ``clauses``: most of what is taken out are clauses.
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
        if min(map(len, ours)) < WORDS[0] or fold not in folds:
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
            for kind in kinds:
                lent = [
                    lender[k] for lender in lenders for k in (0, 1) if lender[k].code == other.code
                ]
                if (
                    changed := change(kind, own, other, table, lent, chance, clauses=clauses)
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
        rest.digits[:start] + put.digits + rest.digits[start:],
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
    return fitted(np.concatenate(inputs), np.concatenate(targets), HIDDEN["words"], "words")


def train_context(cases: Sequence[Case]) -> dict[str, NDArray[np.float32]]:
    """Fit the network of words in their sentence; unchanged sides of copies are mostly left out."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    inputs, targets = [], []
    for entry in cases:
        left, right = entry.sides
        links = link(left, right, known((left.code, right.code)))
        for own, other, seen, labels in (
            (left, right, links, entry.labels[0]),
            (right, left, links.turned(), entry.labels[1]),
        ):
            used = (labels >= 0) & ~own.free
            if entry.kind != "clean" and not labels[used].any() and chance.random() < UNCHANGED:
                continue
            odds, room = uncovered(own, other, seen), context.Room.of(own, other, seen)
            inputs.append(context.features(own, other, seen, odds, room)[used])
            targets.append(labels[used])
    size = HIDDEN["context"]
    return fitted(np.concatenate(inputs), np.concatenate(targets), size, "context")


def fitted(
    inputs: Floats, targets: NDArray[np.int64], hidden: int, name: str
) -> dict[str, NDArray[np.float32]]:
    """Networks of one hidden layer each, whose mean is one of a wider layer."""
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0)
    scale[scale < 1e-6] = 1.0
    members = []
    for member in range(MEMBERS.get(name, 1)):
        model = MLPClassifier(
            (hidden,), alpha=1e-3, batch_size=1024, early_stopping=True, max_iter=40,
            random_state=SEED + member, n_iter_no_change=4,
        )  # fmt: skip
        model.fit((inputs - mean) / scale, targets)
        share, score = targets.mean(), model.best_validation_score_
        print(name, inputs.shape, f"{share:.3f} positive, validation {score:.4f}", flush=True)
        members.append(model)
    tensors = {
        "mean": mean,
        "scale": scale,
        "hidden": np.hstack([model.coefs_[0] for model in members]),
        "hidden_bias": np.concatenate([model.intercepts_[0] for model in members]),
        "out": np.concatenate([model.coefs_[1][:, 0] for model in members]) / len(members),
        "out_bias": np.mean([model.intercepts_[1] for model in members], axis=0),
    }
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


def seen_by(entry: Case) -> tuple[tuple[Floats, Floats], tuple[Sight, Sight]]:
    """The odds of the words of both sides, and what each side sees of the other."""
    left, right = entry.sides
    links = link(left, right, known((left.code, right.code)))
    odds = uncovered(left, right, links), uncovered(right, left, links.turned())
    return odds, sights(entry.sides, odds, links)


def single(cases: Iterable[Case]) -> list[Candidate]:
    """The stretches of every case that may be missing on the other side."""
    found: list[Candidate] = []
    for number, entry in enumerate(cases):
        for sight, labels in zip(seen_by(entry)[1], entry.labels, strict=True):
            own = sight.sides[0]
            for stretch in candidates(sight.odds[0], own):
                if (~own.free[stretch.start : stretch.end]).sum() >= FEWEST:
                    values = weigh(stretch, sight, entry.drift)
                    share = right_share(stretch, own, labels)
                    found.append(Candidate(entry.kind, entry.fold, number, values, share))
    return found


def facing(cases: Sequence[Case]) -> list[Candidate]:
    """The pairs of stretches of every case that face one another."""
    doubles: list[Candidate] = []
    for number, entry in enumerate(cases):
        odds, seen = seen_by(entry)
        found = [list(stretches(o)) for o in odds]
        rights = [
            [right_share(f, entry.sides[k], entry.labels[k]) for f in found[k]] for k in (0, 1)
        ]
        for one, share in zip(found[0], rights[0], strict=True):
            for other, other_share in zip(found[1], rights[1], strict=True):
                if faces(one, other, seen[0].room.places):
                    values = weigh_pair(one, other, entry.sides, odds, seen[0].links, entry.drift)
                    doubles.append(
                        Candidate(entry.kind, entry.fold, number, values, min(share, other_share))
                    )
    return doubles


def right_share(found: Stretch, own: Words, labels: NDArray[np.int64]) -> float:
    """The share of a stretch's full words that have no counterpart."""
    full = ~own.free[found.start : found.end]
    return float((labels[found.start : found.end][full] > 0).mean()) if full.any() else 0.0


def train_spans(
    found: Sequence[Candidate], name: str, kinds: set[str]
) -> dict[str, NDArray[np.float32]]:
    """Fit a network of stretches on what was changed in copies of these kinds, against all else.

    What was changed in copies of other kinds is neither: words that were replaced are missing, too.
    """
    train = [c for c in found if c.fold != TEST and (c.kind in kinds or c.right == 0)]
    # What was changed in part only teaches nothing.
    train = [c for c in train if c.right <= HARDLY or c.right >= WHOLLY]
    inputs = np.stack([c.values for c in train])
    targets = np.array([int(c.kind in kinds and c.right >= WHOLLY) for c in train])
    repeat = np.where([c.kind == "clean" for c in train], CLEAN_WEIGHT, 1)
    tensors = fitted(
        np.repeat(inputs, repeat, axis=0), np.repeat(targets, repeat), HIDDEN[name], name
    )
    net = network(tensors)
    test = [c for c in found if c.fold == TEST]
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


# --- whole sentences --------------------------------------------------------------------------


def train_whole(pairs: Sequence[Pair], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    """Fit the network of sides that have nothing in common."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    vectors = [encoder.encode([texts[k] for _, _, texts in pairs]) for k in (0, 1)]
    words = WordVectors.of([text for _, _, texts in pairs for text in texts], encoder)
    assert words and encoder.calibration
    sides = [
        [Words.of(t, c, words, known(codes)) for t, c in zip(texts, codes, strict=True)]
        for _, codes, texts in pairs
    ]
    inputs, targets = [], []
    for number in range(len(pairs)):
        for other in (number, *strangers(number, pairs, vectors[1], chance)):
            both = sides[number][0], sides[other][1]
            empty = np.zeros(len(both[0]), np.int64), np.zeros(len(both[1]), np.int64)
            far = distance(float(vectors[0][number] @ vectors[1][other]), encoder.calibration)
            seen = seen_by(Case("", 0, both, empty, far))[1]
            inputs.append(weigh_whole(seen, far))
            targets.append(int(other != number))
    return fitted(np.stack(inputs), np.array(targets), HIDDEN["whole"], "whole")


def strangers(
    number: int, pairs: Sequence[Pair], vectors: NDArray[np.float32], chance: Random
) -> Iterator[int]:
    """Two other pairs of the same languages, from near by or anywhere, that say something else."""
    for _ in range(2):
        near = chance.random() < 0.5
        for _ in range(20):
            other = chance.randrange(len(pairs))
            if near:
                other = number + chance.choice((-1, 1)) * chance.randrange(1, 9)
            if not 0 <= other < len(pairs) or other == number:
                continue
            same = pairs[other][1] == pairs[number][1]
            if same and float(vectors[number] @ vectors[other]) < ALIKE:
                yield other
                break


if __name__ == "__main__":
    main()
