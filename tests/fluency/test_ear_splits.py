"""Torn words: two pieces of a common word, where the ear has a doubt."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.fluency.ear import Heard, load_ear
from auditor.fluency.ear_splits import torn_words
from auditor.fluency.ear_tokens import tokenise


def heard(text: str, doubt: float) -> Heard:
    tokens = tuple(tokenise(text))
    known = [load_ear().network.knows(token.text, "fr") for token in tokens]
    return Heard(tokens, np.full(len(tokens), doubt, np.float32), np.array(known, np.bool_))


def readings(text: str, doubt: float = 0.5) -> list[str]:
    return [torn.reading for torn in torn_words(heard(text, doubt), "fr")]


class TestTornWords:
    def test_a_torn_word_is_put_together(self):
        assert readings("Le pont est fermé de puis longtemps.") == ["depuis"]
        assert readings("La mairie a déci dé de le fermer.") == ["décidé"]

    def test_pieces_that_are_words_want_more_doubt(self):
        assert readings("Le pont est fermé de puis longtemps.", 0.1) == []
        assert readings("La mairie a déci dé de le fermer.", 0.1) == ["décidé"]
        assert readings("La mairie a déci dé de le fermer.", 0.01) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Il est en train de lire par ce qu'il aime cela.",  # "parce", but seen in a row
            "Il prend le pont-levis de Puis.",  # a capital begins another word
            "C'est un xyz abc inconnu.",  # no word that is known
        ],
    )
    def test_other_pieces_are_left_apart(self, text: str):
        assert readings(text) == []

    def test_where_a_piece_begins_and_ends(self):
        text = "La mairie a déci dé de le fermer."
        torn = next(torn_words(heard(text, 0.5), "fr"))
        assert text[torn.start : torn.end] == "déci dé"


class TestNetwork:
    def test_knows_words_of_a_language_whatever_their_case(self):
        network = load_ear().network
        assert network.knows("Depuis", "fr")
        assert not network.knows("xqzt", "fr")

    def test_remembers_which_words_follow_one_another(self):
        network = load_ear().network
        assert network.seen("de", "la", "fr")
        assert not network.seen("ville", "mangeons", "fr")
