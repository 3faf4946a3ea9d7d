"""Measure where sentences end: the splitter sentencex alone, and with the auditor's rows.

Usage: python scripts/evaluate_segmentation.py --data DIR [--errors N]

DIR holds ``data/ud`` (Universal Dependencies treebanks) and ``eval`` (NTREX, PUD). Sentences are
joined into running text, ten at a time or document by document, and the boundaries between them are
to be found again.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sentencex  # type: ignore[import-untyped]

from auditor.languages import language
from auditor.text.boundaries import boundaries

Sentences = Sequence[str]
Splitter = Callable[[str, str], list[int]]

_CHUNK = 10  # sentences of a treebank that are joined into one text
_MARKED = re.compile(r"[.!?…][\s»”“\"'’)\]]*$")
_TREEBANKS = (
    ("fr", "UD French GSD", "data/ud/UD_French-GSD"),
    ("fr", "UD French Sequoia", "data/ud/UD_French-Sequoia"),
    ("de", "UD German GSD", "data/ud/UD_German-GSD"),
    ("fr", "UD French PUD", "eval/pud/UD_French-PUD"),
    ("de", "UD German PUD", "eval/pud/UD_German-PUD"),
    ("en", "UD English PUD", "eval/pud/UD_English-PUD"),
)


@dataclass(slots=True)
class Score:
    """Boundaries found, missed and made up."""

    right: int = 0
    missed: int = 0
    unmarked: int = 0  # of those missed: no mark shows that the sentence ends
    wrong: int = 0
    examples: list[str] = field(default_factory=list)

    def row(self) -> str:
        """Precision, recall, F1 and the recall of marked ends in per cent, as cells."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        marked = self.right / max(1, self.right + self.missed - self.unmarked)
        return " | ".join(f"{100 * part:.2f}" for part in (precision, recall, f1, marked))


def splitter_alone(code: str, text: str) -> list[int]:
    """The boundaries of sentencex."""
    return [entry["end_index"] for entry in sentencex.get_sentence_boundaries(code, text)]


def with_rows(code: str, text: str) -> list[int]:
    """The boundaries of the auditor."""
    return boundaries(text, language(code))


def treebank(folder: Path) -> Iterator[Sentences]:
    """The sentences of a treebank, some at a time."""
    sentences = [
        line.removeprefix("# text = ").strip()
        for path in sorted(folder.glob("*.conllu"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("# text = ")
    ]
    for start in range(0, len(sentences), _CHUNK):
        yield sentences[start : start + _CHUNK]


def ntrex(folder: Path, code: str) -> Iterator[Sentences]:
    """The sentences of NTREX, document by document."""
    for path in sorted(folder.glob(f"*.{code}.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield [line.strip() for line in lines if line.strip()]


def measure(code: str, groups: Sequence[Sentences], splitter: Splitter) -> Score:
    """How well a splitter finds the sentences of some texts again."""
    score = Score()
    for sentences in groups:
        text = " ".join(sentences)
        gold: set[int] = set()
        for sentence in sentences[:-1]:
            gold.add(max(gold, default=-1) + 1 + len(sentence))
        found = {len(text[:end].rstrip()) for end in splitter(code, text)} - {len(text), 0}
        score.right += len(gold & found)
        score.missed += len(gold - found)
        score.unmarked += sum(1 for end in gold - found if not _MARKED.search(text[end - 9 : end]))
        score.wrong += len(found - gold)
        score.examples += [
            f"missed: {_around(text, at)}"
            for at in sorted(gold - found)
            if _MARKED.search(text[at - 9 : at])
        ]
        score.examples += [f"wrong:  {_around(text, at)}" for at in sorted(found - gold)]
    return score


def _around(text: str, at: int) -> str:
    return f"{text[max(0, at - 50) : at]}¦{text[at : at + 40]}".replace("\n", " ")


def sets(data: Path) -> Iterator[tuple[str, str, list[Sentences]]]:
    """All evaluation sets: language, name, groups of sentences."""
    for code, name, folder in _TREEBANKS:
        yield code, name, list(treebank(data / folder))
    for code in ("fr", "de", "en"):
        yield code, f"NTREX {code}", list(ntrex(data / "eval" / "ntrex", code))


def main() -> None:
    """Print the table, and some errors where they are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(os.environ.get("AUDITOR_DATA", "../shared"))
    parser.add_argument("--data", type=Path, default=default, help="folder with data/ and eval/")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors a set")
    parser.add_argument("--only", default="", help="the sets whose name contains this")
    options = parser.parse_args()
    print("| set | sentences | splitter | precision | recall | F1 | recall of marked ends |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
    for code, name, groups in sets(options.data):
        if options.only not in name:
            continue
        count = sum(len(group) for group in groups)
        ours = measure(code, groups, with_rows)
        for label, score in (
            ("sentencex", measure(code, groups, splitter_alone)),
            ("auditor", ours),
        ):
            print(f"| {name} | {count} | {label} | {score.row()} |")
        step = max(1, len(ours.examples) // max(1, options.errors))
        for example in ours.examples[::step][: options.errors]:
            print(f"    {example}")


if __name__ == "__main__":
    main()
