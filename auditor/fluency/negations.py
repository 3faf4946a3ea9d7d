"""What a clause denies, it denies once.

A finder as in ``clauses.py``: it takes the words of a sentence and yields where the fault lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.fluency.clauses import Stretch
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

_ENDS = ("PUNCT", "CCONJ", "SCONJ")


def doubled_negations(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """« n'a pas vu aucun », « ne n'a », „nicht kein“: a second negation where one is enough."""
    for number, word in enumerate(words):
        if word.lower in grammar.negation_openings:
            again = _opened_again(words, number, grammar)
            if again is not None:
                yield Stretch(number, again)
        elif word.lower in grammar.sole_negations and _denies(words, number, grammar):
            second = _second(words, number, grammar)
            if second is not None:
                yield Stretch(number, second)


def _opened_again(words: Sequence[Word], first: int, grammar: Grammar) -> int | None:
    """The second « ne » before one verb."""
    at = first + 1
    while at < len(words) and words[at].lower in grammar.transparent - grammar.negation_openings:
        at += 1
    return at if at < len(words) and words[at].lower in grammar.negation_openings else None


def _denies(words: Sequence[Word], number: int, grammar: Grammar) -> bool:
    """Whether a word has the first half that it wants, if negations have two."""
    if not grammar.negation_openings:
        return True
    for word in reversed(words[:number]):
        if word.lower in grammar.negation_openings:
            return True
        if word.tag in _ENDS:
            return False
    return False


def _second(words: Sequence[Word], first: int, grammar: Grammar) -> int | None:
    """The next word that denies as well, if nothing lies between that opens something new."""
    for number in range(first + 1, min(first + 1 + grammar.negation_reach, len(words))):
        word = words[number]
        if word.form in grammar.second_negations:
            return None if _is_meant(words, first, number, grammar) else number
        if word.tag in _ENDS or word.lower in grammar.negation_barriers:
            return None
    return None


def _is_meant(words: Sequence[Word], first: int, second: int, grammar: Grammar) -> bool:
    """« Pas pour rien », « rien que toi », « ce n'est pas rien », „selten, wenn nicht nie“."""
    before = [words[number - 1].lower for number in (first, second) if number]
    behind = [word.lower for word in words[second + 1 : second + 2]]
    if any(word in grammar.second_negation_exempt for word in before):
        return True
    if any(word in grammar.negation_barriers for word in behind):
        return True
    return words[second].lower in grammar.counted_nothings and any(
        word.lower in grammar.to_be for word in words
    )
