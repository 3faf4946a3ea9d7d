"""A finding's evidence in words: each value on one line."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.model import Evidence
    from auditor.render.html.words import Phrase, Words


def lines(evidence: Evidence, words: Words) -> tuple[tuple[Phrase, str], ...]:
    """Name and value of each piece of evidence."""
    return tuple(
        (words.known("evidence", key), _plain(value, words)) for key, value in evidence.items()
    )


def _plain(value: object, words: Words) -> str:
    """Write a value in one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return words({True: "evidence.yes", False: "evidence.no", None: "evidence.none"}[value])
    if isinstance(value, float):
        return _figure(value)
    if isinstance(value, Mapping):
        return " · ".join(
            f"{words.known('evidence', str(key)).text} {_plain(item, words)}"
            for key, item in value.items()
        )
    if isinstance(value, (list, tuple)):
        return " · ".join(_plain(item, words) for item in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _figure(value: float) -> str:
    if not math.isfinite(value) or 0 < abs(value) < 1e-3:
        return f"{value:g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")
