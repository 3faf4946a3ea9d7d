"""A clause or a few words stand in one translation alone.

Two sentences translate one another, but for a part of one of them: one translation left it out, or
the other put it in. The sentence reads well, so nobody who reads one language only misses anything.

Found word by word: each word is held against those of the other side, by the vectors of the
embedded encoder, a lexicon learnt from translations, parts of compounds and common letters. Where a
run of words or a clause has no counterpart, nothing on the other side is left over that might say
the same otherwise, the sentences are nearer to one another without it, and the lengths agree,
something is missing. A network that has read both sentences as wholes is heard beside the links.
The evidence lists the words without counterpart, and, where the run holds any, the words that have
one.

What counts as equal: articles, particles and auxiliaries may come and go; one word for two, and
two for one; an acronym and what it stands for; a free rendering, which leaves words over on both
sides; a heading that is rendered otherwise as a whole.

Limits: fewer than three full words are not reported. Good translators leave out and explain, too,
so that many findings in human translations are real differences that nobody would mend; what is
less sure is neutral for that reason. Which side
is wrong cannot be told without a source, a reference or a third translation. Sentences of more
than 300 words are not looked at. Works for
languages with a lexicon (French, German, English) and encoders that have vectors for words, as the
embedded one has.

Authority: MQM-Core, accuracy/omission (seen from the other side, accuracy/addition).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import (
    Example,
    Hit,
    Mark,
    Passage,
    Rule,
    Scope,
    without_counterpart,
)
from auditor.links.evidence import UNLIKE, Linked
from auditor.links.omissions import missing
from auditor.links.stretches import Stretch
from auditor.model import Severity

FEWEST = 3  # full words: fewer come and go in good translations
# Chances in texts most of which lack something; see docs/drift.md.
REPORTED = 0.85
_LIKELY = 0.94  # a minor finding
_SURE = 0.97  # a major one
_UNHEARD = 0.92  # by links alone, of sentences that are too long for the reader


def check(passage: Passage) -> Iterator[Hit]:
    """Report the stretches of either side that are probably missing on the other."""
    links = passage.links
    if links is None or links.unlike(passage.drift) >= UNLIKE:
        return
    for index in (0, 1):
        for stretch, by_links in links.losses(index, passage.drift, FEWEST):
            chance = likelihood(passage, links, index, stretch, by_links)
            told = links.is_spelt_out(index, stretch) or is_all(passage, links, index, stretch)
            if chance >= REPORTED and not told:
                yield _hit(passage, links, index, stretch, chance)


def is_all(passage: Passage, links: Linked, index: int, stretch: Stretch) -> bool:
    """Whether a stretch is all that a side has: a heading, which the other side renders freely."""
    start, end = links.span(index, stretch)
    text = passage.sides[index].text
    return not any(map(str.isalnum, text[:start] + text[end:]))


def likelihood(
    passage: Passage, links: Linked, index: int, stretch: Stretch, chance: float
) -> float:
    """The chance that a stretch is missing on the other side; ``chance`` is that by links alone."""
    if passage.reading is None:
        return REPORTED if chance >= _UNHEARD else 0.0
    return missing(chance, passage.reading, index, links.span(index, stretch), passage.drift)


def _hit(passage: Passage, links: Linked, index: int, stretch: Stretch, chance: float) -> Hit:
    own, other = passage.sides[index], passage.sides[1 - index]
    start, end = links.span(index, stretch)
    message, blaming = without_counterpart(f"“{own.text[start:end]}”", own, other)
    return Hit(
        marks=(
            Mark(index, start, end),
            Mark(1 - index, *links.gap(index, stretch), primary=False),
        ),
        message=message,
        confidence=round(chance, 3),
        severity=_severity(chance),
        evidence={
            "without counterpart": links.alone(index, stretch),
            "with counterpart": links.pairs(index, stretch),
            "chance": round(chance, 3),
        },
        blaming=blaming if index == 0 else blaming[::-1],
    )


def _severity(chance: float) -> Severity:
    if chance >= _SURE:
        return Severity.MAJOR
    return Severity.MINOR if chance >= _LIKELY else Severity.NEUTRAL


RULE = Rule(
    slug="omitted-words",
    category="accuracy/omission",
    severity=Severity.MINOR,
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
                "fr": "Fermer la crèche contredirait les promesses de la maire aux familles.",
                "de": "Die Krippe zu schließen widerspräche dem, was die Bürgermeisterin den "
                "Familien versprochen hat.",
            }
        ),
        Example(
            {
                "fr": "La bibliothèque ouvre à neuf heures, sauf pendant les vacances scolaires.",
                "de": "Die Bibliothek öffnet um neun Uhr.",
            },
            ("sauf pendant les vacances scolaires",),
        ),
        Example(
            {
                "fr": "Le musée expose les tableaux du peintre.",
                "de": "Das Museum zeigt die Bilder des Malers, der dreißig Jahre im Dorf lebte.",
            },
            ("der dreißig Jahre im Dorf lebte",),
        ),
    ),
)
