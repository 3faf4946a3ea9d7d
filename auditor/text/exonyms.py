"""What a name stands for in every language: countries and cities after CLDR, and the rows' own.

CLDR (through Babel) names territories, languages and the cities of time zones. The language rows
add what it has not: other names, the words for those who live there, regions, rivers, the names of
kings and popes. Babel is loaded when the first name asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from auditor import languages
from auditor.languages import Language
from auditor.text.spelling import fold

_SHORTEST = 2
_LONGEST = 24
_STEM = 3  # letters: a shorter beginning must be the whole word


@cache
def _concepts(language: Language) -> Mapping[str, frozenset[str]]:
    """Folded beginnings of names -> what they may stand for."""
    found: dict[str, set[str]] = {}
    for name, concept in _published(language):
        found.setdefault(fold(name), set()).add(concept)
    for name, concepts in language.exonyms.items():
        found.setdefault(fold(name), set()).update(concepts)
    return {name: frozenset(concepts) for name, concepts in found.items()}


def _published(language: Language) -> Iterator[tuple[str, str]]:
    from babel import Locale
    from babel.core import get_global

    locale = Locale(language.code)
    for code, name in locale.territories.items():
        yield str(name), str(code)
    for code, name in locale.languages.items():
        yield str(name), f"language {code}"
    for zone in get_global("zone_territories"):
        city = locale.time_zones.get(zone, {}).get("city")
        yield str(city or zone.rsplit("/", 1)[-1].replace("_", " ")), f"city {zone}"


@lru_cache(maxsize=100_000)
def concepts(word: str, language: Language) -> frozenset[str]:
    """What a word may name: by itself, or by what it begins with.

    What means nothing in its own language may have been left in another one.
    """
    rows = [language, *(languages.language(code) for code in languages.codes())]
    return next(filter(None, (_concepts_in(word, row) for row in rows)), frozenset())


def full_name(word: str, language: Language) -> frozenset[str]:
    """What a word names as it stands, with no ending."""
    return _concepts(language).get(fold(word), frozenset())


def _concepts_in(word: str, language: Language) -> frozenset[str]:
    folded = fold(word)
    found = set(_meant(folded, language))
    for prefix in language.names.prefixes:
        if folded.startswith(fold(prefix)):
            found |= _meant(folded[len(fold(prefix)) :], language)
    return frozenset(found)


def _meant(folded: str, language: Language) -> set[str]:
    known = _concepts(language)
    found: set[str] = set()
    for length in range(_SHORTEST, min(len(folded), _LONGEST) + 1):
        if length >= _STEM or length == len(folded):
            found |= known.get(folded[:length], frozenset())
    return found


@cache
def _territories(language: Language) -> frozenset[str]:
    from babel import Locale

    names = Locale(language.code).territories.items()
    return frozenset(str(name) for code, name in names if str(code).isalpha())


def is_territory(word: str, language: Language) -> bool:
    """Whether a word is the name of a country or region as it is written."""
    return word in _territories(language)


def phrase_concepts(text: str, language: Language) -> frozenset[str]:
    """What the names of several words in a text stand for: "Vereinigte Staaten"."""
    folded = fold(text)
    found: set[str] = set()
    for name, meant in _phrases(language).items():
        if name in folded:
            found |= meant
    return frozenset(found)


@cache
def _phrases(language: Language) -> Mapping[str, frozenset[str]]:
    return {
        form: meant
        for name, meant in _concepts(language).items()
        if (" " in name or "-" in name) and len(name) > _STEM
        for form in _inflected(name, language)
    }


def _inflected(name: str, language: Language) -> Iterator[str]:
    """A name of several words as it is, and with each ending that its adjective may have."""
    yield name
    adjective, blank, rest = name.partition(" ")
    endings = language.adjective_endings
    end = next((e for e in sorted(endings, key=len) if blank and adjective.endswith(e)), None)
    if end is not None:
        stem = adjective.removesuffix(end)
        yield from (f"{stem}{other} {rest}" for other in endings if other != end)
