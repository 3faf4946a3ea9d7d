"""A few words say something else than what stands in their place in the other translation.

Both sides have words without counterpart, and these face one another: a word was taken in the
wrong sense, or a clause says something new. A reader of one translation learns something else than
a reader of the other.

Found word by word, as ``omitted-words`` finds what is missing: by vectors, a lexicon, parts
of compounds and common letters. The evidence lists the words without counterpart. Where the
sentences have nothing in common, they are marked as wholes: a network hears how far apart their
vectors are, how many of their words are alone, and which names and numbers they share.

What counts as equal: articles, particles and auxiliaries; and what is rendered freely: good
translators part from one another's words all the time, so only clear cases are reported, as minor.
Whole sentences that have surely nothing in common are major: a free translation seldom is so far
from the other one.

Limits: most wrong words are near in meaning to the right ones, and are not seen; nor are
sentences of fewer than three full words. Which side is
wrong cannot be told without a source, a reference or a third translation. Works where
``omitted-words`` does.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope
from auditor.links.evidence import UNLIKE
from auditor.model import Severity

_REPORTED = 0.82
_FEWEST_FACING = 3  # full words of a stretch: fewer are rendered freely too often
_SHOWN = 120  # characters of a text in a message
_SURELY_UNLIKE = 0.98  # chance of two sentences that have nothing to do with one another


def check(passage: Passage) -> Iterator[Hit]:
    """Report two sentences, or stretches of them, that do not say the same."""
    links = passage.links
    if links is None:
        return
    if (unlike := links.unlike(passage.drift)) >= UNLIKE:
        whole = [(0, len(side.text)) for side in passage.sides]
        severity = Severity.MAJOR if unlike >= _SURELY_UNLIKE else Severity.MINOR
        yield _hit(passage, whole, links.everything_alone(), unlike, severity, whole=True)
        return
    for left, right, chance in links.clashes(passage.drift, _FEWEST_FACING):
        if chance >= _REPORTED:
            spans = [links.span(0, left), links.span(1, right)]
            words = [links.alone(0, left), links.alone(1, right)]
            yield _hit(passage, spans, words, chance)


def _hit(
    passage: Passage,
    spans: Sequence[tuple[int, int]],
    words: Sequence[Sequence[str]],
    chance: float,
    severity: Severity = Severity.MINOR,
    *,
    whole: bool = False,
) -> Hit:
    texts = [_short(side.text[slice(*s)]) for side, s in zip(passage.sides, spans, strict=True)]
    names = [side.language.name for side in passage.sides]
    return Hit(
        marks=(Mark(0, *spans[0]), Mark(1, *spans[1])),
        message=f"“{texts[0]}” in the {names[0]} and “{texts[1]}” in the {names[1]} "
        "do not seem to say the same.",
        confidence=round((0.9 if severity is Severity.MAJOR else 0.6) * chance, 3),
        severity=severity,
        whole=whole,
        evidence={
            "without counterpart": [list(side) for side in words],
            "chance": round(chance, 3),
        },
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


RULE = Rule(
    slug="mistranslated-span",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    free=True,
    examples=(
        Example(
            {
                "fr": "La commission se réunit chaque lundi à la mairie.",
                "de": "Die Kommission tagt jeden Montag im Rathaus.",
            }
        ),
        Example(
            {
                "fr": "Le médecin conseille de boire beaucoup d’eau pendant la canicule.",
                "de": "Der Arzt rät dazu, im Keller alte Zeitungen zu sammeln.",
            },
            ("beaucoup d’eau pendant la canicule", "Keller alte Zeitungen zu sammeln"),
        ),
    ),
)
