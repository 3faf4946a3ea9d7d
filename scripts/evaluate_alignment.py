"""Measures the alignment and prints Markdown tables.

    python scripts/evaluate_alignment.py --data ../shared

Text+Berg (German-French): strict and lax precision, recall and F1. Strict: a bead equals a gold
bead; lax: it shares a sentence pair with one. Precision is over all beads, recall over gold beads
with both sides, as Vecalign's scorer defines them.

msdocs_sxs (French-German): precision and recall of links, and of segments that are left alone. A
link is a French and a German segment in one bead; it is right where both stand in the same group of
units of the publisher's own alignment. "units R" is the share of units that a link joins: a unit
may hold several sentences, of which not each is linked with each.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment_data import Beads, Gold, read_msdocs, read_textberg

from auditor.align import align
from auditor.encoders import load_encoder
from auditor.releasing import release


def links(beads: Beads) -> set[tuple[int, int]]:
    """The pairs of segments of beads."""
    return {(i, j) for left, right in beads for i in left for j in right}


def scores(found: Beads, gold: Beads, *, lax: bool) -> tuple[float, float, float]:
    """Precision, recall and F1 of beads."""
    if lax:
        gold_links, found_links, empty = links(gold), links(found), set(gold)
        right = sum(bool(links([b]) & gold_links) or b in empty for b in found)
        recalled = sum(bool(links([b]) & found_links) for b in gold)
    else:
        right = sum(b in set(gold) for b in found)
        recalled = sum(b in set(found) for b in gold if links([b]))
    return _f1(right / len(found), recalled / sum(bool(links([b])) for b in gold))


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def beads_of(gold: Gold) -> Beads:
    """Align the two documents of a gold alignment, as an audit does."""
    found = release(align(gold.left, gold.right), gold.texts, gold.codes, load_encoder())
    return [(bead.left, bead.right) for bead in found]


def main() -> None:
    """Measure both sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--encoder", default="embedded")
    parser.add_argument(
        "--articles", choices=EVERY, default="measured", help="'measured' were not fitted"
    )
    options = parser.parse_args()
    encoder = load_encoder(options.encoder)
    print(f"Encoder {encoder.signature}\n")
    print("| Text+Berg | gold beads | strict P | R | F1 | lax P | R | F1 |")
    print("|---|---|---|---|---|---|---|---|")
    for gold in read_textberg(options.data, encoder):
        found = beads_of(gold)
        figures = [*scores(found, gold.beads, lax=False), *scores(found, gold.beads, lax=True)]
        shown = " | ".join(f"{x:.3f}" for x in figures)
        print(f"| {gold.name} | {len(gold.beads)} | {shown} |")
    print("\n| msdocs_sxs | articles | gold links | link P | R | F1 | units R | alone P | R |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, joined, lost in (
        ("running text", True, 0.0),
        ("paragraphs", False, 0.0),
        ("paragraphs, segments lost", False, 0.1),
    ):
        read = read_msdocs(
            options.data, encoder, every=EVERY[options.articles], joined=joined, lost=lost
        )
        print(f"| {name} | {measured(list(read))} |")


EVERY = {"all": slice(None), "measured": slice(1, None, 2), "few": slice(1, None, 10)}


def measured(articles: list[Gold]) -> str:
    """Links and segments left alone over several articles, as cells of a table."""
    right = total = wanted = 0
    alone, units = [0, 0, 0], [0, 0]
    for gold in articles:
        found = beads_of(gold)
        truth, found_links = links(gold.beads), links(found)
        right += len(truth & found_links)
        total, wanted = total + len(found_links), wanted + len(truth)
        units = [n + x for n, x in zip(units, linked_units(found_links, gold), strict=True)]
        ours, theirs = lonely(found, gold), lonely(gold.beads, gold)
        alone = [n + len(x) for n, x in zip(alone, (ours & theirs, ours, theirs), strict=True)]
    shown = " | ".join(f"{x:.4f}" for x in _f1(right / total, right / wanted))
    shares = " | ".join(f"{alone[0] / max(1, n):.3f}" for n in alone[1:])
    return f"{len(articles)} | {wanted} | {shown} | {units[0] / units[1]:.4f} | {shares}"


def linked_units(found: set[tuple[int, int]], gold: Gold) -> tuple[int, int]:
    """How many units a link joins with themselves, and how many stand on both sides."""
    left, right = gold.units
    both = set().union(*left) & set().union(*right)
    joined = set().union(*(left[i] & right[j] for i, j in found))
    return len(joined), len(both)


def lonely(beads: Beads, gold: Gold) -> set[tuple[str, int]]:
    """The segments that have no counterpart."""
    paired = [bead for bead in beads if bead[0] and bead[1]]
    left = set(range(len(gold.left))) - {i for bead in paired for i in bead[0]}
    right = set(range(len(gold.right))) - {j for bead in paired for j in bead[1]}
    return {("left", i) for i in left} | {("right", j) for j in right}


if __name__ == "__main__":
    main()
