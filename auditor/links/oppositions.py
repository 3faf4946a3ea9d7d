"""Whether the opposite of a word would fit its translation far better.

For each opposition that translations show often enough (before and after, with and without, first
and last), a linear model was learnt from them (`scripts/learn_oppositions.py`): which words beside
a word, and which words of the other side about its place, speak for one pole and which for the
other. It hears what a list of opposites can't tell: that „unter“ is « sous » on a table and
« pendant » in other company.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

AROUND = 8.0  # words on either side of the place that a word has, by its share of the sentence
_LOUD = 1.0  # log odds of a word that says much
_OTHER = "="  # begins what is told by a word of the other side


@dataclass(frozen=True, slots=True)
class Verdict:
    """Log odds that a word's opposite fits better.

    ``own``: what the words beside it say; ``other``: what the other side says; ``told``: its word
    that says most, if one says much.
    """

    own: float
    other: float
    told: str | None

    @property
    def total(self) -> float:
        """What both say."""
        return self.own + self.other


Model = Mapping[str, float]


def features(own: Sequence[str], number: int, other: Sequence[str]) -> Iterator[str]:
    """What is known of word ``number`` of a side, by both; all words in lower case."""
    yield from beside(own, number)
    centre = (number + 0.5) / len(own) * len(other)
    first, last = int(max(0.0, centre - AROUND)), int(centre + AROUND) + 1
    yield from (_OTHER + word for word in sorted(set(other[first:last])))


def beside(own: Sequence[str], number: int) -> Iterator[str]:
    """What stands before and behind a word, by itself and two words together."""
    before = ("", "", *own[max(0, number - 2) : number])[-2:]
    behind = (*own[number + 1 : number + 3], "", "")[:2]
    yield from (f"-2{before[0]}", f"-1{before[1]}", f"+1{behind[0]}", f"+2{behind[1]}")
    yield from ("-" + " ".join(before), "+" + " ".join(behind))


def weigh(model: Model, found: Sequence[str]) -> Verdict:
    """How much better the opposite fits, by what is known of a word."""
    weights = {feature: model.get(feature, 0.0) for feature in found}
    theirs = {f: weight for f, weight in weights.items() if f.startswith(_OTHER)}
    other = sum(theirs.values())
    own = sum(weights.values()) - other + model.get("", 0.0)
    told = max(theirs, key=lambda feature: (theirs[feature], feature), default=None)
    loud = told is not None and theirs[told] >= _LOUD
    return Verdict(own, other, told[len(_OTHER) :] if told and loud else None)


@cache
def models(code: str, other: str) -> Mapping[str, Mapping[str, Model]]:
    """The models of a language beside another one: of each pole, one for each of its opposites."""
    path = files("auditor") / "data" / "lexicon" / f"{code}-{other}.oppositions.txt.xz"
    if not path.is_file():
        return {}
    found: dict[str, dict[str, dict[str, float]]] = {}
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
        one, two, feature, weight = line.split("\t")
        for pole, opposite, sign in ((one, two, 1), (two, one, -1)):
            model = found.setdefault(pole, {}).setdefault(opposite, {})
            model[feature] = sign * float(weight)
    return found
