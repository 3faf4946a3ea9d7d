"""Names that the reader doubts, where nothing else tells that they are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.name_mismatch.counterparts import one_person, slipped
from auditor.checks.name_mismatch.places import is_marked
from auditor.checks.rule import Mark, Passage
from auditor.links.doubts import Doubt, doubts, is_known
from auditor.text.names import Name, is_strong
from auditor.text.words import begins

_DOUBTED = 1.0  # log odds, in texts half of which had a wrong word


def doubted(passage: Passage, marked: Sequence[Mark]) -> Iterator[tuple[Name, Name]]:
    """Two words with a capital in mid-sentence that face one another, and that the reader doubts.

    Where both documents use the two again and again, one is what the other calls it.
    """
    if passage.reading is None or passage.links is None:
        return
    texts = [side.text for side in passage.sides]
    for doubt in doubts(passage.reading, texts, _DOUBTED):
        pair = _names(passage, doubt)
        if (
            pair is not None
            and _is_name(passage, pair)
            and not is_known(passage.links, doubt)
            and not _is_usual(passage, pair)
            and not any(map(is_marked, (0, 1), pair, (marked, marked)))
            and not one_person(passage, pair[:1], pair[1:])
            and not (slipped(passage, 0, pair[:1]) and slipped(passage, 1, pair[1:]))
        ):
            yield pair


def _names(passage: Passage, doubt: Doubt) -> tuple[Name, Name] | None:
    found = []
    for side, span in zip(passage.sides, doubt.spans, strict=True):
        if span is None or not side.text[span[0]].isupper() or begins(side.text, span[0]):
            return None
        found.append(Name(*span, side.text[slice(*span)]))
    return found[0], found[1]


def _is_name(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether one of two words is a name and nothing else."""
    return any(
        is_strong(name.text, side.language) for side, name in zip(passage.sides, pair, strict=True)
    )


def _is_usual(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether each document uses its word more than once, be it with a capital or without."""
    return all(
        side.vocabulary.count(name.text) + side.vocabulary.count(name.text.lower()) > 1
        for side, name in zip(passage.sides, pair, strict=True)
    )
