"""What `audit` writes: which formats there are, where they go, and the page for the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.encoders.base import Encoder
    from auditor.gate import Entry
    from auditor.model import Audit


class Format(StrEnum):
    """Formats that an audit can be written in."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    SARIF = "sarif"
    JUNIT = "junit"


_ENDINGS = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".sarif": Format.SARIF,
    ".xml": Format.JUNIT,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A file to write (``-`` is standard output), and its format."""

    path: str
    form: Format


@dataclass(frozen=True, slots=True)
class Page:
    """What the HTML report needs beside the audit: title, language, encoder, what is judged."""

    title: str
    language: str
    encoder: Callable[[], Encoder]
    known: Sequence[Entry] = ()


def targets(output: Sequence[str] | None, form: Format | None, name: str) -> list[Target]:
    """Where to write and how, checked before any work is done.

    Raises:
        AuditorError: where a format can't be told from an ending.
    """
    ending = next(key for key, value in _ENDINGS.items() if value is (form or Format.HTML))
    chosen = output or [f"reports/{name}{ending}"]
    return [Target(path, form or _format(path)) for path in chosen]


def _format(path: str) -> Format:
    ending = PurePath(path).suffix.lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    raise AuditorError(
        f"Can't tell a format from '{path}': let it end in {', '.join(_ENDINGS)}, or add --format."
    )


def write(result: Audit, target: Target, page: Page) -> None:
    """Write the audit to one file, or to standard output."""
    from auditor import files

    content = _content(result, target.form, page)
    if target.path != "-":
        files.write_atomically(Path(target.path), content)
    elif isinstance(content, str):
        sys.stdout.write(content)
    else:
        sys.stdout.buffer.write(content)


def _content(result: Audit, form: Format, page: Page) -> str | bytes:
    # Each format brings its own libraries: only those of the one that is asked for are loaded.
    match form:
        case Format.HTML:
            return html_page(result, page)
        case Format.JSON:
            from auditor.render import json_report

            return json_report.render(result)
        case Format.CSV:
            from auditor.render import csv_report

            return csv_report.render(result)
        case Format.XLSX:
            from auditor.render import xlsx_report

            return xlsx_report.render(result)
        case Format.SARIF:
            from auditor.render import sarif

            return sarif.render(result)
        case Format.JUNIT:
            from auditor.render import junit

            return junit.render(result)


def html_page(result: Audit, page: Page) -> str:
    """The HTML report, with word links and the documents' names in a baseline."""
    from auditor.checking import repository_root, shown
    from auditor.render import html
    from auditor.word_links import word_links

    root = repository_root(Path.cwd())
    return html.render(
        result,
        title=page.title,
        language=page.language,
        paths={document.id: shown(document.path, root) for document in result.documents},
        links=word_links(result, page.encoder()) if result.bitexts else {},
        known=page.known,
    )


def page_language(wanted: str | None) -> str:
    """The language of the report: as it was asked for, or the locale's.

    Raises:
        AuditorError: where the report does not know the one that was asked for.
    """
    from auditor.render.html.words import of_locale, words

    if wanted:
        return words(wanted).code
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return of_locale(next((os.environ[name] for name in names if os.environ.get(name)), ""))


def to_open(chosen: Sequence[Target]) -> Path:
    """The page that ``--open`` shows.

    Raises:
        AuditorError: where no page is written to a file.
    """
    for target in chosen:
        if target.form is Format.HTML and target.path != "-":
            return Path(target.path)
    raise AuditorError("--open shows the HTML report: let one --output end in .html.")


def open_page(path: Path) -> None:
    """Show a page in the browser; a word where there is none."""
    import webbrowser

    if not webbrowser.open(path.resolve().as_uri()):
        typer.echo("auditor: no browser could be opened.", err=True)
