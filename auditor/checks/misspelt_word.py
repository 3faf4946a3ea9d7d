"""A word is misspelt.

« Le gouvermement », „die Verwlatung“: a letter is missing, too much, changed or in the wrong place.
Texts that a machine translated have such words from their source, from optical recognition or from
whoever edited them. Readers trust the text less, and search finds nothing.

What counts as right: every word that plain text or a dictionary of the language or of English has,
names and other words with a capital, words with a hyphen, a digit or less than five letters, and
words that the document uses twice.

Limits: only where one letter makes a single frequent word of an unknown one, and neither the first
letter nor the last two are concerned: new words and rare forms would be told too otherwise. In
German a noun is judged behind a determiner, or if it is long; compounds seldom are. Neutral, for no
word list is complete, and careful people misspell, too.

Authority: MQM-Core, fluency/spelling.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.misspelling import find_misspelt


def check(passage: Passage) -> Iterator[Hit]:
    """Look for misspelt words in one sentence."""
    side = passage.sides[0]
    for slip in find_misspelt(side.text, side.language, side.vocabulary):
        word = side.text[slip.start : slip.end]
        yield Hit(
            marks=(Mark(0, slip.start, slip.end),),
            message=f"“{word}” is no known {side.language.name} word: “{slip.reading}”?",
            confidence=0.8,
            suspect=0,
            evidence={"reading": slip.reading},
        )


RULE = Rule(
    slug="misspelt-word",
    category="fluency/spelling",
    severity=Severity.NEUTRAL,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le gouvernement a publié hier son rapport sur les logements."}),
        Example({"de": "Die Verwaltung hat gestern den Bericht der Familie Wolmang erhalten."}),
        Example({"fr": "Le gouvermement a publié hier son rapport."}, ("gouvermement",)),
        Example({"fr": "L'entreprise a démenagé dans une autre ville."}, ("démenagé",)),
        Example({"de": "Gestern hat die Verwlatung den Bericht erhalten."}, ("Verwlatung",)),
        Example({"de": "Der Bericht wurde gestern veröfentlicht."}, ("veröfentlicht",)),
    ),
    longest=2_000,
)
