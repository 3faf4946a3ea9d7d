"""How well comparability tells translations from strangers on the same topic.

Every document of the evaluation sets is measured against its own translation and against the three
documents of the other language that are nearest to it. Prints a Markdown table.

    python scripts/evaluate_comparability.py --data ../shared
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from auditor import auditing, files
from auditor.align.comparability import THRESHOLD
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.model import Document

SETS = ("ntrex", "msdocs_ht", "coop_mt", "annotated")
STRANGERS = 3


def main() -> None:
    """Measure the sets and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--encoder", default="embedded")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    print(f"Encoder {encoder.signature}, threshold {THRESHOLD}\n")
    print(
        "| set | documents | lowest true pair | true pairs kept | strangers | highest | refused |"
    )
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        print(measure(name, arguments.data / "eval" / name, encoder))


def measure(name: str, folder: Path, encoder: Encoder) -> str:
    """One row of the table."""
    paths = sorted(folder.glob("*.fr.txt"))
    left = [files.read_documents([f"fr={path}"])[0] for path in paths]
    right = [
        files.read_documents([f"de={path.with_name(path.name.replace('.fr.', '.de.'))}"])[0]
        for path in paths
    ]
    true = [score(one, other, encoder) for one, other in zip(left, right, strict=True)]
    near = (
        np.stack([centre(d, encoder) for d in left])
        @ np.stack([centre(d, encoder) for d in right]).T
    )
    np.fill_diagonal(near, -1)
    strangers = [
        score(one, right[int(j)], encoder)
        for one, row in zip(left, near, strict=True)
        for j in np.argsort(-row)[:STRANGERS]
    ]
    kept = sum(value >= THRESHOLD for value in true)
    refused = sum(value < THRESHOLD for value in strangers)
    return (
        f"| {name} | {len(paths)} | {min(true):.2f} | {kept}/{len(true)} "
        f"| {len(strangers)} | {max(strangers):.2f} | {refused}/{len(strangers)} |"
    )


def score(left: Document, right: Document, encoder: Encoder) -> float:
    """Comparability of two documents."""
    return auditing.audit([left, right], encoder, rules=()).bitexts[0].comparability


def centre(document: Document, encoder: Encoder) -> np.ndarray:
    """The direction of the mean of a document's sentences."""
    mean = encoder.encode([segment.view.text for segment in document.segments]).mean(axis=0)
    direction: np.ndarray = mean / np.linalg.norm(mean)
    return direction


if __name__ == "__main__":
    main()
