"""Measures how the drift of clean human translations is spread, for the report's histogram.

    python scripts/clean_drift.py --data ../shared [--encoder NAME]

Aligns the French and German documents of NTREX-128 (news, each translated by people from the same
English) as an audit does, and counts the drift of beads with two sides in 20 steps of 0.05. Writes
`auditor/render/html/clean_drift.json`, an entry for each encoder and calibration; the report shows
the level only where its own run has the same two. Prints the quantiles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from auditor import auditing, files
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.model import Audit, Bead, Document, Kind
from auditor.render.html.charts import spread

TARGET = Path(__file__).parent.parent / "auditor" / "render" / "html" / "clean_drift.json"


def main() -> None:
    """Measure, write the entry, print the quantiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--encoder", default="embedded")
    arguments = parser.parse_args()
    audits = list(audited(arguments.data / "eval" / "ntrex", load_encoder(arguments.encoder)))
    drifts = [drift for audit in audits for drift in drifts_of(audit)]
    parts = dict(part.partition(":")[::2] for part in audits[0].signature.split("|"))
    entry = {
        "encoder": parts["encoder"],
        "drift": parts["drift"],
        "set": "NTREX-128",
        "beads": len(drifts),
        "shares": [round(share, 5) for share in spread(drifts)],
    }
    write(entry)
    quantiles = np.quantile(drifts, (0.5, 0.9, 0.95, 0.99))
    print(f"{len(audits)} documents, {len(drifts)} beads, mean {np.mean(drifts):.3f}")
    print("median {:.3f}, 90 % below {:.3f}, 95 % {:.3f}, 99 % {:.3f}".format(*quantiles))


def audited(folder: Path, encoder: Encoder) -> Iterator[Audit]:
    """Each document pair, aligned; no rule is run."""
    for path in sorted(folder.glob("*.fr.txt")):
        other = path.with_name(path.name.replace(".fr.", ".de."))
        documents = files.read_documents([f"fr={path}", f"de={other}"])
        yield auditing.audit(documents, encoder, rules=())


def drifts_of(audit: Audit) -> list[float]:
    """The drift of beads with two sides that are no boilerplate."""
    left, right = audit.documents
    return [
        bead.drift
        for bead in audit.bitexts[0].beads
        if bead.left and bead.right and not boilerplate(bead, left, right)
    ]


def boilerplate(bead: Bead, left: Document, right: Document) -> bool:
    """Whether nothing in a bead is running text."""
    segments = [left.segments[i] for i in bead.left] + [right.segments[j] for j in bead.right]
    return all(segment.kind is Kind.BOILERPLATE for segment in segments)


def write(entry: dict[str, object]) -> None:
    """Put the entry in place of the one for the same encoder and calibration."""
    known = json.loads(TARGET.read_text("utf-8"))
    same = ("encoder", "drift")
    kept = [each for each in known if any(each[key] != entry[key] for key in same)]
    lines = ",\n".join(f" {json.dumps(each)}" for each in [*kept, entry])
    TARGET.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
