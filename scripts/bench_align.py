"""Times the alignment and prints a Markdown table: how time and memory grow with length.

    python scripts/bench_align.py [--sizes 250 1000 …]

Documents are made from the sample articles: their sentences over and over, each time with some
left out, so that there is something to find. Encoding is timed apart.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.align import Lines, align
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.text.reading import read_text

ROOT = Path(__file__).resolve().parent.parent
SEED = 3
LOST = 0.03  # share of sentences that either side lacks


def sentences(code: str) -> list[str]:
    """The sentences of the sample articles in one language."""
    found: list[str] = []
    for path in sorted((ROOT / "seeds").glob(f"*.{code}.txt")):
        raw = path.read_text("utf-8")
        document = read_text(raw, id=code, path=path.name, language=language(code))
        found += [segment.view.text for segment in document.segments]
    return found


def long_document(code: str, size: int, rng: np.random.Generator) -> list[str]:
    """A document of ``size`` sentences; a number in each tells the rounds apart."""
    own = sentences(code)
    texts: list[str] = []
    number = 0
    while len(texts) < size:
        if rng.random() >= LOST:
            texts.append(f"{own[number % len(own)]} ({number // len(own)})")
        number += 1
    return texts


def lines_of(texts: list[str], encoder: Encoder) -> Lines:
    """Encode a document."""
    return Lines.of(texts, encoder.encode(texts), None, encoder.tokens(texts))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 1000, 5000, 20000])
    parser.add_argument("--encoder", default="embedded")
    options = parser.parse_args()
    encoder = load_encoder(options.encoder)
    print(
        "| sentences on a side | encoding, s | alignment, s | ms per sentence | peak memory, MB |"
    )
    print("|---:|---:|---:|---:|---:|")
    for size in options.sizes:
        rng = np.random.default_rng(SEED)
        texts = [long_document(code, size, rng) for code in ("fr", "de")]
        started = time.perf_counter()
        left, right = (lines_of(side, encoder) for side in texts)
        encoded = time.perf_counter()
        align(left, right)
        done = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = done - encoded
        print(
            f"| {size:,} | {encoded - started:.2f} | {took:.2f} | {1000 * took / size:.2f} "
            f"| {peak:,.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
