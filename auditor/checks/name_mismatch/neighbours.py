"""A name whose neighbour both sides have, and which stands beside another one there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from auditor.checks.name_mismatch.counterparts import missing
from auditor.checks.name_mismatch.looks import look
from auditor.checks.rule import Passage
from auditor.links.evidence import Linked
from auditor.text.names import Name, find_capitals, is_strong

_SHORTEST = 2  # letters of a neighbour, and of what stands beside it
_NEAR = 0.3  # strength of a link, or cosine, of words that mean about the same
_LINKED = 0.15  # strength of a link between words that have to do with one another
# Log odds of having no counterpart. A name's are low where it looks like any word at all.
_LONE, _LONE_NAME = -3.5, -6.0
_BETWEEN = frozenset((" ", "\N{NO-BREAK SPACE}"))
_JOINED = _BETWEEN | {"-", "\N{NON-BREAKING HYPHEN}"}  # "Baton-Rouge"


def beside_a_neighbour(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """Words with a capital beside the same word, neither of which the other side has.

    One of the two at least is a name and nothing else, or the other document uses it. What stands
    behind a first name is a name, too, whatever word it is; before a name stand titles.
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
            if _both_lack(passage, pair) and _two_names(passage, pair, behind=step > 0):
                yield pair


def beside_a_counterpart(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """The same beside two words that translate one another: « dit Merlou », „sagt Achterkamp“."""
    links = passage.links
    for number, mate in links.mutual().items() if links else ():
        for step in (-1, 1):
            places = _next(passage, 0, number, step), _next(passage, 1, mate, step)
            if links and places[0] is not None and places[1] is not None:
                names = _name(links, 0, places[0]), _name(links, 1, places[1])
                if (
                    _alone(passage, links, names, (places[0], places[1]))
                    and _both_lack(passage, names)
                    and _two_names(passage, names)
                ):
                    yield names


def _alone(
    passage: Passage, links: Linked, names: tuple[Name, Name], places: tuple[int, int]
) -> bool:
    """Whether two words may both be without counterpart, and are none of one another.

    A name that is nothing else lacks one where its letters do, whatever the links say.
    """
    return float(links.links.strength[places]) < _LINKED and all(
        links.odds[index][place] >= (_LONE_NAME if is_strong(name.text, side.language) else _LONE)
        for index, (side, name, place) in enumerate(zip(passage.sides, names, places, strict=True))
    )


def _next(passage: Passage, index: int, number: int, step: int) -> int | None:
    """The word with a capital right before or behind a word, if one is: its number.

    Behind, a particle may stand between: « le port de Brenne ».
    """
    if passage.links is None:
        return None
    words, text = passage.links.sides[index], passage.sides[index].text
    for place in (number + step, number + 2) if step > 0 else (number + step,):
        if not 0 <= place < len(words):
            return None
        first, second = sorted((place - step, place))
        if text[words.spans[first][1] : words.spans[second][0]] not in _BETWEEN:
            return None
        word = words.texts[place]
        if len(word) >= _SHORTEST and word[0].isupper() and not word.isupper():
            return place
        if not words.free[place]:
            return None
    return None


def _name(links: Linked, index: int, place: int) -> Name:
    """A word of the links as a name."""
    words = links.sides[index]
    return Name(*words.spans[place], words.texts[place])


def _once(names: Sequence[Name]) -> set[str]:
    return {word for word, count in Counter(name.text for name in names).items() if count == 1}


def _beside(text: str, names: Sequence[Name], step: int) -> Mapping[str, Name]:
    """What stands right before or behind each word with a capital."""
    pairs = [(a, b) for a, b in pairwise(names) if text[a.end : b.start] in _JOINED]
    return {(a if step > 0 else b).text: b if step > 0 else a for a, b in pairs}


def _both_lack(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether neither of two names is rendered on the other side."""
    return all(missing(passage, index, (name,)) for index, name in enumerate(pair))


def _translate(passage: Passage, pair: tuple[Name, Name]) -> bool:
    """Whether two words mean about the same: "Garden", „Garten“."""
    links = passage.links
    if links is None:
        return False
    i, j = (words.at(n.start, n.end) for words, n in zip(links.sides, pair, strict=True))
    if i is None or j is None:
        return False
    return max(float(links.links.strength[i, j]), float(links.links.raw[i, j])) >= _NEAR


def _two_names(passage: Passage, pair: tuple[Name, Name], *, behind: bool = False) -> bool:
    """Whether one of two words is surely a name, and the other one no common word.

    ``behind``: both stand behind a name, where one that is nothing but a name is enough, and so are
    two words of titles and products.
    """
    behind = behind and not _translate(passage, pair)
    looks = [look(pair[index], side, other) for index, side, other in passage.opposites()]
    foreign = all(one.quoted or one.rare for one in looks)
    if behind and any(one.strong for one in looks) and all(one.apt for one in looks):
        return True
    return foreign and any(one.sure or (behind and one.odd) for one in looks)
