"""False alarms of each rule on clean human translations, and what share of planted errors it finds.

Clean sets: `ntrex` (news), `pud` (news and encyclopedia), `msdocs_ht` (documentation). Planted, one
per copy of a document, on either side in turn, in `ntrex`:

- number: one number in digits becomes another one;
- untranslated: one sentence, or a clause of seven words, is left in English;
- quotation: one closing mark is dropped.

A planted error counts as found where a finding of the rule meets its place. Prints Markdown tables.

    python scripts/evaluate_rules.py --data ../shared
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from auditor import auditing
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.model import Document, Finding, Severity
from auditor.text.reading import read_text

Triple = tuple[list[str], list[str], list[str]]  # lines of one article in English, French, German
Planted = tuple[str, int, int]  # the text, and where the error stands in it
SIDES = ("fr", "de")


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    folder = parser.parse_args().data / "eval"
    encoder = load_encoder()
    print(f"Encoder {encoder.signature}\n")
    print("| clean set | sentences | rule | major or worse per 100 | minor per 100 |")
    print("|---|---:|---|---:|---:|")
    sets = {
        "ntrex": list(ntrex(folder)),
        "pud": list(pud(folder)),
        "msdocs_ht": list(articles(folder / "msdocs_ht")),
    }
    for name, triples in sets.items():
        false_alarms(name, triples, encoder)
    print("\n| planted in ntrex | copies | found | share |")
    print("|---|---:|---:|---:|")
    for kind, (rule, plant) in PLANTS.items():
        recall(kind, rule, plant, sets["ntrex"], encoder)


def ntrex(folder: Path) -> Iterator[Triple]:
    """News articles, one sentence a line."""
    for path in sorted((folder / "ntrex").glob("*.en.txt")):
        yield tuple(  # type: ignore[misc]  # three of them
            path.with_name(path.name.replace(".en.", f".{code}.")).read_text("utf-8").splitlines()
            for code in ("en", "fr", "de")
        )


def pud(folder: Path) -> Iterator[Triple]:
    """A thousand sentences, in twenties."""
    with gzip.open(folder / "pud" / "ud_pud.en-fr-de.tsv.gz", "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t")[-3:] for line in stream]
    for start in range(0, len(rows), 20):
        part = rows[start : start + 20]
        yield [r[0] for r in part], [r[1] for r in part], [r[2] for r in part]


def articles(folder: Path) -> Iterator[Triple]:
    """Articles without their English source."""
    for path in sorted(folder.glob("*.fr.txt")):
        german = path.with_name(path.name.replace(".fr.", ".de."))
        yield [], path.read_text("utf-8").splitlines(), german.read_text("utf-8").splitlines()


def document(lines: Sequence[str], code: str) -> Document:
    """An article as the auditor reads a plain text file: one paragraph a line."""
    return read_text("\n".join(lines), id=code, path=code, language=language(code))


def findings(french: Document, german: Document, encoder: Encoder) -> tuple[Finding, ...]:
    """All findings of an audit of the two."""
    return auditing.audit([french, german], encoder).findings


def false_alarms(name: str, triples: Sequence[Triple], encoder: Encoder) -> None:
    """A row for each rule."""
    sentences = 0
    loud: Counter[str] = Counter()
    quiet: Counter[str] = Counter()
    for _, french, german in triples:
        pair = document(french, "fr"), document(german, "de")
        sentences += len(pair[0].segments)
        for finding in findings(*pair, encoder):
            (quiet if finding.severity.rank < Severity.MAJOR.rank else loud)[finding.rule] += 1
    for rule in sorted({*loud, *quiet}):
        rates = f"{100 * loud[rule] / sentences:.2f} | {100 * quiet[rule] / sentences:.2f}"
        print(f"| {name} | {sentences} | {rule} | {rates} |")
    total = f"{100 * loud.total() / sentences:.2f} | {100 * quiet.total() / sentences:.2f}"
    print(f"| {name} | {sentences} | **all** | {total} |")


def recall(
    kind: str,
    rule: str,
    plant: Callable[[list[str], list[str], random.Random], Planted | None],
    triples: Sequence[Triple],
    encoder: Encoder,
) -> None:
    """One row: plant one error a copy, five copies an article."""
    found = copies = 0
    for number, (english, french, german) in enumerate(triples):
        for copy in range(5):
            side = (number + copy) % 2
            chance = random.Random(f"{kind}-{number}-{copy}")  # noqa: S311  no secret is made here
            planted = plant([french, german][side], english, chance)
            if planted is None:
                continue
            text, start, end = planted
            pair = [document(french, "fr"), document(german, "de")]
            pair[side] = read_text(text, id=SIDES[side], path="x", language=language(SIDES[side]))
            copies += 1
            found += any(
                finding.rule == rule and meets(finding, SIDES[side], start, end)
                for finding in findings(pair[0], pair[1], encoder)
            )
    print(f"| {kind} | {copies} | {found} | {100 * found / copies:.1f} % |")


def meets(finding: Finding, side: str, start: int, end: int) -> bool:
    """Whether a primary span of the finding meets the planted place."""
    return any(
        span.document == side and span.primary and span.start < end and start < span.end
        for span in finding.spans
    )


def plant_number(lines: list[str], _english: list[str], chance: random.Random) -> Planted | None:
    """Another number in place of one of two digits and more (no part of a name)."""
    text = "\n".join(lines)
    places = list(re.finditer(r"(?<![\w.,-])[1-9]\d+(?![\w-]|[.,]\d)", text))
    if not places:
        return None
    place = chance.choice(places)
    other = str(int(place.group()) + chance.choice([-7, -3, 2, 11, 90]))
    return text[: place.start()] + other + text[place.end() :], place.start(), place.end()


def plant_sentence(lines: list[str], english: list[str], chance: random.Random) -> Planted | None:
    """An English sentence of six words and more in place of its translation."""
    places = [i for i, line in enumerate(english) if len(line.split()) >= 6]
    if not places:
        return None
    place = chance.choice(places)
    copy = [*lines[:place], english[place], *lines[place + 1 :]]
    start = len("\n".join(copy[:place])) + bool(place)
    return "\n".join(copy), start, start + len(english[place])


def plant_clause(lines: list[str], english: list[str], chance: random.Random) -> Planted | None:
    """Seven English words in place of the last seven of a translation."""
    places = [
        i
        for i, line in enumerate(english)
        if len(line.split()) >= 14 and len(lines[i].split()) >= 14
    ]
    if not places:
        return None
    place = chance.choice(places)
    kept, clause = " ".join(lines[place].split()[:-7]), " ".join(english[place].split()[-7:])
    copy = [*lines[:place], f"{kept} {clause}", *lines[place + 1 :]]
    start = len("\n".join(copy[:place])) + bool(place) + len(kept) + 1
    return "\n".join(copy), start, start + len(clause)


def plant_quotation(lines: list[str], _english: list[str], chance: random.Random) -> Planted | None:
    """A closing mark dropped; the place is that of the opening one."""
    text = "\n".join(lines)
    places = list(re.finditer("«[^«»\n]{3,200}(»)|„[^„“\n]{3,200}(“)", text))
    if not places:
        return None
    place = chance.choice(places)
    return text[: place.end() - 1] + text[place.end() :], place.start(), place.start() + 1


PLANTS = {
    "number": ("number-mismatch", plant_number),
    "untranslated sentence": ("untranslated-text", plant_sentence),
    "untranslated clause": ("untranslated-text", plant_clause),
    "quotation": ("unpaired-quotation", plant_quotation),
}


if __name__ == "__main__":
    main()
