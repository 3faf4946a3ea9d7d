"""What the ear hears in sentences, each of them heard once.

Drift and the rule for broken sentences ask for the same sentences one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from auditor.fluency.ear import Heard, load_ear
from auditor.fluency.ear_network import Floats
from auditor.fluency.ear_stretches import limits
from auditor.fluency.tokens import LONGEST

FEWEST_WORDS = 6  # what is shorter is a fragment as often as a sentence: no place is told there
_FEWEST_HEARD = 3  # and what is shorter than this tells nothing at all
_KEPT = 20_000  # sentences: those of the articles at hand, within some 50 MB
_SUREST = 1e-6  # how near to certainty a probability may come


def hear(sentences: Sequence[str], code: str) -> list[Heard]:
    """What is heard in each sentence, in their order; those that were heard before are kept."""
    kept = _kept(code)
    new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in kept]
    if len(kept) + len(new) > _KEPT:
        kept.clear()
        new = list(dict.fromkeys(sentences))
    kept.update(zip(new, load_ear().listen(new, code), strict=True))
    return [kept[sentence] for sentence in sentences]


def listen_ahead(sentences: Sequence[str], code: str) -> None:
    """Hear sentences that rules will ask for one by one, as far as the ear knows the language."""
    if limits(code) is not None:
        hear([sentence for sentence in sentences if is_told(sentence)], code)


def is_told(sentence: str) -> bool:
    """Whether a sentence is long enough for its broken places to be told, and may be one."""
    return len(sentence) <= LONGEST and len(sentence.split()) >= FEWEST_WORDS


def doubts(texts: Sequence[str], code: str) -> Floats:
    """How much of each text is in doubt: shape (texts,), from 0; NaN where nothing can be heard.

    The sum over tokens of ``-log(1 - p)``, p the probability of standing in a broken place: were
    the tokens independent, the negative log of the chance that none of them does.
    """
    found = np.full(len(texts), np.nan)
    if limits(code) is None:
        return found
    places = [
        k
        for k, text in enumerate(texts)
        if len(text) <= LONGEST and len(text.split()) >= _FEWEST_HEARD
    ]
    for place, heard in zip(places, hear([texts[k] for k in places], code), strict=True):
        probabilities = heard.probabilities.clip(0.0, 1.0 - _SUREST)
        found[place] = -np.log1p(-probabilities).sum(dtype=np.float64)
    return found


@cache
def _kept(code: str) -> dict[str, Heard]:  # noqa: ARG001 - one memory for each language
    return {}
