"""One translation says the opposite: it rises in one and falls in the other.

Rise and fall, before and after, buy and sell, win and lose, open and close: one wrong word, and the
message is the reverse. Reported where each side has a word of one pole that nothing on the other
side answers, the poles are opposite, and the words stand at about the same place. Prepositions are
held against one another where they govern two nouns that translate one another: « sous la table »,
„auf dem Tisch“.

What counts as equal: words that the learnt lexicon links with one of the other side, whatever their
poles; a negated opposite ("did not rise"): where a negation stands near one of the two words
alone, nothing is reported, and where one stands near both, only a neutral finding; two
prepositions that translators use for one another before other nouns, too, or before this one.

Limits: the words are those of the language rows; an opposition in a single word that no row lists
is not seen. « moins grand » is not heard beside „größer“ unless the row has the comparative.
Prepositions are seen where there is a table of the two languages, and before nouns alone. Free
translation may turn a sentence round ("before A, B" as "after B, A"): such pairs are neutral: worth
a look, and no points.

Authority: MQM-Core, accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.fluency.tagger import read_words
from auditor.links import prepositions
from auditor.links.evidence import Linked
from auditor.model import Severity
from auditor.text.lexicon import Lexicon, lexicon
from auditor.text.negation import find_negations
from auditor.text.opposites import Pole, find_poles, governing, pairs
from auditor.text.stems import stem
from auditor.text.words import find_words

_REACH = 0.3  # share of a passage's length by which the two words may be apart
_NEAR = 25  # characters from a negation within which it may turn a word round
_LINKED = 0.08  # score in the lexicon from which a word answers another
_OFF = 6.0  # words by which two words may stand off the place where the links expect them, together
_LIKELIER = 10.0  # odds of prepositions from which they are reported
_UNSEEN = 1.0  # meetings that any two prepositions may have had
_HEAD = 3  # words behind a word in which the one that it belongs to may stand
_SHORT = 80  # characters of a passage in which they may stand anywhere


def check(passage: Passage) -> Iterator[Hit]:
    """Look for words of opposite poles that face one another, neither of them answered."""
    governed = list(_governing(passage))
    yield from governed
    told = {(mark.side, mark.start) for hit in governed for mark in hit.marks}
    found = [find_poles(side.text, side.language) for side in passage.sides]
    if not all(found):
        return
    alone = [
        [word for word in words if (index, word.start) not in told]
        for index, words in enumerate(_unanswered(passage, found))
    ]
    for one, other, loose in pairs():
        for left, right in ((one, other), (other, one)):
            words = _at(alone[0], left), _at(alone[1], right)
            if all(words):
                yield from _facing(passage, *words, loose=loose)


def _governing(passage: Passage) -> Iterator[Hit]:
    """Prepositions before nouns that translate one another, where an opposite fits far better.

    The odds hold how often the opposite of one met the other, in translations, against how often
    the two themselves met: so much likelier is a wrong word than a free rendering.
    """
    left, right = passage.sides
    met = prepositions.table(left.language.code, right.language.code)
    if met is None or passage.links is None or not _may_differ(passage, met):
        return
    words = [read_words([side.text], side.language.code)[0] for side in passage.sides]
    for found in prepositions.governed(passage.links, words):
        one, other = found.prepositions
        pair = one.form.lower(), other.form.lower()
        noun = passage.links.sides[met.nouns].stems[found.nouns[met.nouns]]
        likelier = _odds(pair, met, passage) >= _LIKELIER
        if likelier and noun not in met.idioms.get(pair, ()):
            poles = [Pole(word.start, word.end, (word.form.lower(),)) for word in (one, other)]
            yield _hit(passage, *poles, loose=True)


def _may_differ(passage: Passage, met: prepositions.Table) -> bool:
    """Whether any two words could be such prepositions: only then is it worth reading them."""
    left, right = ({m.group() for m in find_words(s.text.lower())} for s in passage.sides)
    return any(
        _odds((one, other), met, passage) >= _LIKELIER
        for one in left & met.known[0]
        for other in right & met.known[1]
    )


def _odds(pair: tuple[str, str], met: prepositions.Table, passage: Passage) -> float:
    """How many times likelier two prepositions meet with either of them turned round."""
    left, right = (governing(side.language) for side in passage.sides)
    turned = [(opposite, pair[1]) for opposite in left.get(pair[0], ())]
    turned += [(pair[0], opposite) for opposite in right.get(pair[1], ())]
    most = max((met.usual.get(other, 0) for other in turned), default=0)
    return most / (met.counts.get(pair, 0) + _UNSEEN)


def _unanswered(passage: Passage, found: Sequence[Sequence[Pole]]) -> list[list[Pole]]:
    """The words of each side but for those with a counterpart on the other.

    That is a word of the same pole, each for one, or a word that the lexicon links with it.
    """
    known = lexicon(*(side.language.code for side in passage.sides))
    alone: list[list[Pole]] = []
    for index, side, other in passage.opposites():
        answers = [set(word.poles) for word in found[1 - index]]
        stems = {stem(match.group(), other.language.code) for match in find_words(other.text)}
        mine = []
        for word in found[index]:
            answer = next((poles for poles in answers if poles & set(word.poles)), None)
            if answer is not None:
                answers.remove(answer)
            elif not (known and _is_linked(side.text[word.start : word.end], side, known, stems)):
                mine.append(word)
        alone.append(mine)
    return alone


def _is_linked(word: str, side: Side, known: Lexicon, stems: set[str]) -> bool:
    """Whether the lexicon links a word with one of the other side."""
    code = side.language.code
    return any(
        score >= _LINKED and other in stems
        for other, score in known.translations(stem(word, code), code).items()
    )


def _at(words: Sequence[Pole], pole: str) -> list[Pole]:
    return [word for word in words if pole in word.poles]


def _facing(
    passage: Passage, left: Sequence[Pole], right: Sequence[Pole], *, loose: bool
) -> Iterator[Hit]:
    """The two words nearest to one another by their place in the passage."""
    lengths = [len(side.text) for side in passage.sides]
    distance, one, other = min(
        (
            (abs(a.start / lengths[0] - b.start / lengths[1]), a, b)
            for a in left[:10]
            for b in right[:10]
        ),
        key=lambda entry: (entry[0], entry[1].start, entry[2].start),
    )
    denied = list(map(_is_denied, passage.sides, (one, other)))
    # Where both are denied, they are as opposite as where neither is; less surely.
    near = distance <= _REACH or max(lengths) <= _SHORT or _at_one_place(passage, one, other)
    if denied[0] == denied[1] and near:
        yield _hit(passage, one, other, loose=loose or denied[0])


def _at_one_place(passage: Passage, one: Pole, other: Pole) -> bool:
    """Whether the links expect two words at one another's place, or before the same word."""
    links = passage.links
    if links is None:
        return False
    i, j = (_number(links, k, word) for k, word in enumerate((one, other)))
    if abs(links.place(0, i, i) - j) + abs(links.place(1, j, j) - i) <= _OFF:
        return True
    return links.mutual().get(_behind(links, 0, i)) == _behind(links, 1, j)


