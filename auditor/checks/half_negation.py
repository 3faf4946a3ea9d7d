"""A negation has lost its second half.

« Le port ne ferme cette année » : without « pas » the reader does not know whether it closes or
not.

What counts as right: « ne » by itself with « pouvoir », « savoir », « cesser » and « oser », behind
« que », « si » and relatives (« avant qu'il ne parte »), and every other second half: « jamais »,
« personne », « aucun », « que ».

Limits: only where the sentence has no second half at all, and nothing before « ne » that it may
stand alone behind.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.auxiliaries import half_negations
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for negations without their second half in a sentence."""
    return sentence_hits(
        passage,
        half_negations,
        "The second half of the negation is missing: “{quote}” wants “pas” or the like.",
        confidence=0.85,
    )


RULE = Rule(
    slug="half-negation",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le port ne ferme pas cette année, dit la mairie."}),
        Example({"fr": "La mairie ne cesse de promettre un nouveau pont au port."}),
        Example({"fr": "Elle est rentrée avant que le pont ne ferme pour la nuit."}),
        Example({"fr": "Le port ne ferme cette année, dit la mairie."}, ("ne ferme",)),
        Example({"fr": "Les voisins n'ont vu le nouveau pont du port."}, ("n'ont",)),
    ),
    longest=2_000,
)
