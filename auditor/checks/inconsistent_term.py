"""One thing has two names: a noun has another translation here than elsewhere in the document.

Who meets the same thing under two names looks for two things. Compared are the document's own
sentences: where a noun of one side has one translation in most of the sentences that it stands in,
another word in its place is reported, with the places where the usual one stands. Machine
translation does this where it sees a sentence at a time: « solution » is „Lösung“ thirty times, and
then „Projektmappe“.

How it is known: by the vectors of the words, and by where they stand. The usual translation is near
to the noun in meaning and stands in two thirds of its sentences, in four at least. The deviating
one is nearer to the noun than to any other word of its sentence, no other word is nearer to the
noun, and the usual one is not there, as a part of a compound either. A word that stands nowhere
else in the document may be less near; where nothing tells that it is a noun, it is neutral.

What counts as equal: inflected forms, compounds and derivations of the usual translation. A word
that stands for another word of the source is no second name: one that the learnt lexicon knows and
does not link with the noun is neutral, and nothing where it is common or its own translations stand
elsewhere in the document („Details“ beside « informations », where « détails » is at home, too). A
part of a name is none either, nor one of a compound with a hyphen („Azure Government“,
„Helpdesk-Agent“).

Limits: careful writers vary their words on purpose, so that the rule is never more than minor, and
which side is to blame stays open. Terms of several words are not seen. Silent with encoders that
have no vectors for words, and where neither language writes its nouns with capitals.

Authority: MQM-Core, terminology/inconsistent use of terminology.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from auditor.checks.rule import BLOCK_BREAK, Example, Hit, Mark, Passage, Rule, Scope, WordVectors
from auditor.fluency.tagger import read_words
from auditor.languages import Language
from auditor.model import Severity
from auditor.text.lexicon import kinship, lexicon
from auditor.text.nouns import Noun, find_nouns
from auditor.text.spelling import fold, shared_start
from auditor.text.stems import stem as stem_of
from auditor.text.words import find_words

_MOST = 400  # nouns of a side, the most frequent ones, whose translations are compared
_FEWEST = 4  # sentences that have the usual translation
_SHARE = 0.66  # of the noun's sentences that have it
# Cosines of word vectors (scripts/evaluate_findings.py tells what follows from them).
_USUAL = 0.45  # of a noun and its usual translation
_OTHER = 0.40  # of a noun and the deviating one
_OTHER_IF_NEW = 0.10  # the same, if that stands nowhere else and the usual one is settled
_OTHER_UNSURE = 0.20  # the same, if nothing tells that the word is a noun
_SETTLED = 0.75  # of the noun's sentences have it
_KIN = 0.06  # score in the lexicon from which two words translate one another
_RARE = 14.0  # bits of a word that has few senses
_OWN = 0.15  # the same, from which a word is a translation of its own
_ROOT = 4  # letters by which a word is known in a compound, at the least
_WHOLE = 5  # letters of a word that must all be in a compound: « partenaire » is none of "Partner"
_SHARED_START, _SHARED_PART = 3, 4  # letters by which two words are of one family
_LONGER = 6  # letters by which a compound is longer, which says more
# Tags that tell that a word is no noun; participles may be taken for one, and the reverse.
_NO_NOUNS = frozenset(("ADJ", "VERB.Fin", "VERB.Imp", "VERB.Inf"))

Floats = NDArray[np.float32]


def check(passage: Passage) -> Iterator[Hit]:
    """Look for deviating translations in both directions."""
    if passage.words is None or len(passage.sides) < 2:
        return
    parts = [side.text.split(BLOCK_BREAK) for side in passage.sides]
    rows = [side.language for side in passage.sides]
    if len(parts[0]) != len(parts[1]) or not any(row.capitalised_nouns for row in rows):
        return
    columns = [_Column(part, row, passage.words) for part, row in zip(parts, rows, strict=True)]
    for index in (0, 1):
        for places in _deviations(columns[1 - index], columns[index]):
            yield _hit(index, columns, places)


class _Column:
    """One side: its sentences, and where it has which nouns."""

    def __init__(self, parts: Sequence[str], language: Language, words: WordVectors) -> None:
        self.language = language
        self.parts = parts
        self.nouns: list[dict[str, Noun]] = []  # of each sentence, by stem: the first of each
        self.places: dict[str, list[int]] = {}  # the sentences of each stem
        self.folded = [fold(part) for part in parts]
        forms: dict[str, Counter[str]] = {}
        begin = 0
        self.starts: list[int] = []
        self.sure: set[str] = set()  # the stems that are surely nouns somewhere
        for number, part in enumerate(parts):
            found: dict[str, Noun] = {}
            for noun in find_nouns(part, language):
                found.setdefault(noun.stem, noun)
                forms.setdefault(noun.stem, Counter())[noun.text] += 1
                if noun.sure:
                    self.sure.add(noun.stem)
            for stem in found:
                self.places.setdefault(stem, []).append(number)
            self.nouns.append(found)
            self.starts.append(begin)
            begin += len(part) + len(BLOCK_BREAK)
        self.rows = {stem: row for row, stem in enumerate(self.places)}
        self.usual = {stem: max(counts, key=lambda w: counts[w]) for stem, counts in forms.items()}
        self._words = words

    @cached_property
    def vectors(self) -> Floats:
        """A row for each stem: that of its most frequent form."""
        return self._words([self.usual[stem] for stem in self.rows])

    def frequent(self) -> list[str]:
        """The stems that stand in enough sentences, the most frequent ones first."""
        often = [stem for stem, places in self.places.items() if len(places) > _FEWEST]
        return sorted(often, key=lambda stem: -len(self.places[stem]))[:_MOST]

    def may_be_noun(self, number: int, word: Noun) -> bool:
        """Whether a word of a sentence may be a noun there, as far as a tagger can tell."""
        read = read_words([self.parts[number]], self.language.code)[0]
        tags = [found.tag for found in read if found.start <= word.start < found.end]
        return not tags or not set(tags) <= _NO_NOUNS

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        words = {match.group().lower() for part in self.parts for match in find_words(part)}
        return frozenset(stem_of(word, self.language.code) for word in words)

    def is_named(self, stem: str, numbers: Iterable[int]) -> bool:
        """Whether a noun is a part of names in most of some sentences."""
        found = [words[stem].named for n in numbers if stem in (words := self.nouns[n])]
        return 2 * sum(found) > len(found)

    def is_joined(self, number: int, word: Noun) -> bool:
        """Whether a hyphen ties a word of a sentence to another one: the two name one thing."""
        beside = self.parts[number][max(0, word.start - 1) : word.start]
        return "-" in beside + self.parts[number][word.end : word.end + 1]

    def covered(self, stem: str, numbers: Sequence[int]) -> set[int]:
        """Which of some sentences have a noun, as a part of another word, too."""
        root = stem[: max(_ROOT, len(stem) - 2)]
        return {number for number in numbers if root in self.folded[number]}


@dataclass(frozen=True, slots=True)
class _Place:
    """A noun, its usual translation, and another one that stands for it in a sentence."""

    number: int
    noun: Noun
    usual: str
    other: Noun
    counts: tuple[int, int]  # of the noun's sentences: those with the usual translation, and all
    similarity: float


def _deviations(own: _Column, other: _Column) -> Iterator[list[_Place]]:
    """The places at which a noun of ``own`` has one deviating translation, in order."""
    for stem in own.frequent() if other.rows else ():
        similarities = other.vectors @ own.vectors[own.rows[stem]]
        usual, covered = _usual(own, other, stem, similarities)
        if usual is None:
            continue
        found: dict[str, list[_Place]] = {}
        for number in own.places[stem]:
            if number not in covered:
                place = _place(own, other, (stem, usual, number), similarities)
                if place is not None:
                    mate, similarity = place
                    counts = len(covered), len(own.places[stem])
                    found.setdefault(mate.stem, []).append(
                        _Place(number, own.nouns[number][stem], usual, mate, counts, similarity)
                    )
        yield from found.values()


def _usual(
    own: _Column, other: _Column, stem: str, similarities: Floats
) -> tuple[str | None, set[int]]:
    """The usual translation of a noun, and the sentences that have it."""
    best: tuple[float, str | None, set[int]] = (0.0, None, set())
    places = own.places[stem]
    stems = list(other.rows)
    for row in np.flatnonzero(similarities >= _USUAL).tolist():
        if stems[row] not in other.sure or not _may_translate(own, other, stem, stems[row]):
            continue
        covered = other.covered(stems[row], places)
        if other.is_named(stems[row], covered):
            continue
        weight = float(similarities[row]) * len(covered)
        if len(covered) >= max(_FEWEST, _SHARE * len(places)) and weight > best[0]:
            best = weight, stems[row], covered
    return best[1:]


def _place(
    own: _Column, other: _Column, what: tuple[str, str, int], similarities: Floats
) -> tuple[Noun, float] | None:
    """The word that stands for a noun in a sentence without the usual one, and how near it is."""
    stem, usual, number = what
    if not own.nouns[number][stem].sure or own.nouns[number][stem].named:
        return None
    known = len(other.covered(usual, own.places[stem]))
    settled = known >= _SETTLED * len(own.places[stem])
    near = {key: float(similarities[other.rows[key]]) for key in other.nouns[number]}
    key = max(near, key=lambda key: near[key], default=None)
    if key is None or not _is_meant(other.nouns[number][key], stem, usual):
        return None
    mate = other.nouns[number][key]
    linked = _may_translate(own, other, stem, key)
    if other.is_joined(number, mate) or not (linked or _is_homeless(own, other, key)):
        return None
    new = set(other.places[key]) <= set(own.places[stem]) - other.covered(usual, own.places[stem])
    least = (_OTHER_IF_NEW if mate.sure else _OTHER_UNSURE) if settled and new else _OTHER
    if near[key] < least or not (mate.sure or (settled and new)):
        return None
    rivals = [own.rows[rival] for rival in own.nouns[number] if rival != stem]
    vector = other.vectors[other.rows[key]]
    nearer = any(float(own.vectors[rival] @ vector) >= near[key] for rival in rivals)
    if nearer or not (mate.sure or other.may_be_noun(number, mate)):
        return None
    return replace(mate, sure=mate.sure and linked), near[key]


def _may_translate(own: _Column, other: _Column, one: str, two: str) -> bool:
    """Whether two nouns translate one another, for all that the lexicon knows."""
    words = (own.usual[one], own.language.code), (other.usual[two], other.language.code)
    stems = stem_of(*words[0]), stem_of(*words[1])
    known = kinship(stems, (own.language.code, other.language.code))
    return known is None or known >= _KIN


def _is_homeless(own: _Column, other: _Column, word: str) -> bool:
    """Whether a word of ``other`` is rare, and ``own`` has no translation that is known of it.

    A common word has more senses than the lexicon knows, and may stand for another one.
    """
    codes = other.language.code, own.language.code
    known, stem = lexicon(*codes), stem_of(other.usual[word], codes[0])
    if known is None or known.rarity(stem, codes[0]) < _RARE:
        return False
    found = known.translations(stem, codes[0])
    return not any(score >= _OWN and it in own.stems for it, score in found.items())


def _is_meant(mate: Noun, stem: str, usual: str) -> bool:
    """Whether a word is a noun that may be another name for what ``stem`` names."""
    return (
        not mate.named
        and not _related(usual, mate.stem)
        and not _says_more(stem, usual)
        and not _says_more(stem, mate.stem)
        and len(mate.stem) <= len(usual) + _LONGER
    )


def _related(one: str, other: str) -> bool:
    """Whether two words are of one family, or share a part."""
    if shared_start(one, other) >= _SHARED_START:
        return True
    return any(one[at : at + _SHARED_PART] in other for at in range(len(one) - _SHARED_PART + 1))


def _says_more(stem: str, word: str) -> bool:
    """Whether a word is a compound with the noun itself, and so names something else."""
    root = stem[: max(_WHOLE, len(stem) - 2)]
    return root in word and len(word) - len(stem) >= _ROOT


def _hit(index: int, columns: Sequence[_Column], places: Sequence[_Place]) -> Hit:
    """One finding for all places at which the same word stands for the same noun."""
    first = places[0]
    own, other = columns[1 - index], columns[index]
    usual = other.usual[first.usual]
    marks = []
    for place in places:
        primary = place is first
        for side, column, noun in ((index, other, place.other), (1 - index, own, place.noun)):
            start = column.starts[place.number]
            marks.append(Mark(side, start + noun.start, start + noun.end, primary))
    known, _ = first.counts
    again = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    return Hit(
        marks=tuple(marks),
        message=f"“{first.noun.text}” is “{usual}” in {known} other sentences, and "
        f"“{first.other.text}” here{again}.",
        severity=Severity.MINOR if first.other.sure else Severity.NEUTRAL,
        confidence=round(min(0.8, 0.35 + first.similarity * known / (known + 1) / 1.5), 2),
        evidence={
            "term": first.noun.text,
            "usual": usual,
            "sentences": known,
            "here": first.other.text,
            "similarity": round(first.similarity, 3),
        },
    )


RULE = Rule(
    slug="inconsistent-term",
    category="terminology/inconsistent",
    severity=Severity.MINOR,
    scope=Scope.BITEXT,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {
                "fr": "Le bâtiment est vide.\nLe bâtiment a deux étages.\nUn bâtiment brûle.\n"
                "Le bâtiment plaît.\nOn vend le bâtiment.",
                "de": "Das Gebäude steht leer.\nDas Gebäude hat zwei Stockwerke.\n"
                "Ein Gebäude brennt.\nDas Gebäude gefällt.\nMan verkauft das Gebäude.",
            },
        ),
        Example(
            {
                "fr": "Le bâtiment est vide.\nLe bâtiment a deux étages.\nUn bâtiment brûle.\n"
                "Le bâtiment plaît.\nOn vend l’immeuble.",
                "de": "Das Gebäude steht leer.\nDas Gebäude hat zwei Stockwerke.\n"
                "Ein Gebäude brennt.\nDas Gebäude gefällt.\nMan verkauft das Gebäude.",
            },
            ("immeuble", "Gebäude"),
        ),
        Example(
            {
                "fr": "Installez la solution.\nLa solution est en place.\nLa solution aide.\n"
                "Ouvrez la solution.\nCette solution est gratuite.",
                "de": "Installieren Sie die Lösung.\nDie Lösung steht bereit.\nDie Lösung hilft.\n"
                "Öffnen Sie die Projektmappe.\nDiese Lösung ist kostenlos.",
            },
            ("Projektmappe", "solution"),
        ),
        Example(
            {
                "fr": "La voiture roule.\nLa voiture freine.\nUne voiture attend.\n"
                "La voiture tourne.\nSa voiture est neuve.",
                "de": "Das Auto fährt.\nDas Auto bremst.\nEin Auto wartet.\n"
                "Das Auto biegt ab.\nEs ist neu.",
            },
        ),
    ),
)
