"""What typography a language has: styles of quotation, and spaces that hold a sign to its word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from auditor.languages import Language
from auditor.text.quotations import find_quotations

_STRAIGHT = '""'
_HOLDING = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Style:
    """Quotations that are marked in one way: the two marks, and where both stand each time."""

    marks: str
    places: tuple[tuple[int, int], ...]


def odd_styles(blocks: Sequence[tuple[int, str]], language: Language) -> Iterator[Style]:
    """Quotations in marks of another language, and straight ones where most are not.

    ``blocks``: offset and text of each. Inner quotations have marks of their own, and pairs whose
    two marks belong to different styles are no style at all.
    """
    own = {opening + closing for opening, closing in language.quotations}
    found: dict[str, list[tuple[int, int]]] = {}
    for offset, text in blocks:
        for opening, closing in find_quotations(text, language).pairs:
            marks = text[opening] + text[closing]
            found.setdefault(marks, []).append((offset + opening, offset + closing))
    counts = Counter({marks: len(places) for marks, places in found.items()})
    proper = sum(count for marks, count in counts.items() if marks in own)
    for marks, places in found.items():
        straight = marks == _STRAIGHT and len(places) < proper
        foreign = marks in _foreign(language) and marks not in own
        if straight or foreign:
            yield Style(marks, tuple(places))


@cache
def _foreign(language: Language) -> frozenset[str]:
    """The pairs of marks that other languages have, the usual ones of each."""
    from auditor import languages

    rows = (languages.language(code) for code in languages.codes() if code != language.code)
    return frozenset("".join(row.quotations[0]) for row in rows if row.quotations)


def breakable(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Signs that want a space which holds them to their word, without one: sign and neighbours.

    A sign within a word (an address, a time of day, a ratio) is left out.
    """
    pattern = _breakable(language)
    return (match.span() for match in pattern.finditer(text)) if pattern else iter(())


@cache
def _breakable(language: Language) -> re.Pattern[str] | None:
    signs = "".join(sorted(language.spacing.before))
    if not signs:
        return None
    openers = "".join(o for o, c in language.quotations if c in language.spacing.before)
    behind = rf"|[{re.escape(openers)}](?![{_HOLDING}]) ?[^\W_]" if openers else ""
    signs = re.escape(signs)
    return re.compile(rf"[^\s{signs}{_HOLDING}] ?[{signs}](?=[\s)\]….,]|$){behind}")
