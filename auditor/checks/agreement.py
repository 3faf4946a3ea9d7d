"""A determiner or a pronoun does not agree with the words behind it.

« Le maison », « un liste », „der Programm“, „einer neue Firma“, « les clients peut »: gender or
number of the noun were not known when the determiner or the verb was chosen, as happens where a
link, a label or a placeholder is set into a sentence. „…, falls Sie noch nicht geöffnet ist“ speaks
to the reader and means a thing.

What counts as right: what plain text has. For frequent words it was learnt which determiners stand
before them; a word is never judged that was seldom seen.

Limits: in German only the class of the determiner counts, and cases that look alike are one. A
noun that another noun follows is taken for a part of a compound. The number of a verb is compared
with that of a noun that begins a clause and has it right behind it, in French alone, and with the
polite pronoun of a subordinate clause in German, with no other noun or pronoun between.

Authority: MQM-Core, fluency/grammar (agreement).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.agreement import (
    clashing_numbers,
    disagreements,
    impolite_verbs,
    strange_endings,
    table,
    wrong_endings,
)
from auditor.fluency.clauses import Stretch
from auditor.fluency.grammar import Grammar, agreement
from auditor.fluency.tagger import Word
from auditor.model import Severity
from auditor.text.words import is_listed


def check(passage: Passage) -> Iterator[Hit]:
    """Look for determiners that do not agree with their noun in a sentence."""
    language = passage.sides[0].language

    def find(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
        rules = agreement(language.code)
        yield from disagreements(
            words,
            rules,
            table(language.code),
            lambda word: is_listed(word, language),
            capitals=language.capitalised_nouns,
        )
        yield from wrong_endings(words, rules)
        yield from strange_endings(words, rules)
        yield from clashing_numbers(words, rules, grammar.transparent)
        yield from impolite_verbs(words, rules)

    return sentence_hits(passage, find, "The words “{quote}” do not agree.", confidence=0.8)


RULE = Rule(
    slug="agreement",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La maison du maire se trouve au bord de la mer."}),
        Example({"de": "Das neue Programm beginnt heute, und die Programme sind bekannt."}),
        Example({"fr": "Le maison du maire se trouve au bord de la mer."}, ("Le maison",)),
        Example(
            {"fr": "Il faut attendre, car les clients peut payer demain."},
            ("les clients peut",),
        ),
        Example(
            {"de": "Öffnen Sie die Tür, falls Sie noch nicht geöffnet ist."},
            ("Sie noch nicht geöffnet ist",),
        ),
        Example({"de": "Der Hafen gehört seit gestern einer neue Firma."}, ("einer neue",)),
        Example(
            {"de": "Heute beginnt im Hafen der neue Programm für Kinder."}, ("der neue Programm",)
        ),
    ),
    longest=2_000,
)
