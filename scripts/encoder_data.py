"""Reads the parallel text and the evaluation sets for the encoder's scripts.

`data` is always the folder that holds `data/` and `eval/`.
"""

from __future__ import annotations

import csv
import gzip
import lzma
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("fr", "de", "en")

# Share of a source's pairs that one epoch draws. Software manuals, law, the Bible and lists of
# titles and names are large and unlike the prose that is audited.
WEIGHTS: dict[str, float] = {
    "msdocs_ht": 0.6,
    "msdocs_mixed": 0.4,
    "msdocs_mtunits": 0.4,
    "msdocs_sql_ht": 0.5,
    "swiss_law": 0.7,
    "bible": 0.35,
    "wikidict": 0.7,
    "freedict": 0.5,
    "cldr": 0.3,
    "osm_id_tagging": 0.5,
    "tatoeba_pivot": 1.5,
    "opensource_guide": 2.0,
    "privacyguides": 2.0,
    "rust_book": 2.0,
    "sdg": 2.0,
    "onegov_ch": 1.5,
    "gnome_user_docs": 1.5,
    "monero_site": 1.5,
    "mozilla_lang": 1.5,
    "mozilla_www": 1.5,
    "darktable_docs": 1.5,
    "stsb_train_mt": 2.0,
}

# Prose sources of which every HELD_OUT_EVERY-th block of HELD_OUT_BLOCK lines is kept from
# training: the drift calibration and the training script's own check read it.
HELD_OUT_SOURCES = (
    "msdocs_ht", "msdocs_sql_ht", "tatoeba_pivot", "opensource_guide", "privacyguides",
    "rust_book", "darktable_docs", "gnome_user_docs", "mozilla_lang", "onegov_ch",
)  # fmt: skip
HELD_OUT_WHOLE = ("xquad",)  # the source most like news: all of it
HELD_OUT_BLOCK = 40
HELD_OUT_EVERY = 25

_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a source: its texts by language, and its place."""

    source: str
    line: int
    texts: dict[str, str]
    held_out: bool


def normalised(text: str) -> str:
    """Case, punctuation and spacing removed: the form in which texts count as the same."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def read_rows(data: Path) -> Iterator[Row]:
    """Read all rows of `data/pairs/NAME.LANGS.tsv.xz` in file order. Raises OSError."""
    for path in sorted((data / "data" / "pairs").glob("*.tsv.xz")):
        source, languages = path.name.removesuffix(".tsv.xz").rsplit(".", 1)
        order = languages.split("-")
        if len(order) < 2:
            continue  # scored pairs of one language: see read_scored
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for number, line in enumerate(lines):
                cells = line.rstrip("\n").split("\t")
                if len(cells) == len(order):
                    held = _is_held_out(source, number)
                    yield Row(source, number, dict(zip(order, cells, strict=True)), held)


def _is_held_out(source: str, line: int) -> bool:
    if source in HELD_OUT_WHOLE:
        return True
    if source not in HELD_OUT_SOURCES:
        return False
    # Small sources would lose everything or nothing with whole blocks of 40, hence the offset.
    return (line // HELD_OUT_BLOCK) % HELD_OUT_EVERY == 3


def read_scored(data: Path, language: str) -> list[tuple[str, str, float]]:
    """Read the STS-B training pairs of one language with their score from 0 to 1."""
    path = data / "data" / "pairs" / f"stsb_train_scored.{language}.tsv.xz"
    with lzma.open(path, "rt", encoding="utf8") as lines:
        cells = [line.rstrip("\n").split("\t") for line in lines]
    return [(one, other, float(score) / 5) for one, other, score in cells]


def read_mono(data: Path, name: str, every: int = 1) -> list[str]:
    """Every n-th sentence of `data/mono/NAME*.xz`; an absent file gives an empty list."""
    found = sorted((data / "data" / "mono").glob(f"{name}*"))
    sentences: list[str] = []
    for path in found:
        with lzma.open(path, "rt", encoding="utf8") as lines:
            sentences += [line.rstrip("\n") for i, line in enumerate(lines) if i % every == 0]
    return sentences


@cache
def evaluation_texts(data: Path) -> frozenset[str]:
    """Every line, cell and sentence of the evaluation sets, normalised."""
    texts: set[str] = set()
    for path in sorted((data / "eval").rglob("*")):
        if path.is_file():
            for cell in _cells(path):
                texts.add(normalised(cell))
                texts.update(normalised(part) for part in _SENTENCE_END.split(cell))
    texts.discard("")
    return frozenset(texts)


def _cells(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8", errors="replace") as stream:
        content = stream.read()
    if path.suffix == ".csv" or path.name.endswith(".tsv"):
        delimiter = "," if path.suffix == ".csv" else "\t"
        csv.field_size_limit(10**7)
        for row in csv.reader(content.splitlines(), delimiter=delimiter):
            yield from row
    for line in content.splitlines():
        if path.suffix == ".conllu" and not line.startswith("# text"):
            continue
        yield from line.split("\t")
        yield line.split(" = ", 1)[-1]


def acceptable(left: str, right: str) -> bool:
    """Tell whether a pair has a sane ratio of lengths and was translated at all."""
    short, long = sorted((len(left), len(right)))
    if not short or long > 1200:
        return False
    if long > 20 and long / short > 2.6:
        return False
    return not (left == right and len(left.split()) > 3)
