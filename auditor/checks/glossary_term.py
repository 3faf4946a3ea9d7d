"""A term of the glossary has another translation than the one that is approved.

A reader who meets one thing under two names looks for two things; a team that agreed on names wants
them kept. Where one of the glossary's terms stands in a sentence, its counterpart must have one of
the terms that are approved for the same concept. A forbidden term is reported wherever it stands.
Silent without a glossary (``--glossary FILE``).

What counts as equal: inflected forms, compounds and derivations of an approved term, its words in
another order, and a term that has slipped into the sentence before or behind. A term asks for its
counterpart where it stands by itself: within a compound, or within a longer term of the glossary,
it may mean something else. A noun in German has its capital, a term in capitals is an acronym, and
elsewhere a capital in mid-sentence makes a name of a word.

Limits: a pronoun may stand for a term, so that this alone is never more than minor (settings can
raise it); a forbidden term is major where it stands beside what it is forbidden for. A word with
two meanings asks for the terms of either.

Authority: MQM, terminology/inconsistent with terminology resource; ISO 17100 (terminology).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import LONGEST, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.model import Severity
from auditor.text.glossary import Concept, Glossary
from auditor.text.terms import Found, count_term, find_terms


def check(passage: Passage) -> Iterator[Hit]:
    """First what is forbidden; then what is lacking, where nothing forbidden stands for it."""
    glossary = passage.glossary
    if not glossary.concepts or len(passage.sides) < 2:
        return
    found = [find_terms(side.text, side.language, glossary) for side in passage.sides]
    for index, _, _ in passage.opposites():
        for term in found[index]:
            if term.forbidden and not _is_other(term, found[index], found[1 - index]):
                yield _forbidden(passage, index, term, found[1 - index])
    for index, side, other in passage.opposites():
        replaced = {term.concept for term in found[1 - index] if term.forbidden}
        for terms in _groups(found[index]):
            if not replaced.intersection(term.concept for term in terms):
                yield from _missing(passage, (index, side, other), terms)


def _is_other(term: Found, beside: Sequence[Found], facing: Sequence[Found]) -> bool:
    """Whether what is forbidden for one concept is meant as an approved term of another."""
    same_place = {t.concept for t in beside if not t.forbidden and t.start == term.start}
    faced = {t.concept for t in facing if not t.forbidden}
    return bool(same_place) and (term.concept not in faced or bool(same_place & faced))


def _groups(found: Sequence[Found]) -> Iterator[list[Found]]:
    """The approved terms, those at one place together, and of each concept the first."""
    places: dict[tuple[int, int], list[Found]] = {}
    for term in found:
        if not term.forbidden:
            places.setdefault((term.start, term.end), []).append(term)
    seen: set[int] = set()
    for terms in places.values():
        if not seen.issuperset(term.concept for term in terms):
            seen.update(term.concept for term in terms)
            yield terms


def _missing(
    passage: Passage, sides: tuple[int, Side, Side], terms: Sequence[Found]
) -> Iterator[Hit]:
    index, side, other = sides
    wanted = [_approved(passage.glossary, term, other) for term in terms]
    if not all(wanted):
        return  # the glossary doesn't say what one of them is called there
    alternatives = list(dict.fromkeys(term for several in wanted for term in several))
    if any(count_term(term, other.text, other.language) for term in alternatives):
        return
    theirs = sum(count_term(term, other.nearby, other.language) for term in alternatives)
    ours = sum(count_term(terms[0].term, text, side.language) for text in (side.text, side.nearby))
    if theirs and theirs >= ours:
        return  # slipped into the sentence before or behind
    first = terms[0]
    yield Hit(
        marks=(Mark(index, first.start, first.end),),
        message=f"The glossary calls “{first.term}” {_listed(alternatives)} in "
        f"{other.language.name}; the {other.language.name} does not say so here."
        + _noted(passage.glossary.concepts[first.concept]),
        confidence=0.4 if theirs else 0.6,
        evidence={"term": first.term, "approved": " | ".join(alternatives)},
    )


def _approved(glossary: Glossary, term: Found, side: Side) -> tuple[str, ...]:
    return glossary.concepts[term.concept].approved.get(side.language.code, ())


def _forbidden(passage: Passage, index: int, term: Found, facing: Sequence[Found]) -> Hit:
    side = passage.sides[index]
    text = side.text[term.start : term.end]
    mate = next((t for t in facing if t.concept == term.concept and not t.forbidden), None)
    approved = _approved(passage.glossary, term, side)
    instead = f": the glossary wants {_listed(approved)}" if approved else " by the glossary"
    marks = (Mark(1 - index, mate.start, mate.end),) if mate else ()
    other = passage.sides[1 - index]
    faced = mate or any(
        count_term(name, other.text, other.language)
        for name in _approved(passage.glossary, term, other)
    )
    return Hit(
        marks=(Mark(index, term.start, term.end), *marks),
        message=f"“{text}” is forbidden{instead}."
        + _noted(passage.glossary.concepts[term.concept]),
        confidence=0.95 if faced else 0.7,
        severity=Severity.MAJOR if faced else Severity.MINOR,
        suspect=index,
        evidence={"term": term.term, "approved": " | ".join(approved)},
    )


def _listed(terms: Sequence[str]) -> str:
    return " or ".join(f"“{term}”" for term in terms)


def _noted(concept: Concept) -> str:
    return f" Note: {concept.note}" if concept.note else ""


_HARBOUR = Glossary(
    (
        Concept(
            {"de": ("Hafen",), "fr": ("port",)},
            {"fr": ("havre",)},
        ),
        Concept(
            {"de": ("künstliche Intelligenz", "KI"), "fr": ("intelligence artificielle", "IA")}
        ),
    )
)

RULE = Rule(
    slug="glossary-term",
    category="terminology/inconsistent-with-terminology-resource",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    longest=LONGEST,
    examples=(
        Example(
            {"fr": "Les ports restent ouverts.", "de": "Die Häfen bleiben offen."},
            glossary=_HARBOUR,
        ),
        Example(
            {
                "fr": "L’IA surveille la capitainerie.",
                "de": "Künstliche Intelligenz überwacht die Hafenbehörde.",
            },
            glossary=_HARBOUR,
        ),
        Example(
            {"fr": "Le quai reste ouvert.", "de": "Der Hafen bleibt offen."},
            ("Hafen",),
            glossary=_HARBOUR,
        ),
        Example(
            {"fr": "Le havre reste ouvert.", "de": "Der Hafen bleibt offen."},
            ("havre", "Hafen"),
            glossary=_HARBOUR,
        ),
        Example(
            {"fr": "Un robot surveille le port.", "de": "Eine KI überwacht den Hafen."},
            ("KI",),
            glossary=_HARBOUR,
        ),
    ),
)
