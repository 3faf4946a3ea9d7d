"""Two words that stand in one another's place do not translate one another.

Machine translation takes a word in the wrong sense: « bouchon » for a jam on the road on one side,
„Korken“ on the other. A reader of either text alone often has no way to notice.

Two witnesses look for such words. One holds the words that next to nothing links with the other
side (not the lexicon, nor vectors, parts of compounds or common letters) against those that stand
in their place. The other one, the reader, has read both sentences as wholes and doubts single
words. How probable it is that a word is wrong, both have learnt from translations in which a word
was replaced. A pair of words that are known to translate one another, or one English word, is
acquitted.

Good translators part from one another's words all the time, so that such a pair proves nothing by
itself: it is reported, as neutral, only in texts that many sure faults of language show to be rough
machine translation (eight different ones for a hundred sentences) and literal: a pair of strangers
in every second sentence at the most, and two faults for ten of them at the least. The same pair
in several places of an article is one finding.

What counts as equal: whatever is linked; names, which other rules compare; a noun beside a verb, as
a free rendering has them.

Limits: silent in careful or free translations, whatever they say. Wrong words that are near in
meaning to the right ones, or that both translate the same English word in different senses, are
taken for a translation. Which side is wrong cannot be told. Works where ``omitted-words`` does.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from auditor.checks.rule import (
    DOUBTED,
    NEVER,
    ROUGH,
    Example,
    Hit,
    Mark,
    Passage,
    Rule,
    Scope,
    Side,
)
from auditor.fluency.tagger import Word, read_words
from auditor.links.doubts import Spans, are_known, doubts, idle_words, is_known
from auditor.links.strangers import strangers
from auditor.model import Severity
from auditor.text.words import begins, is_listed_elsewhere

_COUNTED = 0.2  # chance from which a pair of strangers tells that the texts are freely translated
_STRANGE = 0.6  # chance from which one is reported, in texts half of which had a word replaced
_BACKED = -3.0  # log odds by the reader from which one that is only counted is reported, too
# Uses of a name's part and of what stands for it: the fewest, and the share of the rarer one's.
_OFTEN, _EVEN = 2, 0.33
_DOUBTED = -1.5  # log odds from which the reader's word is enough, where nothing acquits the pair


_BESIDE = re.compile(r"(?<!\w)[^\W\d_a-zß-ÿ]\w* \Z")  # a word with a capital right before
# Parts of speech that translation puts in the place of any other.
_LOOSE = frozenset({"ADJ", "X"})
_NOUNS = {"PROPN": "NOUN"}


def check(passage: Passage) -> Iterator[Hit]:
    """Report the words of a bead that face one another as strangers, or that the reader doubts."""
    told: set[tuple[int, tuple[int, int]]] = set()
    for hit in _strangers(passage):
        told |= {(mark.side, (mark.start, mark.end)) for mark in hit.marks if hit.needs == ROUGH}
        yield hit
    if passage.reading is None:
        return
    links, texts = passage.links, [side.text for side in passage.sides]
    idle = [idle_words(side.text, side.language) for side in passage.sides]
    for doubt in doubts(passage.reading, texts, _DOUBTED, idle):
        spans = doubt.spans
        known = links is not None and (is_known(links, doubt) or _is_habit(passage, spans))
        if known or (doubt.side, doubt.span) in told or _is_name(passage, spans):
            continue
        if _may_face(passage, spans):
            chance = 1 / (1 + math.exp(-doubt.odds))
            hit = _hit(passage, doubt.side, doubt.span, doubt.facing, chance)
            yield replace(hit, needs=DOUBTED)


def _strangers(passage: Passage) -> Iterator[Hit]:
    links, reading = passage.links, passage.reading
    for pair in strangers(links, passage.drift) if links is not None else ():
        if links is None or pair.chance < _COUNTED:
            continue
        spans = links.sides[0].spans[pair.left], links.sides[1].spans[pair.right]
        backed = reading is not None and any(
            reading.highest(k, "replaced", *span) >= _BACKED for k, span in enumerate(spans)
        )
        # Each tells that the texts are freely translated, whether it may be reported or not.
        told = pair.chance >= _STRANGE or backed
        told = told and not are_known(links, pair.left, pair.right)
        told = told and not _says_little(passage, spans) and not _is_habit(passage, spans)
        needs = ROUGH if told else NEVER
        yield replace(_hit(passage, 0, *spans, pair.chance), needs=needs)


def _says_little(passage: Passage, spans: Spans) -> bool:
    """Whether one of two words is an auxiliary, an article, a preposition or the like."""
    both = zip(passage.sides, spans, strict=True)
    words = [(side, side.text[slice(*span)].lower()) for side, span in both if span]
    little = any(word in side.language.function_words for side, word in words)
    return little or "AUX" in _kinds(passage, spans)


def _is_name(passage: Passage, spans: Spans) -> bool:
    """Whether a doubted word is a name, which other rules hold against those of the other side."""
    for k, (side, span) in enumerate(zip(passage.sides, spans, strict=True)):
        if span is None or side.language.capitalised_nouns:
            continue
        word = side.text[slice(*span)]
        if word[0].isupper() and not (
            begins(side.text, span[0]) and not _is_shared(word, side, passage.sides[1 - k])
        ):
            return True
    return False


def _may_face(passage: Passage, spans: Spans) -> bool:
    """Whether two words may stand for one another: a noun does not for a verb, nor an auxiliary."""
    kinds = _kinds(passage, spans)
    return "AUX" not in kinds and (len(kinds) == 1 or not kinds.isdisjoint(_LOOSE))


def _kinds(passage: Passage, spans: Spans) -> set[str]:
    return {
        _kind(side, span)
        for side, span in zip(passage.sides, spans, strict=True)
        if span is not None
    }


def _kind(side: Side, span: tuple[int, int]) -> str:
    """The part of speech of a word; names count as nouns."""
    words = _tagged(side.text, side.language.code)
    tags = [word.tag.split(".")[0] for word in words if word.start < span[1] and span[0] < word.end]
    return _NOUNS.get(tags[0], tags[0]) if tags else "X"


@lru_cache(maxsize=8)
def _tagged(text: str, code: str) -> tuple[Word, ...]:
    """The words of a side, once for all pairs of a bead."""
    return read_words([text], code)[0]


def _is_shared(word: str, side: Side, other: Side) -> bool:
    """Whether both documents write a word with a capital alone."""
    return other.vocabulary.count(word) > 0 and not side.vocabulary.count(word.lower())


def _is_habit(passage: Passage, spans: Spans) -> bool:
    """Whether one of two words is a foreign one in a name, and both are used about as often."""
    both = list(zip(passage.sides, spans, strict=True))
    if any(span is None for span in spans):
        return False
    uses = [_uses(side, side.text[slice(*span)]) for side, span in both if span]
    return min(uses) >= max(_OFTEN, _EVEN * max(uses)) and any(
        _is_part(side, *span) for side, span in both if span
    )


def _is_part(side: Side, start: int, end: int) -> bool:
    """Whether a word of another language with a capital stands behind another one: a name's."""
    word = side.text[start:end]
    beside = _BESIDE.search(side.text, 0, start)
    foreign = word[0].isupper() and is_listed_elsewhere(word.lower(), side.language)
    return beside is not None and foreign and not word.isupper()


