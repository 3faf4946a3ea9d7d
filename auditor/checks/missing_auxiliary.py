"""A participle does the work of a verb, and its auxiliary is missing.

« Le journal signalé que … » for « a signalé que »: the words of a link were translated as if they
stood alone. A reader takes the participle for an adjective and loses the thread.

What counts as right: participles behind a noun that is no subject, or behind an auxiliary that
they share with another one.

Limits: only where a clause with « que » follows the participle, where a subject pronoun comes right
before it, or where a name or an aside in brackets does and what follows tells how it was said:
« … le Courrier signalé, citant … ».

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import bare_participles
from auditor.fluency.joins import stranded_participles
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for participles without an auxiliary in a sentence."""
    for find in (bare_participles, stranded_participles):
        yield from sentence_hits(
            passage,
            find,
            "The auxiliary is missing before the participle: “{quote}”.",
            confidence=0.8,
        )


RULE = Rule(
    slug="missing-auxiliary",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Hier, le quotidien a signalé que la mairie voulait vendre le port."}),
        Example({"fr": "La mairie a lu le rapport rédigé par le port, et elle est contente."}),
        Example(
            {"fr": "Hier, le quotidien signalé que la mairie voulait vendre le port."},
            ("quotidien signalé",),
        ),
        Example(
            {"fr": "Le pont fermera, selon le Courrier du Port (CPR) signalé, citant un voisin."},
            ("Port (CPR) signalé",),
        ),
    ),
    longest=2_000,
)
