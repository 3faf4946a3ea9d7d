"""What a rule is: a small immutable value with its page and its examples beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from auditor.fluency.clauses import Stretch, is_sentence
from auditor.fluency.grammar import Grammar, grammar
from auditor.fluency.tagger import Word, read_words
from auditor.languages import Language, language
from auditor.links.evidence import Linked, linked, vectors_of
from auditor.links.reader import Reading, read
from auditor.model import Evidence, Kind, Segment, Severity, View
from auditor.text.glossary import EMPTY, Glossary
from auditor.text.words import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Scope(Enum):
    """How much of the text a check looks at."""

    BEAD = "bead"  # both sides of one bead
    BITEXT = "bitext"  # both sides of all beads, each bead divided from the next by BLOCK_BREAK
    SENTENCE = "sentence"  # one segment of one document by itself
    DOCUMENT = "document"  # one document by itself
    GAP = "gap"  # a passage without counterpart, and the place where it is missing
    MOVED = "moved"  # a passage and its counterpart, which stands in another place


# Characters of the longest passage that is taken for a sentence or a few.
LONGEST = 50_000
# Different sure faults of language for 100 sentences, as `Hit.needs`: no careful writer leaves so
# many. At most 6 in any article of ntrex, pud and coop_mt, 9 to 32 in those of the marked texts.
ROUGH = 8.0  # where such hits are many, texts are freely translated
DOUBTED = 8.5  # the same need, of hits that tell nothing of that
VERY_ROUGH = 9.0
# Is never reported, and only tells how freely texts are translated.
NEVER = math.inf
# Stands between two blocks in the view of a whole document.
BLOCK_BREAK = "\N{PARAGRAPH SEPARATOR}"


@dataclass(frozen=True, slots=True)
class Side:
    """One document's part of a passage.

    ``view`` is the readable text of ``segments``; ``nearby`` that of the beads before and after,
    where something may have slipped to; ``vocabulary`` is that of the whole document; ``words`` are
    the words of ``view`` with their grammar (none where there is no model of the language).
    """

    document: str
    language: Language
    segments: tuple[Segment, ...]
    view: View
    nearby: str = ""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    words: tuple[Word, ...] = ()

    @property
    def prose(self) -> bool:
        """Whether all of it is prose: no heading, no caption."""
        return all(segment.kind is Kind.PROSE for segment in self.segments)

    @property
    def text(self) -> str:
        """The readable text."""
        return self.view.text


# Vectors of words, a row each, of length 1: see `Encoder.encode`.
WordVectors = Callable[[Sequence[str]], "NDArray[np.float32]"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What a check is given: two sides (of a bead or more), or one, of a document or sentence.

    ``drift`` is that of the bead, and 0 where there is none; ``confidence`` is how sure the
    alignment is of what it put together, or left alone. ``glossary`` is what the user wants things
    to be called; ``words`` encodes words, where the encoder knows them by themselves. ``links``
    tells which words of a bead correspond, where its sides are sentences; ``reading`` what of each
    the other does not say, where the reader knows the two languages.
    """

    sides: tuple[Side, ...]
    drift: float = 0.0
    confidence: float = 1.0
    glossary: Glossary = EMPTY
    words: WordVectors | None = None
    links: Linked | None = None
    reading: Reading | None = None

    def opposites(self) -> Iterator[tuple[int, Side, Side]]:
        """Each side by its index, with the side that it faces."""
        for index, side in enumerate(self.sides):
            yield index, side, self.sides[1 - index]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one side's readable text."""

    side: int
    start: int
    end: int
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check saw. ``suspect`` is the index of the side to blame, if the evidence decides.

    ``needs`` is how many different sure findings there have to be for 100 sentences, for the hit
    to be believed: what a careful writer does on purpose is a mistake in a rough text. ``whole``:
    it says that the two sides do not belong together, or shows that they do: a doubtful bead is no
    reason to doubt it. ``blaming``: what is said instead of ``message`` where it is known that the
    fault is the first side's, or the second's.
    """

    marks: tuple[Mark, ...]
    message: str
    confidence: float
    severity: Severity | None = None
    suspect: int | None = None
    evidence: Evidence = field(default_factory=dict)
    needs: float = 0.0
    whole: bool = False
    blaming: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Texts by language code, and the stretches that the rule marks in them, if any."""

    texts: Mapping[str, str]
    marks: tuple[str, ...] = ()
    glossary: Glossary = EMPTY


