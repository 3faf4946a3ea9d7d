"""A noun is written in lower case.

„Die produktionsumgebung“: the word came out of a list of words or a link, where
its capital was lost. In German a noun without its capital reads like a verb or an adjective.

What counts as right: words that the language has in lower case as well.

Limits: only in a language that writes nouns with capitals, and only words that it knows.

Authority: MQM-Core, fluency/spelling (capitalisation); Amtliches Regelwerk, § 55.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, Side, sentence_hits
from auditor.fluency.clauses import Stretch, lower_case_nouns
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word
from auditor.model import Severity
from auditor.text.words import is_listed


def check(passage: Passage) -> Iterator[Hit]:
    """Look for nouns in lower case in a sentence."""
    side = passage.sides[0]

    def find(words: Sequence[Word], grammar: Grammar) -> Iterator[Stretch]:
        return (s for s in lower_case_nouns(words, grammar) if _is_noun(words[s.first].form, side))

    return sentence_hits(
        passage, find, "“{quote}” wants a capital: it is a noun.", confidence=0.8
    )


def _is_noun(form: str, side: Side) -> bool:
    """Whether the language knows a form with a capital, and not without."""
    language = side.language
    return (
        language.capitalised_nouns
        and not is_listed(form, language)
        and is_listed(form.capitalize(), language)
    )


RULE = Rule(
    slug="lower-case-noun",
    category="fluency/spelling",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"de": "Die Verwaltung der Stadt prüft heute die Rechnung."}),
        Example({"de": "Sie prüfen die Einnahmen und -ausgaben der Stadt."}),
        Example({"de": "Die verwaltung der Stadt prüft heute die Rechnung."}, ("verwaltung",)),
        Example({"de": "Im Hafen gilt eine neue verordnung über das Fischen."}, ("verordnung",)),
    ),
    longest=2_000,
)
