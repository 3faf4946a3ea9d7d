"""How much a doubt of the ear is worth in the document where it stands.

In good text most of what sounds odd is right; in rough machine translation most of it is wrong. So
the share of broken sentences in a document is reckoned from all that is heard in it, and with it
how probable it is that one of them is broken (Bayes' rule; the share by expectation and
maximisation, on top of some sentences of usual text, so that a short document proves little).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.fluency.ear import Heard
from auditor.fluency.ear_network import Floats

_ROUNDS = 50
_SUREST = 1e-4  # how near to certainty a probability may come


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the loudest doubt of a sentence says, and how much of usual text is broken.

    The log of how many times as often a broken sentence has such a doubt as a whole one is `offset`
    plus `slope` times the log odds of its highest probability (``scripts/fit_ear_belief.py``).
    `usual`: the broken ones among some sentences that are added to each document, and their number.
    """

    offset: float
    slope: float
    usual: tuple[float, float]

    def logs(self, peaks: Floats) -> NDArray[np.float64]:
        """That log, for each of the highest probabilities."""
        inner = peaks.astype(np.float64).clip(_SUREST, 1 - _SUREST)
        logs: NDArray[np.float64] = self.offset + self.slope * np.log(inner / (1 - inner))
        return logs


@dataclass(frozen=True, slots=True)
class Belief:
    """How probable it is in one document that a sentence with a doubt is broken."""

    evidence: Evidence
    share: float  # of broken sentences

    @classmethod
    def of(cls, document: Iterable[Heard], evidence: Evidence) -> Belief:
        """What to believe in a document of which this was heard."""
        peaks = np.array([peak(heard) for heard in document], np.float32)
        times = np.exp(evidence.logs(peaks))
        broken, added = evidence.usual
        share = broken / added
        for _ in range(_ROUNDS):
            expected = float((share * times / (share * times + 1 - share)).sum())
            share = (broken + expected) / (added + len(peaks))
        return cls(evidence, share)

    def probability(self, doubt: float) -> float:
        """How probable a broken sentence is where the highest probability is `doubt`."""
        odds = self.share / (1 - self.share)
        times = float(np.exp(self.evidence.logs(np.array([doubt], np.float32))[0]))
        return odds * times / (1 + odds * times)

    def least(self, probability: float) -> float:
        """The highest probability from which on a sentence is that probably broken."""
        log = np.log(probability / (1 - probability)) - np.log(self.share / (1 - self.share))
        return float(1 / (1 + np.exp(-(log - self.evidence.offset) / self.evidence.slope)))


def peak(heard: Heard) -> float:
    """The loudest doubt about a word of a sentence."""
    values = [
        value
        for token, value in zip(heard.tokens, heard.probabilities.tolist(), strict=True)
        if token.text[0].isalnum()
    ]
    return max(values, default=0.0)
