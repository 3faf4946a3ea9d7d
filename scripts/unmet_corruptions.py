"""Faults that nothing was made for: neither the ear's training nor any rule knows these kinds.

They were written after the rules of 27 November 2026, to see what the rules of one language make of
a kind that nobody thought of. Whoever makes a rule for one of them writes another one.
"""

from __future__ import annotations

from corruptions import Draft, Kind, Tools, _like

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
    """The second half of a French negation, or the prefix that ends a German clause, is missing."""

    def fits(p: int) -> bool:
        if p < 2 or p + 1 >= len(draft.forms):
            return False
        if tools.language == "fr":
            before = {form.lower() for form in draft.forms[max(0, p - 4) : p]}
            return draft.forms[p].lower() in _SECOND and bool(before & {"ne", "n'"})
        return draft.forms[p] in _PREFIXES and draft.tags[p + 1] == "PUNCT"

    place = tools.pick(draft, fits)
    if place is None:
        return False
    draft.mark(place - 1)
    for part in (draft.forms, draft.spaced, draft.tags, draft.labels):
        del part[place]
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
    "other-auxiliary": (other_auxiliary, 1.0),
    "half-gone": (half_gone, 1.0),
    "neighbours": (neighbours, 1.0),
}
