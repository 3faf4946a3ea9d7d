"""From raw text to a document: blocks, then sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model import Document, Role
from auditor.text.blocks import blocks
from auditor.text.markup import Format
from auditor.text.segments import one_sentence_per_line, segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.languages import Language

# Half a character, which no encoding writes: it has no meaning, and libraries stumble over it.
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_text(
    raw: str,
    *,
    id: str,  # noqa: A002 - the word of the interface
    path: str,
    language: Language,
    format: Format = Format.TEXT,  # noqa: A002 - the word of the interface
    role: Role = Role.TRANSLATION,
    sha256: str = "",
    notices: Sequence[str] = (),
    sentence_lines: bool = False,
) -> Document:
    """The document that a raw text is; ``sentence_lines`` takes each line for one sentence."""
    raw = without_surrogates(raw)
    segments = (
        one_sentence_per_line(raw)
        if sentence_lines
        else segment(raw, blocks(raw, format, language), language)
    )
    return Document(
        id=id,
        language=language.code,
        path=path,
        sha256=sha256,
        role=role,
        raw=raw,
        segments=segments,
        notices=tuple(notices),
    )


def without_surrogates(raw: str) -> str:
    """The text as documents hold it."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", raw)
