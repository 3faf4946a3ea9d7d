"""What a text denies: negations in one word or two, and whether it may deny in another way."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from auditor.languages import Language
from auditor.languages import Negation as Negations
from auditor.text.patterns import any_of
from auditor.text.words import is_listed

# A word, with the apostrophe of its elision (« n' ») or of a negation at its end ("doesn't").
_TOKEN = re.compile(r"[^\W\d_]+(?:(?<=n)['’]t\b|['’])?")
_REACH = 9  # words from the first half of a negation to its second
_CLAUSE = re.compile(r"[.;:!?]")
_PART = re.compile(r"[,.;:!?()–—]")
_PART_END = re.compile(r"[,()–—]\s*$")
_CONCORD = 5  # words behind a negation that may say the same once more: "ne … plus aucun"
_NEAR = 25  # characters behind a negation in which the word that it denies begins
_NUMBERED = re.compile(r"\.?\s?\d")
_REST = 5  # letters behind a prefix


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies; both words of a negation in two parts."""

    start: int
    end: int


def find_negations(text: str, language: Language) -> tuple[Negation, ...]:
    """The negations of a text; those of a list ("neither … nor") count once."""
    plain = _plain(text)
    tokens = list(_TOKEN.finditer(plain))
    rows = language.negation
    idle = [match.span() for match in _any_of(rows.idle | rows.beyond).finditer(plain)]
    taken: set[int] = set()
    found = list(_in_two_parts(plain, tokens, language, taken))
    for number, token in enumerate(tokens):
        denies = number not in taken and token.group() in rows.words
        if denies and not _counts(plain, token, language):
            taken.add(number)
            found.append(Negation(*token.span()))
    found += _joined(plain, tokens, language, taken, found)
    kept = [n for n in found if not any(a < n.end and n.start < b for a, b in idle)]
    return tuple(sorted(kept, key=lambda negation: negation.start))


def _counts(plain: str, token: re.Match[str], language: Language) -> bool:
    """Whether a word is short for "number": "No. 1", "No 96"."""
    short = f"{token.group()}." in language.segmentation.number_abbreviations
    return short and _NUMBERED.match(plain, token.end()) is not None


def negations_of(texts: Sequence[str], languages: Sequence[Language]) -> list[list[Negation]]:
    """The negations of two texts that are held against one another.

    "Not only" counts where the other says "only", and "not only" nowhere: it may have lost a word.
    """
    found = [list(find_negations(*side)) for side in zip(texts, languages, strict=True)]
    wider = [find_beyond(*side) for side in zip(texts, languages, strict=True)]
    for index in (0, 1):
        if not wider[1 - index] and _is_only(texts[1 - index], languages[1 - index]):
            found[index] = sorted({*found[index], *wider[index]}, key=lambda n: n.start)
    return found


def find_beyond(text: str, language: Language) -> tuple[Negation, ...]:
    """Where a text says "not only"."""
    pattern = _any_of(language.negation.beyond)
    return tuple(Negation(*match.span()) for match in pattern.finditer(_plain(text)))


def _is_only(text: str, language: Language) -> bool:
    return _any_of(language.negation.only).search(_plain(text)) is not None


def find_echoes(
    text: str, negations: Sequence[Negation], language: Language
) -> frozenset[Negation]:
    """Those of a text's negations that repeat one of their sentence: "no oil, and no coal"."""
    plain = _plain(text)
    return frozenset(
        negation
        for before, negation in pairwise(negations)
        if not _CLAUSE.search(plain, before.end, negation.start)
        and _repeats(plain[before.end : negation.start], plain[negation.start :], language)
    )


def _repeats(between: str, behind: str, language: Language) -> bool:
    """Whether a negation, by its first words and those before it, goes on with another one."""
    return (
        behind.split(maxsplit=1)[0] in language.negation.joined
        or _PART_END.search(between) is not None
        or _echo(language).search(between) is not None
    )


@cache
def _echo(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(language.negation.echoes)))
    return re.compile(rf"\b(?:{words})\s+$" if words else r"(?!)")


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


@cache
def _any_of(entries: frozenset[str]) -> re.Pattern[str]:
    return re.compile(any_of(entries, r"\b{}\b"))


def _joined(
    plain: str,
    tokens: list[re.Match[str]],
    language: Language,
    taken: set[int],
    found: Sequence[Negation],
) -> Iterator[Negation]:
    """Words that deny by themselves where nothing else in the sentence does: « ni vu ni connu ».

    One alone repeats what was denied, even where that was lost.
    """
    sentences = [match.start() for match in _CLAUSE.finditer(plain)]
    denied = {bisect(sentences, negation.start) for negation in found}
    places: dict[int, list[re.Match[str]]] = {}
    for number, token in enumerate(tokens):
        if number not in taken and token.group() in language.negation.joined:
            places.setdefault(bisect(sentences, token.start()), []).append(token)
    for sentence, inside in places.items():
        if len(inside) >= language.negation.fewest_joined and sentence not in denied:
            yield Negation(*inside[0].span())


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
        head = None if second is not None else _head(plain, tokens, number, language)
        if head is not None:
            taken.update(n for n in range(head, number) if tokens[n].group() in rows.heads)
            yield Negation(*tokens[head].span())
        elif second is None:
            following = tokens[number + 1].group() if number + 1 < len(tokens) else ""
            if following in rows.bare_verbs:
                yield Negation(token.start(), tokens[number + 1].end())
        elif not _restricts(tokens, second, rows):
            taken.add(second)
            taken.update(_agreeing(plain, tokens, max(number, second), rows))
            first, last = sorted((number, second))  # "personne ne" has them the other way round
            yield Negation(tokens[first].start(), tokens[last].end())


def _head(plain: str, tokens: list[re.Match[str]], opener: int, language: Language) -> int | None:
    """A first half that stands apart: « personne dans ce village ne », « ni lui ni elle ne »."""
    found = None
    for number in range(opener - 1, max(-1, opener - 1 - _REACH), -1):
        if _CLAUSE.search(plain, tokens[number].end(), tokens[opener].start()):
            break
        before = tokens[number - 1].group() if number else ""
        if tokens[number].group() in language.negation.heads and before not in language.determiners:
            found = number
    return found


def _agreeing(plain: str, tokens: list[re.Match[str]], last: int, rows: Negations) -> Iterator[int]:
    """Words that say a negation once more: « ne … plus aucun », « ne … jamais rien »."""
    for number in range(last + 1, min(last + 1 + _CONCORD, len(tokens))):
        if _PART.search(plain, tokens[last].end(), tokens[number].start()):
            return
        if tokens[number].group() in rows.openers:
            return
        if tokens[number].group() in rows.seconds - rows.restrictions:
            yield number


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
        if any(_is_implicit(word, language) for word in _readings(plain, match))
    ]
    found += [match.start() for match in _phrases(language).finditer(plain)]
    return tuple(sorted(found))


def _readings(plain: str, match: re.Match[str]) -> Iterator[str]:
    """A word by itself, and as the end of one with a hyphen: „Öl-frei“."""
    word = match.group().rstrip("'’")
    yield word
    if plain[: match.start()].endswith("-"):
        yield f"-{word}"


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
    if word in language.determiners:  # „unserer“
        return False
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
