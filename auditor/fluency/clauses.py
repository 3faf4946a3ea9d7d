"""Clauses: what a run of tagged words lacks or has twice.

Each finder takes the words of a sentence and yields the stretch of words where the fault lies. They
would rather miss a fault than see one that is none: a tag counts only where the model is sure of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

SURE = 0.9
_FINITE = ("VERB.Fin", "AUX.Fin")
_ENDS = frozenset(".!?…")
_OPENING = frozenset("«„“”\"'‘‚‹›»([{—–-:;")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``first`` to ``last`` (inclusive), and what the message wants to name."""

    first: int
    last: int
    about: str = ""


def is_sentence(words: Sequence[Word]) -> bool:
    """Whether words look like a sentence of prose: an end, a few words, mostly words in lower case."""
    letters = [word for word in words if word.form[0].isalpha()]
    if len(letters) < 5 or not any(word.form[0] in _ENDS for word in words[-2:]):
        return False
    odd = sum(word.tag in ("X", "SYM", "PROPN", "INTJ") for word in letters)
    verbs = any(word.tag.startswith(("VERB", "AUX")) for word in letters)
    return verbs and odd <= 0.4 * len(letters)


def is_finite(word: Word, sure: float = 0.0) -> bool:
    """Whether a word is a finite verb."""
    return word.tag in _FINITE and word.sure >= sure


def _between(words: Sequence[Word], start: int, grammar: Grammar) -> int:
    """The first word from ``start`` on that is no clitic, negation or adverb."""
    at = start
    while at < len(words) and words[at].lower not in grammar.connectors and (
        (words[at].lower in grammar.transparent and words[at].tag != "NOUN")
        or words[at].tag in ("ADV", "PTKNEG")
    ):
        at += 1
    return at


# --- two finite verbs -------------------------------------------------------------------------


@dataclass(slots=True)
class _Clause:
    """A clause that is open: whether it has its verb, and whether it may end before another one."""

    filled: bool = False
    complement: bool = False


def clashing_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """Two finite verbs with nothing but clitics and adverbs between, where one clause has room."""
    open_clauses = [_Clause()]
    for number, word in enumerate(words):
        if word.form in _OPENING or word.form in _ENDS or word.form == "»":
            open_clauses = [_Clause()]
        elif _opens(word, grammar):
            open_clauses.append(_Clause(complement=_is_complement(words, number)))
        elif is_finite(word):
            open_clauses = _fill(open_clauses)
            follower = _between(words, number + 1, grammar)
            if follower < len(words) and _clash(words, number, follower, grammar):
                room = _fill([_Clause(c.filled, c.complement) for c in open_clauses])
                if not room or grammar.clause_commas:
                    yield Stretch(number, follower)


def _opens(word: Word, grammar: Grammar) -> bool:
    return word.lower in grammar.connectors or word.tag in ("SCONJ", "PRON.Rel", "PRON.Int")


def _is_complement(words: Sequence[Word], number: int) -> bool:
    """Whether a connector opens what somebody says or thinks, behind which no main verb comes."""
    if not number or words[number].tag != "SCONJ":
        return False
    return words[number - 1].tag in ("VERB.Fin", "VERB.Part", "VERB.Inf", "VERB.Pres")


def _fill(open_clauses: list[_Clause]) -> list[_Clause]:
    """The clauses that are open once a verb has come; none where there was no room for it."""
    while open_clauses and open_clauses[-1].filled:
        closed = open_clauses.pop()
        if closed.complement and open_clauses:
            open_clauses[-1].filled = True
    if open_clauses:
        open_clauses[-1].filled = True
    return open_clauses


def _clash(words: Sequence[Word], number: int, follower: int, grammar: Grammar) -> bool:
    one, other = words[number], words[follower]
    if not (is_finite(one, SURE) and is_finite(other, SURE)):
        return False
    if {one.lower, other.lower} & grammar.frozen_verbs or other.form.startswith("-"):
        return False
    return not (one.form[0].isupper() or other.form[0].isupper())


# --- a clause without a finite verb -----------------------------------------------------------

_NEVER_AFTER_RELATIVE = ("NOUN", "ADJ", "VERB.Part", "VERB.Inf", "AUX.Inf", "VERB.Pres", "PROPN")


