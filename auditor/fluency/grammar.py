"""What the fluency rules know of a language: one row of data each, in ``auditor/data/fluency``.

Words are in lower case, apostrophes straight. An empty list means that the language has no such
words, and that the rule which asks for them has nothing to say about it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.fluency.tokens import Cuts

_ROWS = files("auditor") / "data" / "fluency"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Facts about clauses, by what the rules need them for."""

    clause_commas: bool  # a comma stands between two clauses: „…, die …, ist“
    verb_second: bool  # the finite verb is second in a main clause, last in a subordinate one
    transparent: frozenset[
        str
    ]  # may stand between a verb and what belongs to it: clitics, negation
    frozen_verbs: frozenset[str]  # forms of verbs that are other words as well: "soit"
    reflexives: frozenset[str]  # pronouns that only a verb can follow: "s'"
    twofold_beginnings: tuple[str, ...]  # of verbs whose participle may look like a finite form
    twofold_endings: tuple[str, ...]  # of such forms
    finite_endings: tuple[str, ...]  # of forms that are nothing else, if they are verbs alone
    final_verbs: frozenset[str]  # auxiliaries at the end of a clause: "haben"
    copulas: frozenset[str]  # that govern no infinitive: "sind"
    comma_joiners: frozenset[str]  # words between two verbs that make up for a comma: "und"
    verb_last_conjunctions: frozenset[str]  # that have a comma before them where they open a clause
    relatives: frozenset[str]  # that have a comma before them; articles too: "die"
    question_words: frozenset[str]  # that open a clause with a comma before it: "warum"
    subject_pronouns: frozenset[str]  # pronouns that may be subjects: "sie"
    adverb_ending: str  # of adverbs that never stand between a subject and its auxiliary
    connectors: frozenset[str]  # open a clause that wants a verb of its own
    subject_relatives: frozenset[str]  # relatives that are always a subject: "qui"
    relative_idioms: frozenset[str]  # what follows such a relative in an idiom: "qui plus est"
    verbal_subjects: frozenset[str]  # pronouns that are always subjects: "il"
    infinitive_mark: str  # "zu"
    linked_prepositions: Mapping[str, str]  # preposition -> what must link it to an infinitive
    nominal_prepositions: frozenset[str]  # that no infinitive follows: "depuis"
    object_prepositions: frozenset[str]  # that always have their noun behind them: "von"
    verbless_prepositions: frozenset[str]  # that no finite verb follows: "de"
    infinitive_prepositions: frozenset[str]  # that no participle follows: "pour"
    perfect_infinitives: frozenset[str]  # that follow the others too: "après avoir"
    infinitive_groups: frozenset[str]  # open a group whose infinitive has its mark: "ohne"
    bare_infinitive_verbs: frozenset[str]  # govern infinitives without it: "muss"
    reporting_participles: frozenset[str]  # that are often followed by what was said: "signalé"
    complementisers: frozenset[str]  # begin what was said: "que"
    participle_prepositions: frozenset[str]  # fixed phrases with a participle: "étant donné"
    comma_conjunctions: frozenset[str]  # have a comma before them: "dass"
    spans_of_time: frozenset[str]  # before a conjunction: "zwei Tage nachdem" has no comma inside
    comma_exempt: frozenset[str]  # words before them that take the comma's place: "und"
    elided_before_vowel: Mapping[str, str]  # "le" -> "l'": how a word is written before a vowel
    unelided: frozenset[str]  # words with a vowel at the front that nothing is elided before
    indefinite: frozenset[str]  # articles of an object that was not yet named: "ein"
    formal: frozenset[str]  # pronouns that have a capital out of politeness: "Sie"
    to_have: frozenset[str]  # finite forms of the verb: "hat"
    to_be: frozenset[str]  # "ist"
    may_be_reflexive: frozenset[str]  # pronouns that are reflexive before some verbs: "m'"
    only_to_be: frozenset[str]  # participles that never go with to have: "gegangen"
    only_to_have: frozenset[str]  # participles that never go with to be: "gehabt"
    negation_openings: frozenset[str]  # the first of a negation's two words: "ne"
    negation_words: frozenset[str]  # what makes it whole: "pas"
    negated_alone: frozenset[str]  # verbs that need no second word: "sait"
    negation_subjects: frozenset[str]  # that make it whole before the first: "personne"
    negation_shelters: frozenset[str]  # words behind which the first may stand alone: "que"
    sole_negations: frozenset[str]  # that no other negation may follow in their clause: "pas"
    second_negations: frozenset[str]  # such others, as they are written: "aucun"
    negation_reach: int  # words behind the first within which another one is too much
    negation_barriers: frozenset[str]  # words between them that open something new: "que"
    second_negation_exempt: frozenset[str]  # before either: "pas pour rien"
    counted_nothings: frozenset[str]  # that something may well not be: "ce n'est pas rien"