def _behind(links: Linked, side: int, number: int) -> int:
    """The next word that is no article or particle, or -1."""
    words = links.sides[side]
    near = range(number + 1, min(len(words), number + 1 + _HEAD))
    return next((n for n in near if not words.free[n]), -1)


def _number(links: Linked, side: int, word: Pole) -> int:
    """Which word of a side stands at the place of a pole."""
    starts = [start for start, _ in links.sides[side].spans]
    return starts.index(word.start)


def _is_denied(side: Side, word: Pole) -> bool:
    """Whether a negation stands near a word that is none, nor the end of one (« ne … jamais »)."""
    return any(
        negation.start - _NEAR < word.end
        and word.start < negation.end + _NEAR
        and negation.end != word.end
        and not (word.start <= negation.start and negation.end <= word.end)
        for negation in find_negations(side.text, side.language)
    )


def _hit(passage: Passage, one: Pole, other: Pole, *, loose: bool) -> Hit:
    left, right = passage.sides
    return Hit(
        marks=(Mark(0, one.start, one.end), Mark(1, other.start, other.end)),
        message=f"Opposites: “{left.text[one.start : one.end]}” in the {left.language.name}, "
        f"“{right.text[other.start : other.end]}” in the {right.language.name}.",
        confidence=0.5 if loose else 0.7,
        severity=Severity.NEUTRAL if loose else Severity.MAJOR,
        evidence={"left": list(one.poles), "right": list(other.poles)},
    )


RULE = Rule(
    slug="direction-mismatch",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example({"fr": "Les prix augmentent.", "de": "Die Preise steigen."}),
        Example({"fr": "Les prix n’augmentent pas.", "de": "Die Preise sinken."}),
        Example(
            {"fr": "Les prix augmentent.", "de": "Die Preise sinken."}, ("augmentent", "sinken")
        ),
        Example(
            {"fr": "La ville vend le quai.", "de": "Die Stadt kauft den Kai."}, ("vend", "kauft")
        ),
        Example(
            {"fr": "Elle parle avant le vote.", "de": "Sie spricht nach der Wahl."},
            ("avant", "nach"),
        ),
    ),
)
