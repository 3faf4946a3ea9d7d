"""Where words are joined and where not, learnt from plain text: `auditor/data/seams/CODE.txt.xz`.

Six kinds of entries, one a line, the kind first:

* ``split A B``: A and B are words so common that they ought to meet by chance, and never do,
  while their joint form is common: "de puis". One occurrence apart is let pass as a slip.
* ``bound A``: a first part of many compounds that hardly ever stands alone ("Qualitäts").
* ``first A``: a noun that begins many compounds and is hardly ever followed by another noun.
* ``head A``: a noun that ends many compounds.
* ``apart A B``: two nouns that make a listed compound, and are written apart as well.
* ``tail A``: a common word in small letters that ends no compound, so that behind a noun a space
  is missing ("verfügen").

All but the first and last are for languages that write their nouns with capitals, which also join
them; there is no telling compounds in others, where tails are the most frequent words.

    python scripts/learn_seams.py --data ../shared
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from auditor.languages import codes, language
from auditor.text.words import is_listed

# Clean text; licences in auditor/data/seams/README.md.
SOURCES: dict[str, tuple[tuple[str, int], ...]] = {
    "de": (("mono/bundestag.de", 0), ("mono/commonvoice.de", 0), ("mono/germeval2014.de", 0),
           ("pairs/tatoeba.en-de", 1), ("pairs/msdocs_ht.en-fr-de", 2),
           ("pairs/msdocs_ht.fr-de", 1), ("pairs/msdocs_ht_only_de.en-de", 1),
           ("pairs/swiss_law.fr-de", 1)),
    "fr": (("mono/an_debats2013.fr", 0), ("mono/commonvoice.fr", 0), ("mono/gouv_docs.fr", 0),
           ("mono/piaf_wiki.fr", 0), ("pairs/tatoeba.en-fr", 1), ("pairs/msdocs_ht.en-fr-de", 1),
           ("pairs/msdocs_ht.fr-de", 0), ("pairs/msdocs_ht_only_fr.en-fr", 1),
           ("pairs/swiss_law.fr-de", 0)),
    "en": (("pairs/tatoeba.en-de", 0), ("pairs/tatoeba.en-fr", 0),
           ("pairs/msdocs_ht.en-fr-de", 0), ("pairs/msdocs_ht_only_de.en-de", 0)),
}  # fmt: skip
COMMON = 40  # occurrences of a joint form that is never written apart
PART = 5  # occurrences of a part that makes it a word
SLIPS = 1  # occurrences apart that may be slips
CHANCE = 5  # times that two words would meet by chance
COMPOUNDS = 8  # distinct compounds that a bound first part begins
ALONE = 1 / 50  # occurrences alone, for each compound, of a bound first part
PRODUCTIVE = 20  # distinct compounds that a noun begins
FOLLOWED = 1 / 500  # share of such a noun's occurrences that another noun follows
HEADS = 15  # distinct compounds that a head ends
FREQUENT = 2_000  # occurrences of a word, where nouns have no capitals
TAIL = 200  # occurrences of a word in small letters that ends no compound
GLUED = 4, 1 / 1000  # distinct words in which it is glued to a noun, and their share, as slips
_WORD = re.compile(r"[^\W\d_]+")


class Counts:
    """Words, and words side by side with one space between them."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.hyphened: Counter[str] = Counter()  # how many of them stand at a hyphen
        self.neighbours: Counter[tuple[str, str]] = Counter()

    def add(self, text: str) -> None:
        """Count one line."""
        before, end = "", -2
        for match in _WORD.finditer(text):
            word = match.group()
            self.words[word] += 1
            if "-" in (
                text[match.start() - 1 : match.start()],
                text[match.end() : match.end() + 1],
            ):
                self.hyphened[word] += 1
            if before and match.start() == end + 1 and text[end] == " ":
                self.neighbours[before, word] += 1
            before, end = word, match.end()


