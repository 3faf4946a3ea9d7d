"""``auditor pair``: which documents of a folder are translations of one another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.common import (
    UNUSABLE,
    ConfigFile,
    EncoderName,
    Progress,
    configured,
    errors,
    load,
    report_name,
)
from auditor.errors import AuditorError, NothingToAudit

if TYPE_CHECKING:
    from auditor.encoders.base import Encoder
    from auditor.pairing import Group, Pairing, Tick

REPORTS = Path("reports")


class PairFormat(StrEnum):
    """Formats that groups and singles can be written in."""

    TEXT = "text"
    JSON = "json"
    TSV = "tsv"


def pair(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Searched with all below it.")],
    form: Annotated[PairFormat, typer.Option("--format", help="Format.")] = PairFormat.TEXT,
    run: Annotated[
        bool, typer.Option("--run", help="Audit every group: reports/NAME.html for each.")
    ] = False,
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Find which documents in a folder are translations of one another, and which are alone."""
    with errors():
        found = _found(folder, load(configured(config, encoder).get("encoder")), run)
        sys.stdout.write(_render(form, found))
        faults = list(_faults(found))
        for fault in faults:
            typer.echo(f"auditor: {fault}", err=True)
        if faults:
            raise typer.Exit(UNUSABLE)
        if not found.groups:
            raise NothingToAudit(_why_nothing(folder, found))


def _found(folder: str, encoder: Encoder, run: bool) -> Pairing:
    from auditor import pairing
    from auditor.commands.folder import read

    with Progress() as progress:
        reading = read(folder, progress.tick, leave=REPORTS)
        found = pairing.pair(reading.documents, encoder, tick=progress.tick)
        singles = sorted([*found.singles, *reading.singles], key=lambda single: single.path)
        found = replace(
            found,
            singles=tuple(singles),
            skipped=tuple(reading.skipped),
            unreadable=tuple(reading.unreadable),
        )
        return _audited(found, encoder, progress.tick) if run else found


def _audited(found: Pairing, encoder: Encoder, tick: Tick) -> Pairing:
    """Audit every group; one that fails says so and leaves the others in peace."""
    groups: list[Group] = []
    taken: set[str] = set()
    for group in found.groups:
        name = _free_name(group, taken)
        try:
            report = _write_report(group, encoder, name)
            groups.append(replace(group, report=report))
        except AuditorError as error:
            groups.append(replace(group, failure=str(error)))
        except Exception as error:  # a bug of ours must not cost the other reports
            groups.append(replace(group, failure=f"{type(error).__name__}: {error}"))
        tick("Auditing", len(groups), len(found.groups))
    return replace(found, groups=tuple(groups))


def _free_name(group: Group, taken: set[str]) -> str:
    """A name for the report that no other group of this run has."""
    name = plain = report_name([document.path for document in group.documents])
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name


def _write_report(group: Group, encoder: Encoder, name: str) -> str:
    from auditor import auditing, files
    from auditor.commands.writing import Page, html_page, page_language

    target = REPORTS / f"{name}.html"
    result = auditing.audit(group.documents, encoder)
    page = Page(name, page_language(None), lambda: encoder)
    files.write_atomically(target, html_page(result, page))
    return str(target)


def _render(form: PairFormat, found: Pairing) -> str:
    from auditor.render import pairs

    return {
        PairFormat.TEXT: pairs.text,
        PairFormat.JSON: pairs.as_json,
        PairFormat.TSV: pairs.tsv,
    }[form](found)


def _faults(found: Pairing) -> Iterator[str]:
    """What could not be read or audited, for standard error."""
    from auditor.files import printable

    for aside in found.unreadable:
        yield printable(aside.reason)
    for group in found.groups:
        if group.failure:
            paths = ", ".join(document.path for document in group.documents)
            yield printable(f"no report for {paths}: {group.failure}")


def _why_nothing(folder: str, found: Pairing) -> str:
    from auditor.files import printable
    from auditor.languages import language

    codes = {single.language for single in found.singles if single.language}
    if not found.singles:
        reason = "it holds no text, Markdown or HTML"
    elif len(found.singles) == 1:
        reason = "it holds one document alone"
    elif len(codes) == 1:
        reason = f"all that can be read is {language(codes.pop()).name}"
    else:
        reason = "each document's reason is listed"
    return f"No document in {printable(folder)} is a translation of another: {reason}."
