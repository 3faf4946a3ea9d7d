"""A single word of another language was left in the sentence.

The pipeline passed an English word through: „SHELVES“ in a German sentence. The reader stumbles, or
takes it for a name.

A word counts where another language lists it as a common one, the text's own does not know it, not
as a part of a compound either, and the lexicon has never met it there but in names. It is in small
letters or all in capitals, and the words around it are the text's own. Where a word of the other
side means the same („BIRDS“ beside « oiseaux »), it may be a loan that the lists lack: the finding
is neutral then.

What counts as equal: loan words, which the lexicon knows; names; what is quoted, spelt like code,
or the same on both sides; what looks like the word that it is linked with („immun“ and « immune »),
and a loan that the text uses more than once.

Limits: words that both languages have ("Information") are not seen. Works where ``omitted-words``
does.

Authority: MQM-Core, accuracy/untranslated.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.languages import Language
from auditor.links.evidence import Linked
from auditor.links.words import Words
from auditor.model import Severity
from auditor.text.lexicon import Lexicon, lexicon
from auditor.text.stems import fold
from auditor.text.words import is_known, is_listed_elsewhere

_LETTERS = 4
_RARE = 18.0  # bits
_ANSWERED = 0.4  # strength of a link
_ALIKE = 0.4  # share of common letters of a word and its loan
_REACH = 3  # characters beside a word in which a tie is looked for
_TIES = frozenset("-_/\\@#&+=<>|`'’\"«»„“”‚‘()[]{}0123456789")  # beside a word: code, a title


def check(passage: Passage) -> Iterator[Hit]:
    """Look for words that only another language has."""
    links = passage.links
    if links is None:
        return
    known = lexicon(*(side.language.code for side in passage.sides))
    for index, side, other in passage.opposites():
        words = links.sides[index]
        said = {fold(word) for word in links.sides[1 - index].texts}
        for number, word in enumerate(words.texts):
            if (
                len(word) >= _LETTERS
                and known is not None
                and _is_unheard_of(known, words, number)
                and fold(word) not in said
                and _is_foreign(word, side.language, other.language)
                and _stands_alone(links, index, number, side)
            ):
                answer = _answer(links, index, number)
                if not (answer and _is_loan(links, index, number, side)):
                    yield _hit(index, side, other, words.spans[number], answer)


def _is_unheard_of(known: Lexicon, words: Words, number: int) -> bool:
    """Whether the lexicon has never met a word, or only in names that both languages have."""
    stem = words.stems[number]
    return words.rarity[number] >= _RARE and known.translations(stem, words.code).keys() <= {stem}


def _is_foreign(word: str, language: Language, other: Language) -> bool:
    """Whether a third language knows a word, and its own does not.

    A word of the other side's language that this side alone has was not left as it stood there.
    """
    if not word.isascii() or not (word.islower() or word.isupper()) or is_known(word, language):
        return False
    plain = word.lower()
    if is_known(plain, language) or is_known(plain.capitalize(), language):
        return False
    return is_listed_elsewhere(plain, language, other)


def _stands_alone(links: Linked, index: int, number: int, side: Side) -> bool:
    """Whether the words on both sides are the text's own, and no sign ties it to anything."""
    words = links.sides[index]
    start, end = words.spans[number]
    before, behind = side.text[max(0, start - _REACH) : start], side.text[end : end + _REACH]
    if _TIES & set(before.rstrip()[-1:] + behind.lstrip()[:1]):
        return False
    near = [n for n in (number - 1, number + 1) if 0 <= n < len(words)]
    return len(near) > 1 and all(
        is_known(words.texts[n], side.language) or is_known(words.texts[n].lower(), side.language)
        for n in near
    )


def _answer(links: Linked, index: int, number: int) -> str:
    """The word of the other side that corresponds to a word; empty where there is none."""
    strength = links.seen_from(index)[2].strength[number]
    if strength.max(initial=0.0) < _ANSWERED:
        return ""
    return links.sides[1 - index].texts[int(strength.argmax())]


def _is_loan(links: Linked, index: int, number: int, side: Side) -> bool:
    """Whether a word that the other side answers looks like one there, or stands here again."""
    alike = links.seen_from(index)[2].alike[number]
    return bool(alike.max(initial=0.0) >= _ALIKE) or (
        side.vocabulary.count(links.sides[index].texts[number]) > 1
    )


def _hit(index: int, side: Side, other: Side, span: tuple[int, int], answer: str) -> Hit:
    word = side.text[slice(*span)]
    there = f"has “{answer}” in its place" if answer else "has none like it"
    return Hit(
        marks=(Mark(index, *span),),
        message=f"“{word}” is no {side.language.name} word, and the {other.language.name} "
        f"{there}: left untranslated?",
        confidence=0.45 if answer else 0.6,
        severity=Severity.NEUTRAL if answer else Severity.MINOR,
        suspect=index,
        evidence={"word": word, **({"counterpart": answer} if answer else {})},
    )


RULE = Rule(
    slug="untranslated-word",
    category="accuracy/untranslated",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {
                "fr": "Le pêcheur a fondé la société Harbour.",
                "de": "Der Fischer gründete die Firma Harbour.",
            }
        ),
        Example(
            {
                "fr": "Le menuisier répare les étagères de la cave.",
                "de": "Der Tischler repariert SHELVES im Keller.",
            },
            ("SHELVES",),
        ),
    ),
)
