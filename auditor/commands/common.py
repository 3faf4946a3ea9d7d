"""What the commands share: refusals, the encoder, the configuration, names of reports, progress."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, Self

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
GlossaryFile = Annotated[
    str | None,
    typer.Option(
        "--glossary",
        metavar="FILE",
        help="Approved and forbidden terms: .csv, .tsv or .tbx. Default: 'glossary' of the "
        "configuration.",
    ),
]

_PATIENCE = 1.0  # seconds that pass without a bar


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
            "compare drifts within this report only. 'auditor models calibrate' fits one.",
            err=True,
        )
    return chosen


def configured(config: str | None, encoder: str | None = None) -> Settings:
    """The settings of a file (or the one that is found), and the encoder if one was named."""
    from auditor.config import load as load_settings

    return load_settings(config).given({"encoder": encoder})


def report_name(paths: Sequence[str]) -> str:
    """A name for a report: what the file names have in common, else all of them."""
    from auditor.languages import codes

    stems = []
    for name in paths:
        path = PurePath(name)
        stem = path.stem if path.suffix else path.name
        for mark in (".", "_", "-"):
            head, _, tail = stem.rpartition(mark)
            if head and tail.lower() in codes():
                stem = head
                break
        stems.append(stem if stem != "-" else "stdin")
    name = re.sub(r"[^\w.-]+", "-", "-".join(dict.fromkeys(stems))[:120])
    return name.encode()[:200].decode(errors="ignore")  # file systems count bytes


class Progress:
    """A bar on a terminal for what takes longer than a second; nothing at all in a pipe."""

    def __init__(self) -> None:
        self._start = monotonic()
        self._stage = ""
        self._done = 0
        self._bar: Any = None

    def tick(self, stage: str, done: int, total: int) -> None:
        """Hear how far a stage has come."""
        if not sys.stderr.isatty():
            return
        if stage != self._stage:
            self.close()
            self._stage, self._done = stage, 0
        if self._bar is None and monotonic() - self._start > _PATIENCE:
            self._bar = typer.progressbar(length=total, label=stage, file=sys.stderr).__enter__()
        if self._bar is not None:
            self._bar.update(done - self._done)
            self._done = done

    def __enter__(self) -> Self:
        """Begin to wait."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Leave the line of the bar."""
        self.close()

    def close(self) -> None:
        """Leave the line of the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
