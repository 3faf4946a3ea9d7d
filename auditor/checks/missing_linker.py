"""A preposition stands before a word that it cannot govern.

« Avant partir » for « avant de partir », « après vendre » for « après avoir vendu », „…, um die Tür
öffnen“ for „um die Tür zu öffnen“: a small word was lost, or the verb left in the form of a label,
at the seam of two pieces that were translated apart. Or the noun is missing altogether, as where a
link or a placeholder was lost: « elle dérive de et supprime », „die von abgeleitet wird“.

What counts as right: the linking word itself, prepositions that need none (« pour partir »), German
infinitives that a modal verb governs.

Limits: only prepositions that never do without the link, or never stand before such a verb.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.small_words import (
    bare_prepositions,
    missing_linkers,
    missing_marks,
    ungoverned_verbs,
)
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for words behind a preposition that cannot govern them, in a sentence."""
    for find in (missing_linkers, missing_marks):
        yield from sentence_hits(
            passage,
            find,
            "In “{quote}” the word “{about}” is missing before the infinitive.",
            confidence=0.9,
        )
    yield from sentence_hits(
        passage,
        ungoverned_verbs,
        "In “{quote}” the verb has a form that cannot follow the preposition.",
        confidence=0.85,
        severity=Severity.MINOR,  # often a label in small letters, and still understood
    )
    yield from sentence_hits(
        passage,
        bare_prepositions,
        "In “{quote}” the words that belong to the preposition are missing.",
        confidence=0.85,
        severity=Severity.MINOR,
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
        Example(
            {"fr": "Elle a quitté le port après vendre le bateau de son père."}, ("après vendre",)
        ),
        Example(
            {"de": "Er nahm den Schlüssel, um die Tür des Hafens öffnen."},
            ("um die Tür des Hafens öffnen",),
        ),
        Example({"de": "Die Klasse, die von abgeleitet wird, ist neu."}, ("von abgeleitet",)),
        Example({"fr": "Ils ont cherché longtemps afin trouver un accord."}, ("afin trouver",)),
    ),
    longest=2_000,
)
