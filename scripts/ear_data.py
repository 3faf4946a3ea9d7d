"""Text for the ear's scripts: clean sentences of modern prose, treebanks, families of forms.

`data` is always the folder that holds `data/` and `eval/`. Nothing of `eval/` is read but to leave
out what is in it.
"""

from __future__ import annotations

import lzma
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from encoder_data import evaluation_texts, normalised

from auditor.fluency.ear_tokens import joints, tokenise, written

LANGUAGES = ("fr", "de")

# How many sentences a source may give to a language. Human text alone; software manuals, law, the
# Bible and old novels are large and unlike the prose that is audited.
MONO: dict[str, dict[str, int]] = {
    "fr": {
        "an_debats2013": 50_000,
        "commonvoice": 110_000,
        "gouv_docs": 20_000,
        "piaf_wiki": 10_000,
        "ud": 20_000,
        "eltec": 25_000,
    },
    "de": {
        "bundestag": 230_000,
        "commonvoice": 50_000,
        "germeval2014": 10_000,
        "ud": 5_000,
        "eltec": 12_000,
    },
}
PAIRS: dict[str, int] = {
    "msdocs_ht": 130_000,
    "msdocs_ht_only_de": 40_000,
    "msdocs_ht_only_fr": 20_000,
    "msdocs_sql_ht": 25_000,
    "swiss_law": 25_000,
    "bible": 4_000,
    "tatoeba": 50_000,
    "tatoeba_pivot": 25_000,
}
# Small sources of edited prose, taken whole.
WHOLE = (
    "privacyguides", "opensource_guide", "rust_book", "rpi_learning", "xquad", "sdg", "onegov_ch",
    "covidcert_ch", "electron_docs", "picard_docs", "darktable_docs", "gnome_user_docs",
    "mate_user_guide", "monero_site", "mozilla_lang", "mozilla_www", "stellarium_skycultures",
    "wikiedu", "wikipedia_android", "securedrop", "freebsd_doc", "tldr", "shattered_pd",
)  # fmt: skip
MOST_FORMS = 80  # of a lemma: what has more is no word
FEWEST, MOST = 4, 90  # tokens of a sentence that is learnt from
NOISE = re.compile(
    r"\((?:Beifall|Zuruf|Heiterkeit|Lachen|Zwischenruf|Widerspruch)|[|{}<>\\]|https?:"
)


@dataclass(slots=True)
class Tokens:
    """A sentence in tokens: their forms, and which of them have a space before."""

    forms: list[str]
    spaced: list[bool]

    @classmethod
    def of(cls, sentence: str) -> Tokens:
        """The tokens of a sentence."""
        found = tokenise(sentence)
        ends = [0, *(token.end for token in found)]
        gaps = [token.start > end for token, end in zip(found, ends, strict=False)]
        return cls([written(token.text) for token in found], gaps)

    def joints(self) -> list[int]:
        """See `auditor.fluency.ear_tokens.joints`."""
        return joints(self.forms, self.spaced)


def clean_sentences(data: Path, language: str, seed: int = 1) -> list[str]:
    """Clean sentences of a language, each once, shuffled."""
    banned = evaluation_texts(data)
    seen: set[str] = set()
    kept: list[str] = []
    for _, sentences, most in sources(data, language):
        Random(seed).shuffle(sentences)  # noqa: S311 - repeatable, not secret
        taken = 0
        for sentence in sentences:
            if taken >= most:
                break
            key = normalised(sentence)
            if key in seen or key in banned or not _is_prose(sentence):
                continue
            seen.add(key)
            kept.append(sentence)
            taken += 1
    Random(seed).shuffle(kept)  # noqa: S311 - the same
    return kept


def _is_prose(sentence: str) -> bool:
    if not 15 < len(sentence) < 500 or NOISE.search(sentence):
        return False
    letters = sum(map(str.isalpha, sentence))
    return letters > 0.7 * len(sentence.replace(" ", "")) and not sentence.isupper()


