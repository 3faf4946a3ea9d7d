"""Two conjugated verbs stand where a clause has room for one.

Where a link text, a caption or a list item was translated by itself, its verb comes along ready
conjugated and is set beside the verb of the sentence: « ils sont s'inquiète », „die kommen sind“.
The reader has to guess which of them was meant. Or a clause was set inside another one, and the
word or the comma between the two was lost: « Elle a dit le pont sera fermé ».

What counts as right: a second verb that another clause has room for. « Ceux qui travaillent
gagnent » has two verbs in a row and a clause for each; in German a comma stands between the two.
Where only that comma is lost („die gestern gekommen sind haben …“), the finding is minor: the
reader stumbles, and understands.

Limits: the verbs have to be conjugated beyond doubt. With more than pronouns, negation and adverbs
between them, no sign, no conjunction and no subject pronoun may stand there either, so that most
clauses that run into one another are left to other rules.

Read in uncorrected machine translation and in plain text that nobody had chosen for it (some 140
of them in 170,000 lines), nearly all findings with words between were right; 8,300 clean sentences
have five, in documentation, all of them right.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Finder, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import COMMA, clashing_verbs
from auditor.fluency.joins import crowded_clauses
from auditor.model import Severity

_CONFIDENCE = 0.85
_LACKING = "Two clauses meet in “{quote}” without a comma between them."


def check(passage: Passage) -> Iterator[Hit]:
    """Look for verbs that clash in a sentence."""
    for find, message in (
        (
            clashing_verbs,
            "Two conjugated verbs in a row: “{quote}”. One of them was probably translated by "
            "itself.",
        ),
        (
            crowded_clauses,
            "Two conjugated verbs in “{quote}”, and nothing that divides their clauses.",
        ),
    ):
        yield from sentence_hits(passage, _about(find, ""), message, _CONFIDENCE)
        yield from sentence_hits(
            passage, _about(find, COMMA), _LACKING, _CONFIDENCE, Severity.MINOR
        )


def _about(find: Finder, what: str) -> Finder:
    """Of what a finder sees, that which is about something."""
    return lambda words, grammar: (s for s in find(words, grammar) if s.about == what)


RULE = Rule(
    slug="clashing-verbs",
    category="fluency/grammar",
    severity=Severity.MAJOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Die Fähren, die im Hafen liegen, fahren heute nicht."}),
        Example(
            {"fr": "Les pêcheurs de la baie peuvent doivent rentrer avant la nuit."},
            ("peuvent doivent",),
        ),
        Example(
            {"fr": "Les élus qui ont voté la loi sont refusent la décision du maire."},
            ("sont refusent",),
        ),
        Example(
            {"fr": "La directrice a dit le nouveau pont sera fermé demain."},
            ("a dit le nouveau pont sera",),
        ),
        Example({"de": "Die Leute, die den Film gesehen haben sind begeistert."}, ("haben sind",)),
        Example(
            {"de": "Das Werk wurde im Mai geschlossen hat der Konzern mitgeteilt."},
            ("wurde im Mai geschlossen hat",),
        ),
    ),
    longest=2_000,
)
