"""One translation denies what the other affirms.

A lost *not* turns a sentence into its opposite, and neither translation by itself looks wrong.
Negations are looked for on both sides: « ne … pas », „kein“, „ohne“, "never".

What counts as equal: "not … any more" in either language, « ne … que » and "not only" (they deny
nothing), « ne » alone, a negation of a word that denies ("not exempt"), and on the side without a
negation any word that may deny in another way: verbs („verweigern“), adjectives with a prefix
(« impossible »), "hardly", "except", "instead".

Limits: nothing is reported where the other side has fewer negations, but some; of words that
languages render freely (« sans », „ohne“); where one side is much longer; and where an implicit
word or a negation in the next bead may answer. An implicit word answers a negation that stands at
about the same place, whatever it belongs to. Even so the finding is neutral, something to look at
that costs no points: among real machine translations, most of what was read by eye was a free
rendering.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.foreign import find_foreign
from auditor.text.negation import Negation, find_implicit, find_negations, is_undone

_SHAKY = 0.9
_MOST = 100  # negations of a side that are looked at
_LITERAL = 0.7
_SHORT = 80  # characters of a passage in which an implicit word answers wherever it stands
_REACH = 0.3  # share of a passage's length within which an implicit word answers


def check(passage: Passage) -> Iterator[Hit]:
    """Look for negations that nothing on the other side answers."""
    found = [find_negations(side.text, side.language)[:_MOST] for side in passage.sides]
    if not any(found) or any(find_foreign(side.text, side.language) for side in passage.sides):
        return
    for index, side, other in passage.opposites():
        others = find_implicit(other.text, other.language)[:_MOST] if found[index] else ()
        implicit = [at / len(other.text) for at in others]
        for negation in _unanswered(passage, index, found):
            at = negation.start / len(side.text)
            reach = _REACH if len(other.text) > _SHORT else 1.0
            answered = any(abs(at - place) <= reach for place in implicit)
            if not answered and not is_undone(negation, side.text, side.language):
                alone = not (found[1 - index] or implicit or _slipped(side, other))
                if alone and _is_sure(passage, index, negation):
                    yield _hit(passage, index, negation)


def _slipped(side: Side, other: Side) -> bool:
    """Whether the beads around have more negations on the other side."""
    ours, theirs = (find_negations(s.nearby, s.language) for s in (side, other))
    return len(theirs) > len(ours)


def _unanswered(
    passage: Passage, index: int, found: Sequence[Sequence[Negation]]
) -> list[Negation]:
    """The negations of a side that are more than the other side has, the furthest from any."""
    ours, theirs = found[index], found[1 - index]
    if len(ours) <= len(theirs):
        return []
    lengths = [len(side.text) for side in passage.sides]
    places = [n.start / lengths[1 - index] for n in theirs]
    alone = sorted(
        ours,
        key=lambda n: min((abs(n.start / lengths[index] - p) for p in places), default=1.0),
    )
    return alone[len(theirs) :]


def _is_sure(passage: Passage, index: int, negation: Negation) -> bool:
    """Whether the word is no weak one, and the translation no free one."""
    side, other = passage.sides[index], passage.sides[1 - index]
    quote = side.text[negation.start : negation.end]
    weak = quote.lower() in side.language.negation.weak
    return not weak and _is_literal(side.text, other.text)


def _hit(passage: Passage, index: int, negation: Negation) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    quote = side.text[negation.start : negation.end]
    return Hit(
        marks=(
            Mark(index, negation.start, negation.end),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"The {side.language.name} denies (“{quote}”), the {other.language.name} does not.",
        confidence=0.5 if passage.drift < _SHAKY else 0.3,
        evidence={"negation": quote},
    )


def _is_literal(one: str, other: str) -> bool:
    """Whether two sides are about as long: a free translation may deny in its own way."""
    short, long = sorted((len(one), len(other)))
    return short >= _LITERAL * long


RULE = Rule(
    slug="negation-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.NEUTRAL,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example({"fr": "Elle ne vient plus.", "de": "Sie kommt nicht mehr."}),
        Example({"fr": "Il ne reste que deux bateaux.", "de": "Zwei Boote sind übrig."}),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt verweigert die Zahlung."}),
        Example({"fr": "Elle arrive sans bagages.", "de": "Sie kommt mit Gepäck."}),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt zahlt."}, ("ne paie pas",)),
        Example({"fr": "La ville paie le port.", "de": "Sie zahlt keinen Hafen."}, ("keinen",)),
    ),
)