def _uses(side: Side, word: str) -> int:
    """How often a document uses a word, with a capital or without."""
    lower = word.lower()
    return sum(side.vocabulary.count(form) for form in {word, lower, lower.capitalize()})


def _hit(
    passage: Passage,
    index: int,
    span: tuple[int, int],
    facing: tuple[int, int] | None,
    chance: float,
) -> Hit:
    own, other = passage.sides[index], passage.sides[1 - index]
    marks = {index: span} | ({} if facing is None else {1 - index: facing})
    words = {k: passage.sides[k].text[slice(*marks[k])] for k in sorted(marks)}
    message = (
        f"“{words[index]}” in the {own.language.name} is not what the {other.language.name} says."
    )
    if facing is not None:
        message = (
            f"“{words[index]}” in the {own.language.name} and “{words[1 - index]}” in the "
            f"{other.language.name} stand in the same place and are not known to translate one "
            "another."
        )
    return Hit(
        marks=tuple(Mark(k, *marks[k]) for k in sorted(marks)),
        message=message,
        confidence=round(0.4 + 0.2 * chance, 3),
        evidence={"words": [words[k] for k in sorted(words)], "chance": round(chance, 3)},
        needs=ROUGH,
    )


RULE = Rule(
    slug="mistranslated-word",
    category="accuracy/mistranslation",
    severity=Severity.NEUTRAL,
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
                "fr": "Le pêcheur vend ses filets au marché.",
                "de": "Der Fischer verkauft seine Netze am Ufer.",
            },
            ("marché", "Ufer"),
        ),
    ),
)
