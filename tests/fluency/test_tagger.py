"""The tagger knows the grammar of plain sentences, and places every word where it stands."""

from __future__ import annotations

import pytest

from auditor.fluency import tagger
from auditor.fluency.tagger import available, read_words

PLAIN = {
    "fr": (
        "Le maire a dit qu'elle voulait partir avec ses amies.",
        "DET NOUN AUX.Fin VERB.Part SCONJ PRON.Prs VERB.Fin VERB.Inf ADP DET NOUN PUNCT",
    ),
    "de": (
        "Der Bürgermeister sagte gestern, dass sie im Sommer fahren wollte.",
        "DET NOUN VERB.Fin ADV PUNCT SCONJ PRON.Prs ADP+DET NOUN VERB.Inf AUX.Fin PUNCT",
    ),
}


@pytest.mark.parametrize("code", available())
def test_a_plain_sentence_is_read(code: str):
    text, tags = PLAIN[code]
    words = read_words([text], code)[0]
    assert [word.tag for word in words] == tags.split()
    assert all(text[word.start : word.end] == word.form for word in words)
    assert min(word.sure for word in words) > 0.5


def test_features_agree_with_the_words():
    words = read_words(["Elle a vendu les vieilles maisons."], "fr")[0]
    house = next(word for word in words if word.form == "maisons")
    assert (house.number, house.gender) == ("Plur", "Fem")
    assert house.may == {"NOUN"}


def test_what_a_sentence_says_does_not_depend_on_its_neighbours():
    texts = [PLAIN["fr"][0], "Où ?", "", "Les enfants jouent dehors depuis ce matin."]
    together = read_words(texts, "fr")
    for text, words in zip(texts, together, strict=True):
        alone = read_words([text], "fr")[0]
        assert [word._replace(sure=1) for word in words] == [w._replace(sure=1) for w in alone]
        assert [word.sure for word in words] == pytest.approx([w.sure for w in alone], abs=1e-5)


def test_a_language_without_a_model_has_no_words():
    assert read_words(["Nothing here."], "en") == [()]


def test_the_digest_is_stable():
    assert tagger.digest() == tagger.digest()
    assert len(tagger.digest()) == 8
