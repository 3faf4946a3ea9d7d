"""The conjugated verb stands in the wrong place of a clause.

A German main clause has its verb in the second place, a subordinate one at its end. „Gestern er
hat …“ and „…, wenn sie hat eine Frage“ keep the order of the language that they were translated
from.

A French adverb never stands between a subject and its auxiliary: « Le maire récemment a quitté … ».

What counts as right: everything but four patterns, an adverb with the subject and its verb behind
it at the head of a sentence, a subject with its verb and an object behind a conjunction, a word
behind the last verb of a subordinate clause that is neither a preposition nor opens another
clause, and a French adverb in “-ment” before the auxiliary.

Limits: other orders are not judged, for both languages move words for emphasis.

Authority: MQM-Core, fluency/grammar (word order).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.clauses import Stretch, early_verbs, late_verbs
from auditor.fluency.grammar import Grammar
from auditor.fluency.joins import early_adverbs, late_words
from auditor.fluency.tagger import Word
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for verbs out of place in a sentence."""
    return sentence_hits(
        passage, _find, "The verb stands in the wrong place: “{quote}”.", confidence=0.8
    )


def _find(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    yield from late_verbs(words, grammar)
    yield from early_verbs(words, grammar)
    yield from early_adverbs(words, grammar)
    yield from late_words(words, grammar)


RULE = Rule(
    slug="verb-position",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Gestern hat er das Haus am Hafen verkauft."}),
        Example({"de": "Sie ruft an, wenn sie eine Frage zu dem Haus hat."}),
        Example({"de": "Gestern er hat das Haus am Hafen verkauft."}, ("er hat",)),
        Example(
            {"de": "Sie ruft an, wenn sie hat eine Frage zu dem Haus."}, ("wenn sie hat eine",)
        ),
        Example(
            {"de": "Er kündigte an, dass er das System gebracht habe online nach vier Tagen."},
            ("gebracht habe online",),
        ),
        Example({"fr": "Le maire a récemment quitté la ville pour un village de la côte."}),
        Example(
            {"fr": "Le maire récemment a quitté la ville pour un village de la côte."},
            ("récemment a",),
        ),
    ),
    longest=2_000,
)
