"""How rough a translation is, and what that makes believable.

Some faults cannot be told from free translation by looking at one sentence: two words that do not
translate one another are a mistake in a rough machine translation, and good style in a careful one.
What tells the two kinds of text apart are the faults of language that are sure, of which a careful
writer leaves hardly any, and how many such hits there are: rough translation is literal. A hit that
needs rough texts (`auditor.checks.rule.Hit.needs`) is reported only where faults are frequent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.checks.rule import NEVER, ROUGH
from auditor.model import Document, Finding, Severity

_OF_LANGUAGE = ("fluency/", "locale/")
# What hits need that tell of free translation.
_TELLING = (ROUGH, NEVER)
# Such hits for a sentence: where there are more, the texts are freely translated, and they prove
# nothing. 0.15 to 0.41 in the marked texts, 0.5 and more in most
# news by people.
_FREE = 0.5
# Sure faults for such a hit: where there are fewer, it is more likely to be a free rendering than a
# mistake. 0.22 to 1.4 in the marked texts.
_FAULTS = 0.2
_AS_IF = 15  # sentences without fault that are added, so that few sentences prove little


def believed(
    found: Sequence[tuple[Finding, float]],
    sure: Sequence[Finding],
    documents: Mapping[str, Document],
) -> list[Finding]:
    """The findings, each of which comes with what it needs, but for those that need more.

    ``sure``: those that need nothing, a fault that several rules see once. What is believed only
    because the texts are rough is one finding where it recurs.
    """
    faults = [finding for finding in sure if _is_fault(finding)]
    rates: dict[frozenset[str], float] = {}
    kept: list[Finding] = []
    places: dict[tuple[str, ...], int] = {}
    for finding, needs in found:
        names = frozenset(span.document for span in finding.spans)
        if needs and names not in rates:
            rate = _rate(faults, names, documents)
            rates[names] = 0.0 if _is_free(found, names, documents, rate) else rate
        if not needs:
            kept.append(finding)
        elif rates[names] >= needs:
            place = places.setdefault(_words(finding), len(kept))
            if place < len(kept):
                spans = kept[place].spans + finding.spans
                kept[place] = replace(kept[place], spans=spans)
            else:
                kept.append(finding)
    return kept


def _is_fault(finding: Finding) -> bool:
    return finding.severity is not Severity.NEUTRAL and finding.category.startswith(_OF_LANGUAGE)


def _words(finding: Finding) -> tuple[str, ...]:
    """What findings have in common that are one fault: the rule, and the words of each document."""
    spans = [(span.document, span.text.casefold()) for span in finding.spans if span.primary]
    return finding.rule, *(part for span in spans for part in span)


def _is_free(
    found: Sequence[tuple[Finding, float]],
    names: frozenset[str],
    documents: Mapping[str, Document],
    rate: float,
) -> bool:
    """Whether so much is doubtful in some documents that they are freely translated.

    ``rate``: of their sure faults, for 100 sentences.
    """
    telling = sum(
        needs in _TELLING and {span.document for span in finding.spans} == names
        for finding, needs in found
    )
    most = min(_FREE, rate / 100 / _FAULTS)
    return telling > most * _sentences(names, documents)


def _sentences(names: frozenset[str], documents: Mapping[str, Document]) -> float:
    """Sentences of a document, on an average of some."""
    return sum(len(documents[name].segments) for name in names) / len(names)


def _rate(
    faults: Sequence[Finding], names: frozenset[str], documents: Mapping[str, Document]
) -> float:
    """Different faults of language for 100 sentences of some documents.

    Of findings alike one counts: a name that is misspelt throughout makes no text rough.
    """
    different = {
        _words(finding) for finding in faults if {span.document for span in finding.spans} <= names
    }
    return 100 * len(different) / (_sentences(names, documents) + _AS_IF)
