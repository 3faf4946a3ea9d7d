"""Words whose opposite would fit the translation far better, as translations have taught."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.checks.direction_mismatch.facing import is_denied
from auditor.checks.rule import Hit, Mark, Passage, Side
from auditor.links.oppositions import Verdict, features, models, weigh
from auditor.model import Severity
from auditor.text.opposites import Pole, idle_places
from auditor.text.words import find_words

_LEAST = 2.5  # log odds from which a word is doubted
_OWN = 0.5  # of those, what the words beside it have to say: the other side may say it otherwise
_OTHER = 0.0  # of those, what the other side has to say
_LONGEST = 13  # letters of a word that is no compound, which may be about something else


def unfit_words(
    passage: Passage, found: Sequence[Sequence[Pole]], alone: Sequence[Sequence[Pole]]
) -> Iterator[Hit]:
    """The words that nothing answers, where the other side speaks for their opposites.

    Two words that speak against one another are one finding.
    """
    paired: set[tuple[int, int]] = set()
    words = [list(find_words(side.text)) for side in passage.sides]
    for index, side, other in passage.opposites():
        known = models(side.language.code, other.language.code)
        if not known or not alone[index] or not words[1 - index]:
            continue
        own = [match.group().lower() for match in words[index]]
        there = _free(other, words[1 - index], found[1 - index], alone[1 - index])
        numbers = {match.start(): number for number, match in enumerate(words[index])}
        for word in alone[index]:
            if word.start not in numbers or word.end - word.start > _LONGEST:
                continue  # small letters may be longer than capitals
            seen = list(features(own, numbers[word.start], there))
            rows = (known.get(pole, {}).values() for pole in word.poles)
            verdicts = [weigh(model, seen) for row in rows for model in row]
            best = max(verdicts, key=lambda verdict: verdict.total, default=None)
            if best and _is_wrong(best) and not is_denied(side, word):
                told = _told(passage, index, word, best.told)
                again = told and {(index, word.start), (1 - index, told.start)} <= paired
                if not again and not (told and is_denied(other, told)):
                    if told:
                        paired |= {(index, word.start), (1 - index, told.start)}
                    yield _hit(passage, index, (word, told), best)


def _free(
    side: Side, words: Sequence[re.Match[str]], found: Sequence[Pole], alone: Sequence[Pole]
) -> list[str]:
    """The words of a side, but for those at a pole that something answers, or in idioms."""
    bound = {word.start for word in found} - {word.start for word in alone}
    idle = bytearray(len(side.text))
    for start, end in idle_places(side.text, side.language):
        idle[start:end] = b"\1" * (end - start)
    return ["" if m.start() in bound or idle[m.start()] else m.group().lower() for m in words]


def _is_wrong(verdict: Verdict) -> bool:
    """Whether the opposite fits so much better beside it, and the other side agrees."""
    return verdict.total >= _LEAST and verdict.own >= _OWN and verdict.other >= _OTHER


def _hit(passage: Passage, index: int, words: tuple[Pole, Pole | None], verdict: Verdict) -> Hit:
    side, other = passage.sides[index], passage.sides[1 - index]
    word, told = words
    marks = [Mark(index, word.start, word.end)]
    compare = ""
    if told:
        marks.append(Mark(1 - index, told.start, told.end, primary=False))
        compare = f": compare “{other.text[told.start : told.end]}”"
    return Hit(
        marks=tuple(marks),
        message=f"“{side.text[word.start : word.end]}” in the {side.language.name} seems to say "
        f"the opposite of the {other.language.name}{compare}.",
        confidence=0.5,
        severity=Severity.NEUTRAL,
        evidence={"word": word.poles[0], "log odds": round(verdict.total, 1)},
    )


def _told(passage: Passage, index: int, word: Pole, told: str | None) -> Pole | None:
    """Where the other side has the word that speaks loudest, about the place of a word."""
    if told is None:
        return None
    side, other = passage.sides[index], passage.sides[1 - index]
    place = word.start / len(side.text)
    spans = (match.span() for match in find_words(other.text) if match.group().lower() == told)
    start, end = min(spans, key=lambda span: abs(span[0] / len(other.text) - place))
    return Pole(start, end, (told,))
