"""Frequent words and the rare ones that look like them: `auditor/data/spelling/CODE.txt.xz`.

A word may be told as misspelt where it is one letter away from a frequent one. Words that are right
and look like a frequent word are listed (`~form`): those of simplemma's dictionaries (MIT) of the
language and of English, and those that plain text has more than once. All other words of the
dictionaries are of no use here, and left out.

    python scripts/learn_spelling.py --data ../shared
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from learn_words import texts
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from auditor.languages import codes, language
from auditor.text.misspelling import SHORTEST, is_slip, without_accents

FREQUENT = 25  # times that a correction stands in the text at least
KNOWN = 2  # times that a form stands there to count as right
# Letters that an accepted reform writes otherwise: « maitrise » (1990).
REFORMED = {"fr": {"î": "i", "û": "u"}}
_WORD = re.compile(r"(?<![\w’'.@/-])[^\W\d_]+(?![\w’'@/-])")
_AFTER_A_WORD = re.compile(r"(?<=[^\W\d_] )[^\W\d_]+(?![\w’'@/-])")


def main() -> None:
    """Learn and write the lists of every language that has rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--languages", nargs="*", default=[c for c in codes() if c != "en"])
    options = parser.parse_args()
    target = Path(__file__).parent.parent / "auditor" / "data" / "spelling"
    target.mkdir(exist_ok=True)
    for code in options.languages:
        frequent, near = learn(code, options.data / "data")
        path = target / f"{code}.txt.xz"
        lines = [*sorted(frequent), *(f"~{form}" for form in sorted(near))]
        path.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))
        print(code, len(frequent), len(near), path.stat().st_size)


def learn(code: str, folder: Path) -> tuple[set[str], set[str]]:
    """Frequent words, and other known forms that are one slip away from one of them."""
    counts: Counter[str] = Counter()
    for line in texts(code, folder):
        counts.update(word for word in _WORD.findall(line) if word.islower())
        if language(code).capitalised_nouns:
            counts.update(w for w in _AFTER_A_WORD.findall(line) if w[0].isupper())
    known = {word for word, count in counts.items() if count >= KNOWN}
    factory = DefaultDictionaryFactory()
    dictionary = set(_forms(factory.get_dictionary(code)))
    known |= dictionary | set(_forms(factory.get_dictionary("en")))
    frequent = {
        word
        for word, count in counts.items()
        if count >= FREQUENT and SHORTEST <= len(word) < 25 and word in dictionary
    }
    reform = str.maketrans(REFORMED.get(code, {}))
    return frequent, _near(known - frequent, frequent) | (
        {word.lower().translate(reform) for word in frequent} - {word.lower() for word in frequent}
    )


def _forms(dictionary: Iterable[object]) -> Iterable[str]:
    for form in dictionary:
        yield form if isinstance(form, str) else bytes(form).decode()  # type: ignore[call-overload]


def _near(known: Iterable[str], frequent: set[str]) -> set[str]:
    """The forms from which a frequent word is one slip away, whatever the case."""
    index: dict[str, list[str]] = defaultdict(list)
    for word in frequent:
        for cut in _cuts(word.lower()):
            index[cut].append(word.lower())
    return {
        form.lower()
        for form in known
        if SHORTEST <= len(form) < 25
        and any(
            is_slip(form.lower(), word)
            for cut in _cuts(form.lower())
            for word in index.get(cut, ())
        )
    }


def _cuts(word: str) -> set[str]:
    """A word, the word without each of its letters, and without all accents."""
    return {word, without_accents(word), *(word[:at] + word[at + 1 :] for at in range(len(word)))}


if __name__ == "__main__":
    main()
