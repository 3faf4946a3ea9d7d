"""A word was torn in two.

A hyphen at the end of a line, a link that covered half a word or a compound that was translated
part by part leaves two words where one belongs: « de puis », „Forschungs Gerät“. Readers stumble,
search finds nothing.

What counts as right: two words that also stand side by side in ordinary text. In a language that
joins its nouns, two nouns in a row are taken for a torn compound where the first cannot stand
alone, where the compound is a known one or stands elsewhere in the document, or where both nouns
make many compounds and the first is hardly ever followed by another noun. Other pieces are taken
for a torn word where they make a common one, do not follow one another in clean text, and the ear
(`broken-sentence`) has a doubt about them, however small.

Limits: what is known was learnt from debates, laws, documentation and everyday sentences; a
compound of two rare words is not seen. An object before another („Ihren Kunden Rechnungen stellen“)
is recognised by its determiner only.

Authority: MQM-Core, fluency/spelling; Rat für deutsche Rechtschreibung, § 37 (compounds).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.fluency.ear_splits import Torn, torn_words
from auditor.fluency.ear_stretches import limits
from auditor.fluency.hearing import hear, is_told
from auditor.model import Severity
from auditor.text.seams import Seam, find_splits

_TORN = 0.85  # confidence of a torn word that the ear tells


def check(passage: Passage) -> Iterator[Hit]:
    """Look for torn words in one sentence."""
    side = passage.sides[0]
    found = {
        (seam.start, seam.end): (seam.reading, seam.confidence)
        for seam in find_splits(side.text, side.language, side.vocabulary)
        if not _is_clause(side, seam)
    }
    for torn in _heard(side):
        found.setdefault((torn.start, torn.end), (torn.reading, _TORN))
    for (start, end), (reading, confidence) in sorted(found.items()):
        yield Hit(
            marks=(Mark(0, start, end),),
            message=f"“{side.text[start:end]}” is one word: “{reading}”.",
            confidence=confidence,
            suspect=0,
            evidence={"reading": reading},
        )


def _is_clause(side: Side, seam: Seam) -> bool:
    """Whether two words are a subject and its verb: „das Beste, das er finden kann“."""
    tags = [word.tag for word in side.words if seam.start <= word.start < seam.end]
    return len(tags) > 1 and tags[0].startswith("PRON") and tags[1].startswith("VERB")


def _heard(side: Side) -> Iterator[Torn]:
    """What the ear makes of a sentence of prose."""
    code = side.language.code
    if limits(code) is not None and side.prose and is_told(side.text):
        yield from torn_words(hear([side.text], code)[0], code)


RULE = Rule(
    slug="split-word",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le quai est fermé depuis mars et les rues de la ville sont vides."}),
        Example({"fr": "Le quai est fermé de puis le mois de mars."}, ("de puis",)),
        Example({"de": "Das Forschungsgerät kam mit Präsident Meier auf die Insel."}),
        Example({"fr": "La mairie a déci dé de fermer le pont au printemps."}, ("déci dé",)),
        Example(
            {"de": "Sie stellten das neue Forschungs Gerät im Hafen auf."}, ("Forschungs Gerät",)
        ),
    ),
)
