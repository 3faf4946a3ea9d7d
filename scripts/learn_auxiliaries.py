"""Counts which auxiliary each participle has: what the lists of the rule `wrong-auxiliary` rest on.

Counted in the ear's clean text (`pack_ear.py`). Printed are participles that were often seen with
one auxiliary and as good as never with the other one. From what is printed a person chose those
that are no adjectives and make no passive, for `only_to_be` and `only_to_have` in
`auditor/data/fluency/*.toml`: a passive has an auxiliary, too, and it isn't that of the perfect.

    python scripts/learn_auxiliaries.py --data ../shared --work /tmp/ear
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from ear_corpus import HELD, Corpus, prepare
from ear_data import LANGUAGES

from auditor.fluency.grammar import Grammar, grammar

_FEWEST = 20  # times that a participle was seen
_NEVER = 0.01  # share of the other auxiliary that is as good as none
_BETWEEN = ("ADV", "PART", "PRON")
_REACH = 5
_SHOWN = 200


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of pack_ear.py")
    options = parser.parse_args()
    prepared = prepare(options.data, options.work)
    for code in LANGUAGES:
        counts = counted(prepared.corpora[code], prepared.tags, grammar(code))
        seen = Counter(verb for verb, _ in counts.elements())
        often = [verb for verb, count in seen.most_common() if count >= _FEWEST]
        for have, title in ((False, "never with to have"), (True, "never with to be")):
            lot = [v for v in often if counts[v, not have] <= _NEVER * counts[v, have]]
            shown = [f"{v} {counts[v, have]}" for v in lot[:_SHOWN]]
            print(f"{code}, {title}: {', '.join(shown)}\n")


def counted(corpus: Corpus, tags: Sequence[str], own: Grammar) -> Counter[tuple[str, bool]]:
    """How often each participle was seen with to have (True) and with to be."""
    counts: Counter[tuple[str, bool]] = Counter()
    ends = np.cumsum(corpus.lengths)[:-HELD].tolist()
    for start, end in zip([0, *ends], ends, strict=False):
        words = [corpus.forms[n].lower() for n in corpus.numbers[start:end]]
        classes = [tags[t] for t in corpus.tags[start:end]]
        places = german(words, classes, own) if own.verb_second else french(words, classes, own)
        counts.update((words[verb], words[auxiliary] in own.to_have) for auxiliary, verb in places)
    return counts


def french(words: list[str], tags: list[str], own: Grammar) -> Iterator[tuple[int, int]]:
    """Auxiliaries and participles with nothing but small words between."""
    for number, word in enumerate(words):
        if word in own.to_have | own.to_be:
            verb = number + 1
            while verb < len(words) and tags[verb] in _BETWEEN and verb - number < _REACH:
                verb += 1
            if verb < len(words) and tags[verb] == "VERB_PART":
                yield number, verb


def german(words: list[str], tags: list[str], own: Grammar) -> Iterator[tuple[int, int]]:
    """Auxiliaries and participles that end a clause, before or behind them."""
    for number, word in enumerate(words):
        if word not in own.to_have | own.to_be:
            continue
        end = number + 1
        while end < len(words) and tags[end] != "PUNCT":
            end += 1
        if number and tags[number - 1] == "VERB_PART" and end == number + 1:
            yield number, number - 1
        elif end - 1 > number and tags[end - 1] == "VERB_PART":
            yield number, end - 1


if __name__ == "__main__":
    main()