def sources(data: Path, language: str) -> Iterator[tuple[str, list[str], int]]:
    """Name, sentences and highest number of sentences of each source."""
    for name, most in MONO[language].items():
        yield name, _lines(data / "data" / "mono" / f"{name}.{language}.txt.xz"), most
    for name, most in (*PAIRS.items(), *((name, 10**9) for name in WHOLE)):
        sentences: list[str] = []
        for path in sorted((data / "data" / "pairs").glob(f"{name}.*.tsv.xz")):
            order = path.name.removesuffix(".tsv.xz").rsplit(".", 1)[1].split("-")
            if language in order:
                column = order.index(language)
                rows = (line.split("\t") for line in _lines(path))
                sentences += [row[column] for row in rows if len(row) == len(order)]
        yield name, sentences, most


def _lines(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf8") as stream:
        return [line.rstrip("\n") for line in stream]


# --- treebanks --------------------------------------------------------------------------------


@dataclass(slots=True)
class Tagged:
    """A treebank's sentence in the ear's tokens, with a tag each."""

    tokens: Tokens
    tags: list[str]
    lemmas: list[str]


def treebank(data: Path, language: str) -> list[Tagged]:
    """The sentences of all treebanks of a language."""
    name = {"fr": "French", "de": "German"}[language]
    paths = sorted((data / "data" / "ud").glob(f"UD_{name}-*/*.conllu"))
    return [sentence for path in paths for sentence in treebank_file(path)]


def treebank_file(path: Path) -> list[Tagged]:
    """The sentences of one treebank file."""
    found = map(_tagged, path.read_text("utf8").split("\n\n"))
    return [sentence for sentence in found if sentence is not None]


def _tagged(block: str) -> Tagged | None:
    words = list(_words(block))
    if not words:
        return None
    text = ""
    starts = []
    for word in words:
        starts.append(len(text))
        text += word.form + word.space
    tokens = tokenise(text)
    places = [bisect_right(starts, token.start) - 1 for token in tokens]
    return Tagged(Tokens.of(text), [words[p].tag for p in places], [words[p].lemma for p in places])


@dataclass(slots=True)
class _Word:
    """A word as it is written, with the tag and lemma of (the first of) what it is made of."""

    form: str
    space: str
    tag: str
    lemma: str


def _words(block: str) -> Iterator[_Word]:
    rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
    by_number = {row[0]: row for row in rows}
    covered = 0
    for row in rows:
        first, dash, last = row[0].partition("-")
        if "." in first or int(first) <= covered:
            continue
        space = "" if "SpaceAfter=No" in row[9] else " "
        if dash:  # "du", "zum": one form, two words
            one, other = by_number[first], by_number[last]
            covered = int(last)
            yield _Word(row[1], space, _joined_tag(_tag(one), _tag(other)), one[2])
        else:
            yield _Word(row[1], space, _tag(row), row[2])


def _joined_tag(one: str, other: str) -> str:
    return "ADP_DET" if one == "ADP" and other == "DET" else one


def _tag(cells: list[str]) -> str:
    tag, features = cells[3], cells[5]
    if tag in ("VERB", "AUX"):
        if "VerbForm=Inf" in features:
            return f"{tag}_INF"
        if "VerbForm=Part" in features or "VerbForm=Ger" in features:
            return f"{tag}_PART"
        return f"{tag}_FIN"
    if tag == "PRON" and ("PronType=Rel" in features or cells[4].startswith("PREL")):
        return "PRON_REL"
    return "X" if tag in ("_", "SYM") else tag


# --- families of forms ------------------------------------------------------------------------


def families(known: dict[str, int], language: str) -> list[list[str]]:
    """Groups of known forms (lower case) that have a lemma in common.

    Lemmas come from simplemma's dictionary (MIT); `known` maps forms to how often they were seen.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    groups: dict[str, set[str]] = defaultdict(set)
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        low = form.lower()
        if known.get(low, 0) > 1:
            groups[lemma.lower()].add(low)
            if known.get(lemma.lower(), 0) > 1:
                groups[lemma.lower()].add(lemma.lower())
    return [sorted(group) for group in groups.values() if 1 < len(group) < MOST_FORMS]
