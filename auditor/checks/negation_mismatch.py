"""One translation denies what the other affirms.

A lost *not* turns a sentence into its opposite, and neither translation by itself looks wrong.
Negations are looked for on both sides: « ne … pas », „kein“, „ohne“, "never".

What counts as equal: "not … any more" in either language, « ne … que » and "not only" (they deny
nothing, unless the other side says "only"), « ne » alone, what repeats a negation (« ne … plus
aucun », "and no"), and on the side without a negation any word that may deny in another way: verbs
(„verweigern“), adjectives with a prefix (« impossible »), "hardly", "except", "instead". Such words
on both sides that correspond (« refuser », „verweigern“) answer one another, and nothing else.
Which words answer a negation, how near they must stand to the place that the word links give, and
what the vectors of the words around tell, is learnt from translations, and a network that has read
both sentences as wholes is heard beside it; the evidence has the chance. Between languages without
a lexicon, lists of such words decide alone, wherever the words stand, and negations of words that
deny ("not exempt") or in a neighbouring bead are passed over.

Limits: a negation that faces one of the other side is answered by it, unless nearly everything
speaks against that. Where the other side never denied, but said "difficult" for "not easy", a lost
negation leaves nothing to be seen: in human translations of news that is one in six. And the
finding is neutral, something to look at that costs no points: among real machine translations, most
of what was read by eye was a free rendering.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.links.denial import chance_of, denials, sides_of
from auditor.links.evidence import Linked
from auditor.model import Severity
from auditor.text.foreign import find_foreign
from auditor.text.negation import (
    Negation,
    find_implicit,
    find_negations,
    is_undone,
    negations_of,
)

_SHAKY = 0.9
_MOST = 100  # negations of a side that are looked at
_LITERAL = 0.7
# Chance by the network, to which negations that had been planted are as common as others; that of a
# negation which faces another one.
_REPORTED, _FACED = 0.4, 0.85
_UNWEIGHED = 0.5  # of what no network weighs


def check(passage: Passage) -> Iterator[Hit]:
    """Look for negations that nothing on the other side answers."""
    texts, languages = zip(*((side.text, side.language) for side in passage.sides), strict=True)
    found = [negations[:_MOST] for negations in negations_of(texts, languages)]
    if not any(found) or any(find_foreign(side.text, side.language) for side in passage.sides):
        return
    links = passage.links
    lone = _by_links(passage, links, found) if links else _by_lists(passage, found)
    for index, negation, chance in lone:
        yield _hit(passage, index, negation, chance)


def _by_links(
    passage: Passage, links: Linked, found: Sequence[Sequence[Negation]]
) -> Iterator[tuple[int, Negation, float]]:
    """The negations that probably lack a counterpart, by what was learnt."""
    sides = sides_of(
        links,
        [side.text for side in passage.sides],
        [side.language for side in passage.sides],
        found,
    )
    for index in (0, 1):
        for denial in denials(links, sides, index):
            chance = chance_of(links, sides, index, denial, passage.drift, passage.reading)
            if chance >= (_REPORTED if denial.mate is None else _FACED):
                yield index, denial.negation, chance


def _by_lists(
    passage: Passage, found: Sequence[Sequence[Negation]]
) -> Iterator[tuple[int, Negation, float]]:
    """The negations of a side that no listed word of the other side answers, and no negation."""
    for index, side, other in passage.opposites():
        slipped = _slipped(side, other)
        if found[1 - index] or slipped or not _is_literal(side.text, other.text):
            continue
        if find_implicit(other.text, other.language):
            continue
        for negation in found[index]:
            undone = is_undone(negation, side.text, side.language)
            if not undone and not _is_weak(side, negation):
                yield index, negation, _UNWEIGHED


def _slipped(side: Side, other: Side) -> bool:
    """Whether the beads around have more negations on the other side."""
    ours, theirs = (find_negations(s.nearby, s.language) for s in (side, other))
    return len(theirs) > len(ours)


def _is_weak(side: Side, negation: Negation) -> bool:
    """Whether a negation is one that the other language often renders otherwise."""
    quote = side.text[negation.start : negation.end]
    return quote.lower() in side.language.negation.weak


def _hit(passage: Passage, index: int, negation: Negation, chance: float) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    quote = side.text[negation.start : negation.end]
    return Hit(
        marks=(
            Mark(index, negation.start, negation.end),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"The {side.language.name} denies (“{quote}”), the {other.language.name} does not.",
        confidence=0.5 if passage.drift < _SHAKY else 0.3,
        evidence={"negation": quote, "chance": round(chance, 3)},
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
    free=True,
    longest=LONGEST,
    examples=(
        Example({"fr": "Elle ne vient plus.", "de": "Sie kommt nicht mehr."}),
        Example({"fr": "Il ne reste que deux bateaux.", "de": "Zwei Boote sind übrig."}),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt verweigert die Zahlung."}),
        Example({"fr": "Elle arrive sans bagages.", "de": "Sie kommt mit Gepäck."}, ("sans",)),
        Example({"fr": "La ville ne paie pas.", "de": "Die Stadt zahlt."}, ("ne paie pas",)),
        Example({"fr": "La ville paie le port.", "de": "Sie zahlt keinen Hafen."}, ("keinen",)),
    ),
)
