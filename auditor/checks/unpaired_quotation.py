"""A quotation is opened and never closed, or closed and never opened.

The reader can't tell where the quoted words end and the writer's own begin: words are put into
somebody's mouth. In machine translation it mostly means that a part of the sentence was
translated by itself, and the mark got lost at the seam.

What counts as a pair: the marks of the language, the straight mark, and mixtures of both, for style
is another matter. A quotation may run over a few paragraphs, whether each opens with the mark again
or not, as long as the last one closes it.

Limits: single quotation marks that double as apostrophes are left out, and so is a straight mark
behind a digit (an inch). Where both translations have such a mark in the sentences that answer one
another, it probably stood in the source: that is neutral. A straight mark in the place of an
apostrophe pairs with nothing (`mistyped-apostrophe`).

Authority: MQM-Core, fluency/punctuation (unpaired marks).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.rule import BLOCK_BREAK, Example, Hit, Mark, Passage, Rule, Scope
from auditor.languages import Language
from auditor.model import Severity
from auditor.text.quotations import find_quotations

_CONFIDENCE = 0.9
# A quotation may run over this many blocks: one that quotes a speech, or one sentence a line.
_REACH = 4
_NEAR = 60  # characters from the mark in which its word is looked for


def check(passage: Passage) -> Iterator[Hit]:
    """Look for marks left alone in each block of a document."""
    side = passage.sides[0]
    for position, block_start, block_end, closes in _lonely(side.text, side.language):
        closing = closes or _ends_words(side.text, position)
        start, end = _with_word(side.text, position, (block_start, block_end), before=closing)
        fault = "closed and never opened" if closing else "opened and never closed"
        yield Hit(
            marks=(Mark(0, start, end),),
            message=f"A quotation is {fault}: {side.text[position]} has no counterpart.",
            confidence=_CONFIDENCE,
            suspect=0,
            evidence={"mark": side.text[position]},
        )


def _ends_words(text: str, position: int) -> bool:
    """Whether a straight mark, which may open or close, stands behind words and before none."""
    before, behind = text[position - 1 : position], text[position + 1 : position + 2]
    closed = bool(before) and not before.isspace() and before not in "([—–"
    return text[position] == '"' and closed and not behind.isalnum()


@dataclass(frozen=True, slots=True)
class _Open:
    """An opening mark without its closing one, and the block that it stands in."""

    position: int
    block: int
    start: int
    end: int


def _lonely(text: str, language: Language) -> Iterator[tuple[int, int, int, bool]]:
    """Marks left alone: position, start and end of the block, whether it is a closing mark."""
    waiting: list[_Open] = []
    start = 0
    for number, block in enumerate(text.split(BLOCK_BREAK)):
        end = start + len(block)
        lost = [mark for mark in waiting if number - mark.block > _REACH]
        yield from ((mark.position, mark.start, mark.end, False) for mark in lost)
        waiting = [m for m in waiting if m not in lost and not _goes_on(text, m, number, start)]
        quotations = find_quotations(block, language)
        unclosed = [start + position for position in quotations.unclosed]
        for position in [*(start + p for p in quotations.unopened), *_straight(text, unclosed)]:
            if waiting:
                waiting.pop()
                unclosed = [mark for mark in unclosed if mark != position]
            elif position not in unclosed:
                yield position, start, end, True
        waiting += [_Open(position, number, start, end) for position in unclosed]
        start = end + 1
    yield from ((mark.position, mark.start, mark.end, False) for mark in waiting)


def _goes_on(text: str, mark: _Open, block: int, start: int) -> bool:
    """Whether the next block opens with the same mark: the quotation runs on, as is the custom."""
    return block == mark.block + 1 and text[start : start + 1] == text[mark.position]


def _straight(text: str, positions: list[int]) -> list[int]:
    """Straight marks, which look alike whether they open or close."""
    return [position for position in positions if text[position] == '"']


def _with_word(
    text: str, position: int, block: tuple[int, int], *, before: bool
) -> tuple[int, int]:
    """The mark together with the word that it stands at, so that an editor finds the place."""
    block = max(block[0], position - _NEAR), min(block[1], position + _NEAR)
    step = -1 if before else 1
    edge = position + step
    while block[0] <= edge < block[1] and not text[edge].isalnum():
        edge += step
    while block[0] <= edge < block[1] and not text[edge].isspace():
        edge += step
    edge = max(block[0] - 1, min(edge, block[1]))
    return (edge + 1, position + 1) if before else (position, edge)


RULE = Rule(
    slug="unpaired-quotation",
    category="fluency/punctuation",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "« Nous partons », a-t-elle dit, « et « demain » est le mot. »"}),
        Example({"de": "„Wir gehen“, sagte sie, „und zwar ‚morgen‘.“"}),
        Example({"fr": "« Nous partons.\n« Demain », a-t-elle dit."}),
        Example({"de": "Sie nannte es „das größte Werk der Küste und ging."}, ("„das",)),
        Example(
            {"fr": "« Beaucoup de procès. Et nous travaillons.\nElle est partie."}, ("« Beaucoup",)
        ),
        Example({"de": "Das größte Werk der Küste“, sagte sie."}, ("Küste“",)),
    ),
)
