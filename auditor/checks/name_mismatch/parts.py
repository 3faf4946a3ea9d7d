"""A name that the other side has taken apart and translated, part by part."""

from __future__ import annotations

import re

from auditor.checks.rule import Hit, Mark, Passage, Side
from auditor.text.names import Name
from auditor.text.words import find_words

_PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+")


def taken_apart(passage: Passage, index: int, name: Name) -> Hit | None:
    """A name such as xAI, the parts of which the other side has translated one by one."""
    side, other = passage.sides[index], passage.sides[1 - index]
    parts = _PARTS.findall(name.text)
    if len(parts) < 2 or "".join(parts) != name.text or not other.vocabulary.count(name.text):
        return None
    places = [place for part in parts if (place := _part(side, other, part))]
    if len(places) < len(parts):
        return None
    start, end = min(p[0] for p in places), max(p[1] for p in places)
    if end - start > 2 * len(name.text) + 4 * len(parts):
        return None
    marks = (Mark(index, name.start, name.end), Mark(1 - index, start, end))
    return Hit(
        marks=tuple(sorted(marks, key=lambda mark: mark.side)),
        message=f"The {other.language.name} takes the name “{name.text}” apart: "
        f"“{other.text[start:end]}”; elsewhere it keeps it.",
        confidence=0.9,
        suspect=1 - index,
        evidence={"name": name.text},
    )


def _part(side: Side, other: Side, part: str) -> tuple[int, int] | None:
    """Where the other side has a part of a name as a word of its own, an acronym localised."""
    meant = side.language.acronyms.get(part, ())
    for match in find_words(other.text):
        word = match.group()
        same = word.lower() == part.lower()
        if same or set(meant) & set(other.language.acronyms.get(word, ())):
            return match.span()
    return None
