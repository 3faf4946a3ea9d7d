"""What each frequent form usually is: `auditor/data/fluency/tagger/CODE.kinds.txt.xz`.

The tagger reads plain text, and of each form that comes often enough it is written down which kinds
of word it was taken for in a fair share of the places: a word that is hardly ever a verb is not
believed to be one where a sentence is broken.

    python scripts/learn_forms.py --data ../shared/data
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from pathlib import Path

from tagger_data import read_texts

from auditor.fluency.tagger import KINDS, Tagger, kind_of

FEWEST = 4  # places
SHARE = 0.08
SENTENCES = 60_000
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "fluency" / "tagger"


def learn(code: str, folder: Path, sentences: int) -> list[str]:
    """Lines of the table: a form, and the letters of what it is."""
    texts = [text for text in read_texts(folder, code) if 30 < len(text) < 300]
    chosen = texts[:: max(1, len(texts) // sentences)]
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    model = Tagger(code)
    for first in range(0, len(chosen), 2_000):
        for words in model.tag(chosen[first : first + 2_000]):
            for word in words:
                counts[word.form][kind_of(word.tag)] += 1
    lines = []
    for form, seen in counts.items():
        total = sum(seen.values())
        if total >= FEWEST and form.isalpha():
            kinds = [kind for kind in KINDS if seen[kind] >= SHARE * total]
            lines.append(f"{form} {''.join(KINDS[kind] for kind in kinds)}")
    return sorted(lines)


def main() -> None:
    """Learn and write the table of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with mono/ and pairs/")
    parser.add_argument("--languages", nargs="+", default=["fr", "de"])
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    options = parser.parse_args()
    for code in options.languages:
        lines = learn(code, options.data, options.sentences)
        packed = lzma.compress("\n".join(lines).encode(), preset=9)
        (TARGET / f"{code}.kinds.txt.xz").write_bytes(packed)
        print(code, len(lines), "forms", len(packed), "bytes")


if __name__ == "__main__":
    main()
