"""Findings that are alike: one rule, one severity, the same words marked.

A name that is misspelt twenty times is one decision for an editor, not twenty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.model import Finding

_LONGEST = 200  # marked characters: a long passage is like no other


def groups(findings: Sequence[Finding]) -> list[tuple[int, ...]]:
    """For each finding the places of those like it, its own among them, in their order."""
    members: dict[tuple[object, ...], list[int]] = {}
    for place, finding in enumerate(findings):
        members.setdefault(_likeness(place, finding), []).append(place)
    by_place = {place: tuple(group) for group in members.values() for place in group}
    return [by_place[place] for place in range(len(findings))]


def _likeness(place: int, finding: Finding) -> tuple[object, ...]:
    """What alike findings have in common; unique where nothing, or much, is marked."""
    marked = [span for span in finding.spans if span.primary]
    size = sum(span.end - span.start for span in marked)
    if not 0 < size <= _LONGEST:
        return (place,)
    texts = sorted((span.document, " ".join(span.text.split())) for span in marked)
    return finding.rule, finding.severity, finding.suspect, tuple(texts)
