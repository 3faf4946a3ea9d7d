"""Clauses: what a run of tagged words lacks or has twice.

Each finder takes the words of a sentence and yields the stretch of words where the fault lies. They
would rather miss a fault than see one that is none: a tag counts only where the model is sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

SURE = 0.9
COMMA = "comma"  # what two clauses lack
_FINITE = ("VERB.Fin", "AUX.Fin")
ENDS = frozenset(".!?…")
OPENING = frozenset("«„“”\"'‘‚‹›»([{—–-:;")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``first`` to ``last`` (inclusive), and what the message wants to name."""

    first: int
    last: int
    about: str = ""


def is_sentence(words: Sequence[Word]) -> bool:
    """Whether words look like a sentence of prose: an end, a few words, most of them no names."""
    letters = [word for word in words if word.form[0].isalpha()]
    if len(letters) < 5 or not any(word.form[0] in ENDS for word in words[-2:]):
        return False
    odd = sum(word.tag in ("X", "SYM", "PROPN", "INTJ") for word in letters)
    verbs = any(word.tag.startswith(("VERB", "AUX")) for word in letters)
    return verbs and odd <= 0.4 * len(letters)


def is_finite(word: Word, sure: float = 0.0) -> bool:
    """Whether a word is a finite verb."""
    return word.tag in _FINITE and word.sure >= sure


def behind_clitics(words: Sequence[Word], start: int, grammar: Grammar) -> int:
    """The first word from ``start`` on that is no clitic, negation or adverb."""
    at = start
    while (
        at < len(words)
        and not opens_clause(words[at], grammar)
        and (
            (words[at].lower in grammar.transparent and words[at].tag != "NOUN")
            or words[at].tag in ("ADV", "PTKNEG")
        )
    ):
        at += 1
    return at


# --- two finite verbs -------------------------------------------------------------------------


@dataclass(slots=True)
class Clause:
    """A clause that is open: whether it has its verb, and whether it may end before another one."""

    filled: bool = False
    complement: bool = False


def clashing_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """Two finite verbs with nothing but clitics and adverbs between, where one clause has room.

    About a comma where two clauses are open, and that is all they lack.
    """
    yield from _glued_clauses(words, grammar)
    open_clauses = [Clause()]
    for number, word in enumerate(words):
        if word.form in OPENING or word.form in ENDS or word.form == "»":
            open_clauses = [Clause()]
        elif opens_clause(word, grammar):
            open_clauses.append(Clause(complement=is_complement(words, number)))
        elif is_finite(word, 0.5):
            open_clauses = fill(open_clauses)
            follower = behind_clitics(words, number + 1, grammar)
            if follower < len(words) and _clash(words, number, follower, grammar):
                room = fill([Clause(c.filled, c.complement) for c in open_clauses])
                if not room or grammar.clause_commas:
                    yield Stretch(number, follower, COMMA if room else "")


def opens_clause(word: Word, grammar: Grammar) -> bool:
    """Whether a word opens a clause that wants a verb of its own."""
    if word.tag in ("SCONJ", "PRON.Rel", "PRON.Int"):
        return True
    return word.lower in grammar.connectors and not (word.tag == "DET" and grammar.clause_commas)


def is_complement(words: Sequence[Word], number: int) -> bool:
    """Whether a connector opens what somebody says or thinks, behind which no main verb comes."""
    if not number or words[number].tag != "SCONJ":
        return False
    return words[number - 1].tag in ("VERB.Fin", "VERB.Part", "VERB.Inf", "VERB.Pres")


def fill(open_clauses: list[Clause]) -> list[Clause]:
    """The clauses that are open once a verb has come; none where there was no room for it."""
    while open_clauses and open_clauses[-1].filled:
        closed = open_clauses.pop()
        if closed.complement and open_clauses:
            open_clauses[-1].filled = True
    if open_clauses:
        open_clauses[-1].filled = True
    return open_clauses


def _clash(words: Sequence[Word], number: int, follower: int, grammar: Grammar) -> bool:
    one, other, before = words[number], words[follower], words[follower - 1]
    if {one.lower, other.lower} & grammar.frozen_verbs or other.form.startswith("-"):
        return False
    if one.form[0].isupper() or other.form[0].isupper() or one.lower == other.lower:
        return False
    if before.lower in grammar.reflexives and follower - 1 > number:
        reflexive = before.tag == "PRON.Prs" and not other.tag.startswith(("PRON", "SCONJ"))
        verb = "FIN" in other.may and not other.tag.endswith((".Inf", ".Part"))
        return is_finite(one, SURE) and _verbal(one) and reflexive and verb
    if one.tag == "AUX.Fin" and "PART" in other.may:
        return False
    if (
        one.rare
        or other.rare
        or before.tag == "DET"
        or (follower - 1 > number and "NOUN" in other.may)
    ):
        return False
    return _verbal(one) and all(
        _certain(word) and "FIN" in word.may and not is_twofold(word, grammar)
        for word in (one, other)
    )


