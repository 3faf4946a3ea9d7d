"""A preposition stands before an infinitive without the word that must link them.

« Avant partir » for « avant de partir »: a small word was lost at the seam of two pieces that were
translated apart.

What counts as right: the linking word itself, and prepositions that need none (« pour partir »).

Limits: only prepositions that never do without it.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.small_words import missing_linkers
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for infinitives without their link in a sentence."""
    return sentence_hits(
        passage,
        missing_linkers,
        "In “{quote}” the word “{about}” is missing before the infinitive.",
        confidence=0.9,
    )


RULE = Rule(
    slug="missing-linker",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Elle a fermé la porte avant de partir pour le port."}),
        Example({"fr": "Elle a fermé la porte pour partir avant le soir."}),
        Example({"fr": "Elle a fermé la porte avant partir pour le port."}, ("avant partir",)),
        Example({"fr": "Ils ont cherché longtemps afin trouver un accord."}, ("afin trouver",)),
    ),
    longest=2_000,
)
