"""Find mistranslations by auditing two machine translations of one article against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.encoders.base import Encoder
    from auditor.model import Audit

__all__ = ["audit", "load_encoder"]


def audit(
    paths: Sequence[str],
    *,
    source: str | None = None,
    references: Sequence[str] = (),
    encoder: str | Encoder = "embedded",
    glossary: str | None = None,
) -> Audit:
    """Audit the translations in some files against each other.

    Args:
        paths: two files or more, each ``PATH`` or ``LANG=PATH``; text, Markdown or HTML.
        source: the source text, where it is at hand.
        references: human translations, in the language of one of the translations.
        encoder: ``"embedded"``, a sentence-transformers name or folder, or an encoder.
        glossary: a file of approved and forbidden terms: CSV or TBX.

    Raises:
        AuditorError: a file that can't be read or an unknown encoder; says what to do.
        NothingToAudit: no text, or no document.
    """
    from auditor import auditing, files, glossaries

    documents = files.read_all(paths, source=source, references=references)
    chosen = load_encoder(encoder) if isinstance(encoder, str) else encoder
    if glossary is None:
        return auditing.audit(documents, chosen)
    return auditing.audit(documents, chosen, glossary=glossaries.read(glossary))


def load_encoder(name: str = "embedded") -> Encoder:
    """The embedded encoder, or a sentence-transformers model by name or folder.

    Raises:
        AuditorError: where it can't be loaded; says why and what to do.
    """
    from auditor import encoders

    return encoders.load_encoder(name)
