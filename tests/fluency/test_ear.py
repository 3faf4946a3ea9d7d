"""The ear: tokens with their places, the same answer in any company, and sound weights."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import AuditorError
from auditor.fluency import ear_stretches
from auditor.fluency.ear import Ear, Heard, load_ear
from auditor.fluency.ear_stretches import Limits, limits, stretches
from auditor.fluency.ear_tokens import EITHER, GLUED, SPACED, Token, joints, tokenise, written
from auditor.fluency.tagger import Word

SENTENCES = [
    "La mairie a annoncé que le pont fermera au printemps.",
    "Oui.",
    "Les deux sœurs n’ont rien vu de l’incendie, disent-elles.",
]


class TestTokens:
    def test_an_elided_word_keeps_its_apostrophe(self):
        assert [t.text for t in tokenise("L’IA qu'on a")] == ["L’", "IA", "qu'", "on", "a"]

    def test_a_hyphen_and_a_number_stand_alone(self):
        found = [t.text for t in tokenise("H100-Chips: 97,4 Mrd.")]
        assert found == ["H100", "-", "Chips", ":", "97,4", "Mrd", "."]

    @given(st.text(max_size=80))
    def test_tokens_are_all_that_is_not_white_space(self, text: str):
        found = tokenise(text)
        assert all(text[t.start : t.end] == t.text for t in found)
        assert "".join(t.text for t in found) == "".join(text.split())

    def test_digits_and_typography_are_made_one(self):
        assert [written(t) for t in ("2024", "l’", "«", "“", "H200")] == [
            "0000", "l'", '"', '"', "H000",
        ]  # fmt: skip

    def test_a_space_tells_only_between_letters_apostrophes_and_hyphens(self):
        assert joints(["d'", "or", "!"], [False, True, True]) == [EITHER, SPACED, EITHER]
        assert joints(["Test", "-", "Gerät"], [False, True, False]) == [EITHER, SPACED, GLUED]


class TestEar:
    def test_hears_every_token(self):
        for sentence, heard in zip(SENTENCES, load_ear().listen(SENTENCES, "fr"), strict=True):
            assert heard.tokens == tuple(tokenise(sentence))
            assert heard.probabilities.shape == (len(heard.tokens),)
            assert ((heard.probabilities >= 0) & (heard.probabilities <= 1)).all()

    def test_the_company_of_other_sentences_changes_nothing(self):
        together = load_ear().listen(SENTENCES, "fr")
        for sentence, heard in zip(SENTENCES, together, strict=True):
            alone = load_ear().listen([sentence], "fr")[0]
            assert np.allclose(alone.probabilities, heard.probabilities, atol=1e-4)

    def test_knows_one_language_from_another(self):
        german = "Die Stadt hat den Umbau der Brücke im Frühjahr beschlossen."
        own = load_ear().listen([german], "de")[0].probabilities.max()
        other = load_ear().listen([german], "fr")[0].probabilities.max()
        assert own < other

    def test_takes_what_is_empty_or_without_end(self):
        empty, endless = load_ear().listen(["", "mot " * 3000], "fr")
        assert not len(empty.probabilities)
        assert endless.probabilities.shape == (3000,)

    def test_typography_makes_no_difference(self):
        curved, straight = load_ear().listen(
            ["« L’eau monte », dit-il.", '"L\'eau monte", dit-il.'], "fr"
        )
        assert np.allclose(curved.probabilities, straight.probabilities, atol=1e-4)

    def test_damaged_weights_are_told(self):
        with pytest.raises(AuditorError, match="Install translation-auditor again"):
            Ear(b"nothing of the kind")

    def test_weights_are_small(self):
        path = files("auditor") / "data" / "fluency" / "ear" / "model.safetensors.z"
        assert len(path.read_bytes()) < 9_000_000  # with the tagger's, 13 million


class TestStretches:
    LIMITS = Limits(minor=0.8, alone=(0.8, 0.8), major=0.9, long=2, right=(0.5, 0.7))

    def heard(self, *values: float) -> Heard:
        tokens = tuple(Token("mot", 4 * n, 4 * n + 3) for n in range(len(values)))
        return Heard(tokens, np.array(values, np.float32), np.ones(len(values), np.bool_))

    def test_neighbours_are_one_stretch(self):
        found = list(stretches(self.heard(0.1, 0.6, 0.95, 0.1, 0.6, 0.1), self.LIMITS))
        assert [(s.start, s.end, s.major, s.confidence) for s in found] == [(4, 19, True, 0.7)]

    def test_what_is_far_apart_is_not(self):
        found = list(stretches(self.heard(0.85, 0.1, 0.1, 0.1, 0.99), self.LIMITS))
        assert [(s.start, s.end, s.major) for s in found] == [(0, 3, False), (16, 19, False)]

    def test_a_token_by_itself_must_reach_more(self):
        own = Limits(minor=0.8, alone=(0.9, 0.95), major=0.98, long=2, right=(0.5, 0.7))
        heard = self.heard(0.85, 0.1, 0.1, 0.92, 0.1, 0.1, 0.85, 0.85, 0.1, 0.1, 0.96)
        found = [(s.start, s.faint) for s in stretches(heard, own)]
        assert found == [(12, True), (24, False), (40, False)]

    def test_doubts_alone_are_not_told(self):
        assert not list(stretches(self.heard(0.6, 0.7, 0.6), self.LIMITS))

    def test_signs_begin_and_end_no_stretch(self):
        tokens = (Token("«", 0, 1), Token("mot", 2, 5), Token(".", 5, 6))
        heard = Heard(tokens, np.full(3, 0.9, np.float32), np.ones(3, np.bool_))
        assert [(s.start, s.end) for s in stretches(heard, self.LIMITS)] == [(2, 5)]

    def test_unknown_words_alone_are_left_in_peace(self):
        heard = self.heard(0.1, 0.99, 0.1)
        heard.known[1] = False
        assert not list(stretches(heard, self.LIMITS))

    def test_words_in_capitals_are_left_in_peace(self):
        tokens = (Token("MOT", 0, 3), Token("MOT", 4, 7), Token("mot", 8, 11))
        heard = Heard(tokens, np.full(3, 0.95, np.float32), np.ones(3, np.bool_))
        assert [(s.start, s.end) for s in stretches(heard, self.LIMITS)] == [(8, 11)]

    def test_a_noun_for_women_and_men_is_no_fault_beside_its_article(self):
        own = Limits(0.8, (0.8, 0.8), 0.9, 2, (0.5, 0.7), frozenset({"mot"}))
        assert not list(stretches(self.heard(0.1, 0.95, 0.95, 0.1), own))
        assert len(list(stretches(self.heard(0.1, 0.95, 0.95, 0.95), own))) == 1

    @pytest.mark.parametrize("code", ["fr", "de"])
    def test_limits_rise_with_severity(self, code: str):
        own = limits(code)
        assert own is not None
        assert own.minor <= own.major
        assert own.right[0] <= own.right[1]

    def test_other_languages_have_none(self):
        assert ear_stretches.limits("en") is None


class TestBackedStretches:
    LIMITS = Limits(
        0.9,
        (0.95, 0.98),
        0.97,
        2,
        (0.7, 0.8),
        unsure=((0.95, 0.9), (0.85, 0.6)),
        impossible=0.7,
    )

    def found(self, values: list[float], *words: Word) -> list[tuple[int, int, bool]]:
        tokens = tuple(Token("mot", 4 * n, 4 * n + 3) for n in range(len(values)))
        heard = Heard(tokens, np.array(values, np.float32), np.ones(len(values), np.bool_))
        return [(s.start, s.end, s.faint) for s in stretches(heard, self.LIMITS, lambda: words)]

    def word(self, tag: str, sure: float, *may: str) -> Word:
        return Word(0, 3, "mot", tag, sure, may=frozenset(may))

    def test_a_doubt_of_the_tagger_is_enough(self):
        assert self.found([0.88, 0.1], self.word("NOUN", 0.5, "NOUN")) == [(0, 3, True)]
        assert not self.found([0.88, 0.1], self.word("NOUN", 0.8, "NOUN"))
        assert not self.found([0.8, 0.1], self.word("NOUN", 0.5, "NOUN"))

    def test_a_small_one_is_if_several_words_are_doubtful(self):
        assert self.found([0.8, 0.85, 0.1], self.word("NOUN", 0.8, "NOUN")) == [(0, 7, True)]
        assert not self.found([0.8, 0.85, 0.1], self.word("NOUN", 0.95, "NOUN"))

    def test_so_is_a_class_that_the_word_never_has(self):
        assert self.found([0.75, 0.1], self.word("NOUN", 0.95, "FIN")) == [(0, 3, True)]
        assert not self.found([0.6, 0.1], self.word("NOUN", 0.95, "FIN"))

    def test_the_tagger_is_not_asked_about_what_sounds_right(self):
        def fail() -> list[Word]:
            raise AssertionError

        tokens = (Token("mot", 0, 3), Token("mot", 4, 7))
        heard = Heard(tokens, np.array([0.6, 0.2], np.float32), np.ones(2, np.bool_))
        assert not list(stretches(heard, self.LIMITS, fail))
