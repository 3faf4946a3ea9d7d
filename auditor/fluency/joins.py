"""Joins: where a clause, a name or a label was set beside another one, and nothing joins the two.

Finders as in ``clauses.py``: they take the words of a sentence and yield where the fault lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.fluency.clauses import (
    COMMA,
    ENDS,
    OPENING,
    SURE,
    Clause,
    Stretch,
    fill,
    is_complement,
    is_finite,
    is_twofold,
    opens_clause,
)
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

_LIKELY_COPULA = 0.8
_LIKELY = 0.6  # for a participle, which may always be an adjective
_FEWEST = 3  # words of a subordinate clause: what opens it, a subject, a verb


# --- two verbs where there is room for one ----------------------------------------------------


def crowded_clauses(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """Two finite verbs, words between them, and nothing that opens a clause for the second.

    Verbs that stand side by side are those of ``clauses.clashing_verbs``. About a comma where a
    word opens the second clause all the same: a language that wants a comma there lacks no more.
    """
    find = _undivided_verbs if grammar.clause_commas else _homeless_verbs
    for first, last in find(words, grammar):
        if last - first > 1 and all(_is_plain(words, at, grammar) for at in (first, last)):
            opened = any(opens_clause(word, grammar) for word in words[first + 1 : last])
            yield Stretch(first, last, COMMA if opened else "")


def _undivided_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Two verbs without a sign or a conjunction between: a comma divides any two clauses."""
    before: int | None = None
    for number, word in enumerate(words):
        if _divides(word, grammar) or word.lower in grammar.comma_joiners:
            before = None
        elif word.tag.endswith((".Fin", ".Imp")):
            if before is not None:
                yield before, number
            before = number


def _homeless_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """A verb for which no open clause has room, and the one before it."""
    open_clauses, before = [Clause()], -1
    for number, word in enumerate(words):
        if word.form in OPENING or word.form in ENDS or word.form == "»":
            open_clauses, before = [Clause()], -1
        elif opens_clause(word, grammar):
            open_clauses.append(Clause(complement=is_complement(words, number)))
            before = -1
        elif _divides(word, grammar):
            if open_clauses[-1].filled:  # « De plus, elle est … »: what has no verb is no clause
                open_clauses.append(Clause())
            before = -1
        elif word.tag.endswith((".Fin", ".Imp")):
            open_clauses = fill(open_clauses)
            if not open_clauses and before >= 0 and words[number - 1].tag != "PRON.Dem":
                yield before, number
            open_clauses, before = open_clauses or [Clause(filled=True)], number


def _divides(word: Word, grammar: Grammar) -> bool:
    """Whether a clause may begin with a word: a sign, a conjunction, a pronoun that is a subject.

    Clauses that such a pronoun begins out of place are those of ``clauses.run_on_clauses``.
    """
    hung = word.form[0] == "-" and len(word.form) > 1  # a pronoun on its verb: « -t-il »
    sign = not word.form[0].isalnum() and not hung
    return sign or word.tag == "CCONJ" or word.lower in grammar.verbal_subjects


def _is_idiom(words: Sequence[Word], number: int) -> bool:
    """Whether what looks like a verb may be none: « il y a » (ago), « dans l'est »."""
    before = words[number - 1] if number else None
    return before is not None and (before.lower == "y" or before.tag in ("DET", "ADP"))


def _is_plain(words: Sequence[Word], number: int, grammar: Grammar) -> bool:
    """Whether a word is a finite verb and can be nothing else."""
    word = words[number]
    if _is_idiom(words, number):
        return False
    copula = word.lower in grammar.copulas
    if not is_finite(word, _LIKELY_COPULA if copula else SURE) or word.may != {"FIN"}:
        return False
    if word.rare or not word.form.islower() or (word.lower in grammar.frozen_verbs and not copula):
        return False
    if word.tag == "AUX.Fin" and grammar.clause_commas and word.lower.endswith(("en", "nd")):
        return copula  # at the end of its clause, it may be an infinitive
    if word.lower.endswith(grammar.finite_endings):  # „die verwendete Technik“: like a participle
        attribute = words[number + 1 : number + 2] and words[number + 1].tag in _NOMINAL
        return not (attribute and word.lower.startswith(grammar.twofold_beginnings))
    return copula or not is_twofold(word, grammar)


_NOMINAL = ("NOUN", "ADJ", "PROPN", "X", "NUM")


# --- a clause without its comma ---------------------------------------------------------------


