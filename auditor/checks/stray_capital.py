"""A small word has a capital in the middle of a sentence.

« … par 100 000 puces Les usines … », „… sagte die Stadt Dies bedeutet …“: two pieces were set side
by side, or a word kept the capital that it had at the head of a link or a list. The reader takes
it for a name or for a new sentence.

What counts as right: names and titles that begin with such a word, words behind a quotation mark,
a colon or a dash, what follows a heading that runs into its sentence, and pronouns that have a
capital out of politeness.

Limits: only articles, pronouns and conjunctions between words in lower case. The label of a button
that is set into a sentence without quotation marks may be taken for one: where no clause begins
with the word, the finding is neutral; prepositions, which begin most labels, are passed over.

Authority: MQM-Core, fluency/spelling (capitalisation).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.small_words import sunk_labels, sunk_sentences
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for capitals out of place in a sentence."""
    for find, severity in ((sunk_sentences, Severity.MINOR), (sunk_labels, Severity.NEUTRAL)):
        yield from sentence_hits(
            passage,
            find,
            "“{quote}” has a capital in the middle of the sentence.",
            confidence=0.7,
            severity=severity,
        )


RULE = Rule(
    slug="stray-capital",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Haben Sie die Fähre nach Hause noch bekommen?"}),
        Example({"fr": "Elle lit « Les misérables » et Le Monde dans le train."}),
        Example({"de": "Der Hafen meldet heute Die lange Sperrung der Fähre."}, ("Die",)),
        Example({"de": "Die Stadt baut hinter Dem alten Hafen eine neue Schule."}, ("Dem",)),
    ),
    longest=2_000,
)
