"""A word that needs a capital has none.

Labels, links and words that were translated by themselves come back in small letters: a German
noun („die lizenzen“), or the first word of a sentence. Readers take a noun for a verb or an
adjective, and the text for careless.

What counts as right: verbs, as the sentence has them, words that exist in small letters too,
inflected adjectives and participles that are used as nouns, foreign words without a German
determiner, parts of addresses and code.

Limits: a noun that is a verb or adjective as well („das wissen“) is not seen; names in small
letters are told from the other side of the bead (`name-case`).

Authority: MQM-Core, fluency/spelling; Rat für deutsche Rechtschreibung, §§ 54–57.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.capitals import Lost, find_lost

_VERBS = ("VERB", "AUX")
_SURE = 0.8  # of a verb


def check(passage: Passage) -> Iterator[Hit]:
    """Look for lost capitals in one sentence."""
    side = passage.sides[0]
    for lost in find_lost(side.text, side.language):
        if lost.noun and _is_verb(side, lost):
            continue
        reading = lost.word[:1].upper() + lost.word[1:]
        why = f"{side.language.name} nouns have" if lost.noun else "a sentence begins with"
        yield Hit(
            marks=(Mark(0, lost.start, lost.end),),
            message=f"“{lost.word}” in small letters: {why} a capital (“{reading}”).",
            confidence=0.85,
            suspect=0,
            evidence={"reading": reading},
        )


def _is_verb(side: Side, lost: Lost) -> bool:
    """Whether the sentence takes a word for a verb: „weil sie angriffen“."""
    return any(
        word.start == lost.start and word.tag.startswith(_VERBS) and word.sure >= _SURE
        for word in side.words
    )


RULE = Rule(
    slug="lost-capital",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Die genannten Lizenzen und die geltenden Regeln laufen aus."}),
        Example({"de": "Der Tarif gilt für Fahrgäste mit den neuen lizenzen."}, ("lizenzen",)),
        Example({"de": "Er schloss die kursliste."}, ("kursliste",)),
        Example({"fr": "Le port est fermé. pour la mairie, rien ne presse."}, ("pour",)),
        Example({"fr": "La grève, dit M. de La Tour, dure depuis avr. dernier."}),
    ),
)
