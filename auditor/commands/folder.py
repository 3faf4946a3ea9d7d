"""A folder to documents: what is read, what is skipped and why, what can't be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor import files
from auditor.errors import AuditorError, NothingToAudit, UnknownLanguage
from auditor.languages import codes
from auditor.model import Document
from auditor.pairing import Aside, Single, Tick, silent
from auditor.text.decoding import NotText
from auditor.text.markup import foreign_ending


@dataclass(slots=True)
class Reading:
    """The documents of a folder and everything else in it, each in the order of paths."""

    documents: list[Document] = field(default_factory=list)
    singles: list[Single] = field(default_factory=list)
    skipped: list[Aside] = field(default_factory=list)
    unreadable: list[Aside] = field(default_factory=list)


def read(folder: str, tick: Tick = silent, leave: Path | None = None) -> Reading:
    """Read the documents of a folder and of the folders in it, but for the one called ``leave``.

    Raises:
        AuditorError: where there is no such folder.
    """
    if not os.path.isdir(folder):  # noqa: PTH112  Path.is_dir raises for an impossible name
        raise AuditorError(
            f"'{files.printable(folder)}' is no folder: name the folder that holds the documents."
        )
    reading = Reading()
    paths = sorted(_paths(folder, reading, leave))
    for done, path in enumerate(paths, 1):
        _take(path, os.path.relpath(path, folder), reading)
        tick("Reading", done, len(paths))
    for asides in (reading.skipped, reading.unreadable):
        asides.sort(key=lambda aside: aside.path)
    return reading


def _paths(folder: str, reading: Reading, leave: Path | None) -> Iterator[str]:
    """The files that may be documents; what is passed over is noted with its reason."""

    def refused(error: OSError) -> None:
        reason = f"is a folder that cannot be read ({error.strerror})"
        reading.unreadable.append(Aside(str(error.filename), reason))

    for parent, folders, names in os.walk(folder, onerror=refused):
        for name in sorted(folders):
            path = os.path.join(parent, name)  # noqa: PTH118  a Path would tidy the name up
            if reason := _passed_over(path, name, leave):
                reading.skipped.append(Aside(path, reason))
                folders.remove(name)
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118  the same
            if reason := _unfit(path, name):
                reading.skipped.append(Aside(path, reason))
            else:
                yield path


def _passed_over(path: str, name: str, leave: Path | None) -> str:
    """Why a folder is not looked into; nothing where it is."""
    if name.startswith("."):
        return "is a hidden folder"
    if os.path.islink(path):  # noqa: PTH114  the same
        return "is a link to a folder"
    if leave is not None and Path(path).resolve() == leave.resolve():
        return "is where reports are written"
    return ""


def _unfit(path: str, name: str) -> str:
    """Why a file is not read; nothing where it is."""
    if name.startswith("."):
        return "is hidden"
    ending = foreign_ending(name)
    if ending and ending not in codes():  # article.fr
        return f"is no text, Markdown or HTML by its ending (.{ending})"
    try:
        regular = stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:
        return ""  # reading will tell what is wrong
    return "" if regular else "is no ordinary file"


def _take(path: str, name: str, reading: Reading) -> None:
    """Read one file into its place; ``name`` is its path within the folder."""
    try:
        reading.documents.append(files.read_file(path, name))
    except UnknownLanguage as error:
        reading.singles.append(Single(path, None, error.reason))
    except NothingToAudit:
        reading.singles.append(Single(path, None, "holds no readable text"))
    except AuditorError as error:
        if isinstance(error.__cause__, NotText):
            reading.skipped.append(Aside(path, str(error.__cause__).partition(":")[0]))
        else:
            reading.unreadable.append(Aside(path, str(error)))
