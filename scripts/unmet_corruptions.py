"""Faults that nothing was made for: neither the ear's training nor any rule knows these kinds.

They were written after the rules of 27 November 2026, to see what the rules of one language make of
a kind that nobody thought of. Whoever makes a rule for one of them puts it in `MET` and writes
another one. What they draw on is kept out of `noise.py`, the ear's generic faults: a kind that is
made of an exchange of small words or of one that is missing would be half learnt.
"""

from __future__ import annotations

from collections.abc import Callable

from corruptions import FINITE, Draft, Kind, Tools, _like

_OTHER = {
    "fr": {
        "a": "est", "est": "a", "ont": "sont", "sont": "ont", "avait": "était", "était": "avait",
        "avaient": "étaient", "étaient": "avaient", "avons": "sommes", "sommes": "avons",
    },
    "de": {
        "hat": "ist", "ist": "hat", "haben": "sind", "sind": "haben", "hatte": "war",
        "war": "hatte", "hatten": "waren", "waren": "hatten",
    },
}  # fmt: skip
_PREFIXES = frozenset(
    {
        "ab", "an", "auf", "aus", "bei", "ein", "fest", "her", "hin", "los", "mit", "nach", "vor",
        "weg", "zu", "zurück", "zusammen",
    }
)  # fmt: skip
_SECOND = frozenset({"pas", "plus", "jamais", "rien"})
# Finite forms in the mood or tense that does not go with what opens their clause.
_MOODS = {
    "soit": "est", "soient": "sont", "ait": "a", "aient": "ont", "puisse": "peut",
    "puissent": "peuvent", "fasse": "fait", "fassent": "font", "sache": "sait", "aille": "va",
    "vienne": "vient", "viennent": "viennent", "veuille": "veut", "prenne": "prend",
    "doive": "doit", "doivent": "doivent",
}  # fmt: skip
_IF = frozenset({"si", "s'"})
# Forms of to have and to be by person: what one subject has in place of another's.
_PERSONS = {
    "fr": {
        "je": ("ai", "suis", "vais"), "j'": ("ai", "étais", "avais"), "il": ("a", "est", "va"),
        "elle": ("a", "est", "va"), "nous": ("avons", "sommes", "allons"),
        "vous": ("avez", "êtes", "allez"), "ils": ("ont", "sont", "vont"),
    },
    "de": {
        "ich": ("habe", "bin", "werde"), "du": ("hast", "bist", "wirst"),
        "er": ("hat", "ist", "wird"), "wir": ("haben", "sind", "werden"),
    },
}  # fmt: skip
_FULL = ("NOUN", "ADJ", "VERB", "ADV")
_REACH = 7  # tokens behind an auxiliary in which its participle stands


def other_auxiliary(draft: Draft, tools: Tools) -> bool:
    """To have instead of to be, or the reverse, before a participle."""
    table = _OTHER[tools.language]

    def fits(p: int) -> bool:
        behind = draft.tags[p + 1 : p + 1 + _REACH]
        return draft.forms[p].lower() in table and any("PART" in tag for tag in behind)

    place = tools.pick(draft, fits)
    if place is None:
        return False
    form = draft.forms[place]
    draft.forms[place] = _like(table[form.lower()], form)
    draft.mark(place)
    return True


def half_gone(draft: Draft, tools: Tools) -> bool:
    """The second half of a French negation is missing."""

    def fits(p: int) -> bool:
        before = {form.lower() for form in draft.forms[max(0, p - 4) : p]}
        return draft.forms[p].lower() in _SECOND and bool(before & {"ne", "n'"})

    return tools.language == "fr" and _without(draft, tools, fits)


def prefix_gone(draft: Draft, tools: Tools) -> bool:
    """The prefix that ends a German clause is missing."""

    def fits(p: int) -> bool:
        return draft.forms[p] in _PREFIXES and draft.tags[p + 1] == "PUNCT"

    return tools.language == "de" and _without(draft, tools, fits)


