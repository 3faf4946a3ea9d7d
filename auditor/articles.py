"""An article as a list or a folder names it: which files translate one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """Its name, its translations, and its source and references; each ``PATH`` or ``LANG=PATH``."""

    name: str
    documents: tuple[str, ...]
    source: str | None = None
    references: tuple[str, ...] = ()
