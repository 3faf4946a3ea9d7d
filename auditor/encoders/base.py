"""What every encoder offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from auditor.model import Calibration, Tokens


@runtime_checkable
class Encoder(Protocol):
    """Turns texts of any of its languages into vectors: equal meaning, equal direction."""

    @property
    def name(self) -> str:
        """The name that `load_encoder` was given."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def signature(self) -> str:
        """Name and version of the weights: whatever changes a vector changes this."""
        ...

    @property
    def calibration(self) -> Calibration | None:
        """How this encoder's similarity becomes drift; None where nobody has measured it."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), each row of length 1.

        A text without a single token (empty, or white space alone) gives a row of zeros, so that
        its similarity to everything is 0. A row depends on its own text alone.
        """
        ...

    def tokens(self, texts: Sequence[str]) -> Tokens | None:
        """The tokens of texts, where the encoder has a vector for each by itself; else None."""
        ...


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text.

    `spans` are half-open code-point offsets into the text, one per token; `vectors` has shape
    (tokens, dimension). The vectors are not of length 1: their length is the token's weight, and
    their sum points where the text's own vector points.
    """

    spans: tuple[tuple[int, int], ...]
    vectors: NDArray[np.float32]


@runtime_checkable
class WordEncoder(Protocol):
    """An encoder that knows the vector of each token by itself."""

    def token_vectors(self, text: str) -> TokenVectors:
        """Every token of a text with its place and its vector."""
        ...
