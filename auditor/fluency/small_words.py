"""Small words: those that are missing, in the wrong form, or with the wrong capital.

Finders as in ``clauses.py``: they take the words of a sentence and yield where the fault lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.fluency.clauses import SURE, Stretch, behind_clitics
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

_CLOSED = (
    "DET", "ADP", "ADP+DET", "PRON.Prs", "PRON.Rel", "PRON.Dem", "SCONJ", "CCONJ", "AUX.Fin",
)  # fmt: skip
# A label often stands behind these without quotation marks: « le bouton Je participe ».
_BEFORE_LABELS = ("NOUN", "PROPN", "X", "NUM", "VERB.Imp", "VERB.Inf", "VERB.Fin", "SYM")
_VOWELS = frozenset("aàâeéèêëiîïoôuùûœæ")
# Classes before which a word is elided, as far as they are no foreign words.
_ELIDING = ("NOUN", "ADJ", "VERB", "AUX", "PRON.Prs")
# Classes of words that may belong to a conjunction behind them and take its comma's place.
_JOINING = ("CCONJ", "ADV", "SCONJ", "ADP", "X")


def missing_linkers(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A preposition with a bare infinitive, where another word must link the two."""
    for number in range(len(words) - 1):
        linker = grammar.linked_prepositions.get(words[number].lower)
        if linker:
            verb = behind_clitics(words, number + 1, grammar)
            if verb < len(words) and words[verb].tag.endswith(".Inf") and words[verb].sure >= SURE:
                yield Stretch(number, verb, linker)


def missing_elisions(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A short word written in full before a vowel: « le avion », « sa école »."""
    for number in range(len(words) - 1):
        word, after = words[number : number + 2]
        elided = grammar.elided_before_vowel.get(word.lower)
        vowel = after.form[0] in _VOWELS and len(after.form) > 2 and after.form.islower()
        vowel = vowel and after.form.isalpha()
        native = after.tag.startswith(_ELIDING) and after.lower not in grammar.unelided
        if elided and vowel and native and after.start == word.end + 1:
            yield Stretch(number, number + 1, elided)


def missing_commas(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A conjunction that wants a comma before it, and has none."""
    for number in range(1, len(words)):
        word, before = words[number], words[number - 1]
        joined = before.lower in grammar.comma_exempt or before.tag in _JOINING
        if word.form in grammar.comma_conjunctions and before.form[-1].isalnum() and not joined:
            yield Stretch(number - 1, number)


def stray_capitals(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A small word with a capital in the middle of a sentence, between words in lower case."""
    for number in range(2, len(words) - 1):
        before, word, after = words[number - 1 : number + 2]
        if word.tag not in _CLOSED or word.sure < SURE or word.lower in grammar.formal:
            continue
        if not word.form.isalpha() or not word.form.istitle() or not after.form[0].islower():
            continue
        if before.form == ")":
            if word.tag == "DET" and _aside(words, number - 1):
                yield Stretch(number, number)
        elif before.form[0].islower() and len(before.form) > 1:
            label = before.tag in _BEFORE_LABELS or (before.tag == word.tag == "ADP")
            if not label and not _quoted(words, number):
                yield Stretch(number, number)


def _aside(words: Sequence[Word], closing: int) -> bool:
    """Whether a few words in brackets stand within a sentence, as a ticker does."""
    reach = range(closing, max(0, closing - 6), -1)
    opening = next((at for at in reach if words[at].form == "("), 0)
    return opening > 2 and words[opening - 1].form[-1].isalnum()


def _quoted(words: Sequence[Word], number: int) -> bool:
    """Whether a quotation has been opened and not closed before a word."""
    marks = [word.form for word in words[:number] if word.form in '«»„“”"‚‘']
    return len(marks) % 2 == 1
