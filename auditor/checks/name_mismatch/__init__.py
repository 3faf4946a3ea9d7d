"""A name has changed: it is misspelt, taken apart, or another one stands in its place.

Readers forgive clumsy grammar, not a wrong name. A word counts as a name where it has a capital and
is no common word of the language, or where the other document spells it the same way. Words of
another language count beside a sure name, as they stand in titles and products.

How a name's place is known: by the words around it that translate one another, by a neighbour that
both sides have, or by a word right beside it and its translation; or one side has a name that both
documents know, and the other one just one that is new. Where none of these tells, a network that
has read both sentences as wholes may doubt two words with a capital: that is neutral.

What counts as equal: inflections and compounds („Musks“, „Trump-Regierung“), names of places and
peoples in either language (after CLDR and the language rows), transliterations (``Gorbatchev``,
``Gorbatschow``), and whatever begins with the same letters, half of a long name at the least. What
one document has again and again and the other one hardly ever, each calls by a name of its own.
Two spellings that sound alike (``Miller``, ``Miler``) are neutral where neither document
tells which of them is its own. Countries are counted: one that the other side names less often may
have become another.

The suspect: the side whose own document spells the name elsewhere as the other side does here.

Limits: a name that one side replaces by "he" or "the company" is not missed. One that is wrong
three times and never right looks like the other language's own. Names that
are common words of both languages, too, are seen only where both documents use them. Without other
occurrences, a name that differs is neutral.

Authority: MQM-Core, accuracy/mistranslation (entities).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from auditor.checks.name_mismatch.counterparts import missing
from auditor.checks.name_mismatch.countries import other_countries
from auditor.checks.name_mismatch.doubted import doubted
from auditor.checks.name_mismatch.neighbours import beside_a_counterpart, beside_a_neighbour
from auditor.checks.name_mismatch.parts import taken_apart
from auditor.checks.name_mismatch.places import at_one_place, is_marked
from auditor.checks.name_mismatch.replacements import expected, in_their_order, replacement
from auditor.checks.name_mismatch.spellings import misspellings, two_spellings
from auditor.checks.rule import LONGEST, Example, Hit, Passage, Rule, Scope
from auditor.model import Severity
from auditor.text.foreign import find_foreign
from auditor.text.names import Name, find_names


def check(passage: Passage) -> Iterator[Hit]:
    """Look at the names that one side has and the other has not.

    What was left in another language is no matter of names.
    """
    hits = list(_hits(passage))
    foreign = [find_foreign(s.text, s.language) for s in passage.sides] if hits else []
    for hit in hits:
        if not any(
            stretch.start <= mark.start and mark.end <= stretch.end
            for mark in hit.marks
            for stretch in foreign[mark.side]
        ):
            yield hit


def _hits(passage: Passage) -> Iterator[Hit]:
    """Names that differ, the surest ways to tell first; each leaves out what others told."""
    found = [
        find_names(side.text, side.language, side.vocabulary, other.vocabulary)
        for _, side, other in passage.opposites()
    ]
    lacking = [missing(passage, index, names) for index, names in enumerate(found)]
    misspelt = list(misspellings(passage))
    yield from (two_spellings(passage, *pair) for pair in misspelt)
    told = _numbered(misspelt)
    rest = _without(lacking, told)
    swapped = [p for p in beside_a_neighbour(passage) if not told & _numbered([p])]
    told |= _numbered(swapped)
    moved = [p for p in dict.fromkeys(other_countries(passage, rest)) if not told & _numbered([p])]
    yield from (replacement(passage, (one,), (other,), sure=True) for one, other in swapped + moved)
    told |= _numbered(moved)
    rest = _without(rest, told)
    replaced = list(in_their_order(passage, rest))
    yield from replaced
    marked = [mark for hit in replaced for mark in hit.marks]
    placed = list(at_one_place(passage, told, marked))
    yield from placed
    marked += [mark for hit in placed for mark in hit.marks]
    for pair in dict.fromkeys(chain(beside_a_counterpart(passage), expected(passage, rest))):
        if not told & _numbered([pair]) and not any(map(is_marked, (0, 1), pair, (marked, marked))):
            hit = replacement(passage, *((name,) for name in pair))
            yield hit
            marked += hit.marks
            told |= _numbered([pair])
    for pair in doubted(passage, marked):
        if not told & _numbered([pair]):
            hit = replacement(passage, *((name,) for name in pair))
            yield replace(hit, severity=Severity.NEUTRAL, confidence=0.4)
            told |= _numbered([pair])
    for index, names in enumerate(rest):
        yield from filter(None, (taken_apart(passage, index, name) for name in names))


def _numbered(pairs: Iterable[tuple[Name, Name]]) -> set[tuple[int, Name]]:
    """The names of pairs, each with the number of its side."""
    return {(index, name) for pair in pairs for index, name in enumerate(pair)}


def _without(names: Sequence[list[Name]], told: AbstractSet[tuple[int, Name]]) -> list[list[Name]]:
    """The names of both sides of which nothing has been told."""
    return [[n for n in some if (index, n) not in told] for index, some in enumerate(names)]


RULE = Rule(
    slug="name-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    custom=True,
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