def verbless_relatives(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A relative that is a subject, with no verb up to the next sign or connector."""
    for number in range(1, len(words) - 1):
        word, before = words[number], words[number - 1]
        if word.lower not in grammar.subject_relatives or word.tag != "PRON.Rel":
            continue
        if before.tag.startswith(("ADP", "VERB", "AUX", "SCONJ", "CCONJ")) or word.form[0].isupper():
            continue
        following = number + 1
        if words[following].lower in grammar.relative_idioms:
            continue
        end = _clause_end(words, number + 1, grammar)
        if words[following].tag in _NEVER_AFTER_RELATIVE and words[following].sure >= SURE and not any(
            _may_be_finite(w) for w in words[number + 1 : end]
        ):
            yield Stretch(number, following)


def _may_be_finite(word: Word) -> bool:
    return is_finite(word) or word.tag == "VERB.Imp" or (word.tag.startswith(("VERB", "AUX")) and word.sure < SURE)


def _clause_end(words: Sequence[Word], start: int, grammar: Grammar) -> int:
    at = start
    while at < len(words) and words[at].tag != "PUNCT" and not _opens(words[at], grammar):
        at += 1
    return at


# --- a participle without its auxiliary -------------------------------------------------------


def bare_participles(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A subject, then a participle as if it were the verb: « le journal signalé que »."""
    for number in range(1, len(words) - 1):
        word = words[number]
        if word.tag != "VERB.Part" or word.sure < SURE:
            continue
        subject = _subject_before(words, number, grammar)
        if subject is None:
            continue
        if words[subject].lower in grammar.verbal_subjects or _says_that(words, number):
            if not _governed(words, subject, grammar):
                yield Stretch(subject, number)


def _subject_before(words: Sequence[Word], number: int, grammar: Grammar) -> int | None:
    """The noun or pronoun right before a participle, clitics and adverbs left out."""
    at = number - 1
    if words[at].form == ")":
        while at > 0 and words[at].form != "(":
            at -= 1
        return at - 1 if at > 0 and words[at - 1].tag in ("NOUN", "PROPN") else None
    while at > 0 and (words[at].lower in grammar.transparent or words[at].tag == "ADV") and (
        words[at].tag not in ("NOUN", "PROPN")
    ):
        at -= 1
    if words[at].lower in grammar.verbal_subjects and words[at].tag.startswith("PRON"):
        return at
    return at if words[at].tag in ("NOUN", "PROPN") and at == number - 1 else None


def _says_that(words: Sequence[Word], number: int) -> bool:
    follower = words[number + 1]
    return follower.tag == "SCONJ" and follower.lower in ("que", "qu'")


def _governed(words: Sequence[Word], subject: int, grammar: Grammar) -> bool:
    """Whether the words before may be the frame of a right participle: an auxiliary, a fixed phrase."""
    for at in range(subject - 1, -1, -1):
        word = words[at]
        if word.lower in grammar.participle_prepositions or word.tag.startswith("AUX"):
            return True
        if word.tag in _FINITE or word.tag in ("VERB.Inf", "VERB.Part", "VERB.Pres"):
            return True
        if word.tag == "PUNCT" and word.form not in ("(", ")"):
            return False
    return False


# --- a linker is missing ----------------------------------------------------------------------


def missing_linkers(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A preposition with a bare infinitive, where another word must link the two."""
    for number in range(len(words) - 1):
        linker = grammar.linked_prepositions.get(words[number].lower)
        if linker:
            verb = _between(words, number + 1, grammar)
            if verb < len(words) and words[verb].tag.endswith(".Inf") and words[verb].sure >= SURE:
                yield Stretch(number, verb, linker)


# --- capitals ---------------------------------------------------------------------------------

_CLOSED = ("DET", "ADP", "ADP+DET", "PRON.Prs", "PRON.Rel", "PRON.Dem", "SCONJ", "CCONJ", "AUX.Fin")


def stray_capitals(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A small word with a capital in the middle of a sentence, between words in lower case."""
    quoted = 0
    for number in range(1, len(words) - 1):
        word, before, after = words[number], words[number - 1], words[number + 1]
        if before.form in _OPENING or before.form == "»":
            quoted = number
        if word.tag not in _CLOSED or word.sure < SURE or word.lower in grammar.formal:
            continue
        if not word.form[0].isupper() or not word.form[1:].islower() and len(word.form) > 1:
            continue
        if len(word.form) == 1 and not word.form.isalpha():
            continue
        if before.form[0].islower() and after.form[0].islower() and len(before.form) > 1:
            yield Stretch(number, number)


# --- elision ----------------------------------------------------------------------------------

_VOWELS = frozenset("aàâeéèêëiîïoôuùûœæ")


def missing_elisions(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A short word written in full before a vowel: « le avion », « sa école »."""
    for word, after, number in zip(words, words[1:], range(len(words)), strict=False):
        elided = grammar.elided_before_vowel.get(word.lower)
        if elided and after.start == word.end + 1 and after.form[0] in _VOWELS and len(after.form) > 2:
            if after.lower not in grammar.unelided and after.form.islower() and after.tag in ("NOUN", "ADJ", "VERB.Fin", "AUX.Fin", "VERB.Inf", "AUX.Inf", "PRON.Prs", "VERB.Part"):
                yield Stretch(number, number + 1, elided)


# --- commas -----------------------------------------------------------------------------------


def missing_commas(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A conjunction that wants a comma before it, and has none."""
    for number in range(1, len(words)):
        word, before = words[number], words[number - 1]
        if word.form in grammar.comma_conjunctions and before.form[-1].isalnum():
            if before.lower not in grammar.comma_exempt and before.tag not in ("CCONJ", "ADV", "SCONJ", "ADP", "X"):
                yield Stretch(number - 1, number)
