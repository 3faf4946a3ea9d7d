"""``auditor models``: the encoders on this machine, and a drift calibration for any of them."""

from __future__ import annotations

import json
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.common import Progress, errors
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.calibrating import Calibrated
    from auditor.encoders.base import Encoder

STANDARD_OUTPUT = "-"

app = typer.Typer(
    rich_markup_mode=None,
    help="List the encoders on this machine, or calibrate one: 'auditor models' alone lists.",
    epilog="Example: auditor models calibrate sentence-transformers/LaBSE pairs.tsv",
)


class ModelFormat(StrEnum):
    """Formats that the list can be written in."""

    TEXT = "text"
    JSON = "json"


_Format = Annotated[ModelFormat | None, typer.Option("--format", help="Format. Default: text.")]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, form: _Format = None) -> None:
    """List the encoders, where no command is named."""
    if context.invoked_subcommand is None:
        _write_list(form)
    elif form is not None:
        with errors():
            raise AuditorError("--format belongs behind the command: auditor models list --format")


@app.command("list", epilog="Example: auditor models list --format json")
def list_models(form: _Format = None) -> None:
    """List the embedded encoder and the models in the hub's cache; needs no network."""
    _write_list(form)


def _write_list(form: ModelFormat | None) -> None:
    with errors():
        from auditor.encoders.installed import listing
        from auditor.render import models as render

        found = listing()
        for notice in found.notices:
            _say(notice)
        as_json = form is ModelFormat.JSON
        sys.stdout.write(render.as_json(found) if as_json else render.text(found))


@app.command(
    epilog="Example: auditor models calibrate sentence-transformers/LaBSE pairs.tsv "
    "--languages fr,de"
)
def calibrate(
    encoder: Annotated[
        str,
        typer.Argument(metavar="ENCODER", help="A sentence-transformers name or folder."),
    ],
    pairs: Annotated[
        str,
        typer.Argument(
            metavar="PAIRS.tsv",
            help="True translations, one pair a line in two columns; 50 or more, better a "
            "thousand, in the order of their texts. '-' is standard input.",
        ),
    ],
    languages: Annotated[
        str, typer.Option(metavar="LEFT,RIGHT", help="The languages of the two columns.")
    ] = "fr,de",
    out: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write there ('-' is standard output) instead of where the encoder looks for it.",
        ),
    ] = None,
) -> None:
    """Measure how an encoder's similarity becomes drift, on pairs that are true translations.

    Each pair is held against its neighbours and against other lines. Half of the lines are
    fitted, the other half measured. What is written is used from then on wherever --encoder
    names this encoder.
    """
    with errors():
        from auditor import calibrating, files
        from auditor.encoders import load_encoder

        codes = _codes(languages)
        _refuse_package_data(encoder, out)
        lines = calibrating.usable(files.read_pairs(pairs))
        chosen = load_encoder(encoder)
        with Progress() as progress:
            result = calibrating.calibrate(lines, chosen, progress.tick)
        target = _target(chosen) if out is None else _named(out)
        _write(target, _values(chosen, result, codes))
        _tell(chosen, result, target)


def _codes(languages: str) -> list[str]:
    from auditor.languages import language

    codes = [code.strip() for code in languages.split(",")]
    for code in codes:
        language(code)
    if len(codes) != 2:
        raise AuditorError(
            f"'{languages}' does not name two languages: write the language of the left column, a "
            "comma, and that of the right one."
        )
    return codes


def _refuse_package_data(encoder: str, out: str | None) -> None:
    """What was installed with the auditor stays as it was installed."""
    import auditor
    from auditor.encoders import EMBEDDED, EMBEDDED_FOLDER

    package = Path(auditor.__file__).resolve().parent
    folder = EMBEDDED_FOLDER if encoder == EMBEDDED else Path(encoder)
    target = Path(folder if out is None else out).resolve()
    if (out or folder.is_dir()) and out != STANDARD_OUTPUT and target.is_relative_to(package):
        raise AuditorError(
            "The embedded encoder has a calibration that belongs to this version and is not "
            "overwritten: add --out FILE, outside of the auditor's own folder."
        )


def _named(out: str) -> Path | None:
    """The file that was asked for; None is standard output."""
    return None if out == STANDARD_OUTPUT else Path(out)


def _target(encoder: Encoder) -> Path:
    """Where the encoder looks for its calibration."""
    from auditor.encoders.calibrations import FILE, home

    return home(encoder.name, _version(encoder)) / FILE


def _version(encoder: Encoder) -> str:
    return encoder.signature.rpartition("@")[2]


def _values(encoder: Encoder, result: Calibrated, codes: list[str]) -> dict[str, object]:
    """What the file holds: the curve, whose it is, and how it was measured."""
    folder = Path(encoder.name)
    name = folder.resolve().name if folder.is_dir() else encoder.name
    return {
        "slope": result.calibration.slope,
        "intercept": result.calibration.intercept,
        "encoder": f"{name}@{_version(encoder)}",
        "weights": _version(encoder),
        "command": "auditor models calibrate",
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "languages": codes,
        "fitted_on": f"{result.fitted} lines, measured on {result.measured}",
        "auc": round(result.auc, 4),
        "brier": round(result.brier, 4),
        "mean_drift": {kind: round(value, 3) for kind, value in result.mean_drift.items()},
    }


def _write(target: Path | None, values: dict[str, object]) -> None:
    from auditor import files

    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if target is None:
        sys.stdout.write(text)
    else:
        files.write_atomically(target, text)


def _tell(encoder: Encoder, result: Calibrated, target: Path | None) -> None:
    """How well the curve fits, and where it went; aside where standard output is taken."""
    from auditor.text.printable import printable

    curve = result.calibration
    drifts = ", ".join(f"{kind} {value:.2f}" for kind, value in result.mean_drift.items())
    lines = [
        encoder.signature,
        f"  {result.fitted} lines fitted: slope {curve.slope:.2f}, intercept "
        f"{curve.intercept:.2f}, drift 0.5 at similarity {-curve.intercept / curve.slope:.2f}",
        f"  {result.measured} lines measured: AUC {result.auc:.3f}, Brier score "
        f"{result.brier:.3f}; mean drift {drifts}",
    ]
    lines += [f"Calibration: {target}"] if target else []
    if target is None or target.resolve() != _target(encoder).resolve():
        lines.append("It is not used: the encoder looks for its calibration elsewhere.")
    for line in lines:
        typer.echo(printable(line), err=target is None)


def _say(message: str) -> None:
    from auditor.render.plain import line

    typer.echo(f"auditor: {line(message)}", err=True)
