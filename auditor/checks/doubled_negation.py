"""A clause denies twice where once is meant.

« La clé n'ouvre pas aucune porte » : with « pas » or with « aucune », but not with both. Machines
that render "does not open any door" word by word write so, and the reader has to guess whether the
one takes back the other.

What counts as right: « pas » beside a negation of another clause, « pas pour rien », « ce n'est pas
rien », „das ist nicht nichts“, „selten, wenn nicht nie“.

Limits: French « pas » or « point » with « aucun » or « rien » within six words, and « ne » twice
before one verb; German „nicht“ right before „kein“, „nichts“ and the like. « Pas » beside
« jamais » or « plus » may be meant ("not never"), and stays out.

Read in 1.4 million sentences of French and German that people wrote: 17 findings, 14 of them right
(misprints, dialect); in 380,000 sentences of machine translation: ten, all right.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.negations import doubled_negations
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for clauses of a sentence that deny twice."""
    return sentence_hits(
        passage,
        doubled_negations,
        "Denied twice: “{quote}” has one negation too many.",
        confidence=0.85,
    )


RULE = Rule(
    slug="doubled-negation",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La clé n'ouvre aucune porte de la mairie."}),
        Example({"fr": "Ce n'est pas pour rien que le port ferme si tôt."}),
        Example({"fr": "Trois bateaux de plus, ce n'est pas rien pour un si petit port."}),
        Example({"de": "Drei Boote mehr sind für einen kleinen Hafen nicht nichts."}),
        Example({"fr": "La clé n'ouvre pas aucune porte de la mairie."}, ("pas aucune",)),
        Example({"fr": "Le maire ne n'a pas ouvert la porte du port."}, ("ne n'",)),
        Example({"de": "Der Schlüssel öffnet nicht keine Tür im Rathaus."}, ("nicht keine",)),
    ),
    longest=2_000,
)
