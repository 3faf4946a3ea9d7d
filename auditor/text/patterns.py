"""Patterns out of words and phrases that the rows of a language list."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(phrases: Iterable[str], form: str = "{}") -> str:
    r"""A pattern of any of some phrases, the longest first; of none, one that matches nowhere.

    ``form``: what stands around each phrase, such as ``\b{}\b``.
    """
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(form.format(re.escape(phrase)) for phrase in longest_first) or r"(?!)"
