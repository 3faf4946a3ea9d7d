"""Does drift rank translations as people did? Measured on systems and on corrected paragraphs.

- **Systems** (`wmt21`): mean drift between the French source and each German version, line by line,
  beside the human scores (direct assessment, z), and how many pairs of versions both put in the
  same order; apart from that, those pairs that the people's clusters tell apart.
- **Corrections** (`msdocs_mt_ht`): a paragraph as a machine translated it and as a person corrected
  it, each held against the same paragraph in the other language (its human version). The share of
  paragraphs in which the human version has less drift; equal ones count half. Also against the
  English, and for the paragraphs that were changed much.
- **Planted errors** (`ntrex`, `pud`, `planted_errors.py`): mean drift of pairs of lines as they are
  and of those in which an error was planted, three copies an article; and how often (the area under
  the curve) a pair with an error drifts more than one without.

Prints Markdown.

    python scripts/evaluate_drift.py --data ../shared
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
from evaluate_findings import ntrex, pud
from numpy.typing import NDArray
from planted_errors import PLANTS, Article, pool

from auditor.auditing import score
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder

# Versions of `wmt21` by the name that the human scores have.
VERSIONS = {
    "translator-A": "ref.A",
    "Online-W": "hyp.Online-W",
    "Online-B": "hyp.Online-B",
    "Online-Y": "hyp.Online-Y",
    "P3AI": "hyp.P3AI",
}
KINDS = (
    "negation lost",
    "negation added",
    "clause omitted",
    "antonym",
    "number",
    "name replaced",
    "sentence of another article",
)
COPIES = 3
MUCH = 0.6  # similarity of the two versions by words, below which a paragraph was changed much


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    folder = parser.parse_args().data / "eval"
    encoder = load_encoder()
    print(f"Encoder {encoder.signature}\n")
    systems(folder / "wmt21", encoder)
    corrections(folder / "msdocs_mt_ht", encoder)
    changes({"ntrex": ntrex(folder / "ntrex"), "pud": pud(folder / "pud")}, encoder)


# --- systems ----------------------------------------------------------------------------------


def systems(folder: Path, encoder: Encoder) -> None:
    """Mean drift of each version beside what people gave it."""
    source = (folder / "src.fr.txt").read_text("utf-8").splitlines()
    human = {
        row["system"]: float(row["z"])
        for row in table(folder / "scores" / "wmt21.fr-de.human_DA.tsv")
    }
    drifts, similarities = {}, {}
    for name, file in VERSIONS.items():
        lines = (folder / f"{file}.de.txt").read_text("utf-8").splitlines()
        scores = score(list(zip(source, lines, strict=True)), encoder, ("fr", "de"))
        similarities[name] = float(np.mean([similarity for similarity, _ in scores]))
        drifts[name] = float(np.mean([value for _, value in scores]))
    print("| version | people (z) | mean drift | mean similarity |\n|---|---:|---:|---:|")
    for name in sorted(VERSIONS, key=lambda name: -human[name]):
        print(f"| {name} | {human[name]:.3f} | {drifts[name]:.4f} | {similarities[name]:.4f} |")
    pairs = list(combinations(VERSIONS, 2))
    right = [(human[a] > human[b]) == (drifts[a] < drifts[b]) for a, b in pairs]
    print(f"\nIn the order of people: {sum(right)} of {len(pairs)} pairs of versions.")
    machines = [pair for pair in pairs if "translator-A" not in pair]
    right = [(human[a] > human[b]) == (drifts[a] < drifts[b]) for a, b in machines]
    print(f"Of the systems alone: {sum(right)} of {len(machines)}.\n")


# --- corrections ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corrected:
    """A paragraph before and after, and what it is held against."""

    language: str
    likeness: float
    before: str
    after: str
    other: str
    english: str


def corrections(folder: Path, encoder: Encoder) -> None:
    """The share of paragraphs in which the human version has less drift."""
    rows = list(corrected(folder))
    print("| corrected paragraphs, held against | count | human version has less drift |")
    print("|---|---:|---:|")
    facing = [row for row in rows if row.other]
    english = [row for row in rows if row.english]
    for title, chosen, source in (
        ("the other language", facing, False),
        ("the other language, French corrected", [r for r in facing if r.language == "fr"], False),
        ("the other language, German corrected", [r for r in facing if r.language == "de"], False),
        ("the other language, changed much", [r for r in facing if r.likeness < MUCH], False),
        ("the English", english, True),
        ("the English, changed much", [r for r in english if r.likeness < MUCH], True),
    ):
        print(f"| {title} | {len(chosen)} | {better(chosen, encoder, english=source):.0%} |")


def corrected(folder: Path) -> Iterator[Corrected]:
    """The changed paragraphs, with the same paragraph in the other language where there is one."""
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in table(path)]
    human = {(row["repo"], row["source_hash"], row["para"], row["lang"]): row["ht"] for row in rows}
    for row in rows:
        if row["status"] == "changed":
            other = {"fr": "de", "de": "fr"}[row["lang"]]
            key = row["repo"], row["source_hash"], row["para"], other
            yield Corrected(
                row["lang"],
                float(row["token_ratio"]),
                row["mt"],
                row["ht"],
                human.get(key, ""),
                row["en"],
            )


def better(rows: Sequence[Corrected], encoder: Encoder, *, english: bool) -> float:
    """Share of rows whose corrected version has less drift; equal ones count half."""
    wins = 0.0
    for code, facing in (("fr", "de"), ("de", "fr")):
        own = [row for row in rows if row.language == code]
        against = [row.english if english else row.other for row in own]
        before, after = (
            [
                drift
                for _, drift in score(
                    list(zip(texts, against, strict=True)),
                    encoder,
                    (code, "en" if english else facing),
                )
            ]
            for texts in ([row.before for row in own], [row.after for row in own])
        )
        wins += sum((a > b) + (a == b) / 2 for b, a in zip(after, before, strict=True))
    return wins / max(1, len(rows))


# --- planted errors ---------------------------------------------------------------------------


def changes(sets: Mapping[str, Iterator[Article]], encoder: Encoder) -> None:
    """Mean drift of whole and of changed pairs of lines."""
    print("\n| lines | " + " | ".join(f"{name}: mean, area" for name in sets) + " |")
    print("|---" + "|---:" * len(sets) + "|")
    read = {name: [*articles] for name, articles in sets.items()}
    clean = {
        name: drifts_of([p for a in articles for p in zip(*a.sides, strict=True)], encoder)
        for name, articles in read.items()
    }
    print("| as they are | " + " | ".join(f"{c.mean():.2f}" for c in clean.values()) + " |")
    for kind in KINDS:
        cells = []
        for name, articles in read.items():
            changed = drifts_of([*planted(articles, kind)], encoder)
            higher = (changed[:, None] > clean[name]).mean()
            equal = (changed[:, None] == clean[name]).mean()
            cells.append(f"{changed.mean():.2f}, {higher + equal / 2:.2f}")
        print(f"| {kind} | " + " | ".join(cells) + " |")


def planted(articles: Sequence[Article], kind: str) -> Iterator[tuple[str, str]]:
    """Pairs of lines in which an error stands."""
    for position, article in enumerate(articles):
        lent = pool(articles, article)
        for copy in range(COPIES):
            chance = Random(f"{kind}-{position}-{copy}")  # noqa: S311 - repeatable, not secret
            sides = (copy % 2, 1 - copy % 2)
            made = (PLANTS[kind][1](article, side, lent, chance) for side in sides)
            found = next(filter(None, made), None)
            if found:
                french, german = (side[found.line] for side in found.article.sides)
                yield french, german


def drifts_of(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float64]:
    """The drift of pairs of lines."""
    return np.array([drift for _, drift in score(pairs, encoder, ("fr", "de"))])


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a file of tab-separated values with a head."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    main()