def _without(draft: Draft, tools: Tools, fits: Callable[[int], bool]) -> bool:
    """Drop a word and mark the one before it."""
    place = tools.pick(draft, lambda p: 2 <= p < len(draft.forms) - 1 and fits(p))
    if place is None:
        return False
    draft.mark(place - 1)
    for part in (draft.forms, draft.spaced, draft.tags, draft.labels):
        del part[place]
    return True


def other_mood(draft: Draft, tools: Tools) -> bool:
    """The indicative where French wants the subjunctive: « bien qu'il est »."""
    return tools.language == "fr" and _instead(draft, tools, lambda p: _mood(draft, p))


def _mood(draft: Draft, place: int) -> str:
    form = draft.forms[place].lower()
    wanted = any(word in ("que", "qu'") for word in draft.forms[max(0, place - 5) : place])
    new = _MOODS.get(form, "")
    return new if wanted and draft.tags[place] in FINITE and new != form else ""


def tense_after_if(draft: Draft, tools: Tools) -> bool:
    """The conditional behind « si »: « si j'aurais su »."""
    return tools.language == "fr" and _instead(
        draft, tools, lambda p: _conditional(draft, tools, p)
    )


def _conditional(draft: Draft, tools: Tools, place: int) -> str:
    form, near = draft.forms[place].lower(), draft.forms[max(0, place - 3) : place]
    ending = next((e for e in ("aient", "ait", "ais") if form.endswith(e)), "")
    asked = draft.tags[place] in FINITE and any(word.lower() in _IF for word in near)
    if not asked or not ending or form.endswith("r" + ending):
        return ""
    family = tools.families.get(form, ())
    return next((other for other in family if other.endswith("r" + ending)), "")


def other_person(draft: Draft, tools: Tools) -> bool:
    """A verb in the person of another subject, in the same number or not: „ich ist“."""
    return _instead(draft, tools, lambda p: _person(draft, tools, p))


def _person(draft: Draft, tools: Tools, place: int) -> str:
    table = _PERSONS[tools.language]
    subject = draft.forms[place - 1].lower() if place else ""
    form = draft.forms[place].lower()
    if form not in table.get(subject, ()):
        return ""
    number = table[subject].index(form)
    others = [row[number] for row in table.values() if row[number] != form]
    return tools.chance.choice(others)


def _instead(draft: Draft, tools: Tools, another: Callable[[int], str]) -> bool:
    """Put what `another` makes of a word in its place."""
    place = tools.pick(draft, lambda p: bool(another(p)))
    if place is None:
        return False
    form = draft.forms[place]
    draft.forms[place] = _like(another(place), form)
    draft.mark(place)
    return True


def neighbours(draft: Draft, tools: Tools) -> bool:
    """Two full words that stand side by side have changed places."""

    def full(p: int) -> bool:
        return draft.tags[p].split("_")[0] in _FULL and not draft.forms[p].endswith("'")

    def fits(p: int) -> bool:
        there = p > 0 and p + 1 < len(draft.forms)
        return there and full(p) and full(p + 1) and draft.tags[p] != draft.tags[p + 1]

    place = tools.pick(draft, fits)
    if place is None:
        return False
    draft.move(place, place + 1, place + 2)
    draft.mark(place, place + 1)
    return True


UNMET: dict[str, tuple[Kind, float]] = {
    "neighbours": (neighbours, 1.0),
    "prefix-gone": (prefix_gone, 1.0),
    "other-mood": (other_mood, 1.0),
    "tense-after-if": (tense_after_if, 1.0),
    "other-person": (other_person, 1.0),
}
# Rules were made for these since (`wrong-auxiliary`, `half-negation`, 27 November 2026).
MET: dict[str, tuple[Kind, float]] = {
    "other-auxiliary": (other_auxiliary, 1.0),
    "half-gone": (half_gone, 1.0),
}
