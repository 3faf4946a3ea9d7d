"""Small words that only their verb asks for: the auxiliary, the second half of a negation."""

from __future__ import annotations

import pytest

from auditor.fluency.auxiliaries import half_negations, wrong_auxiliaries
from auditor.fluency.clauses import Stretch
from auditor.fluency.grammar import grammar
from auditor.fluency.tagger import Word, read_words


def quotes(text: str, stretches: list[Stretch], words: tuple[Word, ...]) -> list[str]:
    return [text[words[s.first].start : words[s.last].end] for s in stretches]


def auxiliaries(text: str, code: str) -> list[str]:
    words = read_words([text], code)[0]
    return quotes(text, list(wrong_auxiliaries(words, grammar(code))), words)


def negations(text: str) -> list[str]:
    words = read_words([text], "fr")[0]
    return quotes(text, list(half_negations(words, grammar("fr"))), words)


class TestWrongAuxiliaries:
    @pytest.mark.parametrize(
        ("code", "text", "found"),
        [
            ("fr", "Le facteur a venu chez nous hier matin.", "a venu"),
            ("fr", "Les voisins n'ont pas arrivé à l'heure.", "ont pas arrivé"),
            ("fr", "La mairie est participé au débat sur le pont.", "est participé"),
            ("de", "Der Zug hat gestern Abend pünktlich angekommen.", None),
            ("de", "Wir sind in dem alten Haus sehr gut geschlafen.", None),
            ("de", "Sie sagt, dass der Gast lange geblieben hat.", "geblieben hat"),
        ],
    )
    def test_the_wrong_one_is_told(self, code: str, text: str, found: str | None):
        quote = auxiliaries(text, code)
        assert len(quote) == 1
        assert found is None or quote == [found]

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("fr", "Le facteur est venu chez nous hier matin."),
            ("fr", "La décision est prise, et le pont est fermé par la mairie."),
            ("fr", "Il s'en est fallu de peu que le pont ne tombe."),
            ("fr", "Elle a sorti la voiture du garage avant la pluie."),
            ("fr", "Le revenu a baissé, et le parti a perdu la mairie."),
            ("de", "Der Zug ist gestern Abend pünktlich angekommen."),
            ("de", "Das Auto ist gekauft, und die Straße ist gesperrt."),
            ("de", "Er hat die Frau, die gestern gekommen ist, nicht gesehen."),
            ("de", "Sie hat gesagt, dass wir gestern gegangen sind."),
        ],
    )
    def test_the_right_one_is_not(self, code: str, text: str):
        assert auxiliaries(text, code) == []


class TestHalfNegations:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Le pont ne ferme cette année, dit la mairie.", "ne ferme"),
            ("Les voisins n'ont vu le nouveau pont du village.", "n'ont"),
            ("La mairie ne nous en parle dans sa lettre.", "ne nous en parle"),
        ],
    )
    def test_the_first_half_alone_is_told(self, text: str, found: str):
        assert negations(text) == [found]

    @pytest.mark.parametrize(
        "text",
        [
            "Le pont ne ferme pas cette année, dit la mairie.",
            "Personne ne ferme le pont cette année, dit la mairie.",
            "Le pont ne ferme que la nuit, dit la mairie.",
            "La mairie ne cesse de promettre un nouveau pont.",
            "La mairie n'a cessé de promettre un nouveau pont.",
            "Elle est rentrée avant que le pont ne ferme pour la nuit.",
            "Si la mairie ne ferme le pont, il tombera.",
            "Il n'importe au maire ni de fermer le pont ni de le garder.",
        ],
    )
    def test_a_whole_one_or_one_that_needs_no_second_is_not(self, text: str):
        assert negations(text) == []
