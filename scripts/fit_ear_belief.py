"""What the loudest doubt of a sentence proves: the `evidence` of the ear's `limits.toml`.

Sentences that the ear never learnt from, whole and each broken three times by the kinds that it has
learnt (as often as in training): a logistic regression of whether it is broken on the log odds of
its highest probability. Its constant is that of equally many whole and broken ones. Sentences with
hardly a doubt are many and alike, and would bend the line: they count by their number only.

    python scripts/fit_ear_belief.py --data ../shared --work /tmp/ear
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corruptions import HELD_OUT, KINDS, Draft
from ear_corpus import HELD, prepare
from ear_data import LANGUAGES
from ear_drafts import drafts, make_tools
from evaluate_ear import broken_copies, text_of

from auditor.fluency.ear import load_ear
from auditor.fluency.ear_belief import peak
from auditor.fluency.hearing import FEWEST_WORDS

_COPIES = 3
_SUREST = 1e-4
_TELLING = 0.1  # the probability from which a doubt is one


def main() -> None:
    """Fit and print, for each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and eval/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of pack_ear.py")
    options = parser.parse_args()
    prepared = prepare(options.data, options.work)
    for code in LANGUAGES:
        corpus = prepared.corpora[code]
        last = range(len(corpus.lengths) - HELD, len(corpus.lengths))
        whole = list(drafts(corpus, prepared.tags, last))
        tools = make_tools(prepared, code, 5)
        broken = list(broken_copies(whole, tools, [k for k in KINDS if k not in HELD_OUT], _COPIES))
        offset, slope = fit(peaks(whole, code), peaks(broken, code))
        print(f"{code}: evidence = [{offset:.2f}, {slope:.2f}]")


def peaks(sentences: Sequence[Draft], code: str) -> np.ndarray:
    """The highest probabilities of those that are long enough to be judged."""
    texts = [text_of(draft) for draft in sentences]
    long = [text for text in texts if len(text.split()) >= FEWEST_WORDS]
    return np.array([peak(heard) for heard in load_ear().listen(long, code)])


def fit(whole: np.ndarray, broken: np.ndarray) -> tuple[float, float]:
    """Constant and slope of the logistic regression (Newton), both classes of equal weight."""
    rates = [(peaks >= _TELLING).mean() for peaks in (whole, broken)]
    whole, broken = (peaks[peaks >= _TELLING] for peaks in (whole, broken))
    values = np.concatenate([whole, broken]).clip(_SUREST, 1 - _SUREST)
    inputs = np.stack([np.ones(len(values)), np.log(values / (1 - values))], axis=1)
    wanted = np.repeat([0.0, 1.0], [len(whole), len(broken)])
    weights = np.where(wanted > 0, 0.5 / len(broken), 0.5 / len(whole))
    found = np.zeros(2)
    for _ in range(30):
        given = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (wanted - given))
        curve = (inputs * (weights * given * (1 - given))[:, None]).T @ inputs
        found += np.linalg.solve(curve, slope)
    return float(found[0] + np.log(rates[1] / rates[0])), float(found[1])


if __name__ == "__main__":
    main()