def main() -> None:
    """Learn and write the seams of every language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--only", metavar="CODE", help="one language instead of all")
    wanted = parser.parse_args()
    folder = wanted.data / "data"
    target = Path(__file__).parent.parent / "auditor" / "data" / "seams"
    target.mkdir(exist_ok=True)
    for code in [wanted.only] if wanted.only else codes():
        counts = Counts()
        for text in texts(code, folder):
            counts.add(text)
        entries = sorted(entries_of(code, counts))
        with lzma.open(target / f"{code}.txt.xz", "wt", encoding="utf-8", preset=9) as stream:
            stream.write("\n".join(entries))
        kinds = Counter(entry.split(" ")[0] for entry in entries)
        print(code, dict(kinds), (target / f"{code}.txt.xz").stat().st_size, "bytes", flush=True)


def entries_of(code: str, counts: Counts) -> Iterator[str]:
    """All entries of a language."""
    yield from (f"split {one} {two}" for one, two in splits(code, counts))
    if language(code).capitalised_nouns:
        yield from compounds(code, counts)
        yield from (f"tail {word}" for word in tails(code, counts))
    else:
        words = counts.words.items()
        yield from (f"tail {word}" for word, c in words if c >= FREQUENT and word.islower())


def splits(code: str, counts: Counts) -> Iterator[tuple[str, str]]:
    """Pairs of words that are common as one word, and unknown side by side.

    A clause may begin behind any word, often without a comma, and a function word begins many.
    """
    function, total = language(code).function_words, counts.words.total()
    for word, count in counts.words.items():
        if count < COMMON or len(word) < 5 or not word.islower():
            continue
        for cut in range(2, len(word) - 1):
            one, two = word[:cut], word[cut:]
            rare = min(counts.words[one], counts.words[two]) < PART
            chance = counts.words[one] * counts.words[two] / total
            begins = two in function and one not in function
            if rare or begins or chance < CHANCE or counts.neighbours[one, two] > SLIPS:
                continue
            yield one, two


def compounds(code: str, counts: Counts) -> Iterator[str]:
    """First parts and heads of compounds."""
    own = language(code)
    heads_of: defaultdict[str, set[str]] = defaultdict(set)
    firsts_of: Counter[str] = Counter()
    for first, head in cuts(code, counts):
        heads_of[first].add(head)
        firsts_of[head.capitalize()] += 1
    followed: Counter[str] = Counter()
    for (one, two), count in counts.neighbours.items():
        if one[0].isupper() and two[1:].islower() and two[0].isupper() and is_listed(two, own):
            followed[one] += count
            if is_listed(one, own) and is_listed(one + two.lower(), own):
                yield f"apart {one} {two}"
    for first, heads in heads_of.items():
        alone = counts.words[first] - counts.hyphened[first]
        joined = sum(counts.words[first + head] for head in heads)
        if len(heads) >= COMPOUNDS and len(first) > 3 and alone <= ALONE * joined:
            yield f"bound {first}"
        elif (
            len(heads) >= PRODUCTIVE
            and is_listed(first, own)
            and followed[first] <= FOLLOWED * counts.words[first]
        ):
            yield f"first {first}"
    yield from (f"head {head}" for head, count in firsts_of.items() if count >= HEADS)


def cuts(code: str, counts: Counts) -> Iterator[tuple[str, str]]:
    """Every way to cut a capitalised word into something and a listed noun."""
    own = language(code)
    for word in counts.words:
        if len(word) >= 8 and word[0].isupper() and word[1:].islower():
            for cut in range(3, len(word) - 3):
                if is_listed(word[cut:].capitalize(), own):
                    yield word[:cut], word[cut:]


def tails(code: str, counts: Counts) -> Iterator[str]:
    """Words in small letters that end no compound."""
    own = language(code)
    types: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for word, count in counts.words.items():
        noun = len(word) > 5 and word[0].isupper() and word[1:].islower()
        if not noun or count < 3 or is_listed(word.lower(), own):
            continue
        for cut in range(4, len(word) - 1):
            if is_listed(word[:cut], own):
                types[word[cut:]] += 1
                occurrences[word[cut:]] += count
    most, share = GLUED
    for word, count in counts.words.items():
        common = count >= TAIL and word.islower() and len(word) > 1
        noun = counts.words[word.capitalize()] > count / 3
        if common and not noun and types[word] <= most and occurrences[word] <= share * count:
            yield word


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
