"""A stretch of a sentence does not read as a sentence of its language.

Link texts, tickers and captions are translated without the sentence around them and put back as
they come: a verb in the wrong form, a clause that breaks off, the word order of another language.
Whoever reads that language alone stumbles there, and often can't tell what was meant.

How it is heard: a small network that learnt from clean text, with faults of many kinds put into
it, gives each word a probability of standing in a broken place. Neighbours are one stretch. Where
it is not sure enough by itself, a stretch is told as neutral if the tagger, which reads the grammar
of each word, has its doubts at the same place, or if so much of the document sounds broken that
most of its doubts are right.
What counts as right: names, loan words and other words that it does not know, words in capitals,
direct speech, and rare tenses.

Limits: it hears that something is wrong, not what; the place may lie a word beside the fault.
Faults of sense that make a good sentence are not heard. Headings, captions, what has less than six
words, and languages that it was not trained for are not judged.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from auditor.checks.rule import BLOCK_BREAK, Example, Hit, Mark, Passage, Rule, Scope, Side
from auditor.fluency.ear_belief import Belief
from auditor.fluency.ear_stretches import Stretch, limits, stretches
from auditor.fluency.hearing import hear, is_told
from auditor.fluency.tagger import Word, read_words
from auditor.model import Kind, Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Listen to the sentences of one document."""
    side = passage.sides[0]
    own = limits(side.language.code)
    if own is None:
        return
    places = [(at, text) for at, text in _sentences(side) if is_told(text)]
    heard = hear([text for _, text in places], side.language.code)
    belief = Belief.of(heard, own.evidence) if own.evidence else None
    for (at, text), one in zip(places, heard, strict=True):
        for stretch in stretches(one, own, partial(_read, text, side.language.code), belief):
            yield _hit(side, at, stretch)


def _read(text: str, code: str) -> Sequence[Word]:
    return read_words([text], code)[0]


def _hit(side: Side, at: int, stretch: Stretch) -> Hit:
    start, end = at + stretch.start, at + stretch.end
    severity = Severity.NEUTRAL if stretch.faint else Severity.MINOR
    return Hit(
        marks=(Mark(0, start, end),),
        message=f"“{side.text[start:end]}” does not read as part of a {side.language.name} "
        "sentence: a word is missing, too much, out of place or in the wrong form.",
        confidence=stretch.confidence,
        severity=Severity.MAJOR if stretch.major else severity,
        suspect=0,
        evidence={"probability": round(stretch.probability, 3)},
    )


def _sentences(side: Side) -> Iterator[tuple[int, str]]:
    """Sentences of prose, and where each begins in the side's text."""
    at = 0
    if not side.segments:
        for line in side.text.split(BLOCK_BREAK):
            yield at, line
            at += len(line) + 1
    # The text of a document is that of its segments, with one separator between each two.
    for segment in side.segments:
        if segment.kind is Kind.PROSE:
            yield at, segment.view.text
        at += len(segment.view.text) + 1


RULE = Rule(
    slug="broken-sentence",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    general=True,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "La présidente aurait quitté la réunion avant la fin, selon deux témoins."}),
        Example({"de": "Der Trainer habe die Mannschaft nicht informiert, sagte ein Sprecher."}),
        Example({"fr": "Nous avons décidé de partirons demain matin."}, ("partirons",)),
        Example({"fr": "Elle travaille pour sa entreprise depuis dix ans."}, ("sa entreprise",)),
        Example(
            {"de": "Die Firma, die vor zwei Jahren gegründet wurde ist sucht neue Mitarbeiter."},
            ("wurde ist sucht",),
        ),
        Example(
            {"de": "Der Minister sagte, dass er hat den Vertrag gestern unterschrieben."},
            ("hat", "unterschrieben"),
        ),
    ),
)
