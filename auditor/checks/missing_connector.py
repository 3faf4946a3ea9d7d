"""A second clause begins in the middle of another one, and nothing joins the two.

« Il parle du livre elle a écrit », „die Sorge über den Preis er könnte steigen“: the relative or
the conjunction was lost at the seam of two pieces that were translated apart.

What counts as right: a clause that a conjunction, a relative, a comma or another sign sets apart,
and a verb for which an outer clause still has room.

Limits: only where a subject pronoun begins the second clause, right behind a noun, an adjective or
a number.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import run_on_clauses
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for clauses that nothing joins in a sentence."""
    return sentence_hits(
        passage,
        run_on_clauses,
        "With “{quote}” a second clause begins, and no word joins it to the first.",
        confidence=0.85,
    )


RULE = Rule(
    slug="missing-connector",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Elle craint la vague qu'il a vue au large de la baie."}),
        Example({"de": "Sie spricht über den Brief, den er gestern geschrieben hat."}),
        Example({"fr": "Elle craint les effets de la vague il a vue au large."}, ("il a",)),
        Example(
            {"de": "Sie sind besorgt über den Sturm er könnte heute noch kommen."}, ("er könnte",)
        ),
    ),
    longest=2_000,
)
