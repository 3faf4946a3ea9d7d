"""From raw text to blocks, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.text import kinds
from auditor.text.markup import Draft, Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.languages import Language
    from auditor.model import Block


def blocks(raw: str, format: Format, language: Language) -> tuple[Block, ...]:  # noqa: A002 - the word of the interface
    """The paragraphs, headings, list items and labels of a raw text, in reading order."""
    return kinds.classify(_reader(format)(raw), language)


def readable(raw: str, format: Format, limit: int = 100_000) -> str:  # noqa: A002 - the word of the interface
    """Readable text from the start of a raw text, to tell its language by."""
    for stretch in (raw[:limit], raw) if len(raw) > limit else (raw,):
        text = "\n".join(draft.view.text for draft in _reader(format)(stretch))
        if text:
            return text
    return ""


def _reader(format: Format) -> Callable[[str], list[Draft]]:  # noqa: A002 - the word of the interface
    # Local, so that plain text is read without waiting for a Markdown parser.
    match format:
        case Format.TEXT:
            from auditor.text import plain

            return plain.drafts
        case Format.MARKDOWN:
            from auditor.text import markdown

            return markdown.drafts
        case Format.HTML:
            from auditor.text import hypertext

            return hypertext.drafts