@cache
def _row(code: str) -> dict[str, Any]:
    return tomllib.loads((_ROWS / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def cuts(code: str) -> Cuts:
    """Where words of a language are cut into tokens."""
    row = _row(code)["cuts"]
    return Cuts(
        frozenset(row["elided"]),
        frozenset(row["uncut"]),
        tuple(sorted(row["enclitics"], key=lambda ending: (-len(ending), ending))),
    )


@cache
def grammar(code: str) -> Grammar:
    """What is known of the clauses of a language."""
    row = _row(code)["grammar"]
    known = {entry.name for entry in fields(Grammar)}
    if known != row.keys():
        raise ValueError(f"grammar of {code}: wrong keys {sorted(known ^ row.keys())}")
    values: dict[str, Any] = {
        key: _listed(key, value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Grammar(**values)


def _listed(key: str, value: list[str]) -> frozenset[str] | tuple[str, ...]:
    return (
        tuple(value) if key.startswith("twofold") or key == "finite_endings" else frozenset(value)
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """Determiners by class, and what a class that is often before a word tells of it.

    ``readings``: letters of classes any of which tells a reading, and the letters of all classes
    that may then stand before the word.
    """

    classes: Mapping[str, frozenset[str]]
    readings: tuple[tuple[str, str], ...]
    pronouns: frozenset[str]  # determiners that are pronouns as well
    both_genders: frozenset[str]  # words for persons that stand with either gender
    weak_after: frozenset[str]  # after these an adjective always has ``weak_ending``
    weak_ending: str
    never_after: Mapping[str, tuple[str, ...]]  # determiner -> endings that no adjective has there
    plural_verb: str  # how a verb ends whose subject is in the plural; empty: not told by its end
    singular_subject: frozenset[str]  # determiners of a subject in the singular
    plural_subject: frozenset[str]
    polite: frozenset[str]  # pronouns that take the plural and have a capital: "Sie"
    singular_auxiliaries: frozenset[str]  # "ist"; asked for after these pronouns only
    collectives: frozenset[str]  # nouns in the singular that a verb in the plural may follow
    indeclinable: frozenset[str]  # look like adjectives, and open another noun: "ein bisschen Salz"
    # Letters of classes: of the genitive, and of the two that a noun has which forms one with "s"
    # (the first of them), or with "n" (both: "dem Jungen", "der Junge").
    genitive: tuple[str, str, str] | None


@cache
def agreement(code: str) -> Agreement:
    """The determiners of a language."""
    row = _row(code)["agreement"]
    classes = {letter: frozenset(words) for letter, words in row["classes"].items()}
    readings = tuple((telling, implied) for telling, implied in row["readings"])
    return Agreement(
        classes,
        readings,
        frozenset(row["pronouns"]),
        frozenset(row["both_genders"]),
        frozenset(row["weak_after"]),
        row["weak_ending"],
        {word: tuple(endings) for word, endings in row["never_after"].items()},
        row["plural_verb"],
        frozenset(row["singular_subject"]),
        frozenset(row["plural_subject"]),
        frozenset(row["polite"]),
        frozenset(row["singular_auxiliaries"]),
        frozenset(row["collectives"]),
        frozenset(row["indeclinable"]),
        tuple(row["genitive"]) or None,
    )
