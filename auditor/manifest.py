"""A list of articles in TOML, CSV or JSON lines: a row for each translation.

``id``, ``language`` and ``path``; where they exist, ``source`` and ``references`` (several are
divided by ``;`` in CSV). Paths start at the list's folder.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from auditor.articles import Article
from auditor.errors import AuditorError, NothingToAudit
from auditor.files import parse_spec, read_bytes
from auditor.languages import codes

ENDINGS = (".toml", ".csv", ".jsonl", ".ndjson")
_KEYS = ("id", "language", "path", "source", "references")

Row = tuple[str, Mapping[str, Any]]  # where it stands, and what it says


def is_manifest(path: str) -> bool:
    """Whether a file's name says that it lists articles."""
    return PurePath(path).suffix.lower() in ENDINGS


def read(path: str) -> tuple[Article, ...]:
    """The articles of a list, in its order.

    Raises:
        AuditorError: where it can't be read, or a row says something that nobody understands.
        NothingToAudit: where it has no row.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuditorError(f"{path} is no UTF-8: save it as UTF-8.") from error
    readers = {".toml": _toml, ".csv": _csv}
    rows = list(readers.get(PurePath(path).suffix.lower(), _jsonl)(text, path))
    if not rows:
        raise NothingToAudit(f"{path} lists no article: there is nothing to audit.")
    return tuple(_articles(rows, Path(path).parent))


def _toml(text: str, path: str) -> Iterator[Row]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuditorError(f"{path} is no valid TOML: {error}.") from error
    rows = table.get("document", [])
    if set(table) - {"document"} or not isinstance(rows, list):
        raise AuditorError(f"{path} holds tables other than [[document]]: write one for each.")
    for number, row in enumerate(rows, 1):
        yield f"{path}, document {number}", row


def _csv(text: str, path: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            references = [part.strip() for part in (row.get("references") or "").split(";")]
            given = {key: value for key, value in row.items() if value}
            yield where, {**given, "references": [part for part in references if part]}
    except csv.Error as error:
        raise AuditorError(f"{path}, line {reader.line_num} is no CSV: {error}.") from error


def _jsonl(text: str, path: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{path}, line {number}"
            try:
                yield where, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise AuditorError(f"{where} is no JSON: write an object a line.") from error


def _articles(rows: list[Row], folder: Path) -> Iterator[Article]:
    """One article for each id, with all that its rows name."""
    found: dict[str, dict[str, Any]] = {}
    for where, row in rows:
        _check(where, row)
        article = found.setdefault(row["id"], {"documents": [], "source": None, "references": []})
        article["documents"].append(f"{row['language'].lower()}={folder / row['path']}")
        if source := row.get("source"):
            spec = _below(source, folder)
            if article["source"] not in (None, spec):
                raise AuditorError(f"{where}: '{row['id']}' has another source already.")
            article["source"] = spec
        article["references"] += _references(row, folder)
    for name, values in found.items():
        references = tuple(dict.fromkeys(values["references"]))
        yield Article(name, tuple(values["documents"]), values["source"], references)


def _check(where: str, row: Mapping[str, Any]) -> None:
    if not isinstance(row, dict):
        raise AuditorError(f"{where}: write an object with {', '.join(_KEYS)}.")
    if unknown := [str(key) for key in row if key not in _KEYS]:
        raise AuditorError(f"{where}: there is no '{unknown[0]}'; known are {', '.join(_KEYS)}.")
    for key in _KEYS[:3]:
        if not isinstance(row.get(key), str) or not row[key]:
            raise AuditorError(f"{where}: it wants a text as '{key}'.")
    if row["language"].lower() not in codes():
        raise AuditorError(
            f"{where}: no language '{row['language']}'; this version knows {', '.join(codes())}."
        )


def _references(row: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """The row's references; without a language of their own they have that of the row."""
    named = row.get("references") or []
    for reference in [named] if isinstance(named, str) else named:
        spec = parse_spec(str(reference))
        yield f"{spec.language or row['language'].lower()}={folder / spec.path}"


def _below(text: str, folder: Path) -> str:
    spec = parse_spec(str(text))
    path = str(folder / spec.path)
    return f"{spec.language}={path}" if spec.language else path
