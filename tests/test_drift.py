"""Drift: what the vectors say above a floor, what the ear hears, what the reader reads."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.auditing import audit, score
from auditor.drift import Unshared, distance, drift, fitted
from auditor.encoders import load_encoder
from auditor.files import read_documents
from auditor.fluency.hearing import doubts, hear
from auditor.fluency.tagger import read_words
from auditor.model import Calibration

CURVE = Calibration(slope=-20.0, intercept=8.0)
NOTHING = math.nan
CODES = ("fr", "de")
WELL = ("La ministre a présenté le nouveau projet de loi devant les députés.", "fr")
BROKEN = ("La ministre a présenter le nouveau projet loi devant est les députés.", "fr")


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 20), st.floats(0, 20))
def test_it_rises_with_distance_and_with_doubt(one, other, less, more):
    near, far = max(one, other), min(one, other)
    less, more = sorted((less, more))
    assert drift(near, CURVE, (less, 0.1)) <= drift(far, CURVE, (less, 0.1))
    assert drift(one, CURVE, (less, 0.1)) <= drift(one, CURVE, (more, 0.1))
    assert drift(one, CURVE, (less, more)) == pytest.approx(drift(one, CURVE, (more, less)))
    assert 0 < drift(one, CURVE, (less, more)) <= 1  # rounded, where all speak against them


def test_above_a_similarity_vectors_tell_of_literalness_only():
    assert distance(0.45, CURVE) > distance(0.9, CURVE)
    assert drift(0.45, CURVE, (0.2, 0.2)) == drift(0.9, CURVE, (0.2, 0.2))


def test_strangers_drift_however_well_they_read():
    assert drift(0.0, CURVE, (0.0, 0.0)) > 0.75
    assert drift(0.9, CURVE, (0.0, 0.0)) < 0.1


@given(st.floats(0, 6), st.floats(0, 6), st.floats(-12, 12), st.floats(-12, 12))
def test_it_rises_with_what_nothing_answers_and_with_denial(one, other, low, high):
    less, more = sorted((one, other))
    low, high = sorted((low, high))
    least = drift(0.7, CURVE, (0.1, 0.1), Unshared(less, low))
    assert drift(0.7, CURVE, (0.1, 0.1)) < least
    assert least <= drift(0.7, CURVE, (0.1, 0.1), Unshared(more, low)) <= 1
    assert least <= drift(0.7, CURVE, (0.1, 0.1), Unshared(less, high)) <= 1


def test_what_is_left_out_or_denied_drifts_though_the_vectors_are_near():
    german = "Der Bürgermeister hat das Schwimmbad eingeweiht, obwohl die Arbeiten noch andauern."
    said, halved, denied = (
        "Le maire a inauguré la piscine, alors que les travaux se poursuivent encore.",
        "Le maire a inauguré la piscine.",
        "Le maire n'a pas inauguré la piscine, alors que les travaux se poursuivent encore.",
    )
    scores = score([(text, german) for text in (said, halved, denied)], load_encoder(), CODES)
    right, short, opposite = (value for _, value in scores)
    assert right < 0.15
    assert short > 0.5
    assert opposite > 0.5


def test_a_bead_of_an_audit_and_the_same_pair_of_lines_drift_alike(tmp_path):
    lines = {
        "fr": "La ministre n'a pas présenté le nouveau projet de loi devant les députés.",
        "de": "Die Ministerin hat den neuen Gesetzentwurf vor den Abgeordneten vorgestellt.",
    }
    for code, text in lines.items():
        (tmp_path / f"x.{code}.txt").write_text(text, "utf-8")
    documents = read_documents([str(tmp_path / f"x.{code}.txt") for code in lines])
    encoder = load_encoder()
    bead = audit(documents, encoder).bitexts[0].beads[0]
    [(_, expected)] = score([(lines["fr"], lines["de"])], encoder, CODES)
    assert bead.drift == pytest.approx(expected, abs=1e-4)


def test_a_side_that_cannot_be_heard_counts_as_one_that_reads_well():
    typical = math.expm1(fitted().clean)
    expected = drift(0.5, CURVE, (typical, typical))
    assert drift(0.5, CURVE, (NOTHING, NOTHING)) == pytest.approx(expected)


def test_a_broken_sentence_is_doubted_more_than_a_good_one():
    good, bad = doubts([WELL[0], BROKEN[0]], "fr")
    assert bad > 10 * good >= 0


def test_nothing_is_heard_of_other_languages_or_of_a_word_or_two():
    assert math.isnan(doubts(["This sentence is in a language that was not learnt."], "en")[0])
    assert math.isnan(doubts(["Mentions légales"], "fr")[0])


def test_what_is_too_long_for_a_sentence_is_neither_heard_nor_tagged():
    endless = f"{WELL[0][:-1]} et " * 400
    assert math.isnan(doubts([endless], "fr")[0])
    assert read_words([endless, WELL[0]], "fr")[0] == ()
    assert len(read_words([endless, WELL[0]], "fr")[1]) > 10


def test_what_was_heard_before_is_heard_alike():
    texts = [WELL[0], BROKEN[0], WELL[0]]
    once, again = hear(texts, "fr"), hear(texts, "fr")
    assert all(one is other for one, other in zip(once, again, strict=True))
    assert once[0] is once[2]


def test_the_version_that_reads_as_a_sentence_drifts_less():
    german = "Die Ministerin hat den neuen Gesetzentwurf vor den Abgeordneten vorgestellt."
    pairs = [(WELL[0], german), (BROKEN[0], german)]
    (_, right), (_, broken) = score(pairs, load_encoder(), ("fr", "de"))
    assert right < 0.2 < broken
