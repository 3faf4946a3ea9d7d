"""Measures encoders and prints a Markdown table.

    python scripts/evaluate_encoder.py --data ../shared embedded LaBSE path/to/model

DIR of `--data` holds `eval/`. An encoder is "embedded" or anything that `load_encoder` takes.

- Tatoeba: accuracy of the nearest neighbour by cosine, mean of both directions, 1,000 pairs.
- NTREX: the same over the French and German sentences of the news documents.
- STS-B dev: Spearman's correlation of cosine and human score, within and across languages.
- Near misses: how often the true translation is closer than its copy with one thing changed.
- Speed: sentences of 25 words a second; seconds from a fresh process to the first vector.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from near_misses import KINDS, near_miss

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.encoders import EMBEDDED, EMBEDDED_FOLDER, load_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from auditor.encoders.base import Encoder

NEAR_MISSES = 2000
SEED = 7


def retrieval(encoder: Encoder, left: list[str], right: list[str]) -> float:
    """Percentage of texts whose nearest neighbour on the other side is their translation."""
    scores = encoder.encode(left) @ encoder.encode(right).T
    own = np.arange(len(left))
    return 50.0 * float(np.mean(scores.argmax(1) == own) + np.mean(scores.argmax(0) == own))


def tatoeba(encoder: Encoder, data: Path, language: str) -> float:
    """Measure retrieval between `language` (deu or fra) and English."""
    folder = data / "eval" / "tatoeba"
    left, right = (
        read_lines(folder / f"tatoeba.{language}-eng.{side}") for side in (language, "eng")
    )
    return retrieval(encoder, left, right)


def read_lines(path: Path) -> list[str]:
    """Lines of a file; only a line feed ends one."""
    return path.read_text("utf8").removesuffix("\n").split("\n")


def ntrex(data: Path) -> tuple[list[str], list[str]]:
    """Read the French and German sentences of all documents, line by line."""
    folder = data / "eval" / "ntrex"
    fr, de = (
        [line for path in sorted(folder.glob(f"*.{side}.txt")) for line in read_lines(path)]
        for side in ("fr", "de")
    )
    if len(fr) != len(de):
        raise SystemExit("ntrex: the French and German documents differ in length")
    return fr, de


def sts(encoder: Encoder, data: Path) -> dict[str, float]:
    """Spearman's correlation times 100 for fr-de, fr and de."""
    folder = data / "eval" / "stsb"
    with (folder / "stsb-fr-de-dev.tsv").open(encoding="utf8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    scores = np.array([float(row["score"]) for row in rows])
    names = ("s1_fr", "s2_fr", "s1_de", "s2_de")
    columns = {name: encoder.encode([row[name] for row in rows]) for name in names}

    def correlation(one: str, other: str) -> float:
        similarity = (columns[one] * columns[other]).sum(1)
        return 100.0 * float(np.corrcoef(ranks(similarity), ranks(scores))[0, 1])

    return {
        "fr-de": (correlation("s1_fr", "s2_de") + correlation("s1_de", "s2_fr")) / 2,
        "fr": correlation("s1_fr", "s2_fr"),
        "de": correlation("s1_de", "s2_de"),
    }


def ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Rank of each value from 1; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def make_near_misses(left: list[str], right: list[str]) -> list[tuple[str, str, str, str]]:
    """(kind, text, true translation, changed copy), both directions, evenly over the kinds."""
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    found: dict[str, list[tuple[str, str, str, str]]] = {kind: [] for kind in KINDS}
    for fr, de in zip(left, right, strict=True):
        for text, other, language in ((fr, de, "de"), (de, fr, "fr")):
            for kind in KINDS:
                copy = near_miss(kind, other, text, language, rng)
                if copy and copy != other:
                    found[kind].append((kind, text, other, copy))
    share = NEAR_MISSES // len(KINDS)
    return [case for cases in found.values() for case in cases[:share]]


def near_misses(encoder: Encoder, cases: list[tuple[str, str, str, str]]) -> dict[str, float]:
    """Percentage by kind (and of all) in which the true translation wins."""
    own, true, copy = (encoder.encode([case[i] for case in cases]) for i in (1, 2, 3))
    won = (own * true).sum(1) > (own * copy).sum(1)
    result = {"all": 100.0 * float(won.mean())}
    for kind in KINDS:
        result[kind] = 100.0 * float(won[[case[0] == kind for case in cases]].mean())
    return result


def speed(encoder: Encoder, sentences: list[str]) -> float:
    """Sentences of about 25 words encoded in a second; no sentence occurs twice."""
    words = " ".join(sentences).split()
    stride = 25 if len(words) > 250_000 else 5
    texts = [" ".join(words[i : i + 25]) for i in range(0, len(words) - 25, stride)][:10000]
    if encoder.name != EMBEDDED:
        texts = texts[:500]
    encoder.encode(texts[:64])
    started = time.perf_counter()
    encoder.encode(texts)
    return len(texts) / (time.perf_counter() - started)


def start_seconds(name: str) -> float:
    """Time loading and the first vector in a fresh process (without Python's start), best of 3."""
    code = (
        "import time; t = time.perf_counter(); from auditor.encoders import load_encoder; "
        f"load_encoder({name!r}).encode(['Guten Tag.']); print(time.perf_counter() - t)"
    )
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    runs = [
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(3)
    ]
    return min(float(out.split()[-1]) for out in runs)


def size_on_disk(name: str) -> str:
    """Size of an encoder's folder; a dash for a model of the hub."""
    folder = EMBEDDED_FOLDER if name == EMBEDDED else Path(name)
    if not folder.is_dir():
        return "–"
    return f"{sum(p.stat().st_size for p in folder.rglob('*') if p.is_file()) / 1e6:.1f} MB"


def measure(name: str, data: Path) -> dict[str, str]:
    """Measure one column of the table."""
    encoder = load_encoder(name)
    fr, de = ntrex(data)
    correlations = sts(encoder, data)
    misses = near_misses(encoder, make_near_misses(fr, de))
    rows = {
        "signature": encoder.signature,
        "Tatoeba deu–eng, %": f"{tatoeba(encoder, data, 'deu'):.1f}",
        "Tatoeba fra–eng, %": f"{tatoeba(encoder, data, 'fra'):.1f}",
        f"NTREX fr–de ({len(fr)} sentences), %": f"{retrieval(encoder, fr, de):.1f}",
        "STS-B dev fr–de": f"{correlations['fr-de']:.1f}",
        "STS-B dev fr": f"{correlations['fr']:.1f}",
        "STS-B dev de": f"{correlations['de']:.1f}",
    }
    for kind, value in misses.items():
        rows[f"near misses told apart, {kind}, %"] = f"{value:.1f}"
    rows["sentences of 25 words/s"] = f"{speed(encoder, fr + de):,.0f}"
    rows["load and first vector, s"] = f"{start_seconds(name):.2f}"
    rows["size"] = size_on_disk(name)
    return rows


def table(columns: dict[str, dict[str, str]]) -> str:
    """Lay out the measurements as a Markdown table, one column per encoder."""
    rows = next(iter(columns.values()))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [[row, *(column[row] for column in columns.values())] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("AUDITOR_DATA"))
    parser.add_argument("encoders", nargs="*", default=[EMBEDDED], metavar="ENCODER")
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data DIR or AUDITOR_DATA is required: the folder with eval/")
    print(table({name: measure(name, Path(options.data)) for name in options.encoders}))


if __name__ == "__main__":
    main()
