"""A name has changed: it is misspelt, taken apart, or another one stands in its place.

Readers forgive clumsy grammar, not a wrong name. A word counts as a name where it has a capital and
is no common word of the language, or where the other document spells it the same way.

What counts as equal: inflections and compounds („Musks“, „Trump-Regierung“), names of places and
peoples in either language (after CLDR and the language rows), transliterations (``Gorbatchev``,
``Gorbatschow``), and whatever begins with the same letters.
Two spellings that sound alike (``Miller``, ``Miler``) are neutral where neither document
tells which of them is its own. Countries are counted: one that the other side names less often may
have become another.

The suspect: the side whose own document spells the name elsewhere as the other side does here.

Limits: a name that one side replaces by "he" or "the company" is not missed. Names that
are common words, too, are seen only where both documents use them. Without other occurrences, a
name that differs is reported with less confidence.

Authority: MQM-Core, accuracy/mistranslation (entities).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.links.evidence import Linked
from auditor.model import Severity
from auditor.text.exonyms import concepts, is_territory
from auditor.text.names import (
    Name,
    find_capitals,
    find_names,
    groups,
    is_kept,
    is_misspelt,
    is_odd,
    is_rendered,
    is_strong,
    may_be_name,
    words_of,
)
from auditor.text.spelling import edits, fold, skeleton
from auditor.text.words import find_words

_COMPOUND = 14  # letters: a longer word is hardly one name
_REACH = 0.3  # share of a passage's length by which a name and what replaces it may be apart
_LONG = 5  # letters that a word has more, if one letter off is to tell anything
_SHORTEST = 3
# Log odds of having no counterpart: of a name, of another word, and of two names together.
_LONE_NAME, _LONE_WORD, _LONE_BOTH = -2.5, -1.5, -4.0
_OFF = 6.0  # words by which two names may stand off the place where the links expect them, together
_CLOSE = 1.5  # words by which they may stand off the place where those around one of them expect it
_LINKED = 0.3  # strength of a link between words that have to do with one another
_PARTS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+")


def check(passage: Passage) -> Iterator[Hit]:
    """Look at the names that one side has and the other has not."""
    found = [
        find_names(side.text, side.language, side.vocabulary, other.vocabulary)
        for _, side, other in passage.opposites()
    ]
    missing = [_missing(passage, index, names) for index, names in enumerate(found)]
    misspelt = list(_misspelt(passage))
    done = {(index, name) for pair in misspelt for index, name in enumerate(pair)}
    yield from (_spelling(passage, *pair) for pair in misspelt)
    rest = [[n for n in names if (index, n) not in done] for index, names in enumerate(missing)]
    swapped = list(_swapped(passage, rest))
    yield from (_replacement(passage, (one,), (other,), sure=True) for one, other in swapped)
    done |= {(index, name) for pair in swapped for index, name in enumerate(pair)}
    moved = [p for p in dict.fromkeys(_territories(passage, rest)) if not done & {*enumerate(p)}]
    yield from (_replacement(passage, (one,), (other,), sure=True) for one, other in moved)
    gone = {(index, name) for pair in (*swapped, *moved) for index, name in enumerate(pair)}
    rest = [[n for n in names if (index, n) not in gone] for index, names in enumerate(rest)]
    replaced = list(_replaced(passage, rest))
    yield from replaced
    marked = [mark for hit in replaced for mark in hit.marks]
    yield from _at_one_place(passage, done | gone, marked)
    for index, names in enumerate(rest):
        yield from filter(None, (_apart(passage, index, name) for name in names))


def _missing(passage: Passage, index: int, names: Sequence[Name]) -> list[Name]:
    side, other = passage.sides[index], passage.sides[1 - index]
    there = words_of(other.text, other.language)
    whole = {name: _whole(side.text, name) for name in names}
    return [
        name
        for name in names
        if not is_rendered(name.text, side.language, there)
        and not concepts(whole[name], side.language) & there.concepts
    ]


def _whole(text: str, name: Name) -> str:
    """A name with what hyphens join to it: "Grande-Bretagne"."""
    start, end = name.start, name.end
    while start and (text[start - 1].isalpha() or text[start - 1] == "-"):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] == "-"):
        end += 1
    return text[start:end]


def _misspelt(passage: Passage) -> Iterator[tuple[Name, Name]]:
    """Words of the two sides, each lacking on the other, that are nearly the same."""
    only = []
    for _, side, other in passage.opposites():
        there = words_of(other.text, other.language)
        only.append([n for n in find_capitals(side.text) if not is_kept(n.text, there)])
    for one in only[0]:
        for mate in only[1]:
            if _near(passage, one.text, mate.text):
                only[1].remove(mate)
                yield one, mate
                break


def _near(passage: Passage, one: str, other: str) -> bool:
    """Whether one of two words is the other one, misspelt or strangely inflected."""
    left, right = passage.sides
    if _strays(right, other, one) or _strays(left, one, other):
        return True
    odd = is_odd(one, other, left.language, right.language) or is_odd(
        other, one, right.language, left.language
    )
    same_place = concepts(one, left.language) & concepts(other, right.language)
    return odd and not same_place and is_misspelt(one, left.language, other, right.language)


def _strays(side: Side, word: str, mate: str) -> bool:
    """Whether a document has the other side's very word elsewhere, and here one letter is off."""
    return (
        len(word) > _LONG
        and side.vocabulary.count(mate) > side.vocabulary.count(word)
        and edits(fold(word), fold(mate), 1) == 1
        and fold(word).removeprefix(fold(mate)) not in side.language.names.inflections
    )


