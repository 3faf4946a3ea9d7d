"""Sentences end where the cases say, and nothing is lost on the way."""

from __future__ import annotations

import itertools
import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.languages import codes, language
from auditor.text.boundaries import boundaries
from tests.conftest import ROOT

CASES = tomllib.loads((ROOT / "tests/cases/segmentation.toml").read_text("utf-8"))["case"]

PIECES = st.sampled_from(
    [
        *"abcXYZÀéß019.!?…,;:()[]\"'«»„“”‚‘’ \n-–/@",
        "\u202f",
        "z. B.",
        "M. ",
        "…",
        "Der ",
        "Le ",
        "the ",
        "xAI",
        "12. ",
        "😀",
        "́",
        "...",
        "etc. ",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


def sentences(text: str, code: str) -> list[str]:
    cuts = [0, *boundaries(text, language(code))]
    parts = [text[start:end].strip() for start, end in itertools.pairwise(cuts)]
    return [part for part in parts if part]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['language']}: {case['sentences'][0]}"
)
def test_cases(case):
    text = case.get("text", " ".join(case["sentences"]))
    assert sentences(text, case["language"]) == case["sentences"]


@given(TEXTS, st.sampled_from(codes()))
def test_boundaries_rise_and_the_last_is_the_end(text, code):
    found = boundaries(text, language(code))
    assert found == sorted(set(found)) or found == [0]
    assert found[-1] == len(text)


@given(
    st.lists(st.sampled_from(["Der Hund bellt.", "Die Katze schläft!", "Wer ruft?"]), min_size=1)
)
@settings(max_examples=25)
def test_plain_sentences_are_found_again_however_many(lines):
    assert sentences(" ".join(lines), "de") == lines


@pytest.mark.parametrize("code", codes())
def test_abbreviations_end_in_a_full_stop_and_stand_in_one_list(code):
    row = language(code).segmentation
    lists = [row.abbreviations, row.number_abbreviations, row.final_abbreviations]
    assert all(entry.endswith(".") for entries in lists for entry in entries)
    assert len(frozenset().union(*lists)) == sum(map(len, lists))


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        ".",
        ". ",
        "“a.",
        "«",
        "(a.",
        "A. ",
        "\n",
        ") ",
        '! "',
        ".'",
        "- ",
        "1. ",
        "a.B",
        "._",
        "é",
        "Der Hund bellt laut. ",
        "…\xa0»",
        "z. B. ",
    ],
)
def test_time_grows_with_the_length_alone(pattern):
    text = pattern * (400_000 // len(pattern))
    started = time.process_time()
    boundaries(text, language("de"))
    # A few seconds for ten megabytes on one slow core; quadratic time would take minutes here.
    assert time.process_time() - started < 6
