"""The words of each language, learnt from plain text: `auditor/data/words/CODE.txt.xz`.

A word counts as known where it stands in lower case at least three times. In a language that writes
its nouns with capitals, a capitalised word within a sentence counts as a common noun where it
often stands right behind a determiner, which names seldom do; it is then listed with its capital.

    python scripts/learn_words.py --data ../shared
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from auditor.languages import codes, language

# Sources whose licence asks for no more than to be named; see auditor/data/words/README.md.
SOURCES: dict[str, tuple[tuple[str, int], ...]] = {
    "de": (("mono/bundestag.de", 0), ("mono/commonvoice.de", 0), ("pairs/tatoeba.en-de", 1),
           ("pairs/msdocs_ht.en-fr-de", 2), ("pairs/swiss_law.fr-de", 1)),
    "fr": (("mono/an_debats2013.fr", 0), ("mono/commonvoice.fr", 0), ("mono/gouv_docs.fr", 0),
           ("pairs/tatoeba.en-fr", 1), ("pairs/msdocs_ht.en-fr-de", 1),
           ("pairs/swiss_law.fr-de", 0)),
    "en": (("pairs/tatoeba.en-de", 0), ("pairs/tatoeba.en-fr", 0), ("pairs/msdocs_ht.en-fr-de", 0)),
}  # fmt: skip
FEWEST = 3
DETERMINED = 0.12  # share of a noun's occurrences behind a determiner or an inflected adjective
MOST = 120_000
_WORD = re.compile(r"[^\W\d_]+")
_NOT_FIRST = re.compile(r"(?<=[^\W\d_] )([^\W\d_]+)")
_DETERMINER = (
    r"(?:d(?:er|ie|as|en|em|es)|(?:k|m|d|s)?eine?[mnrs]?|ihre?[mnrs]?|unsere?[mnrs]?|dieser?[mns]?|"
    r"diese|im|am|zum|zur|vom|beim|ins|ans|jede[mnrs]?|viele|mehr|keine?[mnrs]?|alle[nr]?|\d+|zwei|drei|"
    r"vier|fünf|sechs|zehn|zwölf|einige[nr]?|mehrere[nr]?|wenige[nr]?|solche[nr]?|welche[mnrs]?)"
)
_DETERMINED = re.compile(
    rf"\b{_DETERMINER} (?:[a-zäöüß]+(?:en|e|er|es|em) )?([A-ZÄÖÜ][a-zäöüß]{{2,}})"
)
_NOUN = re.compile(r"(?<=[a-zß-ÿ,] )([A-ZÄÖÜ][a-zäöüß]{2,})(?![\w.-])")


def main() -> None:
    """Learn and write the words of every language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    folder = parser.parse_args().data / "data"
    target = Path(__file__).parent.parent / "auditor" / "data" / "words"
    target.mkdir(exist_ok=True)
    for code in codes():
        words = learn(code, folder)
        with lzma.open(target / f"{code}.txt.xz", "wt", encoding="utf-8", preset=9) as stream:
            stream.write("\n".join(words))
        print(code, len(words), (target / f"{code}.txt.xz").stat().st_size)


def learn(code: str, folder: Path) -> list[str]:
    """The known words of a language, sorted."""
    lower: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    determined: Counter[str] = Counter()
    capitalised = language(code).capitalised_nouns
    for line in texts(code, folder):
        lower.update(word for word in _WORD.findall(line) if word.islower() and len(word) < 25)
        if capitalised:
            nouns.update(_NOUN.findall(line))
            determined.update(_DETERMINED.findall(line))
    words = [word for word, count in lower.most_common(MOST) if count >= FEWEST]
    words += [
        noun
        for noun, count in nouns.most_common(MOST)
        if count >= FEWEST and determined[noun] >= DETERMINED * count and len(noun) < 25
    ]
    return sorted(words)


def texts(code: str, folder: Path) -> Iterator[str]:
    """The lines of all sources of a language."""
    for name, column in SOURCES[code]:
        ending = "tsv" if name.startswith("pairs") else "txt"
        with lzma.open(folder / f"{name}.{ending}.xz", "rt", encoding="utf-8") as stream:
            for line in stream:
                cells = line.rstrip("\n").split("\t")
                if len(cells) > column:
                    yield cells[column]


if __name__ == "__main__":
    main()
