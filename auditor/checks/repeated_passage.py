"""A word, phrase or sentence is written twice in a row.

Machine translation stutters where it loses its place; a reader stumbles, and an editor who cuts one
copy must guess which. A stretch counts where the other side has no such repetition.

What counts as equal: words that grammar doubles (« nous nous », „die die“; the list is in the
language rows), numbers, and fewer than six words with a mark between the copies.

Limits: a repetition for emphasis that only one translator kept is reported if no comma stands in
it. A copy that stands further away is not looked for.

Authority: MQM-Core, accuracy/addition.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.repetition import Repetition, find_repetitions

_SENTENCE = 6  # words from which a copy is a passage of its own


def check(passage: Passage) -> Iterator[Hit]:
    """Look for stretches doubled on one side only."""
    for index, side, other in passage.opposites():
        here = find_repetitions(side.text)
        if not here or any(_counts(other, one) for one in find_repetitions(other.text)):
            continue
        yield from (_hit(index, side, one) for one in here if _counts(side, one))
    for index, side, other in passage.opposites():
        if not _copied(other):
            yield from (_hit(index, side, copy) for copy in _copied(side))


def _counts(side: Side, repetition: Repetition) -> bool:
    """Whether a repetition is none of grammar's, nor one for emphasis."""
    text = side.text[repetition.start : repetition.end]
    if repetition.words > 1:
        return 2 * sum(map(str.isdigit, text)) < len(text)
    joined = side.text[: repetition.start].rstrip()[: -len(text)][-1:] in ("-", "'", "’")
    return text.islower() and text not in side.language.doubled_words and not joined


def _copied(side: Side) -> list[Repetition]:
    """The sentence of this passage that the passage before or behind has as well."""
    text = side.text.strip()
    words = len(text.split())
    if words < _SENTENCE or text not in side.nearby.split("\n"):
        return []
    return [Repetition(side.text.index(text), side.text.index(text) + len(text), words)]


def _hit(index: int, side: Side, repetition: Repetition) -> Hit:
    many = repetition.words > 1
    what = f"{repetition.words} words stand" if many else "A word stands"
    return Hit(
        marks=(Mark(index, repetition.start, repetition.end),),
        message=f"{what} twice in a row in the {side.language.name} only.",
        confidence=0.9 if many else 0.7,
        severity=Severity.MAJOR if repetition.words >= _SENTENCE else Severity.MINOR,
        suspect=index,
        evidence={"words": repetition.words},
    )


RULE = Rule(
    slug="repeated-passage",
    category="accuracy/addition",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example({"fr": "Nous nous levons tôt.", "de": "Wir, die die Stadt lieben, gehen früh."}),
        Example({"fr": "Pas à pas, pas à pas.", "de": "Schritt für Schritt, Schritt für Schritt."}),
        Example(
            {"fr": "Le port est est fermé.", "de": "Der Hafen ist geschlossen."},
            ("est",),
        ),
        Example(
            {"fr": "Elle vend le bateau le bateau bleu.", "de": "Sie verkauft das blaue Boot."},
            ("le bateau",),
        ),
    ),
)
