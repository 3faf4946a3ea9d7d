"""Near misses: copies of a sentence in which one thing that matters has been changed.

Training, calibration and evaluation use the same five kinds. Every function takes a sentence and
returns the changed copy, or None where the sentence offers nothing to change. All choices come
from the `random.Random` that is passed in, so that equal seeds give equal copies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

KINDS = ("number", "name", "negation", "antonym", "clause")

_DIGITS = re.compile(r"\d+")
_CAPITALISED = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][\w]{2,}(?![\w-])")
_CLAUSE = re.compile(r"\s*[,;:–—]\s+")

# Names of our own choosing; the training script draws from the corpus instead.
NAMES: tuple[str, ...] = (
    "Garnier", "Lopez", "Oslo", "Madrid", "Kenia", "Novak", "Ferrari", "Siemens", "Lissabon",
    "Toronto", "Peru", "Hansen", "Meyer", "Dublin", "Chicago", "Tanaka", "Airbus", "Keller",
    "Martinez", "Nairobi", "Kowalski", "Helsinki", "Samsung", "Rossi", "Chile", "Vermont",
)  # fmt: skip

_NEGATABLE = {
    "de": "ist sind war waren hat haben hatte wird werden wurde wurden kann können konnte muss "
    "müssen soll sollte sollten darf dürfen will wollen würde würden gibt kommt geht",
    "fr": "est sont était étaient a ont avait avaient sera seront fut peut peuvent pouvait doit "
    "doivent devrait va vont veut veulent serait seraient aurait fait permet",
    "en": "is are was were has have had will would can could must should may might does do did",
}

# Each pair is used in both directions.
_ANTONYMS: dict[str, tuple[tuple[str, str], ...]] = {
    "de": (
        ("mehr", "weniger"), ("vor", "nach"), ("immer", "nie"), ("erste", "letzte"),
        ("ersten", "letzten"), ("neue", "alte"), ("neuen", "alten"), ("gut", "schlecht"),
        ("große", "kleine"), ("großen", "kleinen"), ("groß", "klein"), ("hoch", "niedrig"),
        ("hohe", "niedrige"), ("hohen", "niedrigen"), ("steigt", "sinkt"), ("stieg", "sank"),
        ("gestiegen", "gesunken"), ("öffnen", "schließen"), ("gewonnen", "verloren"),
        ("mit", "ohne"), ("möglich", "unmöglich"), ("aktivieren", "deaktivieren"),
        ("aktiviert", "deaktiviert"), ("oben", "unten"), ("links", "rechts"), ("innen", "außen"),
        ("beginnt", "endet"), ("früher", "später"), ("stark", "schwach"), ("alle", "keine"),
        ("legal", "illegal"), ("erlaubt", "verboten"), ("positiv", "negativ"),
        ("erhöhen", "verringern"), ("hinzufügen", "entfernen"), ("über", "unter"),
        ("lang", "kurz"), ("langsam", "schnell"), ("einfach", "schwierig"), ("richtig", "falsch"),
        ("Frau", "Mann"), ("Frauen", "Männer"), ("Norden", "Süden"), ("jung", "alt"),
        ("höher", "niedriger"), ("besser", "schlechter"), ("leben", "sterben"), ("Tag", "Nacht"),
    ),
    "fr": (
        ("plus", "moins"), ("avant", "après"), ("toujours", "jamais"), ("premier", "dernier"),
        ("première", "dernière"), ("nouveau", "ancien"), ("nouvelle", "ancienne"),
        ("bon", "mauvais"), ("bonne", "mauvaise"), ("grand", "petit"), ("grande", "petite"),
        ("haut", "bas"), ("élevé", "faible"), ("augmente", "diminue"), ("augmenté", "diminué"),
        ("augmentation", "diminution"), ("ouvrir", "fermer"), ("gagné", "perdu"),
        ("avec", "sans"), ("possible", "impossible"), ("activer", "désactiver"),
        ("activé", "désactivé"), ("gauche", "droite"), ("intérieur", "extérieur"),
        ("commence", "finit"), ("début", "fin"), ("fort", "faible"), ("tous", "aucun"),
        ("légal", "illégal"), ("autorisé", "interdit"), ("positif", "négatif"),
        ("augmenter", "réduire"), ("ajouter", "supprimer"), ("sur", "sous"), ("long", "court"),
        ("lentement", "rapidement"), ("facile", "difficile"), ("vrai", "faux"),
        ("femme", "homme"), ("femmes", "hommes"), ("nord", "sud"), ("jeune", "vieux"),
        ("supérieur", "inférieur"), ("meilleur", "pire"), ("vie", "mort"), ("jour", "nuit"),
    ),
    "en": (
        ("more", "less"), ("before", "after"), ("always", "never"), ("first", "last"),
        ("new", "old"), ("good", "bad"), ("large", "small"), ("big", "little"), ("high", "low"),
        ("rises", "falls"), ("rose", "fell"), ("increase", "decrease"), ("open", "close"),
        ("won", "lost"), ("with", "without"), ("possible", "impossible"),
        ("enable", "disable"), ("enabled", "disabled"), ("above", "below"), ("left", "right"),
        ("inside", "outside"), ("begins", "ends"), ("earlier", "later"), ("strong", "weak"),
        ("all", "no"), ("legal", "illegal"), ("allowed", "forbidden"), ("positive", "negative"),
        ("add", "remove"), ("over", "under"), ("long", "short"), ("slow", "fast"),
        ("easy", "difficult"), ("true", "false"), ("woman", "man"), ("women", "men"),
        ("north", "south"), ("young", "old"), ("higher", "lower"), ("better", "worse"),
        ("life", "death"), ("day", "night"),
    ),
}  # fmt: skip


def _both_ways(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for one, other in pairs:
        table.setdefault(one, other)
        table.setdefault(other, one)
    return table


_ANTONYM_OF = {language: _both_ways(pairs) for language, pairs in _ANTONYMS.items()}
_ANTONYM_WORD = {
    language: re.compile(r"\b(" + "|".join(table) + r")\b")
    for language, table in _ANTONYM_OF.items()
}
_VERB = {
    language: re.compile(r"(?<=\s)(" + verbs.replace(" ", "|") + r")(?=\s)")
    for language, verbs in _NEGATABLE.items()
}
_DENIED = {
    "de": re.compile(r"\s\b(nicht)\b|\b([Kk])(ein(?:e[mnrs]?)?)\b"),
    "fr": re.compile(r"\b(?:ne\s|n['’])(\w+) (?:pas|jamais|plus)\b"),
    "en": re.compile(r"\s(not)\b|(?<=\w)(n['’]t)\b"),
}


def change_number(text: str, rng: Random) -> str | None:
    """One group of digits becomes another of equal length."""
    found = list(_DIGITS.finditer(text))
    if not found:
        return None
    group = rng.choice(found)
    digits = list(group.group())
    place = rng.randrange(len(digits))
    lowest = 1 if place == 0 and len(digits) > 1 else 0
    digits[place] = rng.choice([str(d) for d in range(lowest, 10) if str(d) != digits[place]])
    return text[: group.start()] + "".join(digits) + text[group.end() :]


def change_name(text: str, other: str, rng: Random, names: Sequence[str] = NAMES) -> str | None:
    """Give another name to a capitalised word that stands in both languages alike."""
    shared = [m for m in _CAPITALISED.finditer(text) if m.start() > 0 and m.group() in other]
    if not shared:
        return None
    old = rng.choice(shared)
    new = rng.choice(names)
    if new.lower() == old.group().lower():
        return None
    return text[: old.start()] + new + text[old.end() :]


def change_negation(text: str, language: str, rng: Random) -> str | None:
    """Take a negation out; where there is none, put one in beside a common verb."""
    denied = list(_DENIED[language].finditer(text))
    if denied:
        match = rng.choice(denied)
        kept = _affirmed(match, language)
        return text[: match.start()] + kept + text[match.end() :]
    verbs = list(_VERB[language].finditer(text))
    if not verbs:
        return None
    verb = rng.choice(verbs)
    return text[: verb.start()] + _negated(verb.group(), language) + text[verb.end() :]


def _affirmed(match: re.Match[str], language: str) -> str:
    if language == "fr":
        return match.group(1)
    if language == "de" and match.group(2):
        return match.group(3).capitalize() if match.group(2) == "K" else match.group(3)
    return ""


def _negated(verb: str, language: str) -> str:
    if language == "fr":
        return ("n'" if verb[0] in "aeiouéêè" else "ne ") + verb + " pas"
    return f"{verb} nicht" if language == "de" else f"{verb} not"


def change_antonym(text: str, language: str, rng: Random) -> str | None:
    """One word becomes its opposite."""
    found = list(_ANTONYM_WORD[language].finditer(text))
    if not found:
        return None
    word = rng.choice(found)
    return text[: word.start()] + _ANTONYM_OF[language][word.group()] + text[word.end() :]


def drop_clause(text: str, rng: Random) -> str | None:
    """One part between commas (three words or more) is left out; five words must remain."""
    parts = _CLAUSE.split(text)
    if len(parts) < 2:
        return None
    total = len(text.split())
    droppable = [
        i for i, part in enumerate(parts) if len(part.split()) >= 3 <= total - len(part.split()) - 2
    ]
    if not droppable:
        return None
    gone = rng.choice(droppable)
    return ", ".join(part for i, part in enumerate(parts) if i != gone)


def near_miss(
    kind: str, text: str, other: str, language: str, rng: Random, names: Sequence[str] = NAMES
) -> str | None:
    """Make a changed copy of `text` (the translation of `other`), or None.

    Raises ValueError for a kind that is not in KINDS.
    """
    if kind == "number":
        return change_number(text, rng)
    if kind == "name":
        return change_name(text, other, rng, names)
    if kind == "negation":
        return change_negation(text, language, rng)
    if kind == "antonym":
        return change_antonym(text, language, rng)
    if kind == "clause":
        return drop_clause(text, rng)
    raise ValueError(f"unknown kind of near miss: {kind}")