def _spelling(passage: Passage, one: Name, other: Name) -> Hit:
    left, right = passage.sides
    elsewhere = right.vocabulary.count(one.text) > 0, left.vocabulary.count(other.text) > 0
    suspect = None
    if elsewhere[0] != elsewhere[1]:
        suspect = 1 if elsewhere[0] else 0
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"A name is spelt in two ways: “{one.text}” in the {left.language.name}, "
        f"“{other.text}” in the {right.language.name}." + _told(passage, suspect),
        confidence=0.9 if suspect is not None else 0.7,
        severity=_how_bad(one, other, suspect),
        suspect=suspect,
        evidence={"left": one.text, "right": other.text},
    )


def _how_bad(one: Name, other: Name, suspect: int | None) -> Severity:
    """Two spellings of one sound may both be in use, for all that the documents show."""
    if suspect is not None:
        return Severity.MAJOR
    alike = skeleton(one.text) == skeleton(other.text)
    return Severity.NEUTRAL if alike else Severity.MINOR


def _told(passage: Passage, suspect: int | None) -> str:
    if suspect is None:
        return ""
    language = passage.sides[suspect].language.name
    return f" Elsewhere the {language} spells it as the other side does."


def _swapped(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[tuple[Name, Name]]:
    """Names whose neighbour both sides have, beside another word with a capital on each."""
    for index, names in enumerate(missing):
        side, other = passage.sides[index], passage.sides[1 - index]
        for name in names:
            mate = _beside(side.text, name, other.text, -1) or _beside(
                side.text, name, other.text, 1
            )
            if mate and mate.text not in side.text and is_strong(mate.text, other.language):
                yield (name, mate) if index == 0 else (mate, name)


def _beside(text: str, name: Name, other: str, step: int) -> Name | None:
    """The word that the other side has next to the neighbour of a name, before or behind it."""
    ours, theirs = find_capitals(text), find_capitals(other)
    at = next((i for i, n in enumerate(ours) if n.start == name.start), -1)
    if at < 0 or not 0 <= at + step < len(ours):
        return None
    neighbour = ours[at + step]
    if not _adjacent(text, neighbour, name) or text.count(neighbour.text) != 1:
        return None
    for one, two in pairwise(theirs):
        same, mate = (one, two) if step < 0 else (two, one)
        if same.text == neighbour.text and _adjacent(other, one, two):
            return mate
    return None


def _adjacent(text: str, one: Name, other: Name) -> bool:
    first, second = sorted((one, other), key=lambda name: name.start)
    return text[first.end : second.start] in (" ", "\N{NO-BREAK SPACE}")


def _territories(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[tuple[Name, Name]]:
    """Countries that one side has not got, with one of which the other side has less.

    Of the places where that one stands, the nearest is taken.
    """
    for index, names in enumerate(missing):
        side, other = passage.sides[index], passage.sides[1 - index]
        lost = [
            name
            for name in names
            if is_territory(name.text, side.language) and not _slipped(passage, index, (name,))
        ]
        mates = _rarer(side, other) if lost else []
        for name in lost if mates else ():
            mate = min(mates, key=lambda m: _apart_by(passage, index, name, m))
            yield (name, mate) if index == 0 else (mate, name)


def _rarer(side: Side, other: Side) -> list[Name]:
    """The countries of the other side that a side speaks of less often."""
    found = []
    for mate in find_capitals(other.text):
        if is_territory(mate.text, other.language):
            meant = concepts(mate.text, other.language)
            if _mentions(side, meant) < _mentions(other, meant):
                found.append(mate)
    return found


def _mentions(side: Side, meant: AbstractSet[str]) -> int:
    """How many words of a side may stand for one of these: the country, or what belongs to it."""
    words = (match.group() for match in find_words(side.text))
    return sum(1 for word in words if concepts(word, side.language) & meant)


def _apart_by(passage: Passage, index: int, name: Name, mate: Name) -> float:
    """How far apart two names of the two sides stand, as shares of their passages."""
    side, other = passage.sides[index], passage.sides[1 - index]
    return abs(name.start / len(side.text) - mate.start / len(other.text))


def _replaced(passage: Passage, missing: Sequence[list[Name]]) -> Iterator[Hit]:
    """Names of both sides that have no counterpart, paired in their order."""
    left, right = (list(groups(m, s.text)) for m, s in zip(missing, passage.sides, strict=True))
    for one, other in zip(left, right, strict=False):
        slipped = _slipped(passage, 0, one) and _slipped(passage, 1, other)
        single = len(left) == len(right) == 1
        placed = _same_place(passage, one, other)
        if not slipped and not _one_person(passage, one, other):
            hit = _replacement(passage, one, other)
            sure = hit.severity is Severity.MAJOR and (
                single or placed or _both_places(passage, one, other)
            )
            if sure or (single and placed and _both_strong(passage, one, other)):
                yield hit


def _at_one_place(
    passage: Passage, done: AbstractSet[tuple[int, Name]], marked: Sequence[Mark]
) -> Iterator[Hit]:
    """Words with a capital, neither of which the other side has, where the links expect each other.

    One of the two is a name and nothing else; the other may be a common word, too ("Street").
    """
    if passage.links is None:
        return
    lone = [
        [
            (number, name)
            for number, name in _lone(passage, passage.links, index)
            if (index, name) not in done and not _is_marked(index, name, marked)
        ]
        for index in (0, 1)
    ]
    taken: set[tuple[int, Name]] = set()
    for one, other in _pairs_by_place(passage, passage.links, lone):
        if (0, one) not in taken and (1, other) not in taken:
            taken |= {(0, one), (1, other)}
            if not _one_person(passage, (one,), (other,)) and not _slipped_both(
                passage, one, other
            ):
                yield _replacement(passage, (one,), (other,))


def _is_marked(index: int, name: Name, marks: Sequence[Mark]) -> bool:
    return any(m.side == index and m.start < name.end and name.start < m.end for m in marks)


def _slipped_both(passage: Passage, one: Name, other: Name) -> bool:
    return _slipped(passage, 0, (one,)) and _slipped(passage, 1, (other,))


def _lone(passage: Passage, links: Linked, index: int) -> Iterator[tuple[int, Name]]:
    """Words with a capital that have no counterpart by letters, meaning or links; their numbers."""
    side, other = passage.sides[index], passage.sides[1 - index]
    there = words_of(other.text, other.language)
    words = links.sides[index]
    for number, (word, (start, end)) in enumerate(zip(words.texts, words.spans, strict=True)):
        if len(word) < _SHORTEST or not word[0].isupper() or word.isupper() or words.free[number]:
            continue
        least = _LONE_NAME if is_strong(word, side.language) else _LONE_WORD
        if links.odds[index][number] < least:
            continue
        name = Name(start, end, word)
        if (
            may_be_name(side.text, name, side.language)
            and not is_rendered(word, side.language, there)
            and not concepts(_whole(side.text, name), side.language) & there.concepts
        ):
            yield number, name


def _pairs_by_place(
    passage: Passage, links: Linked, lone: Sequence[Sequence[tuple[int, Name]]]
) -> Iterator[tuple[Name, Name]]:
    """Pairs of such words that stand where the words around expect them, the nearest first."""
    left, right = passage.sides
    expected = [{n: links.place(k, n, n) for n, _ in lone[k]} for k in (0, 1)]
    found = []
    for i, one in lone[0]:
        for j, other in lone[1]:
            both = is_strong(one.text, left.language), is_strong(other.text, right.language)
            offs = abs(expected[0][i] - j), abs(expected[1][j] - i)
            off = sum(offs)
            sure = not all(both) or links.odds[0][i] + links.odds[1][j] > _LONE_BOTH
            near = off <= _OFF or min(offs) <= _CLOSE
            if any(both) and near and sure and links.links.strength[i, j] < _LINKED:
                found.append((off, one, other))
    for _, one, other in sorted(
        found, key=lambda entry: (entry[0], entry[1].start, entry[2].start)
    ):
        yield one, other


def _same_place(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    left, right = (len(side.text) for side in passage.sides)
    return abs(one[0].start / left - other[0].start / right) <= _REACH


def _both_strong(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Whether all are names and nothing else, and none a compound that may hold the other."""
    return all(
        is_strong(name.text, side.language) and len(name.text) <= _COMPOUND
        for side, group in zip(passage.sides, (one, other), strict=True)
        for name in group
    )


def _one_person(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Whether two names stand side by side somewhere: the first and last name of one person."""
    known = passage.sides[0].vocabulary.neighbours | passage.sides[1].vocabulary.neighbours
    return any((a.text, b.text) in known or (b.text, a.text) in known for a in one for b in other)


def _slipped(passage: Passage, index: int, group: tuple[Name, ...]) -> bool:
    """Whether the beads around have a name on the other side."""
    side, other = passage.sides[index], passage.sides[1 - index]
    nearby = words_of(other.nearby, other.language)
    return all(is_rendered(name.text, side.language, nearby) for name in group)


def _replacement(
    passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...], *, sure: bool = False
) -> Hit:
    left, right = passage.sides
    sure = sure or _kept(right, one) or _kept(left, other) or _both_places(passage, one, other)
    sure = sure and _both_strong(passage, one, other)
    spans = [(group[0].start, group[-1].end) for group in (one, other)]
    quotes = [side.text[slice(*span)] for side, span in zip(passage.sides, spans, strict=True)]
    return Hit(
        marks=(Mark(0, *spans[0]), Mark(1, *spans[1])),
        message=f"Another name: “{quotes[0]}” in the {left.language.name}, “{quotes[1]}” in the "
        f"{right.language.name}.",
        confidence=0.8 if sure else 0.5,
        severity=Severity.MAJOR if sure else Severity.NEUTRAL,
        evidence={"left": quotes[0], "right": quotes[1]},
    )


def _kept(side: Side, group: tuple[Name, ...]) -> bool:
    """Whether a document uses the other side's name elsewhere, so that it could have done here."""
    return any(side.vocabulary.count(name.text) for name in group)


def _both_places(passage: Passage, one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    left, right = passage.sides
    return any(concepts(name.text, left.language) for name in one) and any(
        concepts(name.text, right.language) for name in other
    )


def _apart(passage: Passage, index: int, name: Name) -> Hit | None:
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


RULE = Rule(
    slug="name-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {"fr": "L’Allemagne soutient Merlou.", "de": "Deutschland unterstützt Merlous Plan."}
        ),
        Example({"fr": "Gorbatchev est à Moscou.", "de": "Gorbatschow ist in Moskau."}),
        Example(
            {"fr": "La présidente Achterkamp répond.", "de": "Präsidentin Achterkampf antwortet."},
            ("Achterkamp", "Achterkampf"),
        ),
        Example(
            {"fr": "Elle vit au Pérou avec Merlou.", "de": "Sie lebt mit Merlou in Kenia."},
            ("Pérou", "Kenia"),
        ),
        Example(
            {
                "fr": "L’IA x est chère.\nLa société xAI grandit.",
                "de": "Das teure xAI ist da.\nDie Firma xAI wächst.",
            },
        ),
    ),
)
