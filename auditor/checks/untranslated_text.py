"""A stretch of the text is in another language.

The pipeline passed a sentence or clause through, or pasted the other translation's text in. The
reader is locked out of it, and search engines and screen readers stumble.

A stretch counts where at least four words in a row, two function words among them, and the
identification of the language agree, or where a whole sentence of four words and more is in
another language without doubt. It counts from three words on, too, where the lists of common words
of both languages tell: at least two words that only the other language knows, and no more than a
few that it does not. Names, titles in capitals and single loan words are no
translation fault. What stands on both sides in the same words may be quoted on purpose and
is reported with less confidence, and where it is all there is (a title in a list of sources) it is
neutral; within quotation marks it is not reported, nor where brackets behind it say it again in the
language of the text. The rest of a name (« Syndicat national des … ») and a title in quotation
marks are less grave by one step.

Limits: single untranslated words and short labels are not found, and fewer than five words behind a
name are taken for its rest. Between closely related
languages, identification of one clause is unsure.

Authority: MQM-Core, accuracy/untranslated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.languages import Language, codes, language
from auditor.model import Severity
from auditor.text.foreign import Foreign, find_foreign, follows_name
from auditor.text.words import find_words, is_known

_LONG = 8  # words from which a reader has lost a whole clause
_RATHER_LONG = 6  # the same, where they are not the rest of a name: « Syndicat national des … »
# A label that the reader sees in its own language, and what it means.
_GLOSS = re.compile(r"[ \N{NO-BREAK SPACE}]?\(([^()\n]{3,200})\)")
_FEWEST_IN_GLOSS = 2
_SHARE_IN_GLOSS = 0.5  # of its words that are of the text's own language
_WHOLE = 0.7  # of a side: what is no part of a sentence in its own language
_INSIDE = " .,!?…\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"  # may stand before a closing mark


def check(passage: Passage) -> Iterator[Hit]:
    """Look for foreign stretches on each side."""
    for index, side, other in passage.opposites():
        for foreign in find_foreign(side.text, side.language):
            stretch = side.text[foreign.start : foreign.end]
            around = _plain(f"{other.text} {other.nearby}")
            shared = _plain(stretch) in around and foreign.language != other.language.code
            quoted = _quoted(side.text, foreign)
            if not ((shared and quoted) or _explained(side, foreign)):
                named = follows_name(
                    side.text, foreign.start, side.language, _row(foreign.language)
                )
                yield _hit(index, side, other, foreign, shared=shared, titled=quoted or named)


def _hit(
    index: int, side: Side, other: Side, foreign: Foreign, *, shared: bool, titled: bool
) -> Hit:
    words = len(side.text[foreign.start : foreign.end].split())
    whole = shared and foreign.end - foreign.start >= _WHOLE * len(side.text)
    severity = _how_bad(words, shared=shared, titled=titled or whole)
    return Hit(
        marks=(
            Mark(index, foreign.start, foreign.end),
            Mark(1 - index, 0, len(other.text), primary=False),
        ),
        message=f"{words} words in another language ({foreign.language}) "
        f"stand in the {side.language.name} text"
        + (", the same on both sides." if shared else "."),
        confidence=round(foreign.confidence * (0.6 if shared else 0.95), 3),
        severity=severity,
        suspect=index,
        evidence={"language": foreign.language, "identification": round(foreign.confidence, 3)},
    )


def _how_bad(words: int, *, shared: bool, titled: bool) -> Severity:
    """How grave a stretch is; titles and the rests of names are less so, by one step."""
    if shared or words < (_LONG if titled else _RATHER_LONG):
        return Severity.NEUTRAL if titled else Severity.MINOR
    return Severity.MINOR if titled else Severity.MAJOR


def _row(code: str) -> Language | None:
    """What is known of a language; None for one that nobody has described."""
    return language(code) if code in codes() else None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _quoted(text: str, foreign: Foreign) -> bool:
    """Whether quotation marks stand around the stretch."""
    before = text[: foreign.start].rstrip()[-1:]
    after = text[foreign.end :].lstrip(_INSIDE)[:1]
    return before in set('«„“"‚‘') and after in set('»“”"’‘')


def _explained(side: Side, foreign: Foreign) -> bool:
    """Whether brackets right behind the stretch say it again in the language of the text."""
    gloss = _GLOSS.match(side.text, foreign.end)
    if gloss is None:
        return False
    words = [match.group() for match in find_words(gloss.group(1))]
    own = sum(is_known(w, side.language) or is_known(w.lower(), side.language) for w in words)
    return len(words) >= _FEWEST_IN_GLOSS and own > _SHARE_IN_GLOSS * len(words)


RULE = Rule(
    slug="untranslated-text",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    check=check,
    page=__doc__,
    examples=(
        Example(
            {
                "fr": "Elle a lancé « Harbour Light » avec la société Northern Tide Partners.",
                "de": "Sie gründete „Harbour Light“ mit der Firma Northern Tide Partners.",
            }
        ),
        Example(
            {
                "fr": "Le slogan « we will not be moved by the storm » est partout.",
                "de": "Der Spruch „we will not be moved by the storm“ ist überall.",
            }
        ),
        Example(
            {
                "fr": "Le maire a promis que the harbour will be open again in spring.",
                "de": "Der Bürgermeister versprach, der Hafen werde im Frühjahr wieder öffnen.",
            },
            ("the harbour will be open again in spring",),
        ),
        Example(
            {
                "fr": "Le maire a promis que le vieux port keeps welcoming boats of all sizes.",
                "de": "Der Bürgermeister versprach, dass der alte Hafen weiter Boote "
                "jeder Größe aufnehme.",
            },
            ("keeps welcoming boats of all sizes",),
        ),
        Example(
            {
                "fr": "Der Hafen wird im Frühjahr wieder geöffnet.",
                "de": "Der Hafen wird im Frühjahr wieder geöffnet.",
            },
            ("Der Hafen wird im Frühjahr wieder geöffnet",),
        ),
    ),
)
