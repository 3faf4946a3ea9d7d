"""A word or two have no counterpart in the other translation.

A rough machine translation drops a word, or renders it by one that has nothing to do with it.
What ``omitted-words`` says of whole clauses with certainty, this rule says of less with doubt: of
stretches that are shorter, or less probably missing.

Good translators leave words out and put words in all the time. So it is reported, as neutral, only
in texts that many sure faults of language show to be rough machine translation (nine different
ones for a hundred sentences). The same words in several places of an article are one finding.

What counts as equal: what does for ``omitted-words``; words that the reader, which has read both
sentences as wholes, takes for anything but left out.

Limits: silent in careful translations, whatever they leave out. Works where ``omitted-words`` does.

Authority: MQM-Core, accuracy/omission (seen from the other side, accuracy/addition).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.omitted_words import FEWEST, REPORTED, is_all, likelihood
from auditor.checks.rule import VERY_ROUGH, Example, Hit, Mark, Passage, Rule, Scope
from auditor.links.evidence import Linked
from auditor.links.stretches import Stretch
from auditor.model import Severity

_REPORTED = 0.03  # chance by the network of ``omitted-words``
# Log odds by the reader: of a word without counterpart, at the least, and of one that stands for
# another one, from which they are a name that the other side has otherwise, or a free rendering.
_ALONE, _REPLACED = -4.0, 1.5


def check(passage: Passage) -> Iterator[Hit]:
    """Report the stretches of either side that ``omitted-words`` passes over."""
    links = passage.links
    if links is None:
        return
    for index in (0, 1):
        for stretch, chance in links.losses(index, passage.drift):
            if chance < _REPORTED:
                continue
            likely = likelihood(passage, links, index, stretch, chance)
            sure = likely >= REPORTED and links.full(index, stretch) >= FEWEST
            told = sure or links.is_spelt_out(index, stretch) or not links.alone(index, stretch)
            told = told or is_all(passage, links, index, stretch)
            if not told and _may_be_alone(passage, index, links.span(index, stretch)):
                yield _hit(passage, links, index, stretch, chance)


def _may_be_alone(passage: Passage, index: int, span: tuple[int, int]) -> bool:
    """Whether the reader finds no counterpart of words quite likely, and no wrong one for sure."""
    if passage.reading is None:
        return True
    alone, replaced = (passage.reading.highest(index, k, *span) for k in ("alone", "replaced"))
    return alone >= _ALONE and replaced < _REPLACED


def _hit(passage: Passage, links: Linked, index: int, stretch: Stretch, chance: float) -> Hit:
    own, other = passage.sides[index], passage.sides[1 - index]
    start, end = links.span(index, stretch)
    return Hit(
        marks=(
            Mark(index, start, end),
            Mark(1 - index, *links.gap(index, stretch), primary=False),
        ),
        message=f"“{own.text[start:end]}” in the {own.language.name} seems to have no counterpart "
        f"in the {other.language.name}.",
        confidence=round(0.4 + 0.2 * chance, 3),
        evidence={
            "without counterpart": links.alone(index, stretch),
            "chance": round(chance, 3),
        },
        needs=VERY_ROUGH,
    )


RULE = Rule(
    slug="lone-words",
    category="accuracy/omission",
    severity=Severity.NEUTRAL,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    free=True,
    examples=(
        Example(
            {
                "fr": "Le chien de la voisine aboie toute la nuit.",
                "de": "Der Hund der Nachbarin bellt die ganze Nacht.",
            }
        ),
        Example(
            {
                "fr": "Appuyez sur le bouton de la pompe.",
                "de": "Drücken und halten Sie den Knopf der Pumpe.",
            },
            ("halten",),
        ),
    ),
)
