"""Names that the reader doubts, where nothing else tells that they are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from auditor.checks.name_mismatch.counterparts import is_kept_apart, one_person, slipped
from auditor.checks.name_mismatch.looks import look
from auditor.checks.name_mismatch.places import is_marked
from auditor.checks.rule import Mark, Passage
from auditor.links.doubts import Doubt, doubts, is_known
from auditor.text.names import Name, in_calendar
from auditor.text.words import begins

# Log odds, in texts half of which had a wrong word: of two names that are nothing else, of one and
# another word, and of two words with a capital that other languages have, too ("Cloud", "Stream").
_NAMES, _NAME, _QUOTED = 0.0, 1.0, 2.5
_ANY = 4.0  # of any two words with a capital, where one language has none on common words


def doubted(passage: Passage, marked: Sequence[Mark]) -> Iterator[tuple[Name, Name]]:
    """Two words with a capital in mid-sentence that face one another, and that the reader doubts.

    Where both documents use the two again and again, one is what the other calls it.
    """
    if passage.reading is None or passage.links is None:
        return
    texts = [side.text for side in passage.sides]
    for doubt in doubts(passage.reading, texts, _NAMES):
        pair = _names(passage, doubt)
        if (
            pair is not None
            and doubt.odds >= _least(passage, pair)
            and not is_known(passage.links, doubt)
            and not _of_calendar(passage, pair)
            and not _is_usual(passage, pair)
            and not any(is_kept_apart(passage, *one) for one in enumerate(pair))
            and not any(map(is_marked, (0, 1), pair, (marked, marked)))
            and not one_person(passage, pair[:1], pair[1:])
            and not (doubt.odds < _QUOTED and _both_slipped(passage, pair))
        ):
            yield pair


def _names(passage: Passage, doubt: Doubt) -> tuple[Name, Name] | None:
    found = []
    for side, span in zip(passage.sides, doubt.spans, strict=True):
        if span is None or not side.text[span[0]].isupper():
            return None
        # Where a sentence begins, every word has a capital: a name is one that both documents use.
        if begins(side.text, span[0]) and not all(
            each.vocabulary.count(side.text[slice(*span)]) for each in passage.sides
        ):
            return None
        found.append(Name(*span, side.text[slice(*span)]))
    return found[0], found[1]


def _of_calendar(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether both are months or days of the week, which are no names."""
    both = zip(pair, passage.sides, strict=True)
    return all(in_calendar(name.text, side.language) for name, side in both)


def _both_slipped(passage: Passage, pair: tuple[Name, Name]) -> bool:
    return slipped(passage, 0, pair[:1]) and slipped(passage, 1, pair[1:])


def _least(passage: Passage, pair: tuple[Name, Name]) -> float:
    """The log odds from which two words are told, by how much they look like names."""
    looks = [look(pair[index], side, other) for index, side, other in passage.opposites()]
    strong = sum(one.strong for one in looks)
    if strong:
        return _NAMES if strong == len(looks) else _NAME
    if all(one.quoted or one.rare for one in looks):
        return _QUOTED
    return _ANY if any(one.odd for one in looks) else inf


def _is_usual(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether each document uses its word more than once, be it with a capital or without."""
    return all(
        side.vocabulary.count(name.text) + side.vocabulary.count(name.text.lower()) > 1
        for side, name in zip(passage.sides, pair, strict=True)
    )
