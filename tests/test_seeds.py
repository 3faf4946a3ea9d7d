"""The sample articles keep their promises: the key is exact, and the texts are our own."""

import json
import os
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DATA = Path(os.environ.get("AUDITOR_DATA", ROOT.parent / "shared"))

KEY = json.loads((SEEDS / "harbour-wind.key.json").read_text(encoding="utf-8"))
FAULTS = KEY["faults"]
ARTICLES = sorted(SEEDS.glob("*.txt"))

FIELDS = {
    "id", "language", "span", "occurrence", "start", "end",
    "other", "category", "severity", "visible", "kind", "note",
}  # fmt: skip
CATEGORIES = {
    "accuracy/mistranslation",
    "accuracy/omission",
    "accuracy/addition",
    "accuracy/untranslated",
    "terminology/inconsistent",
    "fluency/grammar",
    "fluency/spelling",
    "fluency/punctuation",
    "locale/number-format",
}
BOILERPLATE = re.compile(
    r"^(Advertisement|Publicité|Werbung)$"
    r"|^(Photo\s?|Foto):"
    r"|^(If you buy|Si vous achetez|Wenn Sie über einen Link)"
    r"|^(Ce texte a été traduit|Dieser Text wurde automatisch)"
)
# A sentence ends in one of . ! ? and its closing quotation mark, before white space or the end.
# After a digit (German „11. März“) a full stop ends a sentence only at the end of the line.
SENTENCE_END = re.compile(r"(?:(?<!\d)[.!?]|(?<=\d)[.!?](?=\s*$))\s?[“”»]?(?=\s|$)", re.MULTILINE)
SHORTEST_LINE = 20  # labels such as « Publicité » are nobody's text


def text(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


def article(language: str) -> str:
    return text(f"{KEY['article']}.{language}.txt")


def prose(name: str) -> list[str]:
    return [line for line in text(name).splitlines() if line and not BOILERPLATE.search(line)]


def sentences(name: str) -> int:
    return sum(len(SENTENCE_END.findall(line)) for line in prose(name))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_span_is_the_slice_of_its_file(fault):
    raw = article(fault["language"])
    start, end, span = fault["start"], fault["end"], fault["span"]
    assert 0 <= start <= end <= len(raw)
    assert raw[start:end] == span
    if fault["category"] == "accuracy/omission":
        assert span == ""
        assert fault["occurrence"] is None
        assert fault["other"]
    else:
        assert span == span.strip()
        assert span
        assert fault["occurrence"] == 1
        assert raw.count(span) == 1
        assert "\n" not in span


@pytest.mark.parametrize("fault", [f for f in FAULTS if f["other"]], ids=lambda fault: fault["id"])
def test_counterpart_is_the_slice_of_the_other_file(fault):
    other = fault["other"]
    assert set(other) == {"language", "span", "start", "end"}
    assert {fault["language"], other["language"]} == {"fr", "de"}
    assert other["span"]
    assert article(other["language"])[other["start"] : other["end"]] == other["span"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_fields_are_valid(fault):
    assert set(fault) == FIELDS
    assert fault["language"] in {"fr", "de"}
    assert fault["category"] in CATEGORIES
    assert fault["severity"] in {"minor", "major", "critical"}
    assert fault["visible"] in {"alone", "other"}
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", fault["kind"])
    assert fault["note"].endswith((".", ")."))


def test_ids_are_unique_and_spans_apart():
    assert len({fault["id"] for fault in FAULTS}) == len(FAULTS)
    for language in ("fr", "de"):
        spans = sorted((f["start"], f["end"]) for f in FAULTS if f["language"] == language)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_key_has_enough_faults_on_both_sides():
    by_language = Counter(fault["language"] for fault in FAULTS)
    assert 20 <= len(FAULTS) <= 28
    assert min(by_language["fr"], by_language["de"]) >= 10


def test_readme_counts_the_kinds_of_the_key():
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text("README.md"), re.MULTILINE)
    assert {kind: int(count) for kind, count in rows} == Counter(f["kind"] for f in FAULTS)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("harbour-wind.en.txt", 30, 50),
        ("harbour-wind.fr.txt", 30, 50),
        ("harbour-wind.de.txt", 30, 50),
        ("tidal-library.en.txt", 20, 30),
        ("tidal-library.fr.txt", 20, 30),
        ("tidal-library.de.txt", 20, 30),
        ("two-stations.fr.txt", 12, 18),
        ("two-stations.de.txt", 12, 18),
    ],
)
def test_article_is_long_enough(name, least, most):
    assert least <= sentences(name) <= most


@pytest.mark.parametrize("stem", ["harbour-wind", "tidal-library"])
def test_translations_keep_the_paragraphs_of_one_another(stem):
    counts = {len(prose(f"{stem}.{language}.txt")) for language in ("en", "fr", "de")}
    assert len(counts) == 1


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_typography_is_clean(path):
    raw = path.read_text(encoding="utf-8")
    assert raw.endswith("\n")
    assert not raw.startswith("\ufeff")
    assert "\r" not in raw
    assert not re.search(r"[ \t]+$", raw, re.MULTILINE)
    assert "  " not in raw
    assert "'" not in raw
    assert '"' not in raw


def test_no_line_comes_from_the_third_party_articles():
    folder = DATA / "seeds"
    theirs = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not theirs:
        pytest.skip(f"no third-party articles in {folder}: set AUDITOR_DATA to compare with them")
    known = "\n".join(path.read_text(encoding="utf-8") for path in theirs)
    for path in ARTICLES:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) < SHORTEST_LINE or line not in known, f"{path.name}: {line}"
