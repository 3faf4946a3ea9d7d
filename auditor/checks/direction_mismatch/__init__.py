"""One translation says the opposite: it rises in one and falls in the other.

Rise and fall, before and after, buy and sell, win and lose, open and close: one wrong word, and the
message is the reverse. Reported where each side has a word of one pole that nothing on the other
side answers, the poles are opposite, and the words stand at about the same place. Prepositions are
held against one another where they govern two nouns that translate one another: « sous la table »,
„auf dem Tisch“. What no word faces is weighed by what translations have taught: a word is doubted
where the words beside it and the other side speak for its opposite, the former loudly.

What counts as equal: words that the learnt lexicon links with one of the other side, whatever their
poles; a negated opposite ("did not rise"): where a negation stands near one of the two words
alone, nothing is reported, and where one stands near both, only a neutral finding; two
prepositions that translators use for one another before other nouns, too, or before this one.

Limits: the words are those of the language rows; an opposition in a single word that no row lists
is not seen. « moins grand » is not heard beside „größer“ unless the row has the comparative.
What was learnt is there for French and German, and for the commoner oppositions; what it says is
neutral. Free translation may turn a sentence round ("before A, B" as "after B, A"): such pairs are
neutral: worth a look, and no points.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from auditor.checks.direction_mismatch.answers import unanswered
from auditor.checks.direction_mismatch.facing import facing_words
from auditor.checks.direction_mismatch.prepositions import of_nouns
from auditor.checks.direction_mismatch.unfit import unfit_words
from auditor.checks.rule import LONGEST, Example, Hit, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.opposites import Pole, find_poles


def check(passage: Passage) -> Iterator[Hit]:
    """Look for words of opposite poles that face one another, neither of them answered."""
    governed = list(of_nouns(passage))
    yield from governed
    told = {(mark.side, mark.start) for hit in governed for mark in hit.marks}
    found = [find_poles(side.text, side.language) for side in passage.sides]
    alone = _without(unanswered(passage, found), told)
    faced = list(facing_words(passage, alone))
    yield from faced
    told |= {(mark.side, mark.start) for hit in faced for mark in hit.marks}
    yield from unfit_words(passage, found, _without(alone, told))


def _without(
    words: Sequence[Sequence[Pole]], told: AbstractSet[tuple[int, int]]
) -> list[list[Pole]]:
    """The words of both sides of which nothing has been told, by side and place."""
    return [
        [word for word in some if (index, word.start) not in told]
        for index, some in enumerate(words)
    ]


RULE = Rule(
    slug="direction-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    free=True,
    longest=LONGEST,
    examples=(
        Example({"fr": "Les prix augmentent.", "de": "Die Preise steigen."}),
        Example({"fr": "Les prix n’augmentent pas.", "de": "Die Preise sinken."}),
        Example(
            {"fr": "Les prix augmentent.", "de": "Die Preise sinken."}, ("augmentent", "sinken")
        ),
        Example(
            {"fr": "La ville vend le quai.", "de": "Die Stadt kauft den Kai."}, ("vend", "kauft")
        ),
        Example(
            {"fr": "Elle parle avant le vote.", "de": "Sie spricht nach der Wahl."},
            ("avant", "nach"),
        ),
    ),
)
