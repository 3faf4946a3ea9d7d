"""Strict and lax precision, recall and F1 of the alignment on Text+Berg (German-French).

Strict: a bead equals a gold bead; lax: it shares a sentence pair with one. Precision is over all
beads, recall over gold beads with both sides, as Vecalign's scorer defines them.

    python scripts/evaluate_alignment.py --data ../shared
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np

from auditor.align import Lines, align
from auditor.align.align import Beads
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder


def main() -> None:
    """Measure each article and all of them together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--encoder", default="embedded")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    print(f"Encoder {encoder.signature}\n")
    print("| article | gold beads | strict P | R | F1 | lax P | R | F1 |")
    print("|---|---|---|---|---|---|---|---|")
    for path in sorted((arguments.data / "eval" / "textberg").glob("*.defr")):
        gold = read_gold(path)
        found = align(
            read(path.with_suffix(".de"), encoder), read(path.with_suffix(".fr"), encoder)
        )
        figures = [*scores(found, gold, lax=False), *scores(found, gold, lax=True)]
        print(f"| {path.stem} | {len(gold)} | " + " | ".join(f"{x:.3f}" for x in figures) + " |")


def read(path: Path, encoder: Encoder) -> Lines:
    """One sentence a line."""
    texts = [line.strip() for line in path.read_text("utf-8").splitlines()]
    lengths = np.array([float(max(1, len(text))) for text in texts])
    return Lines(encoder.encode(texts), lengths, np.zeros(len(texts), np.int64))


def read_gold(path: Path) -> Beads:
    """Gold beads, ``[0]:[0, 1]`` a line."""
    lines = path.read_text("utf-8").split("\n")
    sides = [line.split(":") for line in lines if ":" in line]
    return [(numbers(left), numbers(right)) for left, right in sides]


def numbers(text: str) -> tuple[int, ...]:
    """The integers in a text."""
    return tuple(map(int, re.findall(r"\d+", text)))


def links(bead: tuple[tuple[int, ...], tuple[int, ...]]) -> set[tuple[int, int]]:
    """The sentence pairs of a bead."""
    return {(i, j) for i in bead[0] for j in bead[1]}


def scores(found: Beads, gold: Beads, *, lax: bool) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    if lax:
        gold_links, found_links = set().union(*map(links, gold)), set().union(*map(links, found))
        empty = set(gold)
        right = sum(bool(links(b) & gold_links) or b in empty for b in found)
        recalled = sum(bool(links(b) & found_links) for b in gold)
    else:
        right, recalled = (
            sum(b in set(gold) for b in found),
            sum(b in set(found) for b in gold if links(b)),
        )
    precision = right / len(found)
    recall = recalled / sum(bool(links(b)) for b in gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
