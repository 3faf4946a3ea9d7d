"""Sentences of the ear's clean text as drafts that can be broken, and what faults draw on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from corruptions import Draft, Tools
from ear_corpus import HELD, Corpus, Prepared
from pack_ear import related_forms, word_groups

_SAMPLE = 60_000  # sentences that the corruptions learn forms and runs of tags from


def drafts(corpus: Corpus, tags: list[str], picked: Sequence[int] | np.ndarray) -> Iterator[Draft]:
    """Sentences of a corpus by number."""
    ends = np.cumsum(corpus.lengths)
    for index in picked:
        end = int(ends[index])
        at = slice(end - int(corpus.lengths[index]), end)
        yield Draft(
            [corpus.forms[n] for n in corpus.numbers[at]],
            corpus.spaced[at].tolist(),
            [tags[t] for t in corpus.tags[at]],
        )


def make_tools(prepared: Prepared, code: str, seed: int) -> Tools:
    """What the corruptions of a language draw on."""
    corpus = prepared.corpora[code]
    related = related_forms(word_groups(corpus, prepared.treebanks[code]))
    return tools_of(corpus, prepared.tags, related, seed, HELD)


def tools_of(
    corpus: Corpus, tags: list[str], related: dict[str, list[str]], seed: int, held: int
) -> Tools:
    """The same from families that are known; the last `held` sentences are not looked at."""
    picked = np.random.default_rng(7).permutation(len(corpus.lengths) - held)[:_SAMPLE]
    sample = list(drafts(corpus, tags, picked))
    return Tools(corpus.language, related, sample, Random(seed))  # noqa: S311 - repeatable
