"""Which determiners stand before a word: `auditor/data/fluency/agreement/CODE.txt.xz`.

Determiners that ask the same of a noun form a class (rows of `auditor/data/fluency/CODE.toml`). In
plain text it is counted how often each word stands right behind each class; what the classes tell
about a word (singular, feminine …) is inferred from those that are frequent before it, and the
classes that then may stand before it are written down, a letter for each.

    python scripts/learn_agreement.py --data ../shared/data
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tagger_vectors import corpus

from auditor.fluency.grammar import Agreement, agreement
from auditor.languages import language

# Occurrences behind a determiner; more where there are more classes to be seen.
FEWEST = {"fr": 12, "de": 80}
# A class counts as seen from this share of them on, and a reading from one of its telling classes.
SHARE = {"fr": 0.01, "de": 0.003}
ENOUGH = 12  # or from so many on: of a word that idioms make frequent, a share says little
MOST = 40_000
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "fluency" / "agreement"


def learn(code: str, folder: Path) -> list[str]:
    """Lines of the table: a word and the letters of the classes that may stand before it."""
    rules = agreement(code)
    forms, _, sequence = corpus(folder, code)
    counts = class_counts(rules, forms, sequence)
    nouns = language(code).capitalised_nouns
    lines: list[str] = []
    for number in np.argsort(-counts.sum(1), kind="stable"):
        total = counts[number].sum()
        word = forms[number]
        if total < FEWEST[code] or len(lines) >= MOST:
            break
        if word.isalpha() and len(word) > 2 and word[0].isupper() == nouns and word[1:].islower():
            seen = Counter(dict(zip(rules.classes, counts[number].tolist(), strict=True)))
            lines.append(f"{word} {''.join(sorted(allowed(rules, seen, SHARE[code])))}")
    return sorted(lines)


def class_counts(
    rules: Agreement, forms: list[str], sequence: NDArray[np.int32]
) -> NDArray[np.int64]:
    """How often each form stands right behind a determiner of each class: (forms, classes)."""
    which = np.full(len(forms) + 1, -1, np.int64)
    for number, name in enumerate(rules.classes):
        members = rules.classes[name]
        for row, form in enumerate(forms[:60_000]):
            if form.lower() in members:
                which[row] = number
    before, after = which[sequence[:-1]], sequence[1:]
    kept = (before >= 0) & (after >= 0)
    flat = after[kept].astype(np.int64) * len(rules.classes) + before[kept]
    size = len(forms) * len(rules.classes)
    return np.bincount(flat, minlength=size).reshape(len(forms), len(rules.classes))


def allowed(rules: Agreement, seen: Counter[str], share: float) -> set[str]:
    """The classes that may stand before a word: those of its readings, and those seen often."""
    total = sum(seen.values())
    found = {name for name, count in seen.items() if count >= max(2, min(ENOUGH, share * total))}
    for readings in rules.readings:
        telling, implied = readings
        if any(seen[name] >= max(2, min(ENOUGH, share * total)) for name in telling):
            found |= set(implied)
    return found


def main() -> None:
    """Learn and write the table of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with mono/ and pairs/")
    parser.add_argument("--languages", nargs="+", default=["fr", "de"])
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    for code in options.languages:
        lines = learn(code, options.data)
        packed = lzma.compress("\n".join(lines).encode(), preset=9)
        (TARGET / f"{code}.txt.xz").write_bytes(packed)
        print(code, len(lines), "words", len(packed), "bytes")


if __name__ == "__main__":
    main()
