"""What every encoder offers."""

from __future__ import annotations

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
