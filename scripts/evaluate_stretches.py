"""How often stretches and sentences are alone, by lines: clean ones, and with a clause left out.

Line against line, without alignment, so that limits of chances can be chosen in a minute. Pairs of
lines that have nothing in common (documents of `msdocs_ht` differ in lines) are left out. The
French of `wmt21` and its human translation are no set that a limit was chosen on.

    python scripts/evaluate_stretches.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from evaluate_findings import articles, lines, ntrex, pud
from near_misses import drop_clause
from planted_errors import CODES, Article

from auditor.checks.omitted_words import FEWEST
from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.links.evidence import Linked, linked
from auditor.links.omissions import missing
from auditor.links.reader import Reading, read
from auditor.links.words import WordVectors

COPIES = 4  # omitted clauses of an article
LINES = 14  # of `wmt21` that count as an article
FAR = 0.97  # drift of lines that do not face one another
LIMITS = (0.95, 0.92, 0.85, 0.8, 0.7, 0.6, 0.5)
HEARD = (0.98, 0.97, 0.94, 0.9, 0.85, 0.8, 0.7)
UNLIKE = (0.99, 0.98, 0.95, 0.9)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of a set: as they are, of which one lacks a clause, or which are strangers."""

    name: str
    kind: str
    texts: tuple[str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    folder = parser.parse_args().data / "eval"
    sets = {
        "ntrex": list(ntrex(folder / "ntrex")),
        "pud": list(pud(folder / "pud")),
        "msdocs_ht": list(articles(folder / "msdocs_ht")),
        "wmt21": list(news(folder / "wmt21")),
    }
    pairs = [pair for name, texts in sets.items() for pair in pairs_of(name, texts)]
    alone: dict[tuple[str, str], list[float]] = defaultdict(list)
    heard: dict[tuple[str, str], list[float]] = defaultdict(list)
    unlike: dict[tuple[str, str], list[float]] = defaultdict(list)
    readings = read([pair.texts for pair in pairs], CODES)
    together = zip(pairs, held(pairs, load_encoder()), readings, strict=True)
    for pair, (found, drift), reading in together:
        if found is None:
            continue
        unlike[pair.name, pair.kind].append(found.unlike(drift))
        if pair.kind == "omitted" or (pair.kind == "clean" and drift < FAR):
            alone[pair.name, pair.kind].append(best(found, drift, None))
            heard[pair.name, pair.kind].append(best(found, drift, reading))
    print("With the reader heard:\n")
    show("clean / omitted", heard, list(sets), HEARD, ("clean", "omitted"))
    print("By links alone:\n")
    show("clean / omitted", alone, list(sets), LIMITS, ("clean", "omitted"))
    show("clean / strangers", unlike, list(sets), UNLIKE, ("clean", "strangers"))


def news(folder: Path) -> Iterator[Article]:
    """French news with its human translation, in bundles."""
    sides = lines(folder / "src.fr.txt"), lines(folder / "ref.A.de.txt")
    for start in range(0, len(sides[0]), LINES):
        yield Article((), *(side[start : start + LINES] for side in sides))


def pairs_of(name: str, texts: Sequence[Article]) -> Iterator[Pair]:
    """The pairs of lines of a set."""
    for position, article in enumerate(texts):
        both = [pair for pair in zip(*article.sides, strict=False) if all(map(str.strip, pair))]
        chance = Random(f"{name}-{position}")  # noqa: S311 - repeatable, not secret
        for pair in both:
            yield Pair(name, "clean", pair)
        for copy in range(COPIES):
            if changed := omitted(both, (position + copy) % 2, chance):
                yield Pair(name, "omitted", changed)
        lent = texts[(position + len(texts) // 2) % len(texts)].german
        for one, _ in both[::4]:
            yield Pair(name, "strangers", (one, chance.choice([t for t in lent if t.strip()])))


def omitted(both: Sequence[tuple[str, str]], side: int, chance: Random) -> tuple[str, str] | None:
    """A pair of which one side lacks a clause."""
    for number in chance.sample(range(len(both)), len(both)):
        pair = list(both[number])
        text = drop_clause(pair[side], chance)
        if text is not None and text != pair[side]:
            pair[side] = text
            return pair[0], pair[1]
    return None


def held(pairs: Sequence[Pair], encoder: Encoder) -> Iterator[tuple[Linked | None, float]]:
    """Each pair with its words linked, and its drift by the vectors alone."""
    words = WordVectors.of({text for pair in pairs for text in pair.texts}, encoder)
    assert words
    assert encoder.calibration
    vectors = encoder.encode([text for pair in pairs for text in pair.texts])
    cosines = np.einsum("ij,ij->i", vectors[::2], vectors[1::2])
    for pair, cosine in zip(pairs, cosines.tolist(), strict=True):
        yield linked(pair.texts, CODES, words), distance(cosine, encoder.calibration)


def best(found: Linked, drift: float, reading: Reading | None) -> float:
    """The highest chance of any stretch that the rule would report, by links alone or heard."""
    return max(
        (
            missing(chance, reading, side, found.span(side, stretch), drift) if reading else chance
            for side in (0, 1)
            for stretch, chance in found.losses(side, drift, FEWEST)
            if not found.is_spelt_out(side, stretch)
        ),
        default=0.0,
    )


def show(
    head: str,
    chances: dict[tuple[str, str], list[float]],
    names: Sequence[str],
    limits: Sequence[float],
    kinds: tuple[str, str],
) -> None:
    """A row for each limit: clean pairs above it for 100, and the share of the others."""
    print("| from a chance of | " + " | ".join(f"{name}: {head}" for name in names) + " |")
    print("|---" + "|---:" * len(names) + "|")
    for limit in limits:
        cells = []
        for name in names:
            clean, others = (np.array(chances[name, kind]) >= limit for kind in kinds)
            cells.append(f"{100 * clean.mean():.2f} / {100 * others.mean():.0f} %")
        print(f"| {limit} | " + " | ".join(cells) + " |")
    print()


if __name__ == "__main__":
    main()
