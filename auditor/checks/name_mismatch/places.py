"""Names without a counterpart that stand where the words around them expect one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import product

from auditor.checks.name_mismatch.counterparts import (
    is_kept_apart,
    is_rest,
    one_person,
    slipped,
    whole,
)
from auditor.checks.name_mismatch.looks import Look, look
from auditor.checks.name_mismatch.replacements import replacement
from auditor.checks.rule import Hit, Mark, Passage
from auditor.links.evidence import Linked
from auditor.text.exonyms import concepts
from auditor.text.names import Name, is_rendered, words_of
from auditor.text.words import is_thin

_SHORTEST = 3
_OFF = 8.0  # words by which two names may stand off the place where the links expect them, together
_FREER = 2.0  # words more, for each of the log odds by which two names are alone
_CLOSE = 1.5  # words by which they may stand off the place where those around one of them expect it
_LINKED = 0.3  # strength of a link between words that have to do with one another
# Log odds of having no counterpart: of a name, of another word, and of two names together.
_LONE_NAME, _LONE_WORD, _LONE_BOTH = -2.5, -1.5, -4.0


def at_one_place(
    passage: Passage, done: AbstractSet[tuple[int, Name]], marked: Sequence[Mark]
) -> Iterator[Hit]:
    """Words with a capital, neither of which the other side has, where the links expect each other.

    One of the two is a name and nothing else; the other may be a common word, too ("Street"), but
    for a language of which so few words are listed that many look like names.
    """
    if passage.links is None:
        return
    lone = [
        [
            (number, word)
            for number, word in _lone(passage, passage.links, index)
            if (index, word.name) not in done and not is_marked(index, word.name, marked)
        ]
        for index in (0, 1)
    ]
    taken: set[tuple[int, Name]] = set()
    for one, other in _pairs_by_place(passage, passage.links, lone):
        if (0, one) not in taken and (1, other) not in taken:
            taken |= {(0, one), (1, other)}
            if not one_person(passage, (one,), (other,)) and not _slipped_both(passage, one, other):
                yield replacement(passage, (one,), (other,))


def is_marked(index: int, name: Name, marks: Sequence[Mark]) -> bool:
    """Whether marks touch a name of a side."""
    return any(m.side == index and m.start < name.end and name.start < m.end for m in marks)


def _slipped_both(passage: Passage, one: Name, other: Name) -> bool:
    return slipped(passage, 0, (one,)) and slipped(passage, 1, (other,))


def _lone(passage: Passage, links: Linked, index: int) -> Iterator[tuple[int, Look]]:
    """Words with a capital that have no counterpart by letters, meaning or links."""
    side, other = passage.sides[index], passage.sides[1 - index]
    there = words_of(other.text, other.language)
    words = links.sides[index]
    for number, (word, (start, end)) in enumerate(zip(words.texts, words.spans, strict=True)):
        if len(word) < _SHORTEST or not word[0].isupper() or word.isupper() or words.free[number]:
            continue
        found = look(Name(start, end, word), side, other)
        least = _LONE_NAME if found.quoted else _LONE_WORD
        if (
            links.odds[index][number] >= least
            and (found.apt or found.quoted)
            and not is_rendered(word, side.language, there)
            and not concepts(whole(side.text, found.name), side.language) & there.concepts
            and not is_kept_apart(passage, index, found.name)
        ):
            yield number, found


def _pairs_by_place(
    passage: Passage, links: Linked, lone: Sequence[Sequence[tuple[int, Look]]]
) -> Iterator[tuple[Name, Name]]:
    """Pairs of such words that stand where the words around expect them, the surest first.

    Those of two names that are nothing else come before others, and where either side has but one
    of these, it does not matter where they stand; then those that stand as names do, and the
    nearest. A first name that one side leaves out faces no common word.
    """
    thin = any(is_thin(side.language) for side in passage.sides)
    only = all(sum(word.strong for _, word in words) == 1 for words in lone)
    expected = [{n: links.place(k, n, n) for n, _ in lone[k]} for k in (0, 1)]
    found = []
    for (i, one), (j, other) in product(*lone):
        offs = abs(expected[0][i] - j), abs(expected[1][j] - i)
        odds = links.odds[0][i] + links.odds[1][j]
        free = _FREER * max(0.0, odds) if one.quoted and other.quoted else 0.0
        names = one.strong and other.strong and one.apt and other.apt
        part = is_rest(passage, 0, one.name) != is_rest(passage, 1, other.name)
        if not names and (thin or part):
            continue
        near = sum(offs) <= _OFF + free or min(offs) <= _CLOSE or (names and only)
        if near and _two_names(one, other, odds) and links.links.strength[i, j] < _LINKED:
            found.append((not names, one.noun + other.noun, sum(offs), one.name, other.name))
    for *_, name, mate in sorted(
        found, key=lambda entry: (*entry[:3], entry[3].start, entry[4].start)
    ):
        yield name, mate


def _two_names(one: Look, other: Look, odds: float) -> bool:
    """Whether one of two words is surely a name, and the other one may be."""
    if one.strong and other.strong:
        return odds > _LONE_BOTH
    if (one.strong or other.strong) and one.apt and other.apt:
        return True
    return (one.sure or other.sure) and one.quoted and other.quoted
