"""Takes negations out of a sentence and puts them in, for the training of `negation-mismatch`.

Wider than `near_misses.change_negation`, by which the rule is measured: every negation that the
auditor reads is taken out in some way, and any finite verb may be denied, at the places where a
language puts the negation. Words in `denial_plants.toml`. All choices come from the
`random.Random` that is passed in.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from auditor.fluency.tagger import Word, read_words
from auditor.languages import language
from auditor.text.negation import Negation, find_beyond, find_negations

_FINITE = ("VERB.Fin", "AUX.Fin")
# What may close a clause behind its negation: „hat … nicht geöffnet“.
_CLOSING = ("VERB", "AUX", "ADJ", "ADV", "ADP", "PART")
_CLAUSE_END = re.compile(r"[,.;:!?]")
_APART = 15  # characters from another negation
_AT_VERB = 0.45  # share of negations put in that stand right behind the verb


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("denial_plants.toml").read_text("utf-8"))


def plantable(code: str) -> bool:
    """Whether it is known how a language denies."""
    return code in _table()


def _row(code: str) -> dict[str, Any]:
    return _table()[code]


def take_out(text: str, code: str, chance: Random) -> str | None:
    """A copy without one of its negations, or None where there is none that can be taken out."""
    row = language(code)
    beyond = find_beyond(text, row)
    found = [*find_negations(text, row), *beyond]
    chance.shuffle(found)
    changed = (
        _only(text, negation, code)
        if negation in beyond
        else _without(text, negation, code, chance)
        for negation in found
    )
    return next((copy for copy in changed if _grew(text, copy, code) == -1), None)


def put_in(text: str, code: str, chance: Random) -> str | None:
    """A copy with one negation more, or None where no word can be denied."""
    row = _row(code)
    copy = None
    if chance.random() < row["denied_share"]:
        copy = _with_denied_word(text, row["denied"], chance)
    if copy is None:
        words = read_words([text], code)[0]
        denied = find_negations(text, language(code))
        verbs = [
            number
            for number, word in enumerate(words)
            if word.tag in _FINITE
            and not any(n.start - _APART < word.end and word.start < n.end + _APART for n in denied)
        ]
        if verbs:
            place = _before_and_behind if row["opener"] else _behind
            copy = place(text, words, chance.choice(verbs), row, chance)
    return copy if _grew(text, copy, code) == 1 else None


def _grew(before: str, after: str | None, code: str) -> int:
    """How many negations a copy has more."""
    if after is None:
        return 0
    row = language(code)
    counts = [len(find_negations(t, row)) + len(find_beyond(t, row)) for t in (before, after)]
    return counts[1] - counts[0]


def _only(text: str, negation: Negation, code: str) -> str:
    """The text with "only" in the place of "not only"."""
    opener = _row(code)["opener"]
    before, word = (
        text[: negation.start],
        text[negation.start : negation.end].rsplit(maxsplit=1)[-1],
    )
    if opener:
        before = re.sub(
            rf"\b(?:{opener}\s+|{_row(code)['elided_opener'][0]}['’])(?=\w+\s+$)", "", before
        )
    if text[negation.start].isupper():
        word = word.capitalize()
    return _tidy(before + word + text[negation.end :])


def _without(text: str, negation: Negation, code: str, chance: Random) -> str | None:
    """The text with an affirmation, or nothing, in the place of a negation."""
    row = _row(code)
    quote = text[negation.start : negation.end].replace("’", "'")
    opener, elided = row["opener"], row["elided_opener"]
    pattern = rf"(\w+\s+)?(?:{opener}\s+|{elided})(.*?)(\w+)?" if opener else r"()()(\w+)"
    match = re.fullmatch(pattern, quote, re.IGNORECASE | re.DOTALL) or re.fullmatch(
        r"()()(\w+)", quote
    )
    if match is None:
        return None
    first, middle, last = (group or "" for group in match.groups())
    word = first.strip() or last
    if word.lower() not in row["affirmed"]:
        return None
    new = chance.choice(row["affirmed"][word.lower()])
    # « personne n'a dit »: the second half stands first, and the verb ends the negation.
    replaced = f"{new} {middle}{last}" if first else f"{middle}{new}"
    if quote[0].isupper() and replaced:
        replaced = replaced[0].upper() + replaced[1:]
    return _tidy(text[: negation.start] + replaced + text[negation.end :])


def _tidy(text: str) -> str:
    return re.sub(r" (?=[,.]( |$))", "", re.sub(r"  +", " ", text)).strip()


def _with_denied_word(text: str, denied: dict[str, str], chance: Random) -> str | None:
    places = list(re.finditer(rf"\b(?:{'|'.join(denied)})\b", text, re.IGNORECASE))
    if not places:
        return None
    word = chance.choice(places)
    new = denied[word.group().lower()]
    new = new.capitalize() if word.group()[0].isupper() else new
    return text[: word.start()] + new + text[word.end() :]


def _before_and_behind(
    text: str, words: tuple[Word, ...], verb: int, row: dict[str, Any], chance: Random
) -> str | None:
    """A negation in two parts around a verb and the pronouns that cling to it."""
    first = verb
    while first and words[first - 1].form.lower().replace("’", "'") in row["clitics"]:
        first -= 1
    start, end = words[first].start, words[verb].end
    group = text[start:end]
    if group[0].isupper():
        return None
    opener = row["elided_opener"] if group[0] in row["vowels"] else f"{row['opener']} "
    return f"{text[:start]}{opener}{group} {chance.choice(row['negations'])}{text[end:]}"


def _behind(
    text: str, words: tuple[Word, ...], verb: int, row: dict[str, Any], chance: Random
) -> str | None:
    """A negation right behind a verb, or before the last word of its clause."""
    negation = chance.choice(row["negations"])
    end = words[verb].end
    close = _CLAUSE_END.search(text, end)
    stop = close.start() if close else len(text)
    inside = [word for word in words if end <= word.start and word.end <= stop]
    if not inside:  # a verb at the end of its clause
        return f"{text[: words[verb].start]}{negation} {text[words[verb].start :]}"
    last = inside[-1]
    if chance.random() >= _AT_VERB and last.tag.startswith(_CLOSING):
        return f"{text[: last.start]}{negation} {text[last.start :]}"
    return f"{text[:end]} {negation}{text[end:]}"
