"""Two words that stand in one another's place do not translate one another.

Machine translation takes a word in the wrong sense: « bouchon » for a jam on the road on one side,
„Korken“ on the other. A reader of either text alone often has no way to notice.

Compared are words that next to nothing links with the other side: not the lexicon, nor vectors,
parts of compounds or common letters. A pair stands where the words around both of them correspond.
How probable it is that one of the two is wrong is learnt from translations in which a word was
replaced; that both translate one English word speaks against it.

Good translators part from one another's words all the time, so that such a pair proves nothing by
itself: it is reported, as neutral, only in texts that many sure faults of language show to be rough
machine translation (eight different ones for a hundred sentences) and literal (a pair, or one that
is less sure, in every second sentence at the most). The same pair in several places of an article
is one finding.

What counts as equal: whatever is linked; sentences with many words that nothing links, which
are rendered freely.

Limits: silent in careful or free translations, whatever they say. Wrong words that are near in
meaning to the right ones, or that both translate the same English word in different senses, are
taken for a translation. Which side is wrong cannot be told. Works where ``omitted-words`` does.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import NEVER, ROUGH, Example, Hit, Mark, Passage, Rule, Scope
from auditor.links.evidence import Linked
from auditor.links.strangers import Strangers, strangers
from auditor.model import Severity

_COUNTED = 0.2  # chance from which a pair tells that the texts are freely translated
_REPORTED = 0.6  # chance from which a pair is reported, in texts half of which had a word replaced


def check(passage: Passage) -> Iterator[Hit]:
    """Report the words of a bead that face one another as strangers."""
    if passage.links is not None:
        for pair in strangers(passage.links, passage.drift):
            if pair.chance >= _COUNTED:
                yield _hit(passage, passage.links, pair)


def _hit(passage: Passage, links: Linked, pair: Strangers) -> Hit:
    numbers = pair.left, pair.right
    words = [side.texts[n] for side, n in zip(links.sides, numbers, strict=True)]
    names = [side.language.name for side in passage.sides]
    return Hit(
        marks=tuple(Mark(k, *links.sides[k].spans[n]) for k, n in enumerate(numbers)),
        message=f"“{words[0]}” in the {names[0]} and “{words[1]}” in the {names[1]} stand in the "
        "same place and are not known to translate one another.",
        confidence=round(0.6 * pair.chance, 3),
        evidence={"left": words[0], "right": words[1], "chance": round(pair.chance, 3)},
        needs=ROUGH if pair.chance >= _REPORTED else NEVER,
    )


RULE = Rule(
    slug="mistranslated-word",
    category="accuracy/mistranslation",
    severity=Severity.NEUTRAL,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {
                "fr": "La commission se réunit chaque lundi à la mairie.",
                "de": "Die Kommission tagt jeden Montag im Rathaus.",
            }
        ),
        Example(
            {
                "fr": "Le pêcheur vend ses filets au marché.",
                "de": "Der Fischer verkauft seine Netze am Ufer.",
            },
            ("marché", "Ufer"),
        ),
    ),
)
