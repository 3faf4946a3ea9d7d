"""Encoders: texts to vectors, in which equal meaning is equal direction in every language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.encoders.static import StaticEncoder

if TYPE_CHECKING:
    from auditor.encoders.base import Encoder

EMBEDDED = "embedded"
EMBEDDED_FOLDER = Path(__file__).parent / "embedded"


def load_encoder(name: str = EMBEDDED) -> Encoder:
    """Load the embedded encoder, or any sentence-transformers model by name or folder.

    Raises AuditorError where the model cannot be found, fetched or read.
    """
    if name == EMBEDDED:
        return StaticEncoder(EMBEDDED_FOLDER, EMBEDDED)
    # Only here, because the module behind it imports torch.
    from auditor.encoders.sentence_transformer import (
        SentenceTransformerEncoder,
    )

    return SentenceTransformerEncoder(name)
