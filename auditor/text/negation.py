"""What a text denies: negations in one word or two, and whether it may deny in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor.languages import Language
from auditor.languages import Negation as Negations
from auditor.text.words import is_listed

# A word, with the apostrophe of its elision (« n' ») or of a negation at its end ("doesn't").
_TOKEN = re.compile(r"[^\W\d_]+(?:(?<=n)['’]t\b|['’])?")
_REACH = 9  # words from the first half of a negation to its second
_CLAUSE = re.compile(r"[.;:!?]")
_NEAR = 25  # characters behind a negation in which the word that it denies begins
_REST = 5  # letters behind a prefix


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies; both words of a negation in two parts."""

    start: int
    end: int


def find_negations(text: str, language: Language) -> tuple[Negation, ...]:
    """The negations of a text; those of a list ("neither … nor") count once."""
    plain = text.lower().replace("’", "'")
    tokens = list(_TOKEN.finditer(plain))
    idle = [match.span() for match in _idle(language).finditer(plain)]
    taken: set[int] = set()
    found = list(_in_two_parts(plain, tokens, language, taken))
    for number, token in enumerate(tokens):
        if number not in taken and token.group() in language.negation.words:
            found.append(Negation(*token.span()))
    kept = [n for n in found if not any(a < n.end and n.start < b for a, b in idle)]
    return tuple(sorted(kept, key=lambda negation: negation.start))


@cache
def _idle(language: Language) -> re.Pattern[str]:
    phrases = sorted(language.negation.idle, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in phrases) or r"(?!)")


def _in_two_parts(
    plain: str, tokens: list[re.Match[str]], language: Language, taken: set[int]
) -> Iterator[Negation]:
    """Negations with an opener: "ne … pas"; "ne … que" and a lonely "ne" deny nothing."""
    rows = language.negation
    for number, token in enumerate(tokens if rows.openers else ()):
        if token.group() not in rows.openers:
            continue
        taken.add(number)
        second = _second(plain, tokens, number, language)
        if second is None:
            following = tokens[number + 1].group() if number + 1 < len(tokens) else ""
            if following in rows.bare_verbs:
                yield Negation(token.start(), tokens[number + 1].end())
        elif not _restricts(tokens, second, rows):
            taken.add(second)
            first, last = sorted((number, second))  # "personne ne" has them the other way round
            yield Negation(tokens[first].start(), tokens[last].end())


def _restricts(tokens: list[re.Match[str]], second: int, rows: Negations) -> bool:
    """Whether a second half says "only": « ne … que », and « ne … plus que »."""
    following = tokens[second + 1].group() if second + 1 < len(tokens) else ""
    own = tokens[second].group()
    return own in rows.restrictions or (own in rows.fading and following in rows.restrictions)


def _second(plain: str, tokens: list[re.Match[str]], opener: int, language: Language) -> int | None:
    """The second half that belongs to an opener: the next one in the clause."""
    rows = language.negation
    before = tokens[opener - 1] if opener else None
    if before and before.group() in rows.seconds and before.group() not in rows.restrictions:
        return opener - 1  # "personne ne", "rien n'"
    for number in range(opener + 1, min(opener + _REACH, len(tokens))):
        if _CLAUSE.search(plain, tokens[opener].end(), tokens[number].start()):
            return None
        word = tokens[number].group()
        if word in rows.openers:
            return None
        if word in rows.seconds or word in rows.restrictions:
            return number
    return None


def is_undone(negation: Negation, text: str, language: Language) -> bool:
    """Whether a negation denies a word that denies itself: "not exempt", "cannot be denied"."""
    behind = text[negation.end : negation.end + _NEAR]
    inside = " ".join(text[negation.start : negation.end].split()[:-1])
    return bool(find_implicit(behind, language) or find_implicit(inside, language))


def find_implicit(text: str, language: Language) -> tuple[int, ...]:
    """Where words may deny without a negation: "refuse", "impossible", "hardly"."""
    plain = text.lower()
    found = [
        match.start()
        for match in _TOKEN.finditer(plain)
        if _is_implicit(match.group().rstrip("'’"), language)
    ]
    found += [match.start() for match in _phrases(language).finditer(plain)]
    return tuple(sorted(found))


@cache
def _phrases(language: Language) -> re.Pattern[str]:
    phrases = sorted(entry for entry in language.negation.implicit if " " in entry)
    return re.compile("|".join(rf"\b{re.escape(phrase)}" for phrase in phrases) or r"(?!)")


@cache
def _beginnings(language: Language) -> tuple[str, ...]:
    return tuple(entry[:-1] for entry in sorted(language.negation.implicit) if entry[-1] == "*")


@lru_cache(maxsize=100_000)
def _is_implicit(word: str, language: Language) -> bool:
    rows = language.negation
    if word in rows.implicit or word.startswith(_beginnings(language)):
        return True
    if any(word.endswith(suffix) and len(word) > len(suffix) for suffix in rows.suffixes):
        return True
    return any(
        word.startswith(prefix)
        and len(word) >= len(prefix) + _REST
        and any(is_listed(word[len(prefix) : cut], language) for cut in (None, -1, -2))
        for prefix in rows.prefixes
    )
