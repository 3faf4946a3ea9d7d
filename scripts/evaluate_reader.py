"""What the reader hears of planted errors, pair by pair of sentences.

For each set: the share of pairs with an error (`planted_errors.py`) whose score lies above what one
unchanged pair in a hundred, in fifty and in twenty reaches. The score is the highest log odds of
the kind of fault among the words of both sides. What the rules make of it `evaluate_findings.py`
tells. `--pair en-fr` and `--pair en-de` hold a translation against its English source, which
nobody changes; `msdocs_ht` has none.

    python scripts/evaluate_reader.py --data ../shared
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import planted_errors as planted
from evaluate_findings import articles, ntrex, pud
from numpy.typing import NDArray
from planted_errors import CODES, Article

from auditor.links.reader import KINDS, Reading, read

SEED = 5
MOST = 300  # copies of a kind
RATES = (0.01, 0.02, 0.05)
# Each kind of error, and the kind of fault by which the reader is asked for it.
ASKED: dict[str, tuple[planted.Change, str]] = {
    "negation lost": (planted.negation_lost, "denied"),
    "negation added": (planted.negation_added, "denied"),
    "antonym": (planted.antonym, "opposite"),
    "clause omitted": (planted.clause_omitted, "alone"),
    "name replaced": (planted.name, "replaced"),
    "country": (planted.country, "replaced"),
}
Texts = tuple[str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--pair", choices=("fr-de", "en-fr", "en-de"), default="fr-de")
    options = parser.parse_args()
    folder, codes = options.data / "eval", tuple(options.pair.split("-"))
    heads = " | ".join(f"1 in {round(1 / rate)}" for rate in RATES)
    print(f"| set | error | copies | {heads} |\n|---|---|---:|" + "---:|" * len(RATES))
    speed = 0.0
    for name, texts in (
        ("ntrex", list(ntrex(folder / "ntrex"))),
        ("pud", list(pud(folder / "pud"))),
        ("msdocs_ht", list(articles(folder / "msdocs_ht"))),
    ):
        if texts[0].english or "en" not in codes:
            speed = report(name, texts, codes)
    print(f"\n{speed:,.0f} words a second of processor time")


def report(name: str, texts: Sequence[Article], codes: tuple[str, str]) -> float:
    """Print the rows of one set; how many words were read in a second of processor time."""
    lines = [pair for text in texts for pair in zip(*sides_of(text, codes), strict=False)]
    pairs = [pair for pair in lines if all(pair)]
    started = time.process_time()
    clean = read(pairs, codes)
    seconds = time.process_time() - started
    for kind, (change, fault) in ASKED.items():
        copies = changed(pairs, codes, change, planted.pool(texts, texts[0]))
        if not copies:
            continue
        usual = scores(clean, fault)
        found = scores(read(copies, codes), fault)
        shares = [float((found > np.quantile(usual, 1 - rate)).mean()) for rate in RATES]
        cells = " | ".join(f"{share:.0%}" for share in shares)
        print(f"| {name} | {kind} | {len(copies)} | {cells} |", flush=True)
    return sum(len(s) for r in clean if r is not None for s in r.spans) / seconds


def sides_of(text: Article, codes: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of an article in two languages."""
    lines = {"en": text.english, "fr": text.french, "de": text.german}
    return lines[codes[0]], lines[codes[1]]


def changed(
    pairs: Sequence[Texts],
    codes: tuple[str, str],
    change: Callable[..., str | None],
    lent: planted.Pool,
) -> list[Texts]:
    """Copies of pairs with an error on either side, or in the translation of a source."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    copies: list[Texts] = []
    for pair in pairs:
        side = 1 if codes[0] == "en" else chance.randrange(2)
        own = CODES.index(codes[side])
        text = change(pair[side], pair[1 - side], own, lent, chance)
        if text:
            copies.append((text, pair[1]) if side == 0 else (pair[0], text))
        if len(copies) == MOST:
            break
    return copies


def scores(readings: Sequence[Reading | None], fault: str) -> NDArray[np.float64]:
    """The highest log odds of a fault in each pair."""
    column = KINDS.index(fault)
    return np.array(
        [
            max(float(side[:, column].max()) for side in reading.odds)
            for reading in readings
            if reading is not None
        ]
    )


if __name__ == "__main__":
    main()
