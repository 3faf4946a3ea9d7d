"""One translation denies what the other affirms.

A lost *not* turns a sentence into its opposite, and neither translation by itself looks wrong.
Negations are looked for on both sides: « ne … pas », „kein“, „ohne“, "never".

What counts as equal: "not … any more" in either language, « ne … que » and "not only" (they deny
nothing), « ne » alone, a negation of a word that denies ("not exempt"), and on the side without a
negation any word that may deny in another way: verbs („verweigern“), adjectives with a prefix
(« impossible »), "hardly", "except", "instead". Which words answer a negation, and how near they
must stand to the place that the word links give, is learnt from translations; the evidence has
the chance. Between languages without a lexicon, lists of such words decide alone, wherever
the words stand.

Limits: a negation that faces one of the other side is answered by it, whatever the two belong to.
Of words that languages render freely (« sans », „ohne“) little is reported, and nothing where a
negation in the next bead may answer. Even so the finding is neutral, something to look at
that costs no points: among real machine translations, most of what was read by eye was a free
rendering.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.links.denial import chance_of, sides_of, to_listed, unanswered, weigh
from auditor.links.evidence import Linked
from auditor.model import Severity
from auditor.text.foreign import find_foreign
from auditor.text.negation import Negation, find_implicit, find_negations, is_undone

_SHAKY = 0.9
_MOST = 100  # negations of a side that are looked at
_LITERAL = 0.7
# Chances by the network, in texts nine in ten of which had a negation taken out or put in.
_REPORTED = 0.9
_WITH_LISTS = 0.5
_WEAK = 0.95  # of a word that languages render freely
_AT_ONCE = 2.0  # words: a listed word as near to a negation's place answers it
_UNWEIGHED = 0.5  # of what no network weighs


def check(passage: Passage) -> Iterator[Hit]:
    """Look for negations that nothing on the other side answers."""
    found = [find_negations(side.text, side.language)[:_MOST] for side in passage.sides]
    if not any(found) or any(find_foreign(side.text, side.language) for side in passage.sides):
        return
    links = passage.links
    lone = _by_links(passage, links, found) if links else _by_lists(passage, found)
    for index, negation, chance in lone:
        side, other = passage.sides[index], passage.sides[1 - index]
        if not _slipped(side, other):
            yield _hit(passage, index, negation, chance)


def _by_links(
    passage: Passage, links: Linked, found: Sequence[Sequence[Negation]]
) -> Iterator[tuple[int, Negation, float]]:
    """The negations that probably lack a counterpart, by what was learnt.

    Less will do where the lists, too, know of nothing on the other side that denies.
    """
    sides = sides_of(
        links,
        [side.text for side in passage.sides],
        [side.language for side in passage.sides],
        found,
    )
    listed = {(index, negation) for index, negation, _ in _by_lists(passage, found)}
    for index, side, _ in passage.opposites():
        for denial, nearest in unanswered(links, sides, index):
            negation = denial.negation
            chance = chance_of(weigh(links, sides, index, denial, nearest, passage.drift))
            wanted = _WITH_LISTS if (index, negation) in listed else _REPORTED
            wanted = _WEAK if _is_weak(side, negation) else wanted
            idle = is_undone(negation, side.text, side.language)
            answered = to_listed(sides[1 - index], denial) <= _AT_ONCE
            if chance >= wanted and not idle and not answered:
                yield index, negation, chance


def _by_lists(
    passage: Passage, found: Sequence[Sequence[Negation]]
) -> Iterator[tuple[int, Negation, float]]:
    """The negations of a side that no listed word of the other side answers, and no negation."""
    for index, side, other in passage.opposites():
        if found[1 - index] or not _is_literal(side.text, other.text):
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
