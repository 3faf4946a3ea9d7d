"""Clauses that deny twice."""

from __future__ import annotations

import pytest

from auditor.fluency.grammar import grammar
from auditor.fluency.negations import doubled_negations
from auditor.fluency.tagger import read_words


def found(text: str, code: str) -> list[str]:
    words = read_words([text], code)[0]
    stretches = doubled_negations(words, grammar(code))
    return [text[words[s.first].start : words[s.last].end] for s in stretches]


@pytest.mark.parametrize(
    ("code", "text", "quote"),
    [
        ("fr", "La clé n'ouvre pas aucune porte de la mairie.", "pas aucune"),
        ("fr", "Le port n’a pas encore reçu aucun bateau cette année.", "pas encore reçu aucun"),
        ("fr", "Les voisins n'ont point vu rien sur le quai.", "point vu rien"),
        ("fr", "Le maire ne l'n'a jamais vue de près.", "ne l'n'"),
        ("fr", "Si ne n'est pas le cas, la mairie le dira.", "ne n'"),
        ("de", "Der Schlüssel öffnet nicht keine Tür im Rathaus.", "nicht keine"),
        ("de", "Der Bürgermeister sagte dazu gestern nicht nichts.", "nicht nichts"),
    ],
)
def test_what_is_denied_twice_is_told(code: str, text: str, quote: str):
    assert found(text, code) == [quote]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "La clé n'ouvre aucune porte, et le maire ne dit plus rien."),
        ("fr", "La clé n'ouvre plus aucune porte de la mairie."),
        ("fr", "Le maire ne dit pas pourquoi aucun bateau ne part."),
        ("fr", "Le port ne ferme pas si aucun bateau n'arrive avant midi."),
        ("fr", "Il ne faut pas fermer le port et ne rien dire aux pêcheurs."),
        ("fr", "Ce n'est pas pour rien que le port ferme si tôt."),
        ("fr", "Ce n'est quand même pas rien pour un si petit port."),
        ("fr", "Ne cliquez pas sur Aucun avant la fin de la lecture."),
        ("fr", "Elle a fait trois pas dans la rue sans aucun bruit."),
        ("de", "Drei Boote mehr sind für einen kleinen Hafen nicht nichts."),
        ("de", "Er kommt selten, wenn nicht keine Fähre mehr fährt."),
        ("de", "Sie sagt nicht, dass niemand am Hafen wohnt."),
        ("de", "Der Hafen schließt nicht, und keine Fähre bleibt liegen."),
    ],
)
def test_what_is_denied_once_is_not(code: str, text: str):
    assert found(text, code) == []
