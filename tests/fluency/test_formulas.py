"""What is computed fast, in batches and from what was kept, is what the plain formulas say."""

from __future__ import annotations

import lzma
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.fluency import ear_forms, tagger
from auditor.fluency.ear import Ear, load_ear
from auditor.fluency.ear_network import Network
from auditor.fluency.ear_tokens import joints, tokenise, written
from auditor.fluency.features import affix_features, form_feature, plain
from auditor.fluency.tagger import REACH, Tagger, read_words
from auditor.fluency.tokens import tokenize
from auditor.weights import inflated, read_weights

_DATA = files("auditor") / "data" / "fluency"
SENTENCES = {
    "fr": [
        "La mairie mairie a annoncé que l’ancien pont fermera au printemps.",
        "Oui.",
        "",
        "Les deux sœurs n'ont rien vu, disent-elles, de l'incendie du XIXe siècle - c'est tout !",
    ],
    "de": [
        "Die Stadt hat 2024 beschlossen, den Umbau der der Brücke zu verschieben.",
        "H100-Chips",
        "Nein, sagte sie; „wir haben's nicht gewusst“.",
    ],
}


def plain_ear(sentence: str, code: str) -> np.ndarray:
    """The ear's formulas token by token, nothing kept and nothing batched."""
    weights = read_weights(_DATA / "ear" / "model.safetensors.z")
    scores = plain_network(weights, sentence, code)
    if scores.max() >= np.log(0.2 / 0.8):
        own = {name.removeprefix("second."): weights[name] for name in weights if "second" in name}
        second = {**own, "keys": weights["keys"], "pairs": weights["pairs"]}
        scores = (scores + plain_network(second, sentence, code)) / 2
    return np.asarray(1 / (1 + np.exp(-scores)))


def plain_network(weights: dict[str, np.ndarray], sentence: str, code: str) -> np.ndarray:
    """The formulas of one network."""
    network = Network(weights)
    tokens = tokenise(sentence)
    forms = [written(token.text) for token in tokens]
    ends = [0, *(token.end for token in tokens)]
    spaced = [token.start > end for token, end in zip(tokens, ends, strict=False)]
    vectors, keys = network.encode(forms, code)
    ties = network.ties(np.array(joints(forms, spaced)), keys, np.array([0]))
    state = vectors + weights["ties"].astype(np.float32)[ties]
    for number, dilation in enumerate(weights["dilations"].tolist()):
        mix = weights[f"block{number}"].astype(np.float32)
        mix = mix * weights[f"block{number}.scale"].astype(np.float32)
        own = normed(state)
        nothing = np.zeros_like(own[0])
        change = []
        for at in range(len(own)):
            before = own[at - dilation] if at >= dilation else nothing
            after = own[at + dilation] if at + dilation < len(own) else nothing
            both = np.concatenate([before, own[at], after]) @ mix + weights[f"block{number}.bias"]
            half = len(both) // 2
            change.append(both[:half] * np.maximum(both[half:], 0))
        state = state + np.array(change, np.float32)
    scores = normed(state) @ weights["head"].astype(np.float32) + float(weights["head.bias"][0])
    return np.asarray(scores)


def normed(state: np.ndarray) -> np.ndarray:
    """Rows of mean 0 and variance 1."""
    centred = state - state.mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5))


def plain_scores(sentence: str, code: str) -> np.ndarray:
    """The tagger's formulas word by word."""
    weights = read_weights(_DATA / "tagger" / f"{code}.safetensors.z")
    listed = lzma.decompress((_DATA / "tagger" / f"{code}.forms.txt.xz").read_bytes()).decode()
    rows = {form: row for row, form in enumerate(listed.split("\n"))}
    forms = [token.text for token in tokenize(sentence, tagger.cuts(code))]
    embedded = np.array([embedding(plain(form), weights, rows) for form in forms])
    state = embedded
    for number, reach in enumerate(REACH):
        mix = weights[f"mix{number}"].astype(np.float32)
        mixed = [
            sum(
                state[at + offset] @ matrix
                for matrix, offset in zip(mix, reach, strict=True)
                if 0 <= at + offset < len(state)
            )
            for at in range(len(state))
        ]
        active = np.maximum(np.array(mixed) + weights[f"mix{number}.bias"], 0)
        state = active if not number else state + active
    return np.asarray(
        state @ weights["heads"].astype(np.float32)
        + weights["heads.bias"]
        + embedded @ weights["direct"].astype(np.float32)
    )


def embedding(form: str, weights: dict[str, np.ndarray], rows: dict[str, int]) -> np.ndarray:
    """The sum of a form's rows."""
    ids = [form_feature(form), *affix_features(form)]
    summed = weights["buckets"][ids].astype(np.float32).sum(0) * weights["buckets.scale"][0]
    row = rows.get(form, rows.get(form.lower(), -1))
    if row >= 0:
        summed = summed + weights["forms"][row].astype(np.float32) * weights["forms.scale"][0]
    return np.asarray(summed)


@pytest.mark.parametrize("code", ["fr", "de"])
def test_the_ear_hears_what_its_formulas_say(code: str):
    heard = load_ear().listen(SENTENCES[code], code)
    for sentence, one in zip(SENTENCES[code], heard, strict=True):
        if sentence:
            assert np.allclose(one.probabilities, plain_ear(sentence, code), atol=1e-5)


@pytest.mark.parametrize("code", ["fr", "de"])
def test_the_tagger_says_what_its_formulas_say(code: str):
    classes = Tagger(code).classes
    for sentence, words in zip(SENTENCES[code], read_words(SENTENCES[code], code), strict=True):
        if sentence:
            scores = plain_scores(sentence, code)[:, : len(classes)]
            chances = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
            assert [word.tag for word in words] == [classes[n] for n in scores.argmax(1)]
            assert np.allclose([word.sure for word in words], chances.max(1), atol=1e-5)


@pytest.mark.parametrize("code", ["fr", "de"])
def test_what_was_kept_changes_nothing(code: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ear_forms, "KEPT", 12)
    monkeypatch.setattr(tagger, "_KEPT", 12)
    ear = Ear(inflated(_DATA / "ear" / "model.safetensors.z"))
    forgetful, own = Tagger(code), read_words(SENTENCES[code], code)
    usual = load_ear().listen(SENTENCES[code], code)
    for number, sentence in enumerate(SENTENCES[code]):
        alone = ear.listen([sentence], code)[0]
        assert np.allclose(alone.probabilities, usual[number].probabilities, atol=1e-5)
        assert (alone.known == usual[number].known).all()
        words = forgetful.tag([sentence])[0]
        assert [word._replace(sure=1) for word in words] == [
            w._replace(sure=1) for w in own[number]
        ]


@given(st.lists(st.text("aAbé'’-. \n1", max_size=30), max_size=4))
def test_how_tokens_are_written_is_told_for_all_at_once(sentences: list[str]):
    forms = ear_forms.Forms(load_ear().network, "fr")
    found = [tuple(tokenise(sentence)) for sentence in sentences]
    tokens = [token for one in found for token in one]
    if not tokens:
        return
    rows = forms.rows([token.text for token in tokens])
    lengths = np.array([len(one) for one in found], np.intp)
    singly = []
    for one in found:
        ends = [0, *(token.end for token in one)]
        spaced = [token.start > end for token, end in zip(one, ends, strict=False)]
        singly += joints([written(token.text) for token in one], spaced)
    assert forms.joints(rows, tokens, lengths).tolist() == singly
