"""What the commands share: refusals, the encoder, the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.errors import AuditorError, NothingToAudit

if TYPE_CHECKING:
    from auditor.config import Settings
    from auditor.encoders.base import Encoder

UNUSABLE, NOTHING = 2, 3

EncoderName = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="'embedded', or a sentence-transformers name or folder."),
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Configuration. Default: auditor.toml, or [tool.auditor] in pyproject.toml, in this "
        "folder or above.",
    ),
]


@contextmanager
def errors() -> Iterator[None]:
    """Turn an error that the user can mend into one sentence and an exit status."""
    try:
        yield
    except AuditorError as error:
        from auditor.render.plain import line

        typer.echo(f"auditor: {line(str(error))}", err=True)
        raise typer.Exit(NOTHING if isinstance(error, NothingToAudit) else UNUSABLE) from None


def load(encoder: str) -> Encoder:
    """An encoder by name, with a word where its drift is not calibrated."""
    from auditor.encoders import load_encoder

    chosen = load_encoder(encoder)
    if chosen.calibration is None:
        typer.echo(
            f"auditor: {encoder} has no drift calibration and gets a generic one: "
            "compare drifts within this report only.",
            err=True,
        )
    return chosen


def configured(config: str | None, encoder: str | None = None) -> Settings:
    """The settings of a file (or the one that is found), and the encoder if one was named."""
    from auditor.config import load as load_settings

    return load_settings(config).given({"encoder": encoder})
