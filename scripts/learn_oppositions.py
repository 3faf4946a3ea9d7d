"""Learns which words speak for one of two opposed poles: `*.oppositions.txt.xz`.

A linear model for each opposition that translations show often enough, for French beside German and
the reverse: the words of one pole against those of the other, as many of each, by what stands
beside them and by the words of the other side about their place. Texts of one language alone teach
what stands beside them, too.

    python scripts/learn_oppositions.py --data ../shared
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
from encoder_data import read_mono
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # ships no types
from sklearn.linear_model import LogisticRegression
from train_denial import CODES, Pair, read_pairs

from auditor.languages import language
from auditor.links.oppositions import beside, features
from auditor.text.opposites import find_poles, governing_pairs, pairs
from auditor.text.words import find_words

SEED = 7
UNLEARNT = ("for", "against")  # „gegen“ is « contre », « pour » and « en échange de »
# Texts of one language alone (auditor/data/lexicon/README.md).
ALONE = {
    "fr": ("an_debats2013.fr", "commonvoice.fr", "gouv_docs.fr"),
    "de": ("bundestag.de", "commonvoice.de", "germeval2014.de"),
}
FEWEST = 200  # words of either pole
MOST = 30_000  # words of either pole that are learnt from, in translations and in other texts
SEEN = 8  # words beside which a feature stands
PENALTY = 0.15  # inverse of how much every weight costs
KEPT = 0.05  # weights that tell anything
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "lexicon"

Case = tuple[str, ...]


def main() -> None:
    """Read, learn and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the folder to write to")
    options = parser.parse_args()
    held = list(read_pairs(options.data))
    print(len(held), "pairs", flush=True)
    for side, code in enumerate(CODES):
        cases = gathered(case for pair in held for case in cases_of(pair, side))
        alone = gathered(
            case
            for name in ALONE[code]
            for line in read_mono(options.data, name)
            for case in cases_in(line, code)
        )
        rows = [row for poles in opposed() for row in learnt(poles, cases, alone)]
        path = options.out / f"{code}-{CODES[1 - side]}.oppositions.txt.xz"
        path.write_bytes(lzma.compress("\n".join(rows).encode(), preset=9))
        print(path.name, len(rows), "weights", path.stat().st_size, "bytes", flush=True)


def opposed() -> list[tuple[str, str]]:
    """The oppositions, each once, but for one whose company tells nothing."""
    every = (*((one, other) for one, other, _ in pairs()), *governing_pairs())
    return [pair for pair in dict.fromkeys(every) if pair != UNLEARNT]


def gathered(found: Iterable[tuple[tuple[str, ...], Case]]) -> dict[str, list[Case]]:
    """What is known of the words of each pole, some of the commonest only."""
    cases: dict[str, list[Case]] = defaultdict(list)
    counts = Counter[str]()
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    for poles, case in found:
        for pole in poles:
            counts[pole] += 1
            if len(cases[pole]) < MOST:
                cases[pole].append(case)
            elif (place := chance.randrange(counts[pole])) < MOST:
                cases[pole][place] = case
    return cases


def cases_of(pair: Pair, side: int) -> Iterator[tuple[tuple[str, ...], Case]]:
    """The words of a side that lie at a pole, with what is known of them."""
    other = [match.group().lower() for match in find_words(pair.texts[1 - side])]
    if other:
        yield from cases_in(pair.texts[side], CODES[side], other)


def cases_in(
    text: str, code: str, other: Sequence[str] = ()
) -> Iterator[tuple[tuple[str, ...], Case]]:
    """The words of a text that lie at a pole, with what is known of them."""
    matches = list(find_words(text))
    own = [match.group().lower() for match in matches]
    numbers = {match.start(): number for number, match in enumerate(matches)}
    for pole in find_poles(text, language(code)):
        if pole.start in numbers:
            number = numbers[pole.start]
            yield pole.poles, tuple(features(own, number, other) if other else beside(own, number))


def learnt(
    poles: tuple[str, str], cases: dict[str, list[Case]], alone: dict[str, list[Case]]
) -> Iterator[str]:
    """The weights that speak for the second of two poles, a line each."""
    groups = [cases.get(pole, []) for pole in poles]
    if min(map(len, groups)) < FEWEST:
        return
    groups = [group + alone.get(pole, []) for group, pole in zip(groups, poles, strict=True)]
    seen = Counter(feature for group in groups for case in group for feature in case)
    names = sorted(feature for feature, count in seen.items() if count >= SEEN)
    numbers = {feature: number for number, feature in enumerate(names)}
    rows = [[numbers[f] for f in case if f in numbers] for group in groups for case in group]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([number for row in rows for number in row], dtype=np.int32)
    inputs = csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), len(names)))
    targets = np.repeat([0, 1], [len(group) for group in groups])
    model = LogisticRegression(
        l1_ratio=1, C=PENALTY, solver="liblinear", class_weight="balanced", random_state=SEED
    )
    model.fit(inputs, targets)
    print(
        poles, [len(group) for group in groups], f"{model.score(inputs, targets):.2f}", flush=True
    )
    weights = [("", float(model.intercept_[0])), *zip(names, model.coef_[0], strict=True)]
    for name, weight in weights:
        if abs(weight) >= KEPT:
            yield f"{poles[0]}\t{poles[1]}\t{name}\t{weight:.2f}"


if __name__ == "__main__":
    main()
