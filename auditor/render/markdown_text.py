"""Article text within Markdown that others show: a job summary, a comment on a pull request."""

from __future__ import annotations

from auditor.render.plain import shortened

_LONGEST = 200


def text(value: str, length: int = _LONGEST) -> str:
    """Text in which every sign of ASCII is an entity, so that no markup is left in it."""
    return "".join(
        f"&#{ord(char)};" if char.isascii() and not char.isalnum() and char != " " else char
        for char in shortened(value, length)
    )


def quoted(value: str, length: int = _LONGEST) -> str:
    """The same as code, in which no name or number is turned into a link or a mention."""
    return f"<code>{text(value, length)}</code>" if value.strip() else ""