def unmarked_clauses(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A subordinate clause, its verb at its end, without a comma before it.

    A pronoun that is a subject tells a relative from an article, and a question from a comparison.
    """
    for number in range(1, len(words) - 2):
        word, before, after = words[number], words[number - 1], words[number + 1]
        exempt = before.lower in grammar.comma_exempt and before.tag != "PTKNEG"
        end = _next_sign(words, number)
        last = words[end - 1]
        if exempt or end - number < _FEWEST or not (is_finite(last) or _may_be_finite(last)):
            continue
        subject = after.lower in grammar.subject_pronouns and after.tag.startswith("PRON")
        conjunction = word.form in grammar.verb_last_conjunctions and word.tag == "SCONJ"
        conjunction = conjunction and before.lower not in grammar.spans_of_time
        question = word.form in grammar.question_words and subject and before.tag in _ASKING
        relative = word.form in grammar.relatives and subject and before.tag in ("NOUN", "PROPN")
        sure = word.sure >= SURE and is_finite(last, SURE) and before.tag in _AHEAD
        if (conjunction and sure) or question or relative:
            yield Stretch(number - 1, number)


_ASKING = ("VERB.Fin", "VERB.Part", "VERB.Inf", "VERB.Izu", "PTKNEG", "PREFIX")
_AHEAD = (*_ASKING, "NOUN", "PROPN", "AUX.Fin")


def _may_be_finite(word: Word) -> bool:
    """Whether a verb that looks like an infinitive may be a finite one: „haben“."""
    return "FIN" in word.may and word.tag.startswith(("VERB", "AUX"))


def undivided_clauses(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """The verb at the end of a clause that opens the sentence, and at once the main one.

    „Wenn sie da ist fahren wir“: the second may be an infinitive, but for the subject behind it.
    """
    opens = words[:1] and (words[0].tag == "SCONJ" or words[0].lower in grammar.question_words)
    if not grammar.clause_commas or not opens:
        return
    for number in range(2, len(words) - 2):
        last, main, subject = words[number : number + 3]
        if last.tag in ("PUNCT", "CCONJ") or last.lower in grammar.comma_joiners:
            return
        if is_finite(last):
            verbs = is_finite(last, SURE) and "FIN" in last.may and main.tag[:3] in ("VER", "AUX")
            only = main.form.islower() and main.may and main.may <= {"FIN", "INF"}
            pronoun = subject.lower in grammar.subject_pronouns and subject.tag[:4] == "PRON"
            if verbs and only and pronoun:
                yield Stretch(number, number + 1)
            return


def _next_sign(words: Sequence[Word], start: int) -> int:
    """The next sign of punctuation from a word on; the end where there is none."""
    signs = (at for at in range(start, len(words)) if words[at].tag == "PUNCT")
    return next(signs, len(words))


# --- a participle or an adverb beside the wrong verb ------------------------------------------


def stranded_participles(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """Who says something, a participle for the verb, and how: « … le Courrier signalé, citant … ».

    The auxiliary is missing. ``clauses.bare_participles`` tells those that « que » follows.
    """
    for number in range(2, len(words) - 2):
        word, sign, after = words[number : number + 3]
        says = word.lower in grammar.reporting_participles and word.tag == "VERB.Part"
        if not says or word.sure < _LIKELY or sign.form != "," or after.tag != "VERB.Pres":
            continue
        teller, aside = _teller(words, number)
        name = words[teller].tag == "PROPN" or (aside and words[teller].tag == "NOUN")
        if name and teller > 0:
            yield Stretch(teller, number)


def _teller(words: Sequence[Word], number: int) -> tuple[int, bool]:
    """The word before a verb, and whether something in brackets stands between."""
    at = number - 1
    if words[at].form != ")":
        return at, False
    while at > 0 and words[at].form != "(":
        at -= 1
    return max(0, at - 1), True


def early_adverbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """An adverb between a subject and its auxiliary: « Le maire récemment a quitté … »."""
    if not grammar.adverb_ending:
        return
    for number in range(1, len(words) - 2):
        subject, word, verb, after = words[number - 1 : number + 3]
        adverb = word.tag == "ADV" and word.lower.endswith(grammar.adverb_ending)
        order = subject.tag in ("PROPN", "NOUN", "PRON.Prs") and verb.tag == "AUX.Fin"
        sure = min(word.sure, verb.sure) >= SURE
        if adverb and order and sure and after.tag in ("VERB.Part", "ADV"):
            yield Stretch(number, number + 1)


def late_words(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """Words behind the last verb of a subordinate clause: „…, dass sie ihn gebracht hat online“.

    Phrases with a preposition may stand there, clauses, and what is compared.
    """
    opened = False
    for number in range(1, len(words) - 2) if grammar.verb_second else ():
        before, word, after = words[number - 1 : number + 2]
        if word.tag == "PUNCT" and word.form not in _QUOTES:
            opened = False
        elif word.tag in ("SCONJ", "PRON.Rel"):
            opened = True
        last = before.tag == "VERB.Part" and word.tag == "AUX.Fin" and word.sure >= SURE
        stays = after.tag.startswith(_BEHIND) or not after.form[0].isalnum()
        small = after.lower in grammar.comma_joiners or after.lower in grammar.transparent
        if opened and last and before.sure >= _LIKELY_COPULA and not stays and not small:
            yield Stretch(number - 1, number + 1)


_QUOTES = frozenset('«»„“”"‚‘’›‹')
# What may stand behind the last verb, or belong to it.
_BEHIND = ("PUNCT", "CCONJ", "SCONJ", "PRON.Rel", "ADP", "PTKZU", "AUX", "VERB.Fin", "VERB.Inf")