Check = Callable[[Passage], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong. ``page`` is the module's docstring.

    A side of more than ``longest`` characters is no sentence, and is not checked.
    """

    slug: str
    category: str
    severity: Severity
    scope: Scope
    check: Check
    page: str
    examples: tuple[Example, ...]
    longest: int | None = None
    general: bool = False  # says that something is wrong, not what
    frame: bool = False  # marks a passage for its signs: what is wrong with its words is apart
    custom: bool = False  # two translations that agree against their source may follow a custom
    free: bool = False  # free renderings may look like it, which a source then acquits
    optional: bool = False  # runs only where the configuration turns it on

    def suits(self, passage: Passage) -> bool:
        """Whether a passage is short enough for the check."""
        return self.longest is None or all(len(s.text) <= self.longest for s in passage.sides)

    @property
    def fault(self) -> str:
        """The fault as a sentence: the first line of the page."""
        return self.page.strip().splitlines()[0]


def without_counterpart(
    what: str, own: Side, other: Side, *, several: bool = False
) -> tuple[str, tuple[str, str]]:
    """What is said of a part that one side has alone.

    The message where nobody knows whose fault it is, and those that blame this side or the other.
    """
    has, was = ("have", "were") if several else ("has", "was")
    here, there = own.language.name, other.language.name
    return (
        f"{what} {has} no counterpart in the {there}: left out there, or added in the {here}.",
        (
            f"{what} {was} added in the {here}: the {there} says nothing of the kind.",
            f"{what} {was} left out in the {there}.",
        ),
    )


Finder = Callable[[Sequence[Word], Grammar], Iterator[Stretch]]


def sentence_hits(
    passage: Passage,
    find: Finder,
    message: str,
    confidence: float,
    severity: Severity | None = None,
) -> Iterator[Hit]:
    """What a finder sees in a sentence of prose; ``message`` may name {quote} and {about}."""
    side = passage.sides[0]
    if not side.prose or not is_sentence(side.words):
        return
    for stretch in find(side.words, grammar(side.language.code)):
        start, end = side.words[stretch.first].start, side.words[stretch.last].end
        yield Hit(
            marks=(Mark(0, start, end),),
            message=message.format(quote=side.text[start:end], about=stretch.about),
            confidence=confidence,
            severity=severity,
            suspect=0,
        )


def passage(
    texts: Mapping[str, str],
    drift: float = 0.0,
    glossary: Glossary = EMPTY,
    words: WordVectors | None = None,
) -> Passage:
    """A passage of bare texts by language code, for examples and tests; lines are blocks."""
    links = None
    if len(texts) == 2 and (vectors := vectors_of(*texts.values())):
        one, other = texts
        links = linked((texts[one], texts[other]), (one, other), vectors)
    sides = [View.plain(text.replace("\n", BLOCK_BREAK)) for text in texts.values()]
    reading = None
    if len(sides) == 2:
        one, other = texts
        reading = read([(sides[0].text, sides[1].text)], (one, other))[0]
    return Passage(
        tuple(
            Side(
                code,
                language(code),
                (),
                view,
                vocabulary=Vocabulary.of([text]),
                words=read_words([text], code)[0],
            )
            for (code, text), view in zip(texts.items(), sides, strict=True)
        ),
        drift,
        glossary=glossary,
        words=words,
        links=links,
        reading=reading,
    )
