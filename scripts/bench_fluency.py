"""How many sentences the tagger and the ear together read in a second of one core.

Sentences are those of the clean sets in their order (news, treebank, documentation: of real
lengths), in documents of 40, French and German in turn. **New**: no word form was met before, as in
the first articles after the start; **met**: the same sentences once more, but none of what was
heard is kept. Processor time of all threads, so that other work on the machine hardly counts, and
time by the clock. Twice the rate is what two processes reach on two cores.

    python scripts/bench_fluency.py --data ../shared
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from evaluate_ear import clean_sets

from auditor.fluency.ear import Ear, load_ear
from auditor.fluency.ear_stretches import limits
from auditor.fluency.tagger import Tagger

_DOCUMENT = 40  # sentences
_SETS = ("ntrex", "pud", "msdocs_ht")

Legs = dict[str, Callable[[Sequence[str], str], object]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with eval/")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    documents = list(_documents(options.data / "eval"))
    count = sum(len(sentences) for _, sentences in documents)
    words = [len(s.split()) for _, sentences in documents for s in sentences]
    print(f"{count} sentences of {np.mean(words):.1f} words (median {np.median(words):.0f}), ")
    print(f"OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'unset')}\n")
    print("| leg | forms | sentences/s of processor | by the clock |\n|---|---|---:|---:|")
    rates: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for _ in range(options.rounds):
        legs = _legs()
        for forms in ("new", "met"):
            for name, leg in legs.items():
                taken = _timed(lambda leg=leg: [leg(lot, code) for code, lot in documents])  # type: ignore[misc]
                rates.setdefault((name, forms), []).append(taken)
    for forms in ("new", "met"):
        total = [0.0, 0.0]
        for name in ("tagger", "ear"):
            medians = [
                statistics.median(column) for column in zip(*rates[name, forms], strict=True)
            ]
            total = [one + other for one, other in zip(total, medians, strict=True)]
            print(f"| {name} | {forms} | {count / medians[0]:,.0f} | {count / medians[1]:,.0f} |")
        print(f"| **both** | {forms} | {count / total[0]:,.0f} | {count / total[1]:,.0f} |")


def _legs() -> Legs:
    """A tagger and an ear that have met no form yet."""
    taggers = {code: Tagger(code) for code in ("fr", "de")}
    ear = Ear.__new__(Ear)
    ear.network, ear.second, ear._forms = load_ear().network, load_ear().second, {}
    return {
        "tagger": lambda sentences, code: taggers[code].tag(sentences),
        "ear": ear.listen,
    }


def _documents(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Language and sentences of documents, one language after the other."""
    lots: dict[str, list[str]] = {}
    for name, code, sentences in clean_sets(folder):
        if name in _SETS and limits(code) is not None:
            lots.setdefault(code, []).extend(sentences)
    for start in range(0, max(map(len, lots.values())), _DOCUMENT):
        for code, sentences in lots.items():
            if lot := sentences[start : start + _DOCUMENT]:
                yield code, lot


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time and by the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    action()
    return time.process_time() - processor, time.perf_counter() - clock


if __name__ == "__main__":
    main()
