"""A short word is written in full before a vowel.

« Sa école », « le avion », « de adresse »: the word was chosen before the one behind it was known,
as happens where a label or a link is set into a sentence.

What counts as right: words before which nothing is elided (« le onze », « le yaourt »), an
aspirated h, names and everything with a capital.

Limits: an h is never judged, and neither are words of two letters.

Authority: MQM-Core, fluency/grammar; Grevisse, Le bon usage, on elision.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.small_words import missing_elisions
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for words that ought to be elided in a sentence."""
    return sentence_hits(
        passage,
        missing_elisions,
        "“{quote}” stands before a vowel: “{about}” is meant.",
        confidence=0.9,
    )


RULE = Rule(
    slug="missing-elision",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le onze novembre, l'école et son amie restent chez elles."}),
        Example({"fr": "Elle aime le yaourt et la haute montagne en hiver."}),
        Example({"fr": "La ville ferme sa école pendant tout le mois de juin."}, ("sa école",)),
        Example({"fr": "Il cherche le numéro de adresse dans la liste du port."}, ("de adresse",)),
    ),
    longest=2_000,
)
