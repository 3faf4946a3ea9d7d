"""Small words that only their verb asks for: its auxiliary, and the second half of its negation.

Finders as in ``clauses.py``: they take the words of a sentence and yield where the fault lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.fluency.clauses import SURE, Stretch, is_finite, opens_clause
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

_LIKELY = 0.5  # for a participle of the lists: beside the wrong auxiliary none is beyond doubt
_REACH = 5  # words between an auxiliary and the participle at its side
_BETWEEN = ("ADV", "PTKNEG", "PRON.Prs")
_FEWEST = 3  # words of a sentence behind the first half of its negation
_ASIDE = 3  # words behind a verb among which a second one stands: « n'a pu », « ne m'en a-t-il su »


def wrong_auxiliaries(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A perfect with the wrong one of two auxiliaries: « il a arrivé », „sie ist geschlafen“."""
    perfects = _bracketed if grammar.verb_second else _side_by_side
    for auxiliary, participle in perfects(words, grammar):
        if not _is_participle(words[participle]):
            continue
        own, verb = words[auxiliary].lower, words[participle].lower
        if own in grammar.to_have and verb in grammar.only_to_be:
            right = "to be"
        elif own in grammar.to_be and verb in grammar.only_to_have:
            right = "to have"
        else:
            continue
        yield Stretch(min(auxiliary, participle), max(auxiliary, participle), right)


def _is_participle(word: Word) -> bool:
    """Whether a word is a participle, by what stands around it or by its form alone."""
    return (word.tag == "VERB.Part" and word.sure >= _LIKELY) or word.may == {"PART"}


def _side_by_side(words: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Auxiliaries and their participles: nothing but adverbs, negation and « -t-il » between."""
    for number, word in enumerate(words):
        if word.lower not in grammar.to_have | grammar.to_be or not is_finite(word):
            continue
        if _is_reflexive(words, number, grammar):
            continue
        at = number + 1
        while at < len(words) and at - number < _REACH and words[at].tag in _BETWEEN:
            at += 1
        if at < len(words):
            yield number, at


def _is_reflexive(words: Sequence[Word], number: int, grammar: Grammar) -> bool:
    """Whether an auxiliary has a reflexive pronoun: « s'en est allé », « nous nous sommes eus »."""
    near = [word.lower for word in words[max(0, number - 2) : number]]
    return any(form in grammar.reflexives | grammar.may_be_reflexive for form in near)


def _bracketed(words: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Auxiliaries and participles that end a clause, before or behind them."""
    own = grammar.to_have | grammar.to_be
    for number, word in enumerate(words):
        if word.lower not in own or not is_finite(word):
            continue
        if number and words[number - 1].tag == "VERB.Part" and _ends(words, number + 1, grammar):
            yield number, number - 1
            continue
        end = number + 1
        while not _ends(words, end, grammar) and not is_finite(words[end]):
            end += 1
        if _ends(words, end, grammar) and end - 1 > number:
            yield number, end - 1


def _ends(words: Sequence[Word], at: int, grammar: Grammar) -> bool:
    """Whether a clause ends before a word."""
    if at >= len(words):
        return True
    word = words[at]
    return word.tag in ("PUNCT", "CCONJ") or opens_clause(word, grammar)


def half_negations(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """« ne » before a verb, and neither « pas » nor anything in its place behind it."""
    for number, word in enumerate(words[:-_FEWEST]):
        if word.lower in grammar.negation_shelters or word.lower in grammar.negation_subjects:
            return
        if word.lower in grammar.negation_openings:
            verb = number + 1
            while verb < len(words) and words[verb].lower in grammar.transparent:
                verb += 1
            if verb < len(words) and not _is_whole(words, verb, grammar):
                yield Stretch(number, verb)
            return


def _is_whole(words: Sequence[Word], verb: int, grammar: Grammar) -> bool:
    """Whether a negated verb has its second word, or needs none."""
    finite = words[verb].tag.endswith((".Fin", ".Imp")) and words[verb].sure >= SURE
    after = words[verb + 1 : verb + 1 + _ASIDE]
    if not finite or any(word.tag == "PUNCT" for word in after[:1]):
        return True
    if any(word.lower in grammar.negated_alone for word in (words[verb], *after)):
        return True
    for word in words[verb + 1 :]:
        if word.lower in grammar.negation_words:
            return True
        if word.tag == "PUNCT":
            break
    return False
