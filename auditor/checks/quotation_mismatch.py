"""What one translation gives as a quotation is the writer's own word in the other.

Without the marks, what somebody said becomes a fact that the paper vouches for. A quotation counts
from five words on, where it is somebody's sentence, and where the other side has no mark at all in
the passage, nor a quotation that may run through it.

Less sure, and neutral, are shorter quotations from four words on, those that are no sentence
(titles and terms are marked by each language in its own way), and those beside which the other side
has marks: around other words, as the links tell; and those that are all there is: of a speech in
several paragraphs one text may mark but the first and the last.

Limits: quotations in single marks that may be apostrophes ('so') acquit the other side, and are not
missed themselves; a translator may turn direct speech into reported speech, so that the finding is
minor, and neutral where two translations do alike what their source does not.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.quotations import find_quotations, opens_single

_FEWEST, _LEAST = 5, 4  # words of a sure quotation, with its marks apart from them, and of another
_WHOLE = 0.95  # of a side
_SAID = 2  # words that correspond, of a quotation that the other side is told to have
_MARKS = frozenset('«»„“”"‚‘‹›')


def check(passage: Passage) -> Iterator[Hit]:
    """Look for quotations that face words without quotation marks."""
    for index, side, other in passage.opposites():
        bare = not (_quotes(other) or _runs(other))
        for start, end in _outermost(find_quotations(side.text, side.language).pairs):
            sure = bare and _is_sentence(side.text, start, end)
            # A line of a long quotation has marks of its own in some texts, in others not.
            whole = end - start >= _WHOLE * len(side.text)
            if sure or (not whole and _is_said_without(passage, index, start, end)):
                yield _hit(passage, index, (start, end), sure=sure and not whole)


def _outermost(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The quotations of a text that stand in no other one."""
    last = -1
    for start, end in pairs:
        if end > last:
            yield start, end
            last = end


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a quotation is long, and somebody's sentence."""
    return len(text[start:end].split()) > _FEWEST and _is_speech(text, start, end)


def _is_said_without(passage: Passage, index: int, start: int, end: int) -> bool:
    """Whether the other side has the words of a quotation, and none of them within marks."""
    side, other = passage.sides[index], passage.sides[1 - index]
    if passage.links is None or len(side.text[start + 1 : end].split()) < _LEAST:
        return False
    quotations = find_quotations(other.text, other.language)
    if quotations.unclosed or quotations.unopened or opens_single(other.text, other.language):
        return False
    mutual = passage.links.mutual()
    mates = mutual if index == 0 else {mate: number for number, mate in mutual.items()}
    ours, theirs = (passage.links.sides[k].spans for k in (index, 1 - index))
    places = [
        theirs[mates[number]][0]
        for number, (first, last) in enumerate(ours)
        if number in mates and start < first and last <= end
    ]
    if len(places) < _SAID or _is_title(other, places):
        return False
    return not any(a < at < b for at in places for a, b in quotations.pairs)


def _is_title(side: Side, places: Sequence[int]) -> bool:
    """Whether words have capitals where common words have none: a title needs no marks."""
    return not side.language.capitalised_nouns and all(side.text[at].isupper() for at in places)


def _hit(passage: Passage, index: int, place: tuple[int, int], *, sure: bool) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    return Hit(
        marks=(
            Mark(index, place[0], place[1] + 1),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"The {side.language.name} quotes, the {other.language.name} does not.",
        confidence=0.6 if sure else 0.4,
        severity=Severity.MINOR if sure else Severity.NEUTRAL,
    )


def _quotes(side: Side) -> bool:
    """Whether a side has any mark that may belong to a quotation."""
    return bool(_MARKS.intersection(side.text)) or opens_single(side.text, side.language)


def _runs(side: Side) -> bool:
    """Whether a quotation around the passage may run through it."""
    around = (find_quotations(line, side.language) for line in side.nearby.split("\n"))
    if any(quotations.unclosed or quotations.unopened for quotations in around):
        return True
    return opens_single(side.nearby, side.language)


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether a quotation is somebody's sentence, and no title."""
    inside = text[start + 1 : end].rstrip()[-1:]
    before, after = text[:start].rstrip()[-1:], text[end + 1 :].lstrip()[:1]
    return inside in (".", "!", "?", "…", ",") or before == ":" or after == ","


RULE = Rule(
    slug="quotation-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    custom=True,
    longest=LONGEST,
    frame=True,
    examples=(
        Example(
            {
                "fr": "Elle dit : « Nous restons ici jusqu’au soir. »",
                "de": "Sie sagt: „Wir bleiben bis zum Abend hier.“",
            }
        ),
        Example({"fr": "Le bateau « Grand Vent » part.", "de": "Das Boot Grand Vent legt ab."}),
        Example(
            {
                "fr": "Elle dit : « Nous restons ici jusqu’au soir. »",
                "de": "Wir bleiben bis zum Abend hier.",
            },
            ("« Nous restons ici jusqu’au soir. »",),
        ),
    ),
)
