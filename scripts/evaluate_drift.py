"""Does drift rank translations as people did? Measured on systems and on corrected paragraphs.

- **Systems** (`wmt21`): mean drift between the French source and each German version, line by line,
  beside the human scores (direct assessment, z), and how many pairs of versions both put in the
  same order; apart from that, those pairs that the people's clusters tell apart.
- **Corrections** (`msdocs_mt_ht`): a paragraph as a machine translated it and as a person corrected
  it, each held against the same paragraph in the other language (its human version). The share of
  paragraphs in which the human version has less drift; equal ones count half. Also against the
  English, and for the paragraphs that were changed much.

Prints Markdown.

    python scripts/evaluate_drift.py --data ../shared
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

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


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a file of tab-separated values with a head."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    main()
