"""A space stands where none belongs, or one is missing.

Spaces go astray where a pipeline takes links, tickers and markup out of a sentence, has the pieces
translated and puts them together again: "H100 -Chips", „Audio-und Bildschirm“, « d' accord ».
Readers stumble, search and speech output fail.

What counts as right: the habits of the language. French has a space before : ; ! ?, German a
suspended hyphen („Vor- und Nachteile“). Spaces of every width are spaces.

Limits: words that were glued together or split without a sign between them are not seen. Where a
text has a space before nearly every full stop it was cut into tokens on purpose, and these spaces
are left in peace.

Authority: MQM-Core, fluency/punctuation; Duden, rules on the hyphen; Imprimerie nationale, Lexique
des règles typographiques.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.spacing import find_slips


def check(passage: Passage) -> Iterator[Hit]:
    """Look for slips in one document."""
    side = passage.sides[0]
    for slip in find_slips(side.text, side.language):
        quote = side.text[slip.start : slip.end]
        yield Hit(
            marks=(Mark(0, slip.start, slip.end),),
            message=f"In “{quote}” {slip.fault}.",
            confidence=0.85,
            suspect=0,
        )


RULE = Rule(
    slug="stray-space",
    category="fluency/punctuation",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Est-ce vrai ? Oui : c’est d’accord !"}),
        Example({"de": "Die Vor- und Nachteile der Bremen-Fähre."}),
        Example({"de": "Sie kaufte zwei K9 -Rechner."}, ("K9 -Rechner",)),
        Example({"de": "Die Audio-und Bildkabel fehlen."}, ("Audio-und",)),
        Example({"fr": "Le port n’ouvre pas , dit-elle."}, ("pas ,",)),
        Example({"fr": "Elle parle d’ une réforme."}, ("d’ une",)),
    ),
)
