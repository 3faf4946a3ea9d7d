"""Words at a pole that nothing on the other side answers."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.checks.rule import Passage, Side
from auditor.text.lexicon import Lexicon, lexicon
from auditor.text.opposites import Pole
from auditor.text.stems import stem
from auditor.text.words import find_words

_LINKED = 0.08  # score in the lexicon from which a word answers another


def unanswered(passage: Passage, found: Sequence[Sequence[Pole]]) -> list[list[Pole]]:
    """The words of each side but for those with a counterpart on the other.

    That is a word of the same pole, each for one, or a word that the lexicon links with it.
    """
    known = lexicon(*(side.language.code for side in passage.sides))
    alone: list[list[Pole]] = []
    for index, side, other in passage.opposites():
        answers = [set(word.poles) for word in found[1 - index]]
        stems = {stem(match.group(), other.language.code) for match in find_words(other.text)}
        mine = []
        for word in found[index]:
            answer = next((poles for poles in answers if poles & set(word.poles)), None)
            if answer is not None:
                answers.remove(answer)
            elif not (known and _is_linked(side.text[word.start : word.end], side, known, stems)):
                mine.append(word)
        alone.append(mine)
    return alone


def _is_linked(word: str, side: Side, known: Lexicon, stems: set[str]) -> bool:
    """Whether the lexicon links a word with one of the other side."""
    code = side.language.code
    return any(
        score >= _LINKED and other in stems
        for other, score in known.translations(stem(word, code), code).items()
    )