def _certain(word: Word) -> bool:
    """Whether a word is a finite verb, by what stands around it or by its form alone."""
    return is_finite(word, SURE) or (is_finite(word, 0.5) and word.may == {"FIN"})


def _verbal(word: Word) -> bool:
    """Whether a word is no noun or adjective that looks like a verb."""
    return word.tag == "AUX.Fin" or not {"NOUN", "ADJ", "PART"} & word.may


def is_twofold(word: Word, grammar: Grammar) -> bool:
    """Whether a form may be finite, or else a participle or an infinitive."""
    if word.lower in grammar.copulas or word.tag == "AUX.Fin":
        return False
    if grammar.clause_commas and word.may != {"FIN"}:
        return True
    return word.lower.endswith(grammar.twofold_endings) or (
        word.lower.startswith(grammar.twofold_beginnings) and word.lower.endswith("t")
    )


def run_on_clauses(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A subject and its verb where no clause has room for them: « … l'influence il aurait … »."""
    open_clauses = [Clause()]
    apart = True  # whether a sign or a conjunction stands between the last verb and here
    for number, word in enumerate(words):
        if word.form in OPENING or word.form in ENDS or word.form == "»":
            open_clauses, apart = [Clause()], True
        elif opens_clause(word, grammar):
            open_clauses.append(Clause(complement=is_complement(words, number)))
            apart = True
        elif word.tag in ("CCONJ", "PUNCT"):
            apart = True
        elif is_finite(word, 0.5) or (word.may == {"FIN"} and word.tag.startswith("VERB")):
            open_clauses = fill(open_clauses)
            subject = _subject_pronoun(words, number, grammar)
            if not open_clauses and not apart and subject is not None and is_finite(word, SURE):
                yield Stretch(subject, number)
            open_clauses, apart = open_clauses or [Clause(filled=True)], False


def _subject_pronoun(words: Sequence[Word], number: int, grammar: Grammar) -> int | None:
    """A pronoun that is a subject right before a verb, with a noun before it."""
    at = number - 1
    while at > 1 and words[at].lower in grammar.transparent:
        at -= 1
    if at < 1 or words[at].lower not in grammar.verbal_subjects or words[at].form[0].isupper():
        return None
    if words[at + 1].lower == "y":
        return None  # « il y a »: how long ago
    return at if words[at - 1].tag in ("NOUN", "PROPN", "ADJ", "NUM") else None


def _glued_clauses(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """The last verb of a clause, and the verb of the next one at once: „… gesehen haben sind …“."""
    opened = False  # whether a clause is open that ends with its verb
    for number in range(1, len(words) - 1):
        word, after = words[number], words[number + 1]
        opened = (opened or opens_clause(word, grammar)) and word.form not in ENDS
        final = word.form in grammar.final_verbs and word.tag.startswith(("VERB", "AUX"))
        if final and after.form in grammar.copulas and words[number - 1].tag != "PTKZU":
            yield Stretch(number, number + 1, COMMA if opened else "")


# --- a clause without a finite verb -----------------------------------------------------------

_NEVER_AFTER_RELATIVE = ("NOUN", "ADJ", "VERB.Part", "VERB.Inf", "AUX.Inf", "VERB.Pres", "PROPN")


def verbless_relatives(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A relative that is a subject, with no verb up to the next sign or connector."""
    for number in range(1, len(words) - 1):
        word, before = words[number], words[number - 1]
        if word.lower not in grammar.subject_relatives or word.tag != "PRON.Rel":
            continue
        if (
            before.tag.startswith(("ADP", "VERB", "AUX", "SCONJ", "CCONJ"))
            or word.form[0].isupper()
        ):
            continue
        following = number + 1
        if words[following].lower in grammar.relative_idioms:
            continue
        end = _clause_end(words, number + 1, grammar)
        verb = any(_may_be_finite(word) for word in words[number + 1 : end])
        if _no_verb(words[following]) and not verb:
            yield Stretch(number, following)


def _no_verb(word: Word) -> bool:
    """Whether a word is no verb by its tag, and by its form or beyond doubt."""
    by_form = not word.rare and "FIN" not in word.may
    return word.tag in _NEVER_AFTER_RELATIVE and (word.sure >= SURE or by_form)


def _may_be_finite(word: Word) -> bool:
    if is_finite(word, SURE) or word.rare or "FIN" in word.may:
        return word.tag.startswith(("VERB.Fin", "AUX.Fin", "VERB.Imp")) or (
            word.tag.startswith(("VERB", "AUX")) and word.sure < SURE
        )
    return False


def _clause_end(words: Sequence[Word], start: int, grammar: Grammar) -> int:
    at = start
    while at < len(words) and words[at].tag != "PUNCT" and not opens_clause(words[at], grammar):
        at += 1
    return at


# --- a participle without its auxiliary -------------------------------------------------------


def bare_participles(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A subject, then a participle as if it were the verb: « le journal signalé que »."""
    if grammar.verb_second:
        return  # a participle stands at the end, its auxiliary behind it
    for number in range(1, len(words) - 1):
        word = words[number]
        if word.tag != "VERB.Part" or word.sure < 0.6 or "FIN" in word.may:
            continue
        subject = _subject_before(words, number, grammar)
        if subject is None:
            continue
        pronoun = (
            words[subject].lower in grammar.verbal_subjects and words[subject - 1].lower != "t"
        )
        if (pronoun or _says_that(words, number, grammar)) and not _governed(
            words, subject, grammar
        ):
            yield Stretch(subject, number)


def _subject_before(words: Sequence[Word], number: int, grammar: Grammar) -> int | None:
    """The noun or pronoun right before a participle, clitics and adverbs left out."""
    at = number - 1
    if words[at].form == ")":
        while at > 0 and words[at].form != "(":
            at -= 1
        return at - 1 if at > 0 and words[at - 1].tag in ("NOUN", "PROPN") else None
    while (
        at > 0
        and (words[at].lower in grammar.transparent or words[at].tag == "ADV")
        and (words[at].tag not in ("NOUN", "PROPN"))
    ):
        at -= 1
    if words[at].lower in grammar.verbal_subjects and words[at].tag.startswith("PRON"):
        return at
    if at != number - 1:
        return None
    if words[at].tag == "ADJ" and at and words[at - 1].tag == "NOUN":
        at -= 1
    return at if words[at].tag in ("NOUN", "PROPN") else None


def _says_that(words: Sequence[Word], number: int, grammar: Grammar) -> bool:
    follower = words[number + 1]
    says = words[number].lower in grammar.reporting_participles
    return says and follower.tag == "SCONJ" and follower.lower in grammar.complementisers


def _governed(words: Sequence[Word], subject: int, grammar: Grammar) -> bool:
    """Whether the words before may hold a participle: an auxiliary, a fixed phrase."""
    for at in range(subject - 1, -1, -1):
        word = words[at]
        if word.lower in grammar.participle_prepositions or word.tag.startswith("AUX"):
            return True
        if word.tag in _FINITE or word.tag in ("VERB.Inf", "VERB.Part", "VERB.Pres"):
            return True
        if word.tag == "PUNCT" and word.form not in ("(", ")"):
            return False
    return False


# --- the place of the verb --------------------------------------------------------------------


def early_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A finite verb right behind the subject of a subordinate clause, with its object behind it.

    „…, wenn Sie haben eine Frage“: what stands behind the last verb is never an object.
    """
    if not grammar.verb_second:
        return
    for number in range(len(words) - 3):
        word, subject, verb, after = words[number : number + 4]
        opens = word.lower in grammar.comma_conjunctions and word.tag == "SCONJ"
        plain = verb.tag == "AUX.Fin" or not is_twofold(verb, grammar)
        object_behind = after.tag == "DET" and after.lower in grammar.indefinite
        clause = opens and subject.tag == "PRON.Prs" and is_finite(verb, SURE)
        if clause and plain and object_behind:
            yield Stretch(number, number + 3)


def late_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A main clause whose verb comes third: „Gestern er hat …“."""
    if not grammar.verb_second or len(words) < 4:
        return
    first, subject, verb = words[:3]
    adverb = first.tag == "ADV" and first.sure >= SURE and first.lower not in grammar.comma_exempt
    if adverb and subject.lower in grammar.verbal_subjects and is_finite(verb, SURE):
        yield Stretch(1, 2)
