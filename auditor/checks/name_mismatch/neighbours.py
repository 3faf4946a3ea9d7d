"""A name whose neighbour both sides have, and which stands beside another one there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from auditor.checks.name_mismatch.counterparts import missing
from auditor.checks.name_mismatch.looks import look
from auditor.checks.rule import Passage
from auditor.links.evidence import Linked
from auditor.text.names import Name, find_capitals

_SHORTEST = 2  # letters of a neighbour, and of what stands beside it
_LINKED = 0.15  # strength of a link between words that have to do with one another
_LONE = -2.5  # log odds of having no counterpart
_BETWEEN = frozenset((" ", "\N{NO-BREAK SPACE}"))


def beside_a_neighbour(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """Words with a capital beside the same word, neither of which the other side has.

    One of the two at least is a name and nothing else, or the other document uses it.
    """
    capitals = [find_capitals(side.text, _SHORTEST) for side in passage.sides]
    once = _once(capitals[0]) & _once(capitals[1])
    for step in (-1, 1):
        left, right = (
            _beside(side.text, names, step)
            for side, names in zip(passage.sides, capitals, strict=True)
        )
        for neighbour in (word for word in left if word in right and word in once):
            pair = left[neighbour], right[neighbour]
            if _both_lack(passage, pair) and _two_names(passage, pair):
                yield pair


def beside_a_counterpart(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """The same beside two words that translate one another: « dit Merlou », „sagt Achterkamp“."""
    links = passage.links
    for number, mate in links.mutual().items() if links else ():
        for step in (-1, 1):
            pair = _next(passage, 0, number, step), _next(passage, 1, mate, step)
            if links and pair[0] and pair[1] and _alone(links, number + step, mate + step):
                names = pair[0], pair[1]
                if _both_lack(passage, names) and _two_names(passage, names):
                    yield names


def _alone(links: Linked, one: int, other: int) -> bool:
    """Whether two words may both be without counterpart, and are none of one another."""
    apart = float(links.links.strength[one, other]) < _LINKED
    return apart and min(links.odds[0][one], links.odds[1][other]) >= _LONE


def _next(passage: Passage, index: int, number: int, step: int) -> Name | None:
    """The word with a capital that stands right before or behind a word, if one does."""
    if passage.links is None or not 0 <= number + step < len(passage.links.sides[index]):
        return None
    words, text = passage.links.sides[index], passage.sides[index].text
    (start, end), word = words.spans[number + step], words.texts[number + step]
    first, second = sorted((words.spans[number], (start, end)))
    is_name = len(word) >= _SHORTEST and word[0].isupper() and not word.isupper()
    return Name(start, end, word) if is_name and text[first[1] : second[0]] in _BETWEEN else None


def _once(names: Sequence[Name]) -> set[str]:
    return {word for word, count in Counter(name.text for name in names).items() if count == 1}


def _beside(text: str, names: Sequence[Name], step: int) -> Mapping[str, Name]:
    """What stands right before or behind each word with a capital."""
    pairs = [(a, b) for a, b in pairwise(names) if text[a.end : b.start] in _BETWEEN]
    return {(a if step > 0 else b).text: b if step > 0 else a for a, b in pairs}


def _both_lack(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether neither of two names is rendered on the other side."""
    return all(missing(passage, index, (name,)) for index, name in enumerate(pair))


def _two_names(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether one of two words is surely a name, and the other one no common word."""
    looks = [look(pair[index], side, other) for index, side, other in passage.opposites()]
    return any(one.sure for one in looks) and all(one.quoted or one.rare for one in looks)
