"""Two conjugated verbs stand in a row, and only one of them has a subject.

Where a link text, a caption or a list item was translated by itself, its verb comes along ready
conjugated and is set beside the verb of the sentence: « ils sont s'inquiète », „die kommen sind“.
The reader has to guess which of them was meant.

What counts as right: a second verb that another clause has room for. « Ceux qui travaillent
gagnent » has two verbs in a row and a clause for each; in German a comma stands between the two.

Limits: the verbs have to be conjugated beyond doubt, with nothing but pronouns, negation and
adverbs between them. Two verbs that stand further apart are left to other rules.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import clashing_verbs
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for verbs that clash in a sentence."""
    return sentence_hits(
        passage,
        clashing_verbs,
        "Two conjugated verbs in a row: “{quote}”. One of them was probably translated by itself.",
        confidence=0.85,
    )


RULE = Rule(
    slug="clashing-verbs",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Ceux qui travaillent la nuit gagnent davantage que les autres."}),
        Example({"de": "Die Fähren, die im Hafen liegen, fahren heute nicht."}),
        Example(
            {"fr": "Les pêcheurs de la baie peuvent doivent rentrer avant la nuit."},
            ("peuvent doivent",),
        ),
        Example(
            {"fr": "Les élus qui ont voté la loi sont refusent la décision du maire."},
            ("sont refusent",),
        ),
    ),
    longest=2_000,
)
