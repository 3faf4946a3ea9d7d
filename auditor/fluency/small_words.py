"""Small words: those that are missing, in the wrong form, or with the wrong capital.

Finders as in ``clauses.py``: they take the words of a sentence and yield where the fault lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.fluency.clauses import SURE, Stretch, behind_clitics, is_finite
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word

_CLOSED = ("DET", "PRON.Prs", "PRON.Rel", "PRON.Dem", "CCONJ", "AUX.Fin")
# Verbs that say that a sentence has begun; what stands before them alone may be its heading.
_BEGUN = ("VERB.Fin", "VERB.Imp", "AUX.Fin")
# A label often stands behind these without quotation marks: « le bouton Je participe ».
_BEFORE_LABELS = ("NOUN", "PROPN", "X", "NUM", "VERB.Imp", "VERB.Inf", "VERB.Fin", "SYM")
_LIKELY = 0.5  # for a preposition, which before an infinitive is seldom beyond doubt
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


def missing_marks(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A group that must have a marked infinitive, and has a bare one: „…, um die Tür öffnen.“."""
    governed = False
    for number, word in enumerate(words[:-1]):
        opens = word.lower in grammar.infinitive_groups
        apart = not number or words[number - 1].form == ","
        if opens and apart and not governed and words[number + 1].tag != "NUM":
            verb = _bare_infinitive(words, number, grammar)
            if verb:
                yield Stretch(number, verb, grammar.infinitive_mark)
        governed = governed or word.lower in grammar.bare_infinitive_verbs


def _bare_infinitive(words: Sequence[Word], start: int, grammar: Grammar) -> int:
    """The infinitive right before the sign that ends a group; 0 where the group has another end."""
    for at in range(start + 1, len(words) - 1):
        word, after = words[at : at + 2]
        marked = word.lower == grammar.infinitive_mark or word.tag.endswith(".Izu")
        if marked or word.tag in ("PUNCT", "CCONJ", "SCONJ", "PRON.Rel") or is_finite(word):
            return 0
        if after.form in (".", ","):
            bare = word.tag == "VERB.Inf" and word.sure >= SURE and word.form.islower()
            return at if bare and grammar.infinitive_mark not in word.lower else 0
    return 0


def ungoverned_verbs(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A preposition before a form of a verb that it can't govern: « depuis partir »."""
    for number in range(len(words) - 1):
        word, after = words[number : number + 2]
        if not word.tag.startswith("ADP") or word.sure < _LIKELY or after.form[0].isupper():
            continue
        verb = behind_clitics(words, number + 1, grammar)
        if word.lower in grammar.nominal_prepositions and verb < len(words):
            infinitive = words[verb].tag.endswith(".Inf") and words[verb].sure >= SURE
            if infinitive and words[verb].lower not in grammar.perfect_infinitives:
                yield Stretch(number, verb)
        if word.sure < SURE:
            continue
        finite = is_finite(after, SURE) and after.may == {"FIN"} and not after.rare
        if word.lower in grammar.verbless_prepositions and finite:
            yield Stretch(number, number + 1)
        participle = after.tag == "VERB.Part" and after.sure >= SURE and after.may == {"PART"}
        if word.lower in grammar.infinitive_prepositions and participle:
            yield Stretch(number, number + 1)


def bare_prepositions(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A preposition whose noun is missing: « dérive de et supprime », „die von abgeleitet wird“."""
    for number in range(len(words) - 2):
        word, after, beyond = words[number : number + 3]
        bare = word.form in grammar.object_prepositions and word.tag == "ADP" and word.sure >= SURE
        if not bare or after.start != word.end + 1 or min(after.sure, word.sure) < SURE:
            continue
        if grammar.verb_second:
            ends = beyond.tag.startswith("AUX") or beyond.form in (".", ",")
            alone = after.tag == "VERB.Part" and after.form.islower() and ends
        else:  # « avant et après la pluie » has another preposition, « en et hors » an adverb
            alone = after.tag == "CCONJ" and not beyond.tag.startswith(("ADP", "ADV"))
        if alone:
            yield Stretch(number, number + 1)


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
    """A small word with a capital in the middle of a sentence, between words in lower case.

    Prepositions and what stands for a noun by itself are passed over: they begin the label of a
    button or a state, « l’état sera En cours ».
    """
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
            label = before.tag in _BEFORE_LABELS or _is_label(word, after)
            begun = any(verb.tag in _BEGUN for verb in words[:number])
            if begun and not label and not _quoted(words, number):
                yield Stretch(number, number)


def sunk_sentences(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A stray capital that a finite verb follows: a clause begins there."""
    for stretch in stray_capitals(words, grammar):
        if any(is_finite(word) for word in words[stretch.first :]):
            yield stretch


def sunk_labels(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
    """A stray capital that no finite verb follows: it may begin a label."""
    for stretch in stray_capitals(words, grammar):
        if not any(is_finite(word) for word in words[stretch.first :]):
            yield stretch


def _is_label(word: Word, after: Word) -> bool:
    """Whether a determiner stands for a noun by itself: „auf Keine gestellt“."""
    return word.tag == "DET" and after.tag.startswith(("VERB", "AUX"))


def _aside(words: Sequence[Word], closing: int) -> bool:
    """Whether a few words in brackets stand within a sentence, as a ticker does."""
    reach = range(closing, max(0, closing - 6), -1)
    opening = next((at for at in reach if words[at].form == "("), 0)
    return opening > 2 and words[opening - 1].form[-1].isalnum()


def _quoted(words: Sequence[Word], number: int) -> bool:
    """Whether a quotation has been opened and not closed before a word."""
    marks = [word.form for word in words[:number] if word.form in '«»„“”"‚‘']
    return len(marks) % 2 == 1
