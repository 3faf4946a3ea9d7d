"""Text that whoever wrote it can't steer a terminal with."""

from __future__ import annotations

import unicodedata

_STEERING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def printable(text: str) -> str:
    """Text that is safe for a terminal: what controls it or turns its direction is escaped."""
    return "".join(
        character
        if unicodedata.category(character) not in _STEERING
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
