"""Text for XML 1.0, which can't hold every character."""

from __future__ import annotations


def xml_text(text: str) -> str:
    """The text without control characters and noncharacters."""
    return "".join(char for char in text if char in "\t\n\r" or _allowed(ord(char)))


def _allowed(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
