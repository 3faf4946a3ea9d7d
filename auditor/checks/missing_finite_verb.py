"""A relative clause has no conjugated verb.

« Le maire, qui fondateur du club, … »: the verb was lost, often because the words around it were a
link and were translated apart. The clause says nothing.

What counts as right: fixed phrases (« qui plus est »), and any clause that has a conjugated verb
before the next sign.

Limits: only relatives that are a subject beyond doubt, with a noun, an adjective, a participle or
an infinitive right behind them.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import verbless_relatives
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for relatives without a verb in a sentence."""
    return sentence_hits(
        passage,
        verbless_relatives,
        "The clause that begins with “{quote}” has no conjugated verb.",
        confidence=0.85,
    )


RULE = Rule(
    slug="missing-finite-verb",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le maire, qui a fondé le club, partira demain pour la capitale."}),
        Example({"fr": "Il pleut et, qui plus est, le vent se lève sur la côte."}),
        Example(
            {"fr": "Le maire, qui fondateur du club en 1998, partira demain pour la capitale."},
            ("qui fondateur",),
        ),
    ),
    longest=2_000,
)
