"""Clean sentences that the ear takes for broken: the next run learns them once more as clean.

python scripts/ear_negatives.py --data ../shared --work /tmp/ear --weights …/model.safetensors
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from ear_corpus import prepare
from evaluate_ear import peak, text_of
from tqdm import tqdm
from train_ear import HELD, drafts

from auditor.fluency.ear import Ear

_HARD = 0.6  # the probability from which a clean sentence is a hard one
_LOT = 5_000


def main() -> None:
    """Listen to a share of the clean text and write the numbers of hard sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of train_ear.py")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=120_000, help="of each language")
    options = parser.parse_args()
    ear = Ear(options.weights.read_bytes())
    prepared = prepare(options.data, options.work)
    lines = []
    for code, corpus in prepared.corpora.items():
        total = len(corpus.lengths) - HELD
        picked = np.random.default_rng(11).permutation(total)[: options.sentences]
        for start in tqdm(range(0, len(picked), _LOT), desc=code):
            lot = picked[start : start + _LOT]
            texts = [text_of(draft) for draft in drafts(corpus, prepared.tags, lot)]
            heard = ear.listen(texts, code)
            lines += [
                f"{code}\t{number}"
                for number, one in zip(lot.tolist(), heard, strict=True)
                if peak(one) >= _HARD
            ]
    out = options.work / "negatives.tsv"
    out.write_text("\n".join(lines) + "\n", "utf8")
    print(f"{len(lines)} hard sentences in {out}")


if __name__ == "__main__":
    main()
