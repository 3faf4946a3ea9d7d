"""A glossary: what a team calls its things in each language, and what it never calls them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing; the terms that are approved and forbidden for it, by language code.

    ``exact``: the terms are meant in the case in which they are written.
    """

    approved: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""
    exact: bool = False


@dataclass(frozen=True, eq=False)
class Glossary:
    """Concepts, and names that stand unchanged in every language.

    Compared by identity, so that what is prepared for it can be kept.
    """

    concepts: tuple[Concept, ...] = ()
    kept: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.concepts or self.kept)

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that change with anything in it; none for an empty one."""
        if not self:
            return ""
        rows = [
            repr((sorted(c.approved.items()), sorted(c.forbidden.items()), c.note, c.exact))
            for c in self.concepts
        ]
        return hashlib.sha256("\n".join([*rows, repr(self.kept)]).encode()).hexdigest()[:8]


EMPTY = Glossary()


def rows(glossary: Glossary) -> Iterator[str]:
    """A glossary in words, a concept or name a line."""
    for concept in glossary.concepts:
        approved = [f"{code} {' | '.join(terms)}" for code, terms in concept.approved.items()]
        forbidden = [f"not {code} {' | '.join(terms)}" for code, terms in concept.forbidden.items()]
        yield ", ".join(approved + forbidden)
    yield from (f"{name}, as it is" for name in glossary.kept)
