"""Words held against words: which correspond, which are alone, and what is cheap about it."""

from __future__ import annotations

import shutil
import time
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import auditor
from auditor.drift import distance
from auditor.encoders import load_encoder
from auditor.links.coverage import digest, digest_of
from auditor.links.evidence import MOST_WORDS, UNLIKE, Linked, linked
from auditor.links.stretches import Stretch, candidates, stretches
from auditor.links.words import WordVectors
from tests.conftest import SEEDS


def links(french: str, german: str) -> Linked:
    vectors = WordVectors.of([french, german], load_encoder())
    assert vectors
    found = linked((french, german), ("fr", "de"), vectors)
    assert found
    return found


def alone(found: Linked, side: int) -> set[str]:
    words = found.sides[side]
    return {words.texts[n] for n in np.flatnonzero(found.odds[side] > 0)}


def test_words_that_translate_one_another_are_linked():
    found = links(
        "Le pêcheur vend ses filets au marché.", "Der Fischer verkauft seine Netze am Markt."
    )
    best = found.links.strength.argmax(axis=1)
    pairs = {w: found.sides[1].texts[best[n]] for n, w in enumerate(found.sides[0].texts)}
    assert pairs["pêcheur"] == "Fischer"
    assert pairs["vend"] == "verkauft"
    assert pairs["marché"] == "Markt"
    assert not alone(found, 0) | alone(found, 1)


def test_a_part_of_a_compound_is_a_link():
    found = links("Les prix de l’électricité montent.", "Die Strompreise steigen.")
    row = found.sides[0].texts.index("prix")
    assert found.links.part[row].max() > 0.3


def test_a_clause_that_stands_on_one_side_only_is_alone():
    found = links(
        "Le pêcheur, qui avait passé tout l’hiver à l’hôpital, vend ses filets.",
        "Der Fischer verkauft seine Netze.",
    )
    assert {"passé", "hiver", "hôpital"} <= alone(found, 0)
    assert not alone(found, 1)
    best = next(iter(stretches(found.odds[0])))
    start, end = found.span(0, best)
    clause = "avait passé tout l’hiver à l’hôpital"
    text = "Le pêcheur, qui avait passé tout l’hiver à l’hôpital, vend ses filets."
    assert text[start:end] in clause
    gap = found.gap(0, best)
    assert "Der Fischer verkauft"[slice(*gap)] in {"Fischer verkauft", "Der Fischer verkauft"}


def test_articles_and_auxiliaries_are_free():
    found = links("Le pain est sur la table.", "Das Brot liegt auf dem Tisch.")
    assert {"Le", "est", "la"} <= {
        word for word, free in zip(found.sides[0].texts, found.sides[0].free, strict=True) if free
    }


def test_stretches_come_best_first_and_do_not_overlap():
    odds = np.array([-1.0, 2.0, 0.0, 3.0, -4.0, 1.0, -1.0])
    assert list(stretches(odds)) == [Stretch(1, 4, 5.0), Stretch(5, 6, 1.0)]
    assert not list(stretches(np.full(4, -1.0)))


@pytest.mark.parametrize("text", ["", "…", "17 – 3", "l’", "a" * 5000])
def test_no_text_is_too_odd(text: str):
    vectors = WordVectors.of([text, "Der Fischer verkauft."], load_encoder())
    assert vectors
    for pair in ((text, "Der Fischer verkauft."), ("Der Fischer verkauft.", text), (text, text)):
        found = linked(pair, ("fr", "de"), vectors)
        if found:
            list(found.losses(0, 0.5))
            list(found.clashes(0.5))


def test_a_bead_of_ten_thousand_words_is_left_alone_at_once():
    text = "Der Fischer verkauft seine Netze am Markt. " * 1500
    vectors = WordVectors.of([text], load_encoder())
    assert vectors
    assert len(text.split()) > MOST_WORDS
    start = time.process_time()
    assert linked((text, text), ("fr", "de"), vectors) is None
    assert time.process_time() - start < 1


def test_languages_without_a_lexicon_are_not_linked():
    texts = "Le pêcheur vend ses filets.", "Le pêcheur vend ses filets."
    vectors = WordVectors.of(texts, load_encoder())
    assert vectors
    assert linked(texts, ("fr", "fr"), vectors) is None


def test_a_clause_between_signs_is_weighed_as_a_whole():
    found = links(
        "Le pêcheur, qui avait passé tout l’hiver à l’hôpital, vend ses filets.",
        "Der Fischer verkauft seine Netze.",
    )
    own = found.sides[0]
    clauses = {(s.start, s.end) for s in candidates(found.sights[0].odds[0], own)}
    first = own.texts.index("qui")
    assert (first, own.texts.index("vend")) in clauses


def test_losses_do_not_overlap():
    found = links(
        "Le pêcheur, qui avait passé tout l’hiver à l’hôpital, et dont la sœur vit à Brest, vend "
        "ses filets.",
        "Der Fischer verkauft seine Netze.",
    )
    spans = sorted((s.start, s.end) for s, _ in found.losses(0, 0.2))
    assert spans
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_numbers_between_words_are_kept_with_the_word_behind():
    found = links("En 2016, il a 52 ans.", "2016 ist er seit 1 000 Tagen 25, nicht 52.")
    left, right = found.sides
    assert left.digits == ((), ("2016",), (), ("52",))
    assert right.digits == (("2016",), (), (), ("1", "000"), ("25", "52"))
    assert right.has(left.digits[1])
    assert right.has(("1000",))
    assert right.has(("01",))
    assert not right.has(("17",))


@pytest.mark.parametrize(
    ("french", "german", "unlike"),
    [
        (
            "Le boulanger ouvre sa boutique à six heures du matin.",
            "Die Regierung senkt im Herbst die Steuern auf Diesel.",
            True,
        ),
        (
            "Le boulanger ouvre sa boutique à six heures du matin.",
            "Schon um sechs Uhr früh steht der Bäcker in seinem Laden.",
            False,
        ),
        ("Quelle tragédie !", "Der Diesel wird teurer.", False),  # too short to tell
    ],
)
def test_sides_that_have_nothing_in_common_are_told(french, german, unlike):
    texts = french, german
    vectors = load_encoder().encode(texts)
    calibration = load_encoder().calibration
    assert calibration
    far = distance(float(vectors[0] @ vectors[1]), calibration)
    assert (links(french, german).unlike(far) >= UNLIKE) == unlike


@pytest.mark.parametrize("name", ["whole.safetensors", "en-fr.safetensors.z", "readers.toml"])
def test_another_weight_lexicon_or_table_makes_another_digest(name: str, tmp_path: Path):
    assert f"|links:{digest()}|" in auditor.audit([str(SEEDS / "two-stations.fr.txt")]).signature
    folder = tmp_path / "lexicon"
    shutil.copytree(str(files("auditor") / "data" / "lexicon"), folder)
    assert digest_of(folder) == digest()
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    assert digest_of(folder) != digest()
