"""The comma between two clauses is missing.

German sets a subordinate clause apart with a comma: „Sie sagt, dass sie kommt.“ Where a clause was
glued to another one that was translated apart, the comma is lost, and the reader runs into the
verb.

What counts as right: words that belong to the conjunction (“auch wenn”, “ohne dass”, “und weil”).

Limits: only conjunctions that have no other use, and a few others („bevor“, „damit“) where the verb
stands at the end of what they open. Relatives look like articles and questions like comparisons:
they are judged where a pronoun that is a subject follows. A clause that opens the sentence is
judged where its verb and the main one stand side by side, and a pronoun behind them.

Authority: MQM-Core, fluency/punctuation; Amtliches Regelwerk der deutschen Rechtschreibung, § 74.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.joins import undivided_clauses, unmarked_clauses
from auditor.fluency.small_words import missing_commas
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for conjunctions without their comma in a sentence."""
    for find in (missing_commas, unmarked_clauses):
        yield from sentence_hits(
            passage,
            find,
            "In “{quote}” the comma before the subordinate clause is missing.",
            confidence=0.9,
        )
    yield from sentence_hits(
        passage,
        undivided_clauses,
        "In “{quote}” the comma between the two clauses is missing.",
        confidence=0.85,
    )


RULE = Rule(
    slug="missing-comma",
    category="fluency/punctuation",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Sie hofft, dass die Fähre heute noch fährt."}),
        Example({"de": "Sie ging, ohne dass er es merkte, und auch wenn es regnete."}),
        Example(
            {"de": "Gestern meldete der Hafen dass die Fähre heute nicht fährt."}, ("Hafen dass",)
        ),
        Example({"de": "Wir bleiben heute zu Hause weil es draußen regnet."}, ("Hause weil",)),
        Example({"de": "Das ist das Haus das sie gestern am Hafen gekauft haben."}, ("Haus das",)),
        Example({"de": "Wenn das Wetter gut ist fahren wir morgen an die See."}, ("ist fahren",)),
        Example({"de": "Sie ging nach Hause nachdem der Film beendet war."}, ("Hause nachdem",)),
    ),
    longest=2_000,
)
