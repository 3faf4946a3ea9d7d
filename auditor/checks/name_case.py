"""A name is written with other capitals than on the other side.

A name that was translated by itself may lose its capitals: „hololens“ beside « HoloLens ». Readers
take it for a common word.

What counts as right: words that this or another language has in small letters. A capital at the
beginning of a word says nothing where the other language gives one to every noun, or to words made
of names ("Ottoman"), so there only capitals within the word count.

Limits: where both sides lost the capital nothing is seen.

Authority: MQM-Core, fluency/spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.languages import Language
from auditor.model import Severity
from auditor.text.words import is_known, is_listed_elsewhere

_NAME = re.compile(r"(?<![\w/\\@#._’'-])[^\W\d_][^\W_]{2,40}(?![\w/\\@_]|\.\w)")
_INNER = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")


def check(passage: Passage) -> Iterator[Hit]:
    """Look for names with fewer capitals than their counterparts."""
    for index, side, other in passage.opposites():
        names = {match.group().lower(): match for match in _telling(other)}
        written = {match.group() for match in _NAME.finditer(other.text)}
        for match in _NAME.finditer(side.text):
            name = names.get(match.group().lower())
            if name and match.group() not in written and _lost(match.group(), name.group(), side):
                yield Hit(
                    marks=(
                        Mark(index, match.start(), match.end()),
                        Mark(1 - index, name.start(), name.end(), primary=False),
                    ),
                    message=f"“{match.group()}” is written “{name.group()}” on the other side.",
                    confidence=0.8,
                    suspect=index,
                )


def _telling(side: Side) -> Iterator[re.Match[str]]:
    """Words whose capitals say that they are names."""
    for match in _NAME.finditer(side.text):
        word = match.group()
        first = word[0].isupper() and not _is_generous(side.language) and match.start() > 0
        if (_INNER.search(word) or first) and not word.isupper():
            yield match


def _is_generous(language: Language) -> bool:
    """Whether a language gives capitals to more than names, so that one says nothing."""
    return language.capitalised_nouns or language.capitalised_adjectives


def _lost(word: str, name: str, side: Side) -> bool:
    """Whether a word has fewer capitals than a name, and is no common word."""
    fewer = sum(map(str.isupper, word)) < sum(map(str.isupper, name))
    known = is_known(word, side.language) or is_listed_elsewhere(word, side.language)
    return fewer and not word.isupper() and not known


RULE = Rule(
    slug="name-case",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La HoloLens est un ordinateur.", "de": "Die HoloLens ist ein Computer."}),
        Example(
            {"fr": "La HoloLens est un ordinateur.", "de": "Die hololens ist ein Computer."},
            ("hololens",),
        ),
        Example(
            {"fr": "Le maire s’appelle Satya Meyer.", "de": "Der Bürgermeister heißt satya Meyer."},
            ("satya",),
        ),
        Example({"fr": "Il écoute un podcast.", "de": "Er hört einen Podcast."}),
    ),
)
